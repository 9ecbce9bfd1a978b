"""The first sentence of a language model as somebody at the page sees it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, sleep

import numpy as np
from openai import OpenAI
from playwright.sync_api import Page, sync_playwright

from evals import bench_process as process
from evals.talks import scripts

SCENARIO = "dads_appointments"
PAIRS = 6
SECONDS_A_REPLY = 2.0
PROMPT = 4_000
"""Characters of the plain client's prompt, about as long as ours."""
WARM = 15.0
"""Seconds in which the page's process loads what its first talk needs."""
PATIENCE = 30_000
SHOWN = "document.querySelectorAll('#transcript .theirs').length > {}"
READY = (
    "(() => { const send = document.querySelector('#send');"
    " return Boolean(send && !send.disabled && send.offsetParent) })()"
)


def first_sentence_ratio(chromium: str, folder: Path) -> float:
    """The first sentence on the page, from the click, over the same sentence complete in the
    plain client, same server; the median of pairs in turn, the first of which warms both."""
    script = next(one for one in scripts() if one.scenario == SCENARIO and one.policy == "skilled")
    with process.model_server(SECONDS_A_REPLY) as address, _served(address, folder) as url:
        client = OpenAI(base_url=address, api_key="none", max_retries=0)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            page = _in_the_talk(browser.new_page(), url)
            ratios = [
                _on_page(page, text) / _plainly(client, text)
                for text in script.messages[: PAIRS + 1]
            ]
            browser.close()
    return float(np.median(ratios[1:]))


@contextmanager
def _served(address: str, folder: Path) -> Iterator[str]:
    """The page as a process of its own, with the model at `address`; its URL."""
    port = process.free_port()
    settings = {"IPT_MODEL": "demo", "OPENAI_BASE_URL": address, "OPENAI_API_KEY": "none"}
    served = subprocess.Popen(
        [sys.executable, "app.py", "--port", str(port)], cwd=process.ROOT,
        env=process.environment(folder) | settings, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        sleep(WARM)
        yield f"http://127.0.0.1:{port}"
    finally:
        served.terminate()
        served.wait()


def _in_the_talk(page: Page, url: str) -> Page:
    page.goto(url)
    page.click(f"#choose-{SCENARIO}")
    page.click("#begin")
    page.wait_for_selector("#box textarea:visible")
    return page


def _on_page(page: Page, text: str) -> float:
    """Seconds from the click to the first sentence of the answer."""
    before = page.locator("#transcript .theirs").count()
    page.fill("#box textarea", text)
    started = perf_counter()
    page.click("#send")
    page.wait_for_function(SHOWN.format(before), timeout=PATIENCE, polling=10)
    took = perf_counter() - started
    page.wait_for_function(READY, timeout=PATIENCE)
    return took


def _plainly(client: OpenAI, text: str) -> float:
    """Seconds until the plain client has a first whole sentence."""
    started, heard = perf_counter(), ""
    stream = client.chat.completions.create(
        model="demo",
        messages=[{"role": "system", "content": "x" * PROMPT}, {"role": "user", "content": text}],
        stream=True,
    )
    for chunk in stream:
        heard += (chunk.choices[0].delta.content or "") if chunk.choices else ""
        if any(mark in heard for mark in (". ", "! ", "? ")):
            break
    took = perf_counter() - started
    stream.close()
    return took
