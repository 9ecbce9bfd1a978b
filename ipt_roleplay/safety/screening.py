"""What a message says about risk: signs, weighed by what stands around them.

Pure and deterministic. It reads English only, and reads words, not people: a quiet result
is no finding that somebody is safe.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from ipt_roleplay.domain import Risk, Screening, Tier
from ipt_roleplay.safety import between_people, to_oneself
from ipt_roleplay.safety.learned import second_look
from ipt_roleplay.safety.plain import plain_forms
from ipt_roleplay.safety.sign import ACUTE, FAINT, INDIRECT, OTHERS, SELF_RISKS, Sign

_SIGNS = (*to_oneself.SIGNS, *between_people.SIGNS)

_IDIOMS = re.compile(
    r"\b(?:"
    r"(?:is|are|it|you are|be) killing me|kill(?:s|ed|ing)? (?:time|two birds|it|for)|kill me now"
    r"|kill(?:ed|ing)? myself (?:laughing|at work|with work|over (?:this|that|the)|trying|getting"
    r"|to (?:get|finish|meet|please|be|keep|make)|for (?:this|that|you|them|the))"
    r"|(?:murder|kill|beat|hit) (?:him|her|them|you) (?:at|in the|on the (?:court|pitch))"
    r"|stab\w* (?:me|you|him|her|us) in the back|(?:shoot|shot) myself in the foot"
    r"|cut myself (?:off|some|shaving|chopping|on|cooking|slicing|opening|short|loose)"
    r"|hurt myself (?:at the|lifting|running|playing|falling|skiing)|beat(?:ing)? myself up"
    r"|(?:die|dying|died|dead) (?:of|to know|to see|laughing|from) (?!cancer)"
    r"|(?:rather|sooner) die than|could die|i would die(?= [.])|dying (?:to|for) (?!be)"
    r"|die (?:on (?:this|that) hill|a little|when)|(?:when|until|till) i die|die when you|over my dead body"
    r"|(?:going to|will) die if (?:i|you|he|she|they) (?:eat|have|hear|see|drink)"
    r"|day i die(?= (?:i will|you))|(?:am|will be) dead if|(?<!myself )to death"
    r"|dead (?:on time|excited|good|easy|keen|sure|proud|nervous|chuffed|funny|certain|wrong|slow|quiet"
    r"|on my feet|tired|serious|set|right|line|end|weight|to (?:me|you|him|her))"
    r"|(?:glad|lucky|happy|good|grateful|feel|felt|feeling) (?:to be )?alive"
    r"|(?<!not )(?:want|hope|like|need|hoping) to (?:be|stay) alive|exist (?:as|to|for|in)"
    r"|suicide (?:mission|prevention|squad|awareness|bereavement)|career suicide"
    r"|overdose (?:awareness|prevention|training|course)|self harm (?:awareness|prevention)"
    r"|it hits? me|hits? (?:me|us) (?:that|every time)|hit me with another"
    r"|jump(?:ed|ing)? (?:at|through|in(?! front)|to|ship|off a cliff (?:before|than))"
    r"|hang (?:out|in there|on|up)|(?:end of|against) (?:my|the) ropes?(?! and)|choking the life"
    r")\b"
)
"""What people say without meaning it; taken out before any sign is looked for."""
_SENTENCE_END = " ."

_WHO = re.compile(
    r"\b(?:i|me|my|you|he|she|they|we|him|her|his|their|them|who|someone|anyone|everyone|people|character"
    rf"|hero|student|client|patient|one|phone|battery|dog|cat|{OTHERS})\b"
)
_OWN_WORDS = frozenset({"i", "me", "my"})
_REPORT = re.compile(
    rf"\b(you|he|she|they|{OTHERS}) (?:\w+ )?(?:said|says|goes|wrote|writes|texted|texts"
    r"|screamed|whispered|told (?:me|us|him|her)|tells me|keep saying|keeps saying)"
    r"(?: (?!i (?:said|told)\b)\w+){0,4} $"
)
_TOLD_TO = re.compile(rf"\b(?:he|she|they|you|{OTHERS}) (?:\w+ )?(?:told|tells?|telling) me to $")
_DENIED = re.compile(
    r"\b(?:not|never|no|without|nor)(?! (?:stop|help|only|one|know|tell))"
    r"(?: (?!(?:i|that|but|because|and|or|why|how|so)\b)\w+){0,3} $|\bnot (?:think|say|mean) i(?: \w+){0,2} $"
)
_DENIED_AFTER = re.compile(r" (?:and|but) i am not\b")
_OF_LIFE = re.compile(r"\b(?:alive|live|living|exist\w*|wake|here|around)\b")
"""Not to want these is the sign itself, never its denial."""
_ASKED = re.compile(r"\b(?:asked|asks|asking|wonders) (?:me )?(?:whether|if)(?: \w+){0,3} $")
_FICTION = re.compile(
    r"\b(?:in (?:the|my|this|a|that|our) (?:\w+ )?(?:film|movie|book|novel|story|play|show|series"
    r"|game|song|chapter|scene|script|episode|poem)|(?:the|my) (?:character|hero|heroine"
    r"|protagonist|villain|narrator)|(?:the|a) (?:song|film|movie|novel))\b"
)
_PAST = re.compile(
    r"\b(?:(?:years?|decades?|months) (?:ago|back|since)|long ago|(?:when )?i was (?:\w+ ){0,3}(?:young|little"
    r"|small|kid|child|teenager|boy|girl|student|\w+teen|twenty|\d\d)|as a (?:child|kid|teenager"
    r"|teen|student|boy|girl)|in (?:19|20)\d\d|back then|used to|at (?:university|college)"
    r"|last year|not (?:lately|recently|for a while)|before(?= [.])|growing up|in the past|in my (?:teens|twenties))\b"
)
_STILL = re.compile(
    r"\b(?:still|again|keeps?|every|last (?:night|week)|yesterday|today|tonight|lately)\b"
)
_SETTLED = re.compile(
    r"\b(?:glad|got help|recovered|behind me|(?:am|been|feel|doing) (?:\w+ )?(?:well|better|okay|ok)"
    r"|good life|grateful|thankful|good place|therapy)\b"
)
_FIGURE = re.compile(
    r"^ if (?:this|that|these|the|i (?:have to|hear|see)|one more|another|he says|she says)\b"
)
_NOW = re.compile(r"\b(?:now|tonight|today|has|minutes|hour)\b")


_AT_YOU = re.compile(r"\W*(?:\w+\W+){0,6}(?:you|u|ya|yous?|thee)\W*", re.IGNORECASE)
"""A few words that end in "you": "I'm going to kill you" and nothing else is what people say in a
quarrel. It is asked about; however sure the weights are, the words alone hold no plan."""
_BACKED = {Tier.ACUTE: ACUTE, Tier.CHECK_IN: INDIRECT, Tier.NONE: FAINT}


@dataclass(frozen=True)
class _Finding:
    """A sign that holds after weighing; `plain` if it is neither `denied` nor softened.
    `sentence`: which one it stands in, and `words` are that sentence's."""

    risk: Risk
    weight: int
    plain: bool
    denied: bool
    sentence: int
    words: str


