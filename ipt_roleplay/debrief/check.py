"""The last gate: what does not stand where it says it does is dropped and counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ipt_roleplay.debrief.talk import Message, Talk
from ipt_roleplay.domain import Citation, Finding, Passage, Place


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


def checked_places(places: Iterable[Place], talk: Talk) -> tuple[tuple[Place, ...], int]:
    """The places whose quotes are verbatim, the other's words before them too, and how many were
    dropped."""
    given = tuple(places)
    kept = tuple(
        one
        for one in given
        if (message := _cut_from(one, talk)) is not None and one.after in message.before
    )
    return kept, len(given) - len(kept)


def _quotes_hold(finding: Finding, talk: Talk) -> bool:
    message = _cut_from(finding, talk)
    if message is None:
        return False
    replied = finding.reply_quote in ("", message.before, message.after)
    return replied and finding.asked_quote in ("", message.before)


def _cut_from(one: Finding | Place, talk: Talk) -> Message | None:
    """The message in which its quote stands as it says, if it does."""
    message = next((it for it in talk.messages if it.number == one.turn), None)
    if message is None or not 0 <= one.start < one.end <= len(message.text):
        return None
    return message if message.text[one.start : one.end] == one.quote else None


def _holds(citation: Citation, passages: Mapping[str, Passage]) -> bool:
    passage = passages.get(citation.passage_id)
    return passage is not None and 0 <= citation.start < citation.end <= len(passage.text)
