"""One language model behind the OpenAI protocol, with limits on time and length."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from pydantic import BaseModel, SecretStr, ValidationError

from ipt_roleplay.domain import Usage
from ipt_roleplay.model.counting import count_tokens
from ipt_roleplay.model.faults import Fault, ModelFault
from ipt_roleplay.settings import Settings

if TYPE_CHECKING:
    import httpx2
    from langchain_core.messages import BaseMessageChunk
    from langchain_openai import ChatOpenAI

Message = tuple[Literal["system", "user", "assistant"], str]
Answer = TypeVar("Answer", bound=BaseModel)

OPENAI = "https://api.openai.com/v1"
THOUGHT = ("<think>", "</think>")
"""Local servers put a reasoning model's thoughts into the text, between these."""
IN_WORDS = "Answer with one JSON object of this schema, and nothing else:"
WHOLE = ("stop", "length")
"""Endings of a reply that can be used: finished, or as long as was allowed."""


@dataclass(frozen=True)
class Limits:
    """Seconds for a connection, the first piece, the next piece, and one whole call. Two whole
    calls stay below a minute."""

    connect: float = 5.0
    first: float = 20.0
    next: float = 10.0
    whole: float = 28.0


def open_model(settings: Settings) -> Model | None:
    """The model that `IPT_MODEL` names; None without one, whatever keys are in the environment."""
    if not settings.model:
        return None
    key = settings.openai_api_key.get_secret_value() if settings.openai_api_key else ""
    return _opened(settings.model, settings.openai_base_url or OPENAI, key)


@lru_cache(maxsize=4)
def _opened(name: str, address: str, key: str) -> Model:
    return Model(name, address, key)


async def close_connections() -> None:
    """Closes what this event loop keeps open to model servers."""
    kept = _CONNECTIONS.pop(asyncio.get_running_loop(), None)
    if kept is not None:
        await kept.aclose()


_CONNECTIONS: WeakKeyDictionary[asyncio.AbstractEventLoop, httpx2.AsyncClient] = WeakKeyDictionary()
"""Connections belong to the loop that opened them; all models of a loop share them."""


class Model:
    """A model by name at one address. Every method raises ModelFault for what goes wrong."""

    def __init__(
        self, name: str, address: str, key: str = "", limits: Limits | None = None
    ) -> None:
        self.name = name
        self.address = address
        self.limits = limits or Limits()
        self._key = key
        # One for each length of answer: LangChain takes stock of every new one at its first call.
        self._chats: WeakKeyDictionary[asyncio.AbstractEventLoop, dict[int, ChatOpenAI]] = (
            WeakKeyDictionary()
        )

    @property
    def host(self) -> str:
        """The one host that is contacted."""
        return urlsplit(self.address).netloc

    def warm(self) -> None:
        """Loads what a first call would otherwise wait seconds for."""
        for name in ("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING_V2"):
            os.environ[name] = "false"  # else whole talks go to a tracing service
        import ipt_roleplay.model.chat  # noqa: F401

    async def stream(
        self, messages: Sequence[Message], longest: int
    ) -> AsyncGenerator[str | Usage]:
        """Pieces of the reply as they come, and what they cost last. `longest`: tokens."""
        received, ending, usage = "", None, None
        thoughts = _Thoughts()
        async for chunk in self._chunks(messages, longest):
            ending = chunk.response_metadata.get("finish_reason") or ending
            usage = _usage_of(chunk) or usage
            piece = thoughts.without(_text_of(chunk))
            piece = piece if received else piece.lstrip()
            received += piece
            if count_tokens(received) > 2 * longest:
                break  # a server that knows no limit
            if piece:
                yield piece
        else:
            _check_ending(ending)
        if not received.strip():
            raise ModelFault(Fault.EMPTY)
        yield usage or counted(messages, received)

    async def structured(
        self, messages: Sequence[Message], schema: type[Answer], longest: int
    ) -> tuple[Answer, Usage]:
        """One answer of the form `schema`; a server that knows no schemas is asked in words."""
        form = {"name": schema.__name__, "schema": _strict(schema.model_json_schema())}
        try:
            asked = {"type": "json_schema", "json_schema": {**form, "strict": True}}
            return await self._answer(messages, schema, longest, response_format=asked)
        except ModelFault as fault:
            if fault.fault is not Fault.REFUSED:
                raise
        wanted = f"{IN_WORDS}\n{json.dumps(form['schema'])}"
        return await self._answer([*messages, ("user", wanted)], schema, longest)

    async def _answer(
        self, messages: Sequence[Message], schema: type[Answer], longest: int, **asked: Any
    ) -> tuple[Answer, Usage]:
        with named_faults():
            async with asyncio.timeout(self.limits.whole):
                chat = await self._chat(longest)
                reply = await chat.ainvoke(list(messages), **asked)
        _check_ending(reply.response_metadata.get("finish_reason"), allowed=("stop",))
        text = _text_of(reply)
        try:
            value = schema.model_validate(_json_in(text))
        except (ValidationError, ValueError) as error:
            raise ModelFault(Fault.OFF_FORM) from error
        return value, _usage_of(reply) or counted(messages, text)

    async def _chunks(
        self, messages: Sequence[Message], longest: int
    ) -> AsyncIterator[BaseMessageChunk]:
        """The chunks of one call, each within its time."""
        clock = asyncio.get_running_loop().time
        end = clock() + self.limits.whole
        chat = await self._chat(longest)
        source = cast(AsyncGenerator[Any], chat.astream(list(messages)))
        patience, broken_off = self.limits.first, Fault.UNREACHABLE
        try:
            while True:
                with named_faults(broken_off):
                    left = min(patience, end - clock())
                    async with asyncio.timeout(left):
                        chunk = await anext(source, None)
                if chunk is None:
                    return
                patience, broken_off = self.limits.next, Fault.CUT
                yield chunk
        finally:
            with contextlib.suppress(Exception):  # a connection that is broken can't be closed
                await source.aclose()

    async def _chat(self, longest: int) -> ChatOpenAI:
        loop = asyncio.get_running_loop()
        chats = self._chats.setdefault(loop, {})
        if longest not in chats:
            await asyncio.to_thread(self.warm)  # in the loop it would hold up everybody
            chats[longest] = self._opened(loop, longest)
        return chats[longest]

    def _opened(self, loop: asyncio.AbstractEventLoop, longest: int) -> ChatOpenAI:
        import httpx2
        import openai

        from ipt_roleplay.model.chat import PlainChat

        connections = _CONNECTIONS.setdefault(loop, httpx2.AsyncClient())
        seconds = self.limits
        return PlainChat(
            model=self.name,
            base_url=self.address,
            api_key=SecretStr(self._key or "none"),
            timeout=openai.Timeout(seconds.first, connect=seconds.connect),
            max_retries=0,
            max_tokens=longest,
            stream_usage=True,
            use_responses_api=False,
            http_async_client=connections,
        )


