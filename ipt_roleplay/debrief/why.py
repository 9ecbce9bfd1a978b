"""Why they did or didn't yield: which condition was met at which turn, which never was."""

from __future__ import annotations

from itertools import cycle

from ipt_roleplay.debrief.missteps import blows
from ipt_roleplay.debrief.talk import SAID, SURE, Talk
from ipt_roleplay.domain import Act, Condition, Goal, GoalKind, Outcome, Scenario, Turn

TOO_MUCH = (
    " Whether anybody could meet it is worth a thought.",
    " This one may be more than a person can give.",
    " That is a great deal to expect of anyone.",
)
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
TOLD = frozenset({GoalKind.TELL, GoalKind.FAREWELL})
"""Goals that are told, not asked for."""


def explain(talk: Talk) -> tuple[str, ...]:
    """One plain sentence a fact, from recorded states; empty where none were recorded."""
    turns = [one.turn for one in talk.messages if one.turn is not None]
    if talk.scenario is None or not turns:
        return ()
    return (
        *_said(talk, talk.scenario, turns),
        *_heard(talk, talk.scenario, turns),
        *_offered(talk, talk.scenario, turns),
        *_trusted(talk.scenario, turns),
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
    """What each side expected of the other; where that is plain, whether the talk brought it to
    light."""
    turns = [one.turn for one in talk.messages if one.turn is not None]
    if talk.scenario is None or not turns:
        return ()
    state = turns[-1].state
    said = {*state.said, *state.heard, *state.revealed}
    plain = {one.id for one in talk.scenario.concerns if _met(talk, one.id)} | {*state.revealed}
    lines = []
    hard = cycle(TOO_MUCH)
    for one in talk.scenario.expectations:
        whose = "You expected" if one.whose == "trainee" else f"{talk.other} expected"
        touched = said & set(one.shown_by) or any(talk.nearest(each) for each in one.shown_by)
        light = " It came to light." if plain & set(one.shown_by) else ""
        light = light if touched else " It stayed unspoken."
        lines.append(
            f"{whose}: {_lower(one.text)}.{light}{next(hard) if not one.realistic else ''}"
        )
    return tuple(lines)


def _met(talk: Talk, concern: str) -> bool:
    return any(one.means(concern, SURE) for one in talk.spoken)


def _said(talk: Talk, scenario: Scenario, turns: list[Turn]) -> list[str]:
    """What was said, in the order of the talk; last what never was."""
    lines = []
    never = len(turns) + 1
    for goal in sorted(scenario.goals, key=lambda one: _first(turns, "said", one.id) or never):
        near, kept = talk.nearest(goal.id), _first(turns, "kept", goal.id)
        recorded = _first(turns, "said", goal.id)
        if near is not None and recorded == near.number and near.means(goal.id, SAID):
            stayed = f", and stayed with it at message {kept}" if kept and kept > recorded else ""
            how = _how(talk, recorded)
            lines.append(f"You said it at message {recorded}{how}{stayed}: {goal.phrase}.")
        elif near is not None and near.means(goal.id, SURE):
            lines.append(f"You said it: {goal.phrase}.")  # where first and best is hard to tell
        elif near is not None or recorded is not None:
            lines.append(f"Whether you said this, and where, you know best: {goal.phrase}.")
        else:
            lines.append(
                f"What you came with ({goal.phrase}) was not said in words that could be answered."
            )
    return lines


def _how(talk: Talk, number: int) -> str:
    """What stood in the way of a thing that was said, where something plainly did."""
    message = next((one for one in talk.messages if one.number == number), None)
    if message is None:
        return ""
    if number in blows(talk):
        return " with a blow in it, which was heard first"
    return " by begging for it" if message.begs else ""


def _heard(talk: Talk, scenario: Scenario, turns: list[Turn]) -> list[str]:
    """What was met, at the message that met it most plainly; what never was. Where it can't be
    told, nothing."""
    name = scenario.persona.name
    lines, unseen = [], []
    for concern in scenario.concerns:
        near = talk.nearest(concern.id)
        if near is not None and near.means(concern.id, SURE) and not near.hostile:
            needed = f"{name} needed you to see {concern.phrase}."
            lines.append(f"{needed} You met it at message {near.number}.")
        elif near is None and _first(turns, "heard", concern.id) is None:
            unseen.append(concern.phrase)
    if unseen:
        also = " also" if lines else ""
        lines.append(
            f"{name}{also} needed you to see {_joined(unseen)}; the talk didn't get there."
        )
    return lines


def _offered(talk: Talk, scenario: Scenario, turns: list[Turn]) -> list[str]:
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
            lines.append(
                f"{name} offered {offer.phrase} after message {turn.number}. {_earned(offer.rule)}"
            )
    taken = [one for one in turns if one.direction.act is Act.WITHDRAW_OFFER]
    lines += [f"{name} took it back after message {one.number}." for one in taken]
    given = {one.goal for one in scenario.concessions if one.full and one.id in made}
    open_offer = next(
        (one for one in scenario.concessions if one.full and one.goal not in given), None
    )
    if open_offer is not None:
        lines.append(_missing(talk, open_offer.rule, scenario, turns))
    return [line for line in lines if line]


def _earned(rule: Condition) -> str:
    parts = ["it had been asked for plainly"] if rule.said else []
    if rule.heard:
        parts.append("what stood behind the resistance had been seen")
    if rule.openness_from:
        parts.append("there was enough trust in the room")
    return "By then " + _joined(parts) + "." if parts else ""


def _missing(talk: Talk, rule: Condition, scenario: Scenario, turns: list[Turn]) -> str:
    """What the full yes was still waiting for, at the end."""
    state = turns[-1].state
    goals = {one.id: one for one in scenario.goals}
    concerns = {one.id: one.phrase for one in scenario.concerns}
    parts = [
        _to_hear(goals[one], talk.nearest(one) is not None)
        for one in rule.said
        if one not in state.said and not talk.has_said(one)
    ]
    unseen = [one for one in rule.heard if one not in state.heard]
    near = any(each.means(one, SAID) for one in unseen for each in talk.spoken)
    touched = " more plainly" if near else ""
    phrases = " and ".join(concerns[one] for one in unseen)
    parts += [f"to be seen{touched} in this: {phrases}"] if unseen else []
    if set(rule.kept) - set(state.kept):
        parts.append("to hear the request once more, calmly, after the pushback")
    if not parts and state.openness < rule.openness_from:
        best = max(talk.messages, key=lambda one: one.rise)
        blows = "fewer blows, and " if state.hostile > 1 else ""
        parts = [f"a little more trust: {blows}a turn or two more like message {best.number}"]
    name = scenario.persona.name
    return f"For a full yes {name} still needed {_joined(parts)}." if parts else ""


def _to_hear(goal: Goal, touched: bool) -> str:
    how = "told plainly" if goal.kind in TOLD else "asked for"
    how += " in so many words" if touched else ""
    return f"to hear it {how} ({goal.phrase})"


def _trusted(scenario: Scenario, turns: list[Turn]) -> list[str]:
    """The secrets that were told. Of the others nothing: that there was something helps nobody."""
    state = turns[-1].state
    told = [one for one in scenario.secrets if one.id in state.revealed]
    return [f"{scenario.persona.name} trusted you enough to tell you {one.phrase}." for one in told]


def _first(turns: list[Turn], what: str, one: str) -> int | None:
    return next((turn.number for turn in turns if one in getattr(turn.state, what)), None)


def _joined(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1]


def _lower(text: str) -> str:
    first = text.split(" ", 1)[0]
    keeps = first.isupper() or first in ("I", "I'm", "I've", "I'd")
    return text.rstrip(".") if keeps else text[0].lower() + text[1:].rstrip(".")