def screen(text: str, earlier: Sequence[str] = (), known: Risk | None = None) -> Screening:
    """The tier of `text`, in the light of the writer's `earlier` messages, oldest first.

    Signs of self-harm add up: a second indirect one makes the message acute. After an
    acute message faint signs and denials count too; `known` is the danger that an acute
    message named whose words were not kept. Never raises: if the screening itself fails,
    that is a check-in with `Risk.UNKNOWN`.
    """
    try:
        wary = _wary(earlier, known)
        first = _in_course(_signs_in(text, wary), [_signs_in(one) for one in earlier], known)
        return _graver(first, _second_look(text, wary))
    except Exception:  # a fault in here must never look like safety
        return Screening(tier=Tier.CHECK_IN, concern=Risk.UNKNOWN)


def gravest_sign(text: str) -> int:
    """How much the gravest sign weighs that the patterns find in `text`; `FAINT` for none."""
    return max((one.weight for one in _findings(text)), default=FAINT)


def threatens(text: str) -> bool:
    """Whether the patterns alone find a threat in `text`, to oneself or another: for what is said by
    nobody real, where the second look, made for people, would be alarmed too often."""
    found = _in_course(_findings(text), (), None)
    return found.tier is Tier.ACUTE and found.concern in {*SELF_RISKS, Risk.HARM_TO_OTHER}


