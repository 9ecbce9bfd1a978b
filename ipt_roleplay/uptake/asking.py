"""What a message asks, and whether it says yes: by its words alone, whatever the scenario."""

from __future__ import annotations

import re

from ipt_roleplay.domain import Asked

_REQUEST = re.compile(
    r"^(?:(?:so|and|but|ok|okay|please|well|look|mum|mam|dad)[ ,]+)*"
    r"(?:can|could|would|will|won't) (?:you|we)\b"
    r"(?! (?:be (?:all ?right|ok|okay|fine)|afford|bear|stand it|hear (?:me|us|him|her)|remember)"
    r"\b)"
)
"""After "can you" and the like; whether somebody can afford or bear a thing is asked to know."""
_TAG = re.compile(
    r"\b(?:(?<!all )right|ok|okay|yeah|huh|eh|isn't it|aren't you|don't you|no)\s*\?$"
)
_ASIDE = r"^(?:(?:so|and|but|ok|okay|well|look|honestly|then|mum|mam|dad|[a-z]+,)[ ,]+)*"
_HELPS = (
    r"(?:is|are|am|was|were|do|does|did|have|has|had|should|would|will|can|could|might|must|may|shall)"
    r"(?:n't)?"
)
_ASKS = re.compile(
    rf"{_ASIDE}(?:(?:what|how|why|when|where|who|which)(?:'s|'re|'d)? (?:\w+ ){{0,3}}?{_HELPS}\b"
    rf"|(?:what|who|where|how)'s\b|{_HELPS} (?:i|you|he|she|it|we|they|there|that|this)\b"
    r"|(?:is|are|does|did|has) (?!\w+ing\b)\w+)"
)
"""An offer and a permission are asked as well; a request for an act is not."""
_ASKS_OUTRIGHT = re.compile(
    rf"{_ASIDE}(?:what|how|why|when|where|who|which)(?: \w+){{0,2}}? {_HELPS}"
    r" (?:i|you|u|he|she|we|they)\b",
    re.IGNORECASE,
)
"""What is a question even where it ends in a full stop, as people type them."""


