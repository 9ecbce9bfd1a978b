"""The only door to a language model: streams, structured answers, budgets, named faults.

    open_model(settings)                    -> Model | None    None where none is configured
    open_embedder(settings)                 -> Embedder | None
    model.stream(messages, longest)         -> pieces of text, then a Usage
    model.structured(messages, schema)      -> (a value of the schema, Usage)

Nothing here is imported before a model is used: langchain and openai take seconds to load.
"""

from __future__ import annotations

from ipt_roleplay.model.client import Limits, Message, Model, close_connections, counted, open_model
from ipt_roleplay.model.counting import count_tokens
from ipt_roleplay.model.embeddings import open_embedder
from ipt_roleplay.model.faults import Fault, ModelFault
from ipt_roleplay.model.prices import Price, price_of

__all__ = [
    "Fault",
    "Limits",
    "Message",
    "Model",
    "ModelFault",
    "Price",
    "close_connections",
    "count_tokens",
    "counted",
    "open_embedder",
    "open_model",
    "price_of",
]
