"""Which one act the persona does now, how it sounds, and what it counts as."""

from __future__ import annotations

from ipt_roleplay.director.effects import PUSHBACKS
from ipt_roleplay.director.moment import Choice, Moment
from ipt_roleplay.director.rules import RULES
from ipt_roleplay.domain import Act, PersonaState, Stance, Tone


def choose(moment: Moment) -> Choice:
    """The choice of the first rule that fires; the last rule always does."""
    for rule in RULES:
        choice = rule(moment)
        if choice is not None:
            return choice
    raise AssertionError("the last rule always fires")


def tone_of(act: Act, state: PersonaState) -> Tone:
    """How an act sounds, by the act itself or by where the persona stands."""
    if act in (Act.ATTACK, Act.OLD_GRIEVANCE, Act.WITHDRAW_OFFER):
        return Tone.SHARP
    if act in (Act.STONEWALL, Act.DENY):
        return Tone.COLD
    return {Stance.GUARDED: Tone.WARY, Stance.LISTENING: Tone.EVEN, Stance.OPEN: Tone.WARM}[
        state.stance
    ]


GENTLER: dict[Act, Act] = {
    Act.ATTACK: Act.CLARIFY,
    Act.OLD_GRIEVANCE: Act.SHOW_HURT,
    Act.GUILT_TRIP: Act.SHOW_HURT,
    Act.STONEWALL: Act.DEFLECT,
    Act.DENY: Act.CLARIFY,
}


def counts_as_pushback(choice: Choice, moment: Moment) -> bool:
    return choice.act in PUSHBACKS and bool(moment.now.said)
