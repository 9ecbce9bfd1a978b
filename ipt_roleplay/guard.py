"""What a language model may say in the other person's place: one sentence, allowed or why not."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ipt_roleplay.prompts import sections, text_of
from ipt_roleplay.safety import threatens, without_unlisted

_WORD = re.compile(r"[a-z0-9']+")
RUN = 7
"""So many words in a row out of the instructions are no accident."""

_OUT_OF_ROLE = re.compile(
    r"\b(?:as an? (?:ai|artificial|language model|assistant|chatbot|virtual)"
    r"|(?:i'?m|i am) (?:just |only |actually )?an? (?:ai|artificial|language model|bot|chatbot|assistant|program)"
    r"|language model|large model|openai|chatgpt|anthropic|system prompt|my (?:prompt|guidelines|programming)\b|my instructions (?:say|are|were|tell|forbid)"
    r"|(?:stay|remain|break|step out of|out of|back in) (?:in )?(?:character|role)\b|role-?play|this (?:simulation|rehearsal|exercise|scenario)"
    r"|how (?:can|may) i (?:help|assist) you|i (?:cannot|can't|can not) (?:assist|comply|fulfil+|continue with) (?:with )?(?:that|this|your) request"
    r"|the note (?:says|for)|note for \w+|the act is)",
    re.IGNORECASE,
)
_COACHING = re.compile(
    r"\b(?:i-?statements?|active listening|assertive(?:ly|ness)?|nonviolent communication|validat(?:e|ed|ing|ion) my (?:feelings|emotions)"
    r"|(?:great|good|nice|excellent) (?:job|work|use|example|way) (?:of |on |at |in )?(?:expressing|communicating|stating|phrasing|listening|using|validating|i-)"
    r"|great job|you(?:'ve| have)? (?:expressed|communicated|phrased|handled|articulated) (?:that|this|yourself|your \w+) (?:so |very |really )?(?:well|clearly|effectively|beautifully)"
    r"|(?:next time,? (?:try )?|try (?:to )?|you could |consider )(?:use|using|say|saying|phras\w+|express\w*|asking) (?:an? |some )?(?:open|i-|more|your needs)"
    r"|communication (?:skills?|techniques?|style)|\d ?(?:out of|/) ?(?:4|5|10)\b|feedback on (?:your|how))",
    re.IGNORECASE,
)
_MARKUP = re.compile(
    r"<[a-z/!]|!\[|\]\(|```|\bjavascript:|\bdata:\w+/|&#|^#{1,4} |^\s*[-*] ", re.IGNORECASE
)
_OTHER_SPEAKER = re.compile(
    r"^\s*(?:you|user|trainee|me|human|narrator|assistant|system)\s*:|\byou (?:say|reply|whisper|nod)[,:]? [\"“]",
    re.IGNORECASE,
)


@lru_cache(maxsize=1024)
def fault_in(sentence: str, mark: str = "") -> str | None:
    """Why `sentence` can't be spoken by the other person, in words fit to tell a model; None where
    it can. `mark` is the secret sign of the prompt it was given."""
    if gives_away(sentence, mark):
        return "it gave away its notes"
    if _MARKUP.search(sentence):
        return "it held markup"
    if without_unlisted(sentence) != sentence:
        return "it held a number or a link"
    if _OUT_OF_ROLE.search(sentence):
        return "it stepped out of the role"
    if _COACHING.search(sentence):
        return "it judged how the other person speaks"
    if _OTHER_SPEAKER.search(sentence):
        return "it spoke for the other person"
    if threatens(sentence):
        return "it spoke of killing, dying or hurting somebody"
    return None


def gives_away(text: str, mark: str = "") -> bool:
    """Whether `text`, of one or more sentences, holds the mark or a run of the instructions."""
    marked = bool(mark) and mark.lower() in text.lower()
    return marked or not _runs(text).isdisjoint(_of_the_notes())


@cache
def _of_the_notes() -> frozenset[str]:
    """Every run of words in the instructions, the places that a scenario fills left out."""
    texts = [*sections("acts").values(), *re.split(r"\$\w+", text_of("actor"))]
    return frozenset(run for text in texts for run in _runs(text))


def _runs(text: str) -> frozenset[str]:
    words = _WORD.findall(text.lower().replace("’", "'"))
    return frozenset(" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1))
