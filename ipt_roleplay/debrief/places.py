"""Where to go back: up to three messages among which the trainee chooses the one to try again.

First come those that they regret by their own note, then those that passed a confidence by, then
those in which a teacher would most likely find a slip. Nothing is held against them: which of the
places it is, and what was wrong there, can't be told surely enough, and they know it themselves.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from ipt_roleplay.debrief.heaviest import heaviest_sentence
from ipt_roleplay.debrief.missteps import taken_up
from ipt_roleplay.debrief.placing import placed
from ipt_roleplay.debrief.regrets import regrets
from ipt_roleplay.debrief.repairs import put_right, puts_right
from ipt_roleplay.debrief.spot import TELLING, act_before
from ipt_roleplay.debrief.talk import Message, Talk
from ipt_roleplay.debrief.weighing import Chances, Slip, of_any_kind, slips_of
from ipt_roleplay.domain import Act, Place, Tier
from ipt_roleplay.safety import screen
from ipt_roleplay.sentences import Span, sentences, shortened, widened

MOST_PLACES = 3
NEAR, THERE = 0.35, 0.6
"""How likely a regret must be about a message for that to be a place, and for the trainee's own
words to stand beside it. Of 412 regrets, by weights that hadn't seen their round, 235 reach the
second, 91 % of them rightly."""
LIKELY = 0.2
"""How likely a slip must be for its message to be a place. In 39 rehearsals that no weights here
have seen, but with the help of which this was chosen, 87 % of the choices hold a message to which a
strict teacher would send the trainee back; the likeliest slip alone is one in 38 %, the regret
that is placed most surely in 52 %."""
CLEARLY, ALONE = 0.3, 0.5
"""How likely the likeliest must be where nothing is regretted, and where it would be the only one:
nothing is made up for a talk that went well."""
CAME_NEARER = frozenset({Act.ACKNOWLEDGE, Act.SOFTEN, Act.CONFIDE, Act.CONCEDE})
"""Of six places after which the other did one of these teachers would have gone back to none."""
SHOWN_WHOLE, SHORT = 70, 30
"""In words: of a longer message the weightiest sentence is shown, of a longer line before it the
last, of a longer sentence of the note the part. Cut shorter, what was regretted was often cut
off."""


def places(talk: Talk, regretted: Mapping[int, str], praised: Collection[int]) -> tuple[Place, ...]:
    """Those of a talk, in its order. `regretted`: as `regrets_of` finds them; `praised`: the
    numbers of messages that nobody is sent back to unless they want it themselves."""
    chances = slips_of(talk.judged)
    slips = of_any_kind(chances)
    passed = [one for one in _passed_by(talk) if one not in praised]
    likely = [one for one in _likely(talk, slips) if one not in praised]
    numbers = list(dict.fromkeys([*regretted, *passed, *likely]))[:MOST_PLACES]
    least = CLEARLY if len(numbers) > 1 else ALONE
    known = bool(regretted or passed)
    if not known and max((slips[one] for one in numbers), default=0.0) < least:
        return ()
    return tuple(
        _place(one, chances[one.number], regretted.get(one.number, ""))
        for one in talk.judged
        if one.number in numbers
    )


def regrets_of(talk: Talk, note: str) -> dict[int, str]:
    """By the number of a message what the trainee wrote of it in their `note` on the talk, empty
    where that isn't sure, the surest first."""
    if not talk.judged or _worrying(note):
        return {}
    slips = of_any_kind(slips_of(talk.judged))
    mended = put_right(talk.judged)
    found: dict[int, str] = {}
    parts = regrets(note)
    placings = [(*placed(part, note, talk.judged, slips), part) for part in parts]
    for number, likely, part in sorted(placings, key=lambda one: -one[1]):
        if likely >= NEAR:
            # The line that takes something back names it too; meant is what it takes back.
            meant = number - 1 if number - 1 in mended else number
            found.setdefault(meant, _in_full(part, parts, note) if likely >= THERE else "")
    return found


def _place(message: Message, chances: Chances, note: str) -> Place:
    start, end = _shown(message, max(chances, key=chances.__getitem__))
    return Place(
        turn=message.number,
        quote=message.text[start:end],
        start=start,
        end=end,
        after=_said_last(message.before),
        note=note,
    )


def _in_full(part: str, parts: Sequence[str], note: str) -> str:
    """The sentence of the note with this part in it, where that isn't long and has no other of the
    `parts` in it."""
    whole = next((note[a:b] for a, b in sentences(note) if part in note[a:b]), part)
    alone = sum(one in whole for one in parts) == 1
    return whole if alone and len(whole.split()) <= SHORT else part


def _worrying(note: str) -> bool:
    """Whether there is any sign of danger in it: then nobody is sent anywhere with their own words.
    Each sentence is screened as well, since much else around a faint sign can hide it."""
    spans = [(0, len(note)), *sentences(note)]
    return any(screen(note[start:end]).tier is not Tier.NONE for start, end in spans)


def _passed_by(talk: Talk) -> list[int]:
    """The messages that answered a confidence and show no sign that it had arrived: of nine such in
    forty rehearsals teachers would have gone back to seven."""
    return [
        one.number
        for one in talk.judged
        if act_before(talk, one) in TELLING and not taken_up(talk, one)
    ]


def _likely(talk: Talk, slips: Mapping[int, float]) -> list[int]:
    """The messages after the first that are likely slips, the likeliest first; none that puts
    something right, or after which the other came nearer."""
    found = [
        one.number
        for one in talk.judged
        if one.number > 1
        and slips[one.number] >= LIKELY
        and not puts_right(one.text)
        and not (one.turn and one.turn.direction.act in CAME_NEARER)
    ]
    return sorted(found, key=lambda number: -slips[number])


def _shown(message: Message, slip: Slip) -> Span:
    """The whole of a message, of a long one the sentence that weighs most."""
    if len(message.text.split()) <= SHOWN_WHOLE:
        return 0, len(message.text)
    return widened(message.text, shortened(message.text, heaviest_sentence(message, slip)[0]))


def _said_last(before: str) -> str:
    """The other's line where it is short, of a longer one the last sentence."""
    spans = sentences(before)
    whole = len(before.split()) <= SHORT or not spans
    return before if whole else before[slice(*spans[-1])]