_AGREES = re.compile(
    r"^(?:(?:oh|ah|well|right|so|haha|lol|thank (?:you|god)|thanks|[a-z]+,)[ ,.!]+)*"
    r"(?:ok(?:ay)?|yes|yeah|yep|aye|deal|done|agreed|fine by me|perfect|brilliant|great|good"
    r"|that(?:'s| is| would be|'d be| will be|'ll be) (?:\w+ )?"
    r"(?:enough|fine|great|good|perfect|fair|plenty|lovely|a help|a start|all i)"
    r"|(?:that|it) (?:works|would help|helps)|i(?:'?ll| will|'?d| would) take (?:that|it)"
    r"|let(?:'s| us) do"
    r"|(?:on |at )?(?:mon|tues|wednes|thurs|fri|satur|sun)day\b[^.!?]{0,25} then"
    r"|sounds (?:good|fair|fine)|(?:\w+ ){1,5}(?:is|would be) (?:plenty|enough|more than enough)"
    r"|fair enough|of course|gladly|it(?:'s| is) a deal|i promise|nobody will"
    r"|i(?:'?ll| will| can) do (?:that|it)|that i can do"
    r"|i(?:'?ll| will| can|)? \w+(?: \w+){0,3} (?:too|also|as well)(?=[.,!;]|$))\b"
    r"(?! and no)"
)
_OPENS = re.compile(
    r"^.{0,30}\b(?:can|could|may) (?:we|i) (?:talk|have a (?:word|chat|minute)|ask you"
    r"|say something|tell you)"
    r"|\b(?:got|have) (?:a |five |ten |two )?(?:minutes?|moment|sec|second)\b"
    r"|^.{0,40}\b(?:something (?:\w+ )?to (?:tell|say to|ask) you|(?:need|want) to talk)\b.{0,40}$"
    r"|\b(?:need|want|have|got|going|like) to (?:tell|ask) you something\b"
    r"|\bone (?:more |other |last |small )?thing (?:that )?i\b.{0,25}\bask\b"
    r"|\b(?:need|want|wanted|like|have|got) to ask (?:you )?(?:one|two|a|some) ?(?:\w+ ){0,2}?"
    r"things?\b"
    r"|\bsomething i(?:'ve got|'ve| have| need| want|'d like) to (?:tell|say|ask|talk)\b"
    r"|\b(?:want|need) to talk (?:to you|with you|about)\b"
)
"""How people begin: it asks for the other's ear, which a scenario may know as a question."""
_CLOSED = re.compile(
    rf"{_ASIDE}(?:{_HELPS}|when|where|who|whose|which|what (?:time|day|date|year|number)"
    r"|how (?:long|many|much|old|often|far|soon|late|big|bad))\b|\bor\b[^?]*\?$"
)
"""What a memory or a feeling is no answer to."""
_PLAN = re.compile(
    rf"{_ASIDE}(?:can|could|may|might|shall|should|would|will|won't|do you (?:want|mind|fancy|need)"
    r"|did you want|is (?:it|that|this) (?:ok|okay|all right|alright|fine|too)|are you (?:up|free)"
    r"|what (?:if|about|time|day)|how about|when (?:can|could|shall|should|do|are|will|would))\b"
)
"""What may be done, now or later."""
_SMALL = re.compile(
    rf"{_ASIDE}(?:(?:can|could|may|might|shall|should|would|will|won't) (?:i|we|you|it|that|this)\b"
    r"|do you (?:want|mind|fancy|need)|did you want|does (?:\S+ ){1,4}(?:work|suit|do)\b"
    r"|(?:is|would) (?:it|that|this|now|\w+day)(?: be)?"
    r" (?:ok|okay|all right|alright|fine|good|possible|too)\b"
    r"|are you (?:up for|free|coming))"
    r"|^(?:(?:is|would) that (?:be )?)?(?:ok|okay|all ?right|deal|fair)"
    r"(?: (?:with|by|for) you| then)?\W*$"
)
"""What waits for a yes or no of the moment …"""
_WEIGHTY = re.compile(
    r"\b(?:have|be|been|tell|say|explain|talk|see|understand|believe|imagine|remember|feel|hear"
    r"|forgive|trust|accept|stop|promise|help|live|love|agree|admit|mean|know|think|really|ever|never"
    r"|always|every|any ?more|from now on|not|ask"
    r"|do (?:it|that|this|them|em|so))\b"
)
"""… but for these, which are asked for more than that."""
_PARTICULAR = re.compile(
    rf"{_ASIDE}(?:who|whose|where|when|which|what (?:time|day|date|year|number|kind|name)"
    r"|what did (?:you|he|she|they) (?:do|say)|how (?:long|many|much|old|often|far|soon|late))\b"
    r"|^[^?]* or (?!what|not|something|anything|else)[^?]*\?$"
)
"""A name, a time, a number, or which of two."""
_WHETHER = re.compile(
    rf"{_ASIDE}(?:(?:are|do|would|could|can) you|(?:is|does) it|does (?:that|this)"
    r"|is (?:that|this) (?:what|why|how|with|hard|so|true|still|right|it|all))\b"
)
"""Whether something is so with the other, now: "sort of" is no answer to what happened."""
_MODEST = re.compile(
    r"\b(?:(?:for|as) a start|to (?:start|begin) (?:with|off)|start (?:wi'?|with) (?:one|two)"
    r"|one \w+ (?:a|every|each) month|once a (?:month|fortnight)|a trial|try it (?:once|out|for)"
    r"|(?:just|only|even) (?:just )?(?:the )?(?:one|once|this once)|one step|a small part"
    r"|half of it|hold off|another look|look (?:at it )?again"
    r"|(?:first|before) (?:you|we) (?:sign|decide|say))\b"
)
"""Words by which people ask for a part."""
_EITHER = re.compile(r"\bor (?:would|shall|should|do|will|is|are) ")
WHOLE = 6
"""A question of so many words says by itself what it asks."""
_INWARD = "(?:hop|think|feel|want|wish|fear|miss|expect|go|carry|keep|hold|worry|dread|imagin|say)"
_FACT = re.compile(
    rf"{_ASIDE}(?:who|whose|where|when|which"
    r"|what(?:'s| is| was) (?:his|her|their|the|your) (?:name|date)"
    r"|how (?:long|many|much|old|often|far)|what (?:time|day|date|year|number|kind)"
    rf"|what (?:were|was|are) (?:you|he|she|they) (?!{_INWARD})\w+ing\b"
    r"|(?:did|was|were|has|have|had|does|is) (?!it\b|that\b|this\b))"
)
_REFERS_BACK = re.compile(
    r"^\W*(?:\w+\W+){0,3}(?:how|what|when|why|where|who|twice|really|meaning|in what way)\W*\?"
    r"|\bwhat (?:do|did|does) (?:you|that) mean\b|\bmeaning what\b|\bwhat (?:is|was|'s) that\b"
    r"|\byou (?:just )?said\b|\bhow (?:so|come)\b"
)
_ECHO = re.compile(
    r"^(?:(?:so|and|oh|wait|ok|okay)[ ,]+)*you(?:'ve|'d)? "
    r"(?:been|were|had|felt|thought|wanted|needed|heard|lost|kept|never|didn't|couldn't)\b"
)
"""What the other has told, given back with a question mark: it waits for a nod."""
_OF_ONESELF = re.compile(
    r"^(?:and |but |so )?(?:what|how|why|who|where) (?:am|do|did|should|was|have) i\b"
)
"""Asked to be answered by oneself, where anything follows."""
_COMMON = frozenset(
    "about after again always because been before being could didn't does doing don't done"
    " from have having here it's just know like maybe more much need never only other really"
    " right said should some something still sure tell than that that's them then there these"
    " they thing things think this those time very want well were what when where which while"
    " with would you're your".split()
)
_OPEN = re.compile(r"\b(?:what|how|why|tell me)\b")
_TAKES_BACK = re.compile(r"\b(?:but|though|yet|except|not enough|still no)\b")


