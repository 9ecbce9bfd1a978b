"""Builds the `Scene`: all that an actor may know, and nothing that is not earned."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence

from ipt_roleplay.director.choice import GENTLER
from ipt_roleplay.director.occasion import occasions
from ipt_roleplay.director.rules import (
    PARTICULAR,
    SMALL_THING,
    WORRIED,
    WORRY_ANSWERED,
    YES_OR_NO,
)
from ipt_roleplay.domain import (
    HINDERING,
    Act,
    Asked,
    Direction,
    Line,
    Move,
    PersonaState,
    Reading,
    Said,
    Scenario,
    Scene,
    Turn,
    Uptake,
)

NEIGHBOURS: dict[Act, tuple[Act, ...]] = {
    Act.ATTACK: (Act.OLD_GRIEVANCE, Act.DENY, Act.STONEWALL),
    Act.DENY: (Act.MINIMISE, Act.DEFLECT),
    Act.DEFLECT: (Act.MINIMISE, Act.STONEWALL),
    Act.MINIMISE: (Act.DEFLECT, Act.DENY),
    Act.GUILT_TRIP: (Act.SHOW_HURT, Act.OLD_GRIEVANCE),
    Act.OLD_GRIEVANCE: (Act.ATTACK, Act.SHOW_HURT),
    Act.STONEWALL: (Act.DEFLECT, Act.DENY),
    Act.TEST: (Act.COUNTER_DEMAND, Act.CLARIFY),
    Act.COUNTER_DEMAND: (Act.TEST, Act.DEFLECT),
    Act.ADVISE: (Act.DEFLECT, Act.MINIMISE),
    Act.PLACATE: (Act.DEFLECT, Act.MINIMISE),
    Act.SHOW_HURT: (Act.CONFIDE, Act.STONEWALL),
    Act.CLARIFY: (Act.TEST, Act.ANSWER),
    Act.ANSWER: (Act.CLARIFY, Act.DEFLECT),
    Act.SOFTEN: (Act.CONFIDE, Act.ACKNOWLEDGE),
    Act.ACKNOWLEDGE: (Act.SOFTEN, Act.CONFIDE),
    Act.CONFIDE: (Act.SOFTEN, Act.SHOW_HURT),
    Act.REVEAL: (Act.CONFIDE, Act.SOFTEN),
    Act.ASK_FOR_TIME: (Act.HOLD_OWN_LIMIT, Act.SOFTEN),
    Act.OFFER_PARTIAL: (Act.ASK_FOR_TIME, Act.SOFTEN),
    Act.CONCEDE: (Act.SOFTEN, Act.ACKNOWLEDGE),
    Act.WITHDRAW_OFFER: (Act.SHOW_HURT, Act.STONEWALL),
    Act.HOLD_OWN_LIMIT: (Act.ASK_FOR_TIME, Act.COUNTER_DEMAND),
    Act.REPAIR: (Act.SOFTEN, Act.ACKNOWLEDGE),
    Act.END: (Act.STONEWALL, Act.DEFLECT),
}
"""Where an act's lines are used up, the next of kin speaks instead."""

WORRY = "whether they are all right, after what they have just said"
"""What asking out of worry is about, in words for a language model."""
LONGEST_CUE = 5
BINDS = frozenset({"and", "or", "of"})
"""A quote that one of these words follows is torn as well."""
TORN = frozenset(
    "a an and are as at be but by for from i if in is it like my not of on or so than that the "
    "their then they this to was we were what when who with you your you're".split()
)
"""Words at which a quotation would sound torn off."""


def scene(
    scenario: Scenario,
    turns: Sequence[Turn],
    text: str,
    reading: Reading,
    uptake: Uptake,
    state: PersonaState,
    direction: Direction,
    seed: int,
) -> Scene:
    """The scene for the reply to `text`, after `turns` on this branch."""
    persona = scenario.persona
    talk = [Said(speaker="other", text=scenario.opening.say)]
    for turn in turns:
        talk.append(Said(speaker="trainee", text=turn.said))
        talk.append(Said(speaker="other", text=turn.reply.text))
    talk.append(Said(speaker="trainee", text=text))
    asked = uptake.asks or (uptake.closed and direction.act in (Act.ANSWER, Act.ASK_FOR_TIME))
    moves = reading.moves + ((Move.OPEN_QUESTION,) if asked else ())
    heard = talk[-2].text if len(talk) > 1 else ""
    slots = _slots(scenario, state, direction, text, reading, heard)
    used = frozenset({scenario.opening.say, *(turn.reply.line for turn in turns)})
    acts = [one for one in (direction.act, *NEIGHBOURS[direction.act]) if _fits(one, state)]
    return Scene(
        name=persona.name,
        relation=persona.relation,
        speech=persona.speech,
        setting=f"{scenario.briefing.situation} {scenario.briefing.setting}",
        facts=persona.facts,
        talk=tuple(talk),
        used=used,
        direction=direction,
        stance=state.stance,
        target_text=_target_text(scenario, direction),
        moves=tuple(dict.fromkeys(moves)),
        occasions=occasions(reading, uptake),
        slots=slots,
        come_back=_come_back(scenario, uptake, direction),
        lines={
            act: _allowed(scenario, act, state, direction, moves, uptake.asked, slots, used)
            for act in acts
        },
        seed=seed,
        path=_path(turns, text),
    )


