"""Why they did or didn't yield: which condition was met at which turn, which never was."""

from __future__ import annotations

from ipt_roleplay.debrief.missteps import blows
from ipt_roleplay.debrief.talk import SEES, SURE, Message, Talk
from ipt_roleplay.domain import (
    Act,
    Concession,
    Condition,
    Expectation,
    Goal,
    GoalKind,
    Move,
    Outcome,
    PersonaState,
    Scenario,
    Turn,
)
from ipt_roleplay.sentences import sentences

PLAINLY, TOUCHED = 0.9, 0.25
"""From which likelihood a goal counts as said at a message; and below which everywhere nobody is
told that they didn't say or see a thing."""

GOOD_BY_THEMSELVES = {
    Outcome.AGREEMENT: "The two of you agreed on something.",
    Outcome.PARTIAL: "You got a part of what you came for.",
    Outcome.NEXT_STEP: "There is a next step.",
    Outcome.LIMIT_HELD: "You said where you stand, and it stands. {name} doesn't have to like it.",
    Outcome.UNDERSTOOD: "{name} understood what you came to say. More than that wasn't settled.",
    Outcome.SUPPORT_GIVEN: "{name} is with you in this.",
    Outcome.PARTED_WELL: "You parted without a hard word.",
}
"""What can be said of a good end whatever went before it."""
LATELY = 3
"""In turns: what was offered before that may be gone by the end."""
_STILL_OPEN = frozenset({Act.OFFER_PARTIAL, Act.CONCEDE, Act.ASK_FOR_TIME})
TOLD = frozenset({GoalKind.TELL, GoalKind.FAREWELL, GoalKind.LIMIT})
"""Goals that are told, not asked for."""


