"""Why they did or didn't yield: which condition was met at which turn, which never was."""

from __future__ import annotations

from collections.abc import Sequence

from ipt_roleplay.debrief.missteps import blows, has_come_up
from ipt_roleplay.debrief.repairs import put_right
from ipt_roleplay.debrief.talk import SAID, Talk
from ipt_roleplay.debrief.weighing import doubtful
from ipt_roleplay.domain import Act, Finding, Goal, GoalKind, Outcome, Scenario, Turn
from ipt_roleplay.sentences import Span, sentences, widened

GOOD_BY_THEMSELVES = {
    Outcome.AGREEMENT: "The two of you agreed on something.",
    Outcome.PARTIAL: "Something came of it.",
    Outcome.NEXT_STEP: "It isn't settled yet, and it goes on from here.",
    Outcome.LIMIT_HELD: "You said where you stand, and it stands.",
    Outcome.UNDERSTOOD: "{name} understood what you came to say.",
    Outcome.SUPPORT_GIVEN: "{name} is with you in this.",
    Outcome.PARTED_WELL: "You parted without a hard word.",
}
"""What can be said of a good end whatever went before it."""
LATELY = 3
"""In turns: what was offered before that may be gone by the end."""
PLAINLY_UP = 0.5
"""How near a line of theirs must be to a concern for it to be said that it came up there."""
_STILL_OPEN = frozenset({Act.OFFER_PARTIAL, Act.CONCEDE, Act.ASK_FOR_TIME})
TOLD = frozenset({GoalKind.TELL, GoalKind.FAREWELL, GoalKind.LIMIT})
"""Goals that are told, not asked for."""


def explain(talk: Talk, worked: Sequence[Finding] = ()) -> tuple[str, ...]:
    """One plain sentence a fact, from recorded states; empty where none were recorded. `worked`:
    what was praised, and so has been quoted."""
    turns = [one.turn for one in talk.messages if one.turn is not None]
    if talk.scenario is None or not turns:
        return ()
    slipped = doubtful(talk.spoken)
    return (
        *_said(talk, talk.scenario, turns, worked),
        *(line for one in turns if (line := _done(one, talk.scenario, one.number in slipped))),
        *_unseen(talk, talk.scenario),
        *_waited_for(talk.scenario, turns),
        *_left_open(talk.scenario, turns),
    )


def told_in_full(talk: Talk) -> bool:
    """Whether all goals were said and all concerns met, so that what the author wrote of the
    outcome holds; true as well where nothing was recorded."""
    turns = [one.turn for one in talk.messages if one.turn is not None]
    if talk.scenario is None or not turns:
        return True
    state = turns[-1].state
    goals, concerns = talk.scenario.goals, talk.scenario.concerns
    said = {one.id for one in goals} <= set(state.said)
    return said and {one.id for one in concerns} <= set(state.heard)


def standing(talk: Talk, outcome: Outcome | None) -> str:
    """Where a talk stood at its end, which made this `outcome` of it: what had been said, seen and
    offered by then; empty where none of it was recorded."""
    turns = [one.turn for one in talk.messages if one.turn is not None]
    if talk.scenario is None or not turns:
        return ""
    name, state, goal = talk.other, turns[-1].state, talk.scenario.goals[0]
    phrases = {one.id: one.phrase for one in talk.scenario.concessions}
    if outcome in GOOD_BY_THEMSELVES:
        granted = [phrases[one] for one in _latest(talk.scenario, state.conceded)]
        given = f"{name} offered {_joined(granted)}." if granted else ""
        return f"{GOOD_BY_THEMSELVES[outcome].format(name=name)} {given}".strip()
    if outcome is Outcome.GAVE_IN and (goal.id in state.said or talk.has_said(goal.id)):
        return "You said what you came for, and then made yourself so small that it was lost."
    open_to = [one.direction for one in turns[-LATELY:] if one.direction.act in _STILL_OPEN]
    if open_to and open_to[-1].act is Act.ASK_FOR_TIME:
        return f"{name} asked for time, so the answer is still to come."
    if open_to and (offer := phrases.get(open_to[-1].target or "")):
        return f"{name} had something to offer: {offer}. It ended before that was settled."
    if goal.id not in state.said and not talk.has_said(goal.id):
        near = talk.nearest(goal.id) is not None
        said = "plainly said" if near else "said"
        return f"It ended before what you came for ({goal.phrase}) was {said}."
    if any(talk.nearest(one.id) for one in talk.scenario.concerns):
        return "You said what you came for. What comes of it was open when it ended."
    return f"You said what you came for. How it is for {name} hardly came up."