def _wary(earlier: Sequence[str], known: Risk | None) -> bool:
    """Whether there was a sign of danger to oneself before."""
    if known in SELF_RISKS or any(_counts(one) for text in earlier for one in _signs_in(text)):
        return True
    before = (second_look(text).alone for text in earlier if text.strip())
    return any(one.concern in SELF_RISKS for one in before)


def _signs_in(text: str, wary: bool = False) -> Sequence[_Finding]:
    """The findings of the patterns, as grave as the weights let them be: "my dad will kill me"
    is said of school marks. Where there was a sign before, nothing is taken away."""
    found = _findings(text)
    return found if wary else [_weighed(one, text) for one in found]


def _weighed(finding: _Finding, text: str) -> _Finding:
    """A grave sign counts as its own sentence has it, whatever stands before and after."""
    heard = [second_look(text).backs]
    if finding.plain and finding.weight == ACUTE:
        heard.append(second_look(finding.words).backs)
    most = max(_BACKED[one] for one in heard)
    return replace(finding, weight=min(finding.weight, most))


def _second_look(text: str, wary: bool) -> Screening:
    """What the weights see, but for what the patterns know better: that a sign is plainly denied or
    made up, and, where the weights aren't sure, that it is quoted or past, and that "I'll kill
    you" is said to somebody in the scene."""
    look = second_look(text)
    found = look.after if wary else look.alone
    signs = _findings(text)
    if not signs and not wary and _made_up(text):
        return Screening()
    mere = bool(_AT_YOU.fullmatch(text.strip())) and _to_the_other(found, signs)
    if found.tier is Tier.ACUTE and (mere or _softened(found, signs, look.sure)):
        return found.model_copy(update={"tier": Tier.CHECK_IN})
    return found


def _softened(found: Screening, signs: Sequence[_Finding], sure: bool) -> bool:
    """A faint sign softens nothing: "I'm not joking" denies no danger."""
    grave = [one for one in signs if one.weight > FAINT]
    if any(one.denied for one in grave):
        return True
    return not sure and (any(not one.plain for one in grave) or _to_the_other(found, grave))


def _to_the_other(found: Screening, signs: Sequence[_Finding]) -> bool:
    """Whether a threat is one that the patterns know, and know to be none against anybody real."""
    threat = Risk.HARM_TO_OTHER
    known = [one.weight for one in signs if one.risk is threat]
    return found.concern is threat and bool(known) and max(known) < ACUTE


def _made_up(text: str) -> bool:
    """Whether it speaks of a story, with a sign in it that is told away by that."""
    forms = [_IDIOMS.sub(" ", form) for form in plain_forms(text)]
    return any(_FICTION.search(form) and any(_matches(form)) for form in forms)


def _graver(by_pattern: Screening, by_weights: Screening) -> Screening:
    """The graver of two answers; where they are alike, the one that named its sign."""
    grave = (Tier.NONE, Tier.CHECK_IN, Tier.ACUTE)
    return max(by_pattern, by_weights, key=lambda one: grave.index(one.tier))


def _in_course(
    now: Sequence[_Finding], earlier: Sequence[Sequence[_Finding]], known: Risk | None
) -> Screening:
    """What signs in a message say after those in earlier ones."""
    worst = max(now, key=lambda finding: finding.weight, default=None)
    if worst is None:
        return Screening()
    if worst.weight == ACUTE:
        return Screening(tier=Tier.ACUTE, concern=worst.risk)
    before = [finding for message in earlier for finding in message]
    grave = known or next((one.risk for one in before if one.weight == ACUTE), None)
    if worst.weight == FAINT:
        return Screening(tier=Tier.CHECK_IN, concern=grave) if grave else Screening()
    if _adds_up(now, before) or (worst.plain and worst.risk == grave):
        return Screening(tier=Tier.ACUTE, concern=_named(now, before, worst))
    return Screening(tier=Tier.CHECK_IN, concern=worst.risk)


def _adds_up(now: Sequence[_Finding], before: Sequence[_Finding]) -> bool:
    """Two plain signs of self-harm in different sentences, one of them more than distress."""
    mine = [one for one in now if _counts(one)]
    places = {one.sentence for one in mine}
    theirs = [one for one in before if _counts(one)]
    if not mine or len(places) + len(theirs) < 2:
        return False
    return any(one.risk is not Risk.DISTRESS for one in (*mine, *theirs))


