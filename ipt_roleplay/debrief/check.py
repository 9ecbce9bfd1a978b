"""The last gate: what does not stand where it says it does is dropped and counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ipt_roleplay.debrief.talk import Talk
from ipt_roleplay.domain import Citation, Finding, Passage


def checked(
    findings: Iterable[Finding], talk: Talk, passages: Mapping[str, Passage]
) -> tuple[tuple[Finding, ...], int]:
    """The findings whose quotes are verbatim, with the citations that hold, and how many
    findings and citations were dropped."""
    kept: list[Finding] = []
    dropped = 0
    for finding in findings:
        if not _quotes_hold(finding, talk):
            dropped += 1
            continue
        citations = tuple(one for one in finding.citations if _holds(one, passages))
        dropped += len(finding.citations) - len(citations)
        kept.append(finding.model_copy(update={"citations": citations}))
    return tuple(kept), dropped


def _quotes_hold(finding: Finding, talk: Talk) -> bool:
    message = next((one for one in talk.messages if one.number == finding.turn), None)
    if message is None or not 0 <= finding.start < finding.end <= len(message.text):
        return False
    verbatim = message.text[finding.start : finding.end] == finding.quote
    replied = finding.reply_quote in ("", message.before, message.after)
    theirs = replied and finding.asked_quote in ("", message.before)
    return verbatim and theirs


def _holds(citation: Citation, passages: Mapping[str, Passage]) -> bool:
    passage = passages.get(citation.passage_id)
    return passage is not None and 0 <= citation.start < citation.end <= len(passage.text)