def _latest(scenario: Scenario, conceded: tuple[str, ...]) -> list[str]:
    """Of the concessions made those that stand: of each goal the last."""
    goals = {one.id: one.goal for one in scenario.concessions}
    last = {goals[one]: one for one in conceded if one in goals}
    return list(last.values())


def expectations(talk: Talk) -> tuple[str, ...]:
    """What each side may have expected of the other: of the trainee's what they brought up, as a
    question; of the other's what lies under a secret they told or a concern they took up."""
    turns = [one.turn for one in talk.messages if one.turn is not None]
    if talk.scenario is None or not turns:
        return ()
    name, told, met = talk.other, _targets(turns, Act.REVEAL), _targets(turns, Act.ACKNOWLEDGE)
    lines = []
    for one in talk.scenario.expectations:
        if one.whose == "trainee":
            if one.realistic and any(map(talk.saying, one.shown_by)):
                lines.append(f"You may have come expecting {_lower(one.text)}. Is it so?")
        elif told.intersection(one.shown_by):
            lines.append(f"By what {name} told you, {name} may expect {_lower(one.text)}.")
        elif met.intersection(one.shown_by):
            lines.append(f"By what came up, {name} may have expected {_lower(one.text)}.")
    return tuple(lines)


def _targets(turns: list[Turn], act: Act) -> set[str]:
    """The secrets that the other told, or the concerns that they said were seen."""
    found = (one.direction.target for one in turns if one.direction.act is act)
    return {one for one in found if one is not None}


def _said(
    talk: Talk, scenario: Scenario, turns: list[Turn], worked: Sequence[Finding]
) -> list[str]:
    """Where each goal was said, in its own words and in the order of the talk, several in the same
    words at once, and after them what may have been; last what surely never was."""
    places: dict[tuple[int, Span], list[Goal]] = {}
    for goal in scenario.goals:
        message = talk.first_saying(goal.id)
        if message is not None:
            words = widened(message.text, message.words_for(goal.id, scenario))
            places.setdefault((message.number, words), []).append(goal)
    said = [
        _said_at(talk, turns, goals, number, words, worked)
        for (number, words), goals in sorted(places.items(), key=lambda pair: pair[0])
    ]
    told = [goal for goals in places.values() for goal in goals]
    said += [
        f"perhaps {goal.phrase}, at message {near.number}"
        for goal in scenario.goals
        if goal not in told and (near := talk.nearest(goal.id))
    ]
    return [f"What you came for, where you said it: {'; '.join(said)}."] * bool(said) + [
        f"What you came with ({goal.phrase}) was not said in words that could be answered."
        for goal in scenario.goals
        if talk.surely_misses(goal.id)
    ]


def _said_at(
    talk: Talk,
    turns: list[Turn],
    goals: list[Goal],
    number: int,
    words: Span,
    worked: Sequence[Finding],
) -> str:
    message = next(one for one in talk.messages if one.number == number)
    quoted = message.text[slice(*words)]
    praised = [one.quote for one in worked if one.turn == number]
    quote = "" if any(one in quoted or quoted in one for one in praised) else f" (“{quoted}”)"
    kept = max((_first(turns, "kept", one.id) or 0 for one in goals), default=0)
    stayed = f", and you stayed with it at message {kept}" if kept > number else ""
    earlier = _partly_said(talk, goals[0], number) if len(goals) == 1 else None
    partly = f", perhaps a part of it at message {earlier} before" if earlier else ""
    came_of = _came_of(talk.scenario, [one for one in turns if one.number >= number], goals)
    phrases = _joined([one.phrase for one in goals])
    return f"{phrases}, at message {number}{_how(talk, number)}{quote}{partly}{stayed}{came_of}"


def _came_of(scenario: Scenario | None, turns: list[Turn], goals: list[Goal]) -> str:
    """That a wish waits for an answer, where they asked for time in the `turns` since it was said;
    a yes is told by itself."""
    offers = {one.id: one.goal for one in scenario.concessions} if scenario else {}
    state = turns[-1].state
    answered = {offers.get(one) for one in (*state.conceded, *state.withdrawn)}
    wishes = [one for one in goals if one.kind not in TOLD and one.id in offers.values()]
    unanswered = [one for one in wishes if one.id not in answered]
    asked = any(one.direction.act is Act.ASK_FOR_TIME for one in turns)
    waits = asked and len(unanswered) == len(goals)
    return ", to which the answer is still to come" if waits else ""


