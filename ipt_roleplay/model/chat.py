"""LangChain's chat model, without work on each message that plain texts don't need."""

from __future__ import annotations

from typing import Any

from langchain_core.language_models import LanguageModelInput
from langchain_openai import ChatOpenAI


class PlainChat(ChatOpenAI):
    """Sends the messages as they are. The openai client holds each one against a dozen types
    first, which on a long talk takes longer than all else in a call; what stands in `extra_body`
    it sends untouched."""

    def _get_request_payload(
        self, input_: LanguageModelInput, *, stop: list[str] | None = None, **kwargs: Any
    ) -> dict[str, Any]:
        payload: dict[str, Any] = super()._get_request_payload(input_, stop=stop, **kwargs)
        texts = {"messages": payload["messages"]}
        return payload | {"messages": [], "extra_body": (payload.get("extra_body") or {}) | texts}