def _fits(act: Act, state: PersonaState) -> bool:
    """Whether the act may be spoken at all: after a sign of risk no neighbour is a harsh one."""
    return not (state.gentle and act in GENTLER)


def _allowed(
    scenario: Scenario,
    act: Act,
    state: PersonaState,
    direction: Direction,
    moves: tuple[Move, ...],
    asked: Asked | None,
    slots: dict[str, str],
    used: frozenset[str],
) -> tuple[Line, ...]:
    fitting: tuple[Line, ...] = ()
    for lines in _pools(scenario, act, direction):
        fitting = fitting or tuple(
            line
            for line in lines
            if line.say not in used
            and (not line.stance or state.stance in line.stance)
            and (not line.after or set(line.after) & set(moves))
            and (not line.asked or asked in line.asked)
            and (line.topic is None or line.topic == direction.topic)
            and (line.target is None or line.target == direction.target)
            and all(slots.get(name) for name in slot_names(line))
        )
    anywhen = state.said or direction.target in (WORRIED, WORRY_ANSWERED)
    return fitting if anywhen else tuple(filter(_opens, fitting)) or fitting


def _pools(scenario: Scenario, act: Act, direction: Direction) -> Iterator[Sequence[Line]]:
    """Where lines of the act are looked for, the next only where nothing is left in the one before:
    what answers this very question is followed by nothing else."""
    asks_or_answers = act is direction.act and act in (Act.ANSWER, Act.CLARIFY)
    target = direction.target if asks_or_answers else None
    passing = {
        SMALL_THING: scenario.small_things,
        PARTICULAR: scenario.particulars,
        YES_OR_NO: scenario.yes_or_no,
        WORRIED: scenario.worried,
        WORRY_ANSWERED: scenario.worry_answered,
    }
    known = next((one.answers for one in scenario.questions if one.id == target), None)
    if target in passing:
        yield passing[target]
    yield scenario.lines.get(act, ()) if known is None else known


def _opens(line: Line) -> bool:
    """Whether a line makes sense before anything was said: marked so, made for this very thing, or
    an answer to a blow."""
    struck = bool(line.after) and HINDERING.issuperset(line.after)
    return line.early or line.target is not None or struck


def slot_names(line: Line) -> list[str]:
    return [name for name in ("ask", "offer", "cue") if "{" + name + "}" in line.say]


def _slots(
    scenario: Scenario,
    state: PersonaState,
    direction: Direction,
    text: str,
    reading: Reading,
    before: str,
) -> dict[str, str]:
    phrases = {one.id: one.phrase for one in scenario.goals}
    offers = {one.id: one.phrase for one in scenario.concessions}
    return {
        "ask": phrases[state.said[-1]] if state.said else "",
        "offer": offers.get(direction.target or "", "")
        or (offers[state.conceded[-1]] if state.conceded else ""),
        "cue": _cue(text, reading, before),
    }


def _come_back(scenario: Scenario, uptake: Uptake, direction: Direction) -> tuple[str, ...]:
    """Words for what is offered now and was asked for earlier; none where it was asked for now."""
    offered = next((one for one in scenario.concessions if one.id == direction.target), None)
    if direction.act not in (Act.OFFER_PARTIAL, Act.CONCEDE) or offered is None:
        return ()
    goal = next(one for one in scenario.goals if one.id == offered.goal)
    return () if goal.id in uptake.goals else goal.come_back


def _cue(text: str, reading: Reading, before: str) -> str:
    """Two to five of the trainee's own hostile words, where quoting them back is safe: not what
    the persona had said `before`."""
    own = before.lower()
    hostile = {Move.CONTEMPT, Move.BLAME, Move.GENERALISATION, Move.DISMISSAL, Move.MIND_READING}
    for cue in reading.cues:
        words = text[cue.start : cue.end].strip(" .,!?;:\"'")
        next_word = re.match(r"\s*([\w']+)", text[cue.end :])
        follows = next_word[1].lower() if next_word else ""
        goes_on = bool(follows) and (follows in BINDS or follows not in TORN)
        plain = words.replace("'", "").replace("’", "").replace(" ", "").isalpha()
        echoed = all(word in own for word in words.lower().split())
        whole = words.lower().split()[-1] not in TORN if words else False
        fitting = whole and plain and 2 <= len(words.split()) <= LONGEST_CUE
        if cue.move in hostile and not echoed and fitting and not goes_on:
            return words[0].upper() + words[1:]
    return ""


def _target_text(scenario: Scenario, direction: Direction) -> str:
    """The words for what the act is about; only ever the one secret that is being told."""
    target = direction.target
    if target is None:
        return ""
    texts: dict[str, str] = {WORRIED: WORRY} | {one.id: one.text for one in scenario.goals}
    texts |= {one.id: one.text for one in scenario.concerns}
    texts |= {one.id: one.text for one in scenario.concessions}
    texts |= {str(one.outcome): one.meaning for one in scenario.outcomes}
    if direction.act is Act.REVEAL:
        texts |= {one.id: one.text for one in scenario.secrets}
    return texts.get(target, "")


def _path(turns: Sequence[Turn], text: str) -> str:
    """A digest of this branch: the same words in the same order give the same path."""
    digest = hashlib.sha256()
    for said in (*(turn.said for turn in turns), text):
        digest.update(said.encode("utf-8", "surrogatepass") + b"\x00")
    return digest.hexdigest()[:16]
