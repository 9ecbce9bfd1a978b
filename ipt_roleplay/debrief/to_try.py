"""One thing to try, where nothing that was missed gives an exercise.

First comes what the trainee regrets by their own account; then only what the record shows: a goal
that surely was not said, an offer that was taken back. After these the line that most likely went
wrong, a need that nothing came near while the request waited, and a line that was praised, to be
taken along. Where none of it holds, the trainee chooses: strict teachers found most else that was
tried wrong for the talk at hand.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ipt_roleplay.debrief import words
from ipt_roleplay.debrief.phrases import mends
from ipt_roleplay.debrief.talk import Message, Talk
from ipt_roleplay.debrief.weighing import doubtful, slips_of
from ipt_roleplay.debrief.why import TOLD
from ipt_roleplay.domain import Act, Finding, Move, Outcome, Scenario, Tier, Turn
from ipt_roleplay.encoder import sentence_vector
from ipt_roleplay.safety import screen
from ipt_roleplay.sentences import sentences

ANSWERED = frozenset(
    {Outcome.AGREEMENT, Outcome.SUPPORT_GIVEN, Outcome.LIMIT_HELD, Outcome.PARTED_WELL}
)
"""Ends in which a request isn't open any more, whatever was granted of it."""

_REGRETS = re.compile(
    r"\b(?:stupid|daft|dumb|silly|clumsy|badly|rude|nasty|nosy|unkind|unfair|terrible|ashamed"
    r"|cowardice|slip(?:ped)?(?! out)|digs?|cheap|harsh|sharp|snapp\w+|(?:shot|a go) at|crack about"
    r"|too (?:far|much|many|hard|soon|quick|fast|early|keen)|rather soon"
    r"|a bit (?:keen|eager|nosy|quick|fast|pushy)|all in one go|to \w+ in one go|all at once"
    r"|same (?:breath|message)"
    r"|(?:requests|things|questions) in (?:one|a)|wrong thing|mistake|regret"
    r"|should(?:n't| not|nt|'ve| have|ve)|could(?:'ve| have) (?!be)|wish i|my fault"
    r"|lectur\w+|preach\w*|push(?:ed|ing|y)|pressed|hurr(?:y|ied)|rushed|crowded|blurted"
    r"|jumped (?:in|on)|overdid|went on (?:at|about)|keep on at"
    r"|kept (?:on|asking|saying|pushing|talking)|talk(?:ed)? over|reproach\w*|accus\w+|vague"
    r"|soften\w+|hint(?:ed|ing)?|excus(?:es?|ed|ing)|soothing|cheered it|beat (?:a?round|about)"
    r"|(?:went|go|going) (?:all )?a?round (?:it|the|and|for)|wobbly|bargained|backed down"
    r"|i (?:nearly |almost )?gave (?:it|them|in|up)|talked (?:her|him|them) out of|take it back"
    r"|forget it|lost patience"
    r"|put words|instead of (?:say|ask|listen|wait)\w*(?! go)|i never (?:asked|said|told|let|once)"
    r"|slide past)\b",
    re.IGNORECASE,
)
"""How people speak of what they would do otherwise. In 54 of 60 notes on talks it finds such a
thing; in the other six the regret has no word for itself."""
_KINDS_OF_REGRET: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(rf"\b(?:{pattern})", re.IGNORECASE))
    for kind, pattern in (
        ("lectured", r"lectur|preach|advice|slogan|poster|tell(?:ing)? (?:him|her|them) what to"),
        (
            "crowded",
            r"(?:all )?in one go|all at once|same (?:breath|message)|crowded|too (?:many|much)\b"
            r"|(?:two|three|both) (?:requests|things|questions)|(?:requests|things|questions) in",
        ),
        ("soothed", r"sooth|cheer|comfort|(?:it|that)(?:'d| would|'ll) be (?:fine|all ?right|ok)"),
        (
            "stung",
            r"digs?\b|cheap|nasty|unkind|unfair|rude|harsh|sharp|snapp|shot at|a go at|sarcas"
            r"|crack about|reproach|accus|blam|threw|shout|lost patience|lost my temper",
        ),
        ("excused", r"excus|explain|defend|justif|reasons\b"),
        (
            "gave_up",
            r"gave (?:it |them |that )?(?:in|up|away)|backed (?:down|off)|bargain|forget it|wobbl"
            r"|took it back|take it back|talked (?:her|him|them) out of|let it (?:go|drop)"
            r"|made (?:it|myself) (?:small|sound)|no big deal|doesn'?t matter|folded|cave",
        ),
        (
            "hinted",
            r"hint|vague|soften|beat (?:a?round|about)|(?:go|going|went) (?:all )?a?round"
            r"|slide past|instead of (?:say|ask)|roundabout|dropped it in",
        ),
        (
            "hurried",
            r"push|press|hurr|rush|too (?:hard|soon|quick|fast|early|keen|eager)|rather soon"
            r"|a bit (?:keen|eager|quick|fast|pushy)|jumped|kept (?:on|asking|saying|pushing)"
            r"|keep on|talk(?:ed)? over|went on (?:at|about)|overdid|straight (?:to|past|on)"
            r"|instead of (?:listen|wait)|(?:quick|fast)\b",
        ),
        (
            "left_out",
            r"i never (?:asked|said|told|let|once)|should(?:'ve| have) (?:asked|said|told)",
        ),
    )
)
"""What people regret, by how they put it: the first that fits."""
_DIDNT = re.compile(
    r"\b(?:did ?n'?t|did not|was ?n'?t|without|tried not"
    r"|not \w+ing|instead of (?!saying|asking|listening|waiting|just)\w+ing)\b",
    re.IGNORECASE,
)
"""What they say they didn't do wrong."""
_SENTENCES = re.compile(r"[.;!?](?:\s+|$)|\sbut\s|,?\sand then\s|,\sthen\s")
_PARTS = re.compile(r",\s*|\s(?:and|so)\s")
_LINKS = re.compile(r"^(?:(?:and|but|so|then|though|because)\s+)+", re.IGNORECASE)
_ENDED = re.compile(r"([.!?…]”)\.")
KEPT: tuple[Move | None, ...] = (
    Move.REQUEST,
    Move.LIMIT,
    Move.DISCLOSURE,
    Move.FEELING,
    Move.NEED,
    Move.OWNERSHIP,
    Move.COMPROMISE,
    Move.OBSERVATION,
    Move.OPEN_QUESTION,
)
"""What can be taken along into the real talk, the likeliest to be needed first."""
THERE, SLIP_COUNTS = 0.35, 0.3
"""How like a message a regret must be, as sentence vectors, for that message to be named, and how
much it counts beside that how likely the message is a slip. In sixty talks 45 messages are so
named: in 41 of them teachers saw a slip too, and 25 are among the three that they would try
again."""
NAMES_IT = 13
"""In words: a longer sentence does more than name a slip."""
SHORT = 6
"""In words: less than that is no regret that could be told from others."""
WENT_WRONG, FALL_COUNTS = 0.53, 0.1
"""From which weight a line is offered to be tried again, and how much a fall of openness counts
beside the likelihood of a slip. Of eleven lines so found in thirty talks teachers would have gone
back to seven themselves, and saw a slip in all."""