def asking(text: str) -> str:
    """The sentences that really ask something (no request in question form, no tag), joined by
    spaces; empty where none does."""
    return " ".join(one for one, plain in _plainly(text) if _asks(plain))


def closed(text: str) -> bool:
    """Whether its last question or request waits for a yes or no, a choice or a particular."""
    asked = [part for _, part in _plainly(text) if _asks(part) or _REQUEST.match(part)]
    if not asked:
        return False
    last = asked[-1]
    return bool(_REQUEST.match(last) or _CLOSED.search(last)) or not _OPEN.search(last)


def asked_after(before: str, text: str) -> Asked | None:
    """What kind of answer the last question waits for, said after the other's line `before`; None
    where nothing is asked."""
    questions = [part for _, part in _plainly(text) if _asks(part) or _REQUEST.match(part)]
    if not questions:
        return None
    last = questions[-1]
    if _REFERS_BACK.search(last) or len(_weighty(last)) <= 4 and _weighty(last) & _weighty(before):
        return Asked.FOLLOW_UP
    if _PLAN.match(last):
        return Asked.PLAN
    return Asked.FACT if _FACT.match(last) else Asked.INNER


def small(text: str) -> str:
    """The last question or request, where it is for something of the moment, to be met by a plain
    yes or no ("Shall I put the kettle on?"); else empty. A short one comes with all that stands
    before it ("I'll ring on Tuesday. Is that all right?")."""
    parts = _sentences(text.lower().replace("’", "'"))
    last = max((place for place, part in enumerate(parts) if _waits(part)), default=None)
    if last is None or not _SMALL.search(parts[last]) or _WEIGHTY.search(parts[last]):
        return ""
    if _EITHER.search(parts[last]):
        return ""  # which of two is no yes or no
    begin = 0 if len(parts[last].split()) < WHOLE else last
    return " ".join(parts[begin : last + 1])


def particular(text: str) -> bool:
    """Whether its last question is for one particular thing ("Which Sunday?")."""
    asked = [part for _, part in _plainly(text) if _asks(part)]
    return bool(asked) and bool(_PARTICULAR.search(asked[-1]))


def yes_or_no(text: str) -> bool:
    """Whether its last question asks whether something is so ("Have you told Craig?"); not which of
    two, and not what may be done."""
    asked = [part for _, part in _plainly(text) if _asks(part)]
    if not asked or _PLAN.match(asked[-1]) or re.search(r"\bor\b", asked[-1]):
        return False
    return bool(_WHETHER.match(asked[-1]))


def modest(text: str) -> bool:
    """Whether it asks for less than it might: a beginning, a trial, another look."""
    return bool(_MODEST.search(text.lower().replace("’", "'")))


def _waits(sentence: str) -> bool:
    return sentence.endswith("?") or bool(_REQUEST.match(sentence)) or _asks(sentence)


def _weighty(text: str) -> set[str]:
    """The words of a text that carry what it is about."""
    words = re.findall(r"[a-z']{4,}", text.lower().replace("’", "'"))
    return {word.removesuffix("'s") for word in words} - _COMMON


def opening(text: str) -> str:
    """The sentence that asks for the other's ear; empty where none does."""
    return next((part for part in _sentences(text) if _OPENS.search(part.lower())), "")


def _plainly(text: str) -> list[tuple[str, str]]:
    """The sentences that may ask the other something, each as it stands and in plain letters."""
    parts = [(one, one.lower().replace("’", "'")) for one in _sentences(text)]
    return [
        (one, plain)
        for place, (one, plain) in enumerate(parts, start=1)
        if not _ECHO.match(plain) and not (place < len(parts) and _OF_ONESELF.match(plain))
    ]


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?\n])\s+", text.strip())


def _asks(sentence: str) -> bool:
    if _REQUEST.match(sentence) or _TAG.search(sentence):
        return False
    if sentence.endswith("?") or _ASKS_OUTRIGHT.match(sentence):
        return True
    return bool(_ASKS.match(sentence)) and len(sentence.split()) > 2 and "." not in sentence


def agrees(text: str) -> bool:
    """Whether a sentence of the text says yes to something, and nothing takes it back."""
    plain = text.lower().replace("’", "'").strip()
    says_yes = any(_AGREES.match(part) and not part.endswith("?") for part in _sentences(plain))
    return says_yes and not _TAKES_BACK.search(plain)
