"""What lies beside the rehearsals on the first screen: a talk from elsewhere looked back on, and
sources of one's own."""

from __future__ import annotations

import logging
import os
import tempfile
from pathlib import Path
from typing import Any

import gradio as gr

from ipt_roleplay import debrief, safety
from ipt_roleplay.domain import Tier
from ipt_roleplay.errors import IptError
from ipt_roleplay.rehearsal import Room
from ipt_roleplay.ui import render

log = logging.getLogger(__name__)

LONGEST_PASTE = 60_000
"""Characters of a pasted talk."""
HOME = ("127.0.0.1", "localhost", "::1")
ENDINGS = [".pdf", ".docx", ".html", ".htm", ".md", ".txt"]
EXAMPLE = "Them: You said you'd be here at six.\nMe: I know, and I wasn't. I'm sorry."
WENT_WRONG = "Something went wrong on our side. What you pasted is still there; try once more."


def gradio_folder() -> str:
    """Where Gradio may serve files from."""
    folder = os.environ.get("GRADIO_TEMP_DIR") or str(Path(tempfile.gettempdir()) / "gradio")
    Path(folder).mkdir(parents=True, exist_ok=True)
    return folder


class Beside:
    """Both parts; sources only where the page is reached from its own machine alone, since they
    belong to whoever runs it."""

    def __init__(self, room: Room) -> None:
        self.room = room
        with gr.Accordion("Look back on a talk from elsewhere", open=False, elem_id="elsewhere"):
            gr.HTML(
                "<p>Paste a talk that took place, one line for each thing said. Begin your own lines with "
                "<strong>Me:</strong> and the other’s with <strong>Them:</strong>. Nothing of it is kept.</p>"
            )
            self.box = gr.Textbox(
                label="The talk", placeholder=EXAMPLE, lines=6, max_lines=18, elem_id="pasted"
            )
            self.look = gr.Button("Look back on it", variant="primary", elem_id="look-elsewhere")
            self.found = gr.HTML(elem_id="elsewhere-debrief")
        with gr.Accordion(
            "Your own sources",
            open=False,
            elem_id="own-sources",
            visible=room.settings.host in HOME,
        ):
            gr.HTML(
                "<p>Add texts of your own, such as a manual or course notes: feedback then cites them beside the "
                "handbook. They stay on this machine.</p>"
            )
            self.files = gr.File(
                label="PDF, DOCX, HTML, Markdown or text",
                file_count="multiple",
                file_types=ENDINGS,
                elem_id="source-files",
            )
            self.told = gr.HTML(elem_id="source-told")
            self.listed = gr.HTML(self._listed())
            with gr.Row():
                self.chosen = gr.Dropdown(self._names(), label="Remove", elem_id="source-chosen")
                self.remove = gr.Button("Remove it", variant="stop", elem_id="source-remove")

    def wire(self, country: gr.Dropdown) -> None:
        """Ties the events; `country` says whose help a card shows."""
        on: dict[str, Any] = {"api_visibility": "private"}
        self.look.click(self.on_look, [self.box, country], self.found, **on)
        if self.room.settings.host not in HOME:
            return  # what isn't shown must not be there to call either
        shown = [self.told, self.listed, self.chosen, self.files]
        self.files.upload(self.on_add, self.files, shown, **on)
        self.remove.click(self.on_remove, self.chosen, shown, **on)

    def on_look(self, text: str, country: str) -> str:
        """The debrief of a pasted talk, or a card where its writer is in danger."""
        try:
            lines = debrief.parse_transcript(text[:LONGEST_PASTE])
            own = [one.text for one in lines if one.speaker == "trainee"]
            for number, said in enumerate(own):
                found = safety.screen(said, own[:number])
                if found.tier is Tier.ACUTE:
                    return render.card(safety.card(found, country, number))
            talk = debrief.from_transcript(lines)
            return render.pasted(debrief.make(talk, self.room.retriever), len(own))
        except IptError as error:
            return render.notice(str(error))
        except Exception as error:  # the page's edge: nobody is shown a stack trace
            log.error("a pasted talk failed: %s", type(error).__name__, exc_info=True)
            return render.notice(WENT_WRONG)

    def on_add(self, files: list[str] | None) -> tuple[Any, ...]:
        """Takes files in, tells of each, and removes the copies that were uploaded."""
        uploaded = [Path(file) for file in files or []]
        try:
            lines = [
                f"{one.name}: {one.problem or f'{one.passages} passages'}"
                for one in self.room.corpus.add(uploaded)
            ]
            self.room.retriever.warm()  # now, while the page shows that it works on it
        except IptError as error:
            lines = [str(error)]
        finally:
            for file in uploaded:
                file.unlink(missing_ok=True)
        return self._shown("\n".join(lines))

    def on_remove(self, name: str | None) -> tuple[Any, ...]:
        if not name:
            return self._shown("Choose a source first.")
        try:
            self.room.corpus.remove(name)
        except IptError as error:
            return self._shown(str(error))
        return self._shown(f"{name} is removed, every word of it.")

    def _shown(self, told: str) -> tuple[Any, ...]:
        fresh = gr.update(choices=self._names(), value=None)
        return render.notice(told), self._listed(), fresh, None

    def _listed(self) -> str:
        return render.sources([(one.name, one.words) for one in self.room.corpus.sources()])

    def _names(self) -> list[str]:
        return [one.name for one in self.room.corpus.sources()]