@dataclass(frozen=True)
class Open:
    """A kind of `words.TO_TRY`, and what its sentences name."""

    kind: str
    slots: dict[str, str]


def left_open(talk: Talk, note: str) -> Open | None:
    """What comes before other exercises, what matters most first; `note`: how they say it was. None
    where nothing does, or no states were recorded."""
    turns = [one.turn for one in talk.judged if one.turn is not None]
    if talk.scenario is None or not turns:
        return None
    regret = _regretted(talk, note)
    if regret is not None:
        return regret
    unsaid = next((one for one in talk.scenario.goals if talk.surely_misses(one.id)), None)
    if unsaid is not None:
        return Open("unsaid", {"goal": unsaid.phrase})
    back = _taken_back(turns)
    return Open("taken_back", {"number": str(back)}) if back is not None else None


def sentence(
    talk: Talk,
    left: Open | None,
    outcome: Outcome | None,
    worked: Sequence[Finding],
    told: Collection[str],
    seed: int,
) -> str:
    """A sentence or two; empty where no states were recorded or nothing was said that counts.
    `worked`: what was praised. None of the sentences in `told` where there are others."""
    if talk.scenario is None or all(one.turn is None for one in talk.judged):
        return ""
    given = left or _again(talk) or _unseen(talk, talk.scenario, outcome) or _to_keep(talk, worked)
    given = given or Open("choose", {})
    lists = [words.TO_TRY[given.kind]]
    lists += [words.DIFFERENTLY[_regret_of(given.slots["note"])]] if "note" in given.slots else []
    template = " ".join(words.pick(one, told, seed, given.kind) for one in lists)
    persona = talk.scenario.persona
    text = words.fill(template, persona.name, persona.pronouns, **given.slots)
    return _ENDED.sub(r"\1", text)  # a quote that ends in a full stop ends its sentence too


