"""Writes what turns sentences into vectors: `python -m evals.export_sentences`.

Needs the extra `train`. It is all-MiniLM-L6-v2 (sentence-transformers, Apache 2.0; Wang et al.
2020, Reimers & Gurevych 2019) as it is, in 8-bit numbers. Then come the vectors of what ships with
the product, so that nobody waits for them: the handbook's passages and sentences, and the phrases
of the concepts.
Run it with `--vectors` alone after a change of either.
"""

from __future__ import annotations

import argparse

import numpy as np

from ipt_roleplay import embedding, encoder, handbook
from ipt_roleplay.retrieval import concepts
from ipt_roleplay.retrieval.dense import searched_text
from ipt_roleplay.sentences import sentences


def shipped_texts() -> list[str]:
    """All texts whose vectors ship with the product."""
    passages = [searched_text(entry.passage) for entry in handbook.load()]
    texts = [entry.passage.text for entry in handbook.load()]
    statements = [text[start:end] for text in texts for start, end in sentences(text)]
    return list(dict.fromkeys([*passages, *statements, *concepts.phrases()]))


def write_vectors() -> None:
    texts = shipped_texts()
    vectors = np.array([encoder.sentence_vector(text) for text in texts], dtype=np.float16)
    marks = np.array([embedding.mark_of(text) for text in texts], dtype=np.uint64)
    np.savez_compressed(embedding.SHIPPED, allow_pickle=False, marks=marks, vectors=vectors)
    size = embedding.SHIPPED.stat().st_size / 1e6
    print(f"wrote {embedding.SHIPPED.name}: {len(texts)} vectors, {size:.1f} MB")


def write_encoder() -> None:
    import torch
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from transformers import AutoModel

    from evals.train_encoder import starting_weights

    class Sentence(torch.nn.Module):
        """The mean of the tokens' vectors of one text, of length 1."""

        def __init__(self) -> None:
            super().__init__()
            self.body = AutoModel.from_pretrained(starting_weights(), attn_implementation="eager")

        def forward(self, ids: torch.Tensor) -> torch.Tensor:
            ones = torch.ones_like(ids)
            found = self.body(input_ids=ids, attention_mask=ones, token_type_ids=ones * 0)
            return torch.nn.functional.normalize(found.last_hidden_state.mean(1), dim=1)

    kept = encoder.SENTENCES
    whole = kept.file.with_suffix(".whole.onnx")
    example = torch.ones((1, 12), dtype=torch.long)
    torch.onnx.export(
        Sentence().eval(),
        (example,),
        str(whole),
        input_names=["ids"],
        output_names=["vector"],
        dynamic_axes={"ids": {1: "tokens"}},
        opset_version=17,
        dynamo=False,
    )
    quantize_dynamic(whole, kept.file, weight_type=QuantType.QInt8, per_channel=True)
    whole.unlink()
    kept.tokenizer.write_bytes((starting_weights() / "tokenizer.json").read_bytes())
    print(f"wrote {kept.file.name}, {kept.file.stat().st_size / 1e6:.1f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description="Writes the sentence encoder and its vectors.")
    parser.add_argument("--vectors", action="store_true", help="the vectors alone")
    if not parser.parse_args().vectors:
        write_encoder()
    write_vectors()


if __name__ == "__main__":
    main()
