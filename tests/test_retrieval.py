"""The search: lay words, misspelt ones, nothing where nothing fits, and other embedders."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from evals.export_sentences import shipped_texts
from ipt_roleplay import handbook
from ipt_roleplay.domain import Passage
from ipt_roleplay.embedding import SHIPPED, Embedder, Vectors, embed_sentences, mark_of
from ipt_roleplay.encoder import sentence_vector
from ipt_roleplay.model import open_embedder
from ipt_roleplay.retrieval import Retriever, concepts
from ipt_roleplay.retrieval.spelling import Speller
from ipt_roleplay.settings import Settings
from ipt_roleplay.testing.server import serving

PASSAGES = [entry.passage for entry in handbook.load()]


@pytest.fixture(scope="module")
def search(tmp_path_factory: pytest.TempPathFactory) -> Retriever:
    return Retriever(PASSAGES, tmp_path_factory.mktemp("index"))


@pytest.mark.parametrize(
    ("query", "theme"),
    [
        ("I just walked off", "withdrawal|silence|pause"),
        ("how do I say no without hurting her", "limit|reasons_for_a_no|unspoken_no"),
        ("comunication analisys", "communication_analysis"),
        ("my dad died and my brother won't talk about it", "mourning_differently|living_people"),
        ("You never listen, you always take her side.", "generalisation"),
        ("role dispute", "dispute"),
    ],
)
def test_what_is_asked_in_any_words_finds_a_passage_on_it(
    query: str, theme: str, search: Retriever
) -> None:
    found = " ".join(hit.passage.id for hit in search.search(query, 5))
    assert any(one in found for one in theme.split("|")), found


@pytest.mark.parametrize(
    "query", ["Kubernetes ingress controller", "how to replace a bicycle inner tube", "   "]
)
def test_what_nothing_answers_gets_no_passage(query: str, search: Retriever) -> None:
    assert search.search(query) == []


def test_only_the_sources_named_are_searched(search: Retriever) -> None:
    assert search.search("how do I say no", sources=["elsewhere.pdf"]) == []


def test_a_source_that_was_added_is_found_among_the_rest(tmp_path: Path) -> None:
    own = Passage(
        id="notes.txt#1",
        source="notes.txt",
        kind="own",
        title="notes.txt",
        text="When a talk is closed off in silence, name the silence and ask when it can go on.",
    )
    found = Retriever([*PASSAGES, own], tmp_path).search("he goes quiet on me", 5, ["notes.txt"])
    assert [hit.passage for hit in found] == [own]


def test_every_passage_of_the_handbook_belongs_to_a_concept() -> None:
    listed = {one for concept in concepts.load() for one in concept.passages}
    assert listed == {passage.id for passage in PASSAGES}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("appologise", "apologise"),
        ("greif", "grief"),
        ("comunicaton", "communication"),
        ("bicycle", "bicycle"),
        ("xqzzy", "xqzzy"),
    ],
)
def test_slips_are_put_right_and_other_words_left(typed: str, meant: str) -> None:
    speller = Speller(["apologise for grief in communication"], {"bicycle"})
    assert speller.corrected(typed) == meant


def test_a_server_may_make_the_vectors(tmp_path: Path) -> None:
    with serving() as served:
        settings = Settings(data_dir=tmp_path).model_copy(
            update={"embedding_model": "demo", "openai_base_url": served.address}
        )
        embedder = open_embedder(settings)
        assert embedder is not None
        assert np.linalg.norm(embedder.embed(["one", "two words"]), axis=1) == pytest.approx(1)
        found = Retriever(PASSAGES[:20], tmp_path / "index", embedder)
        assert found.search(PASSAGES[3].title)[0].passage in PASSAGES[:20]
        assert served.seen.bodies[-1]["model"] == "demo"


def test_without_its_server_the_search_goes_on(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path).model_copy(
        update={"embedding_model": "gone", "openai_base_url": "http://127.0.0.1:9/v1"}
    )
    embedder = open_embedder(settings)
    assert embedder is not None
    assert Retriever(PASSAGES, tmp_path / "index", embedder).search("how do I apologise")


def test_no_embedder_is_opened_by_a_key_alone(tmp_path: Path) -> None:
    assert open_embedder(Settings(data_dir=tmp_path, OPENAI_API_KEY="sk-x")) is None


def test_the_vectors_that_ship_are_those_of_the_texts() -> None:
    """Else a changed passage would be searched by what it said before."""
    texts = shipped_texts()
    with np.load(SHIPPED) as arrays:
        kept = dict(zip(arrays["marks"].tolist(), arrays["vectors"], strict=True))
    missing = [text for text in texts if mark_of(text) not in kept]
    assert not missing, "run `python -m evals.export_sentences --vectors`"
    for text in texts[:: len(texts) // 12]:
        # Sums of 8-bit numbers come out a little otherwise on other processors.
        assert kept[mark_of(text)].astype(np.float32) @ sentence_vector(text) > 0.9


def test_an_index_that_is_built_anew_keeps_the_vectors_it_has(tmp_path: Path) -> None:
    asked: list[str] = []

    def embed(texts: Sequence[str]) -> Vectors:
        asked.extend(texts)
        return embed_sentences(texts)

    counting = Embedder("counting", embed)
    Retriever(PASSAGES[:6], tmp_path, counting).search("how do I say no")
    asked.clear()
    Retriever(PASSAGES[:7], tmp_path, counting).search("how do I say no")
    assert [text for text in asked if PASSAGES[6].text in text]
    assert not [text for text in asked if PASSAGES[0].text in text]
