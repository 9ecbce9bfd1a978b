"""The web page: Gradio blocks mounted in an own FastAPI app."""

from ipt_roleplay.ui.server import serve

__all__ = ["serve"]