def explain(talk: Talk) -> tuple[str, ...]:
    """One plain sentence a fact, from recorded states; empty where none were recorded."""
    turns = [one.turn for one in talk.messages if one.turn is not None]
    if talk.scenario is None or not turns:
        return ()
    return (
        *_said(talk, talk.scenario, turns),
        *_heard(talk, talk.scenario),
        *_offered(talk, talk.scenario, turns),
        *_trusted(talk.scenario, turns),
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
        granted = [phrases[one] for one in state.conceded if one in phrases]
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
        return "You said what you came for. The two of you didn't get to the end of it."
    return f"You said what you came for. How it is for {name} hardly came up."


def expectations(talk: Talk) -> tuple[str, ...]:
    """What each side may have expected of the other. Of the trainee's what they brought up is told,
    and one that they didn't is asked about; of the other's nothing that only an untold secret would
    show, and how far the talk brought it to light."""
    turns = [one.turn for one in talk.messages if one.turn is not None]
    if talk.scenario is None or not turns:
        return ()
    own = [one for one in talk.scenario.expectations if one.whose == "trainee"]
    theirs = [one for one in talk.scenario.expectations if one.whose != "trainee"]
    plain = [one for one in own if one.realistic]
    told = [one for one in plain if any(talk.has_said(each) for each in one.shown_by)]
    unsaid = [one for one in own if not one.realistic] or [one for one in plain if one not in told]
    return (
        *(f"You expected: {_lower(one.text)}. You brought that up." for one in told),
        *(_asked_about(one) for one in unsaid[:1]),
        *(line for one in theirs if (line := _of_theirs(talk, one, turns[-1].state))),
    )


def _asked_about(one: Expectation) -> str:
    """A question: what somebody expects and doesn't say, nobody else can know."""
    then = "could anybody have known it unsaid?" if one.realistic else "could anybody meet it?"
    return f"Before this talk, did you count on this: {_lower(one.text)}? If so, {then}"


def _of_theirs(talk: Talk, one: Expectation, state: PersonaState) -> str:
    scenario = talk.scenario
    secrets = {each.id for each in scenario.secrets} if scenario else set()
    untold = secrets - set(state.revealed)
    if untold.issuperset(one.shown_by):
        return ""
    plain = any(_met(talk, each) or each in state.revealed for each in one.shown_by)
    near = plain or any(talk.nearest(each) for each in one.shown_by)
    light = (
        "It came to light."
        if plain
        else "You came near it."
        if near
        else "It wasn't put into words."
    )
    return f"{talk.other} expected: {_lower(one.text)}. {light}"


def _met(talk: Talk, concern: str) -> bool:
    return any(one.sees(concern) for one in talk.spoken)


def _said(talk: Talk, scenario: Scenario, turns: list[Turn]) -> list[str]:
    """Where each goal was said, in its own words and in the order of the talk; last what never
    was. Where it was said only more or less, that is what is told."""
    found = [(_saying(talk, goal.id), goal) for goal in scenario.goals]
    said = [(message, goal) for message, goal in found if message is not None]
    lines = [
        _said_at(talk, turns, goal, message)
        for message, goal in sorted(said, key=lambda pair: pair[0].number)
    ]
    never = [goal for message, goal in found if message is None]
    lines += [
        f"What you came with ({goal.phrase}) was not said in words that could be answered."
        for goal in never
        if not any(one.means(goal.id, TOUCHED) for one in talk.spoken)
    ]
    return lines


def _saying(talk: Talk, goal: str) -> Message | None:
    """The first message that plainly says it, else the one that comes nearest."""
    plainly = (one for one in talk.spoken if one.means(goal, PLAINLY))
    return next(plainly, None) or talk.nearest(goal)


def _said_at(talk: Talk, turns: list[Turn], goal: Goal, message: Message) -> str:
    quote, number = _words(message, goal.id, talk), message.number
    if not (message.means(goal.id, PLAINLY) and goal.id in turns[-1].state.said):
        return f"You came nearest to this at message {number}, {quote}: {goal.phrase}."
    kept = _first(turns, "kept", goal.id)
    stayed = f", and stayed with it at message {kept}" if kept and kept > number else ""
    return f"You said it at message {number}{_how(talk, number)}{stayed}, {quote}: {goal.phrase}."


def _how(talk: Talk, number: int) -> str:
    """What stood in the way of a thing that was said, where something plainly did."""
    message = next((one for one in talk.messages if one.number == number), None)
    if message is None:
        return ""
    if number in blows(talk):
        return " with a blow in it, which was heard first"
    return " by begging for it" if message.begs else ""


def _words(message: Message, meant: str, talk: Talk) -> str:
    """The words of a message that speak most for a goal or concern, in marks."""
    start, end = message.saying(meant, talk.scenario)
    return f"“{message.text[start:end]}”"


def _heard(talk: Talk, scenario: Scenario) -> list[str]:
    """What was met, at the message that met it most plainly; what never was. Where it can't be
    told, nothing."""
    name = scenario.persona.name
    lines, unseen = [], []
    for concern in scenario.concerns:
        near = talk.nearest(concern.id)
        if near is not None and _came_near(near, concern.id):
            taken = near.sees(concern.id) and near.added("heard") == concern.id
            how = "You met it" if taken else "You came nearest to it"
            words = _words(near, concern.id, talk)
            needed = f"{name} needed you to see {concern.phrase}."
            lines.append(f"{needed} {how} at message {near.number}: {words}")
        elif not any(one.means(concern.id, TOUCHED) for one in talk.spoken):
            unseen.append(concern.phrase)
    if unseen:
        also = " also" if lines else ""
        lines.append(
            f"{name}{also} needed you to see {_joined(unseen)}; the talk didn't get there."
        )
    return lines


def _came_near(message: Message, concern: str) -> bool:
    """Whether a message that speaks for a concern turned to the other in any way."""
    turned = message.likely.intersection((*SEES, Move.OPEN_QUESTION))
    return message.means(concern, PLAINLY) and bool(turned) and not message.hostile


def _offered(talk: Talk, scenario: Scenario, turns: list[Turn]) -> list[str]:
    """What was offered and taken back, and what a wish that got nothing was still waiting for."""
    name = scenario.persona.name
    lines = []
    made = {
        one.direction.target: one
        for one in turns
        if one.direction.act in (Act.OFFER_PARTIAL, Act.CONCEDE)
    }
    for offer in scenario.concessions:
        turn = made.get(offer.id)
        if turn is not None:
            earned = _earned(talk, scenario, offer.rule, turn.number)
            lines.append(f"{name} offered {offer.phrase} after message {turn.number}.{earned}")
    taken = [one for one in turns if one.direction.act is Act.WITHDRAW_OFFER]
    lines += [f"{name} took it back after message {one.number}." for one in taken]
    given = {one.goal for one in scenario.concessions if one.id in made}
    waiting = (one for one in scenario.concessions if one.full and one.goal not in given)
    return [*lines, *(line for one in waiting if (line := _missing(talk, one, scenario, turns)))]


def _earned(talk: Talk, scenario: Scenario, rule: Condition, by: int) -> str:
    """Which of what it waited for had plainly happened by message `by`."""

    def happened(one: str) -> bool:
        return any(each.number <= by and each.means(one, SURE) for each in talk.spoken)

    asked = {one.id for one in scenario.goals if one.kind not in TOLD}
    parts = ["you had asked for it"] if any(happened(one) for one in asked & {*rule.said}) else []
    seen = [one.phrase for one in scenario.concerns if one.id in rule.heard and happened(one.id)]
    parts += [f"you had seen {_joined(seen)}"] if seen else []
    return f" By then {_joined(parts)}." if parts else ""


def _missing(talk: Talk, offer: Concession, scenario: Scenario, turns: list[Turn]) -> str:
    """What a wish that was said and got nothing was waiting for, beside what wasn't seen."""
    state = turns[-1].state
    goal = next(one for one in scenario.goals if one.id == offer.goal)
    if goal.kind in TOLD or goal.id not in state.said:
        return ""
    name, struck = scenario.persona.name, sorted(blows(talk))
    if {*offer.rule.kept} - {*state.kept}:
        return f"{name} pushed back, and waited to hear it once more, calmly: {goal.phrase}."
    if state.openness < offer.rule.openness_from and struck:
        numbers = _joined([str(one) for one in struck])
        several = "messages" if len(struck) > 1 else "message"
        return f"After what hit {name} at {several} {numbers}, less could be given: {goal.phrase}."
    return ""


def _trusted(scenario: Scenario, turns: list[Turn]) -> list[str]:
    """The secrets that were told, in the words that told them. Of the others nothing: that there
    was something helps nobody."""
    name, secrets = scenario.persona.name, {one.id for one in scenario.secrets}
    return [
        f"{name} trusted you enough to tell you this, after message {one.number}: "
        f"“{one.reply.text}”"
        for one in turns
        if one.direction.act is Act.REVEAL and one.direction.target in secrets
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