def _partly_said(talk: Talk, goal: Goal, number: int) -> int | None:
    """The first message before it that may have said some of a goal."""
    earlier = (one for one in talk.spoken if one.number < number and one.means(goal.id, SAID))
    return next((one.number for one in earlier), None)


def _how(talk: Talk, number: int) -> str:
    """What stood in the way of a thing that was said, where something plainly did."""
    message = next((one for one in talk.messages if one.number == number), None)
    if message is None:
        return ""
    if number in blows(talk):
        return " with a blow in it, which was heard first"
    if message.begs:
        return " by begging for it"
    mended = number in put_right(talk.spoken) & doubtful(talk.spoken)
    return f" in a way that you put right at message {number + 1}" if mended else ""


def _done(turn: Turn, scenario: Scenario, slipped: bool) -> str:
    """What the other did at a turn, where that was a step towards the trainee or back, in the words
    with which they did it. What came after a message that probably `slipped` was earned before."""
    name, said = scenario.persona.name, f": “{turn.reply.text}”" if turn.reply.text else "."
    act, target, after = turn.direction.act, turn.direction.target, f"after message {turn.number}"
    if act is Act.REVEAL and target in {one.id for one in scenario.secrets}:
        earned = "; what earned it came before" if slipped else ""
        return f"{name} trusted you enough to tell you this, {after}{earned}{said}"
    if act is Act.ACKNOWLEDGE and target in {one.id for one in scenario.concerns}:
        return f"{name} took up what you had said, {after}{said}"
    if act is Act.WITHDRAW_OFFER:
        return f"{name} took back what had been offered, {after}{said}"
    offers = {one.id: one.phrase for one in scenario.concessions}
    if act in (Act.OFFER_PARTIAL, Act.CONCEDE) and target in offers:
        return f"{name} offered {offers[target]} {after}{said}"
    return ""


def _unseen(talk: Talk, scenario: Scenario) -> list[str]:
    """The first thing they needed to be seen in that surely nothing came near, where they came near
    it themselves; what never came up nobody could have seen."""
    missed = (one for one in scenario.concerns if talk.surely_misses(one.id))
    for concern in missed:
        near = [one for one in talk.judged if has_come_up(one, concern, PLAINLY_UP)]
        if near:
            start, end = sentences(near[0].before)[-1]
            return [
                f"{scenario.persona.name} came near {concern.phrase} before message "
                f"{near[0].number} (“{near[0].before[start:end]}”); the talk went past it."
            ]
    return []


def _waited_for(scenario: Scenario, turns: list[Turn]) -> list[str]:
    """Wishes that were said and got nothing, where they wanted to hear them once more."""
    name, state = scenario.persona.name, turns[-1].state
    made = {one.id for one in scenario.concessions if one.id in state.conceded + state.withdrawn}
    given = {one.goal for one in scenario.concessions if one.id in made}
    waiting = {
        one.goal
        for one in scenario.concessions
        if one.full and one.goal not in given and set(one.rule.kept) - set(state.kept)
    }
    return [
        f"{name} pushed back, and waited to hear it once more, calmly: {goal.phrase}."
        for goal in scenario.goals
        if goal.id in waiting and goal.id in state.said and goal.kind not in TOLD
    ]


def _left_open(scenario: Scenario, turns: list[Turn]) -> list[str]:
    """What they asked last, where the trainee ended the scene on it."""
    last = turns[-1]
    if last.state.outcome is not None or not last.reply.text.endswith("?"):
        return []
    start, end = sentences(last.reply.text)[-1]
    asked = last.reply.text[start:end]
    return [f"{scenario.persona.name}'s last question is still open: “{asked}”"]


def _first(turns: list[Turn], what: str, one: str) -> int | None:
    return next((turn.number for turn in turns if one in getattr(turn.state, what)), None)


def _joined(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1]


def _lower(text: str) -> str:
    first = text.split(" ", 1)[0]
    keeps = first.isupper() or first in ("I", "I'm", "I've", "I'd")
    return text.rstrip(".") if keeps else text[0].lower() + text[1:].rstrip(".")