class _Thoughts:
    """Leaves out what a reasoning model thinks aloud before its answer."""

    def __init__(self) -> None:
        self._held = ""
        self._inside = False
        self._past = False

    def without(self, piece: str) -> str:
        """What of `piece`, and of what was held back so far, is answer."""
        if self._past:
            return piece
        self._held += piece
        start, end = THOUGHT
        begun = self._held.lstrip()
        if not self._inside and start.startswith(begun[: len(start)]) and len(begun) < len(start):
            return ""  # it may still become the mark
        self._inside = self._inside or begun.startswith(start)
        if self._inside and end not in self._held:
            return ""
        self._past = True
        return self._held.partition(end)[2].lstrip() if self._inside else self._held


@contextlib.contextmanager
def named_faults(broken_off: Fault = Fault.UNREACHABLE) -> Iterator[None]:
    """Turns whatever a call raises into a ModelFault; `broken_off` is what a lost connection
    means at this point. Only calls stand inside."""
    import httpx2
    import openai

    try:
        yield
    except TimeoutError as error:
        raise ModelFault(Fault.SLOW) from error
    except openai.APITimeoutError as error:
        raise ModelFault(Fault.SLOW) from error
    except openai.APIStatusError as error:
        raise _of_status(error) from error
    except openai.APIConnectionError as error:
        raise ModelFault(broken_off) from error
    except openai.OpenAIError as error:
        raise ModelFault(Fault.GARBLED) from error
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        # a body that isn't JSON, a web page, a reply without choices
        raise ModelFault(Fault.GARBLED) from error
    except httpx2.TimeoutException as error:
        raise ModelFault(Fault.SLOW) from error
    except httpx2.HTTPError as error:
        raise ModelFault(broken_off) from error


def _of_status(error: Any) -> ModelFault:
    status, body = error.status_code, str(error.body or error.message)
    if status in (401, 403):
        return ModelFault(Fault.KEY)
    if status == 404:
        return ModelFault(Fault.NO_MODEL)
    if status == 429:
        return ModelFault(Fault.BUSY, _seconds(error.response.headers.get("retry-after")))
    if status >= 500:
        return ModelFault(Fault.SERVER)
    if "context_length" in body or "maximum context" in body:
        return ModelFault(Fault.TOO_LONG)
    if "content_filter" in body or "content_policy" in body:
        return ModelFault(Fault.FILTERED)
    return ModelFault(Fault.REFUSED)


def _seconds(header: str | None) -> float | None:
    try:
        return float(header) if header else None
    except ValueError:
        return None


def _check_ending(ending: str | None, allowed: Sequence[str] = WHOLE) -> None:
    if ending in allowed:
        return
    if ending == "content_filter":
        raise ModelFault(Fault.FILTERED)
    raise ModelFault(Fault.CUT if ending is None or ending == "length" else Fault.GARBLED)


def _text_of(chunk: Any) -> str:
    content = chunk.content
    if isinstance(content, str):
        return content
    return "".join(part.get("text", "") for part in content if isinstance(part, dict))


def _usage_of(chunk: Any) -> Usage | None:
    found = getattr(chunk, "usage_metadata", None)
    if not found:
        return None
    cached = (found.get("input_token_details") or {}).get("cache_read") or 0
    return Usage(sent=found["input_tokens"], received=found["output_tokens"], cached=cached)


def counted(messages: Sequence[Message], received: str) -> Usage:
    """What a call cost, counted here, where the server doesn't say."""
    sent = sum(count_tokens(text) for _, text in messages)
    return Usage(sent=sent, received=count_tokens(received), exact=False)


def _json_in(text: str) -> Any:
    """The first JSON object in `text`, fenced or with words around it. Raises ValueError."""
    _, _, after = text.partition(THOUGHT[1])
    text = after or text
    start = text.index("{")
    return json.JSONDecoder().raw_decode(text[start:])[0]


def _strict(schema: dict[str, Any]) -> dict[str, Any]:
    """A JSON schema as strict servers want it: every property required, none besides."""
    made = {key: _strict_part(value) for key, value in schema.items()}
    if made.get("type") == "object" and "properties" in made:
        made |= {"additionalProperties": False, "required": list(made["properties"])}
    return made


def _strict_part(value: Any) -> Any:
    if isinstance(value, dict):
        return _strict(value)
    if isinstance(value, list):
        return [_strict_part(one) for one in value]
    return value
