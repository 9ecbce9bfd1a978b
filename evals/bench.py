"""Speed, as ratios of two things timed in the same run; milliseconds are only reported.

    python -m evals.bench

Ends with status 1 when a ratio is above its gate. Ratios travel between machines; times
don't.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

if not __package__:  # run as a file: imports go from the checkout, not from this folder
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

import ipt_roleplay  # noqa: F401  before numpy, whose threads it keeps from spinning

# isort: split
import numpy as np

from evals import bench_model as model
from evals import bench_page as page
from evals import bench_process as process
from evals import bench_talk as talk
from tests.browser import find_chromium

LATE_GATE = 1.2
PAGE_GATE = 1.3
FIRST_GATE, FIRST_SEEN_GATE = 1.1, 1.15
PAGE_PAIRS = 5
RUNS = 5
MESSAGE = '{"text": "I would like you to ask me before you say yes for both of us."}\n'


def main() -> int:
    faults: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _tell("a turn, call to stored reply", talk.turn_times(folder / "turns"))
        _tell("a search of the handbook", talk.search_times(folder / "turns"))
        late = talk.late_against_first(folder / "late")
        faults += _gate(f"turn {talk.LATE} against turn 1", late, LATE_GATE)
        first = model.first_sentence_ratio(folder / "first")
        faults += _gate("first sentence against the plain client", first, FIRST_GATE)
        faults += _first_on_page(folder / "browser")
        _tell("own share of a model's turn, 100 at once", model.own_share(folder / "at-once"))
        faults += _commands(folder)
        faults += _page(folder)
    print("\n".join(faults) or "Every ratio holds its gate.")
    return 1 if faults else 0


def _first_on_page(folder: Path) -> list[str]:
    chromium = find_chromium()
    if chromium is None:
        print("first sentence on the page: not measured, there is no Chromium here")
        return []
    ratio = page.first_sentence_ratio(chromium, folder)
    return _gate("first sentence on the page", ratio, FIRST_SEEN_GATE)


def _commands(folder: Path) -> list[str]:
    """Times of two commands beside an empty Python; they must not load what is slow to load."""
    messages = folder / "messages.jsonl"
    messages.write_text(MESSAGE, "utf-8")
    commands = {"--help": ["--help"], "read": ["read", str(messages)]}
    empty = [process.command_time(["-c", "pass"], folder) for _ in range(RUNS)]
    _tell("python -c pass", empty)
    faults: list[str] = []
    for name, arguments in commands.items():
        whole = ["-m", "ipt_roleplay.cli", *arguments]
        took = [process.command_time(whole, folder) for _ in range(RUNS)]
        _tell(f"ipt-roleplay {name}", took, f"{np.median(took) / np.median(empty):.1f} × empty")
        loaded = process.loaded_by(arguments, folder)
        faults += [f"`ipt-roleplay {name}` imports {one}. Import it where used." for one in loaded]
    return faults


def _page(folder: Path) -> list[str]:
    """The product's page against a bare one, in turns; the first pair warms the disk's cache."""
    ratios: list[float] = []
    own: list[float] = []
    for pair in range(PAGE_PAIRS + 1):
        port, other = process.free_port(), process.free_port()
        ours = process.page_time(["app.py", "--port", str(port)], port, folder / "page")
        bare = process.page_time(["evals/bare_page.py", str(other)], other, folder / "page")
        if pair == 0:
            _tell("the very first start of the page", [ours])
            continue
        own.append(ours)
        ratios.append(ours / bare)
    _tell("process start to page", own)
    return _gate("page against a bare Gradio page", float(np.median(ratios)), PAGE_GATE)


def _tell(what: str, seconds: Sequence[float], note: str = "") -> None:
    p50, p95 = np.quantile(seconds, [0.5, 0.95]) * 1000
    print(f"{what:40s} p50 {p50:8.1f} ms  p95 {p95:8.1f} ms  n={len(seconds)}  {note}".rstrip())
    sys.stdout.flush()


def _gate(what: str, ratio: float, gate: float) -> list[str]:
    print(f"{what:40s} ratio {ratio:.2f} (gate ≤ {gate})", flush=True)
    if ratio <= gate:
        return []
    return [f"{what}: {ratio:.2f} is above {gate}. Profile it and find what grew."]


if __name__ == "__main__":
    sys.exit(main())
