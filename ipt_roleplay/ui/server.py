"""Serves the page: own FastAPI app, security headers, a free port, no call to any outside host."""

from __future__ import annotations

import gc
import os
import socket
import sys
import threading
from typing import Any

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")  # read when gradio is imported

import gradio as gr
import uvicorn
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

from ipt_roleplay.errors import SetupError
from ipt_roleplay.rehearsal import Room
from ipt_roleplay.settings import Settings
from ipt_roleplay.ui.page import SCRIPT, STYLE, build

PORTS_TO_TRY = 20
LARGEST_UPLOAD = "50mb"
SWITCH_AFTER = 0.0005
"""Seconds after which a thread lets another run; with Python's own 0.005 the loop that answers
everybody waits that long at each step while somebody's message is being read."""
WARM_AFTER = 4.0
"""Seconds after the start; sooner, loading would hold up the first page."""

HEADERS: dict[str, str] = {
    "content-security-policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        "connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'self'; "
        "frame-ancestors 'none'; form-action 'self'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "cross-origin-opener-policy": "same-origin",
}
"""Gradio's page needs inline script and eval; nothing may be loaded from anywhere else."""


class SecurityHeaders:
    """Adds `HEADERS` to every response, and keeps proxies from buffering event streams.

    Plain ASGI: the usual middleware base class would hold streams back.
    """

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        async def sending(message: Any) -> None:
            if message["type"] == "http.response.start":
                headers = message["headers"]
                added = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
                streams = (b"content-type", b"text/event-stream") in [
                    (name.lower(), value.split(b";")[0]) for name, value in headers
                ]
                buffering = [(b"x-accel-buffering", b"no")] if streams else []
                message["headers"] = [*headers, *added, *buffering]
            await send(message)

        await self.app(scope, receive, sending)


def create_app(room: Room) -> FastAPI:
    """The whole web application for one room."""
    demo = build(room)
    demo.max_threads = 400  # Gradio runs 40 events at once by default, async ones included
    demo.state_session_capacity = 500
    demo.queue(default_concurrency_limit=64, max_size=256)
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)

    @app.get("/healthz")
    def healthy() -> dict[str, str]:
        return {"status": "ok"}

    app.add_middleware(CORSMiddleware, allow_origins=[])  # silences Gradio's open CORS
    app.add_middleware(SecurityHeaders)
    mounted: FastAPI = gr.mount_gradio_app(
        app,
        demo,
        path="/",
        theme=_theme(),
        css=STYLE.read_text("utf-8"),
        js=SCRIPT.read_text("utf-8"),
        run_history=False,
        enable_monitoring=False,
        footer_links=[],
        show_error=False,
        allowed_paths=[],
        blocked_paths=[str(room.settings.data_dir)],
        max_file_size=LARGEST_UPLOAD,
    )
    return mounted


def ready_for_many(room: Room) -> None:
    """Loads what the first talk needs, and sets this process up for a hundred at once."""
    room.hear_apart()
    room.warm()
    sys.setswitchinterval(SWITCH_AFTER)
    # What is loaded stays. To look through all of it for garbage takes a fifth of a second, in
    # which nobody is answered.
    gc.collect()
    gc.freeze()


def serve(settings: Settings) -> None:
    """Opens the page and serves it until interrupted. Raises `SetupError` and `StoreError`.

    Turns garbage collection on, should it have been off while loading.
    """
    room = Room(settings)
    listening = listen(settings.host, settings.port)
    port = listening.getsockname()[1]
    app = create_app(room)
    warming = threading.Timer(WARM_AFTER, ready_for_many, (room,))
    warming.daemon = True
    warming.start()
    shown = "localhost" if settings.host in ("127.0.0.1", "0.0.0.0", "::") else settings.host
    print(f"The rehearsal room is open: http://{shown}:{port}  (Ctrl+C closes it)", flush=True)
    config = uvicorn.Config(app, log_level=settings.log_level.lower(), access_log=False, workers=1)
    gc.freeze()
    gc.enable()
    try:
        uvicorn.Server(config).run(sockets=[listening])
    finally:
        warming.cancel()
        room.close()


def listen(host: str, port: int) -> socket.socket:
    """A listening socket on `port`, or on the next free one. Raises `SetupError`."""
    for candidate in range(port, min(port + PORTS_TO_TRY, 65536)):
        opened = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            opened.bind((host, candidate))
            opened.listen(128)
        except OSError as error:
            opened.close()
            last = error
            continue
        if candidate != port:
            print(f"Port {port} is in use; taking {candidate} instead.", flush=True)
        return opened
    raise SetupError(
        f"No port from {port} to {candidate} can be opened on {host} ({last.strerror}). "
        "Choose another with --port, or set IPT_HOST and IPT_PORT."
    )


def _theme() -> gr.themes.Base:
    return gr.themes.Soft(
        primary_hue=gr.themes.colors.teal,
        secondary_hue=gr.themes.colors.stone,
        neutral_hue=gr.themes.colors.stone,
        font=[
            gr.themes.LocalFont("Source Sans Pro", weights=(400, 700)),
            "system-ui",
            "sans-serif",
        ],
        radius_size=gr.themes.sizes.radius_lg,
        text_size=gr.themes.sizes.text_lg,
    )