def _regretted(talk: Talk, note: str) -> Open | None:
    """What they regret most likely of a message, and which, where that can be told: one that is
    like it and likely a slip. A line that names a slip itself speaks of the message before it."""
    regrets = _regrets(note)
    if not regrets or _worrying(note):
        return None
    chances = slips_of(talk.judged)
    spoken = [
        (sentence_vector(text), one.number - _speaks_of_the_last(one, text))
        for one in talk.judged
        for text in (one.text[start:end] for start, end in sentences(one.text))
    ]
    near = [
        (likeness + SLIP_COUNTS * max(chances[number].values()), likeness, part, number)
        for part in regrets
        for about in [sentence_vector(part)]
        for likeness, number in ((float(vector @ about), number) for vector, number in spoken)
        if number in chances
    ]
    if not near:
        return None
    _, likeness, part, number = max(near)
    if likeness < THERE:
        return Open("noticed_somewhere", {"note": part})
    return Open("noticed", {"note": part, "number": str(number)})


def _worrying(note: str) -> bool:
    """Whether there is any sign of danger in it: then nobody is sent anywhere with their own words.
    Each sentence is screened as well, since much else around a faint sign can hide it."""
    spans = [(0, len(note)), *sentences(note)]
    return any(screen(note[start:end]).tier is not Tier.NONE for start, end in spans)


def _speaks_of_the_last(message: Message, text: str) -> bool:
    short = len(text.split()) <= NAMES_IT
    return message.number > 1 and ((short and bool(_REGRETS.search(text))) or mends(text))


def _regrets(note: str) -> list[str]:
    """The parts of a note in which somebody regrets a thing; a short one with its sentence."""
    return [
        _LINKS.sub("", part if len(part.split()) >= SHORT else whole).rstrip(", ")
        for whole in map(str.strip, _SENTENCES.split(note))
        for part in map(str.strip, _PARTS.split(whole))
        if _REGRETS.search(part) and not _DIDNT.search(part)
    ]


def _regret_of(note: str) -> str:
    """What kind of thing somebody regrets, a key of `words.DIFFERENTLY`."""
    fitting = (kind for kind, pattern in _KINDS_OF_REGRET if pattern.search(note))
    return next(fitting, "whatever")


def _again(talk: Talk) -> Open | None:
    """The message after the first that most likely went wrong, by its words and as it was taken."""
    chances = slips_of(talk.spoken)
    weighed = [
        (max(chances[one.number].values()) - FALL_COUNTS * min(0.0, one.rise), one.number)
        for one in talk.judged
        if one.number > 1 and not mends(one.text)
    ]
    weight, number = max(weighed, default=(0.0, 0))
    return Open("again", {"number": str(number)}) if weight >= WENT_WRONG else None


def _unseen(talk: Talk, scenario: Scenario, outcome: Outcome | None) -> Open | None:
    """A need of theirs that nothing came near, while something was asked for and not granted."""
    last = next(one.turn for one in reversed(talk.judged) if one.turn is not None)
    full = {one.goal for one in scenario.concessions if one.full}
    given = {one.goal for one in scenario.concessions if one.id in last.state.conceded}
    asked = {one.id for one in scenario.goals if one.kind not in TOLD and talk.has_said(one.id)}
    unseen = next((one for one in scenario.concerns if talk.surely_misses(one.id)), None)
    if unseen is None or outcome in ANSWERED or not asked & full - given:
        return None
    return Open("unseen", {"concern": unseen.phrase})


def _taken_back(turns: Sequence[Turn]) -> int | None:
    """The number of the message after which an offer was taken back for good."""
    if not turns[-1].state.withdrawn:
        return None
    back = (one.number for one in reversed(turns) if one.direction.act is Act.WITHDRAW_OFFER)
    return next(back, None)


def _to_keep(talk: Talk, worked: Sequence[Finding]) -> Open | None:
    """A praised line that did no harm and can be said to somebody else as well: one's own side
    before an answer."""
    harmless = {one.number for one in talk.judged if one.rise >= 0} - doubtful(talk.spoken)
    lines = [one for one in worked if one.move in KEPT and one.turn in harmless]
    best = min(lines, key=lambda one: KEPT.index(one.move), default=None)
    return Open("keep", {"quote": best.quote, "number": str(best.turn)}) if best else None
