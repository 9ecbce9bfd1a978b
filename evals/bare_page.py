"""The least that a Gradio page can be: what the product's start is measured against.

python evals/bare_page.py PORT
"""

from __future__ import annotations

import sys

import gradio as gr
import uvicorn
from fastapi import FastAPI


def main() -> None:
    with gr.Blocks() as page:
        gr.Textbox()
    app = gr.mount_gradio_app(FastAPI(), page, path="/")
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="error")


if __name__ == "__main__":
    main()