def _counts(finding: _Finding) -> bool:
    return finding.plain and finding.weight >= INDIRECT and finding.risk in SELF_RISKS


def _named(now: Sequence[_Finding], before: Sequence[_Finding], worst: _Finding) -> Risk:
    if worst.risk is not Risk.DISTRESS:
        return worst.risk
    named = (one.risk for one in (*now, *before) if _counts(one) and one.risk is not Risk.DISTRESS)
    return next(named, worst.risk)


@lru_cache(maxsize=512)
def _findings(text: str) -> tuple[_Finding, ...]:
    """Cached: each message is looked at again with every later one of its talk."""
    return tuple(found for form in plain_forms(text) for found in _in_form(_IDIOMS.sub(" ", form)))


def _in_form(form: str) -> Iterator[_Finding]:
    for sign, match in _matches(form):
        taken, denied = _taken_away(sign, form, match)
        weight = sign.weight - taken
        if weight > FAINT or (sign.weight == FAINT and not taken):
            sentence = form.count(_SENTENCE_END, 0, match.start())
            words = form.split(_SENTENCE_END)[sentence].strip()
            yield _Finding(sign.risk, weight, not taken and not denied, denied, sentence, words)


def _matches(form: str) -> Iterator[tuple[Sign, re.Match[str]]]:
    """Every sign that stands in a plain text, and where."""
    for sign in _SIGNS:
        if sign.along is None or sign.along.search(form):
            yield from ((sign, match) for match in sign.core.finditer(form))


def _taken_away(sign: Sign, form: str, match: re.Match[str]) -> tuple[int, bool]:
    """How much weight the sentence around a sign takes away, and whether it denies it."""
    start = form.rfind(_SENTENCE_END, 0, match.start()) + 1
    end = form.find(_SENTENCE_END, match.end())
    lead = form[start : match.start() + 1]
    tail = form[match.end() : end if end >= 0 else len(form)]
    refused = _DENIED.search(lead) or _DENIED_AFTER.match(tail)
    wanted = sign.risk in SELF_RISKS and _OF_LIFE.search(match.group())
    denied = refused is not None and not wanted
    taken = (
        max(_for_denial(sign) if denied else 0, _figure_of_speech(sign, tail))
        + _not_the_writer(sign, lead, tail)
        + _long_ago(sign, form, lead + match.group() + tail)
        + (1 if _FICTION.search(lead) else 0)
    )
    return taken, denied


def _for_denial(sign: Sign) -> int:
    """To say that one will not is still to speak of it, where oneself is in danger."""
    if sign.risk in SELF_RISKS:
        return int(sign.own and sign.weight == ACUTE)
    return 2


def _figure_of_speech(sign: Sign, tail: str) -> int:
    return int(sign.risk in SELF_RISKS and sign.weight == ACUTE and bool(_FIGURE.search(tail)))


def _not_the_writer(sign: Sign, lead: str, tail: str) -> int:
    report = _REPORT.search(lead)
    if not sign.own:
        return 2 if report and report.group(1) == "you" else 0
    if sign.risk in SELF_RISKS and report:
        return 2 if report.group(1) == "you" else 1
    if sign.risk in SELF_RISKS and (_TOLD_TO.search(lead) or _ASKED.search(lead)):
        return 1
    people = _WHO.findall(lead)
    if not people or people[-1] in _OWN_WORDS:
        return 0
    if people[-1] == "you" or (sign.risk is Risk.OVERDOSE and not _NOW.search(lead + tail)):
        return 2
    return 1 if sign.risk in SELF_RISKS else 2


def _long_ago(sign: Sign, form: str, sentence: str) -> int:
    past = _PAST.search(sentence)
    if past is None:
        return 0
    still = _STILL.search(sentence) is not None
    if sign.risk in SELF_RISKS:
        settled = _SETTLED.search(form) is not None and not still
        return int(sign.weight == ACUTE) + int(settled)
    if still or sign.risk is Risk.HARM_TO_OTHER:
        return 0
    return 1 if past.group().startswith(("month", "last year")) else 2
