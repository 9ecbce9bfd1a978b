"""The persona's conduct: rules in order of priority, each a plain function of a `Moment`."""

from __future__ import annotations

from collections.abc import Callable

from ipt_roleplay.director.effects import (
    FLOODED,
    GIVES_ROOM,
    HOSTILE,
    LIKELY,
    SEVERE,
    chance,
    gives_up,
    is_attack,
    is_hostile,
    surely,
)
from ipt_roleplay.director.moment import Choice, Moment, chosen, conclude, holds
from ipt_roleplay.domain import (
    HELPING,
    Act,
    Asked,
    Concession,
    Directness,
    Goal,
    GoalKind,
    Move,
    Outcome,
    PersonaState,
    Scenario,
    Stance,
    Style,
)

SMALL_THING, PARTICULAR, YES_OR_NO = "small_thing", "particular", "yes_or_no"
"""The targets of an answer to something small, to a question for a particular, or whether something
is so, that nobody foresaw."""
WORRIED, WORRY_ANSWERED = "worried", "worry_answered"
"""The targets of asking whether somebody is all right, and of what is said to their answer."""
SUSPECTED = 0.6
"""How likely a hint must be for somebody to ask what was meant."""
DRAWS_OUT = HELPING - {Move.APPRECIATION, Move.LIMIT, Move.OBSERVATION}
"""Moves after which somebody may tell what they have kept back."""
NEEDS_AN_ASK = frozenset({Act.TEST, Act.COUNTER_DEMAND, Act.ADVISE})
"""Acts that make sense only once something has been said that they came for."""
EARLIEST_GIVING_IN = 5
"""The first message after which a talk can end so: many begin with small steps."""
COMES_NEARER = frozenset({Act.ACKNOWLEDGE, Act.SOFTEN, Act.CONFIDE})
"""With these the persona has come a step nearer."""
WANTS_AN_ANSWER = frozenset({Act.TEST, Act.COUNTER_DEMAND, Act.ASK_FOR_TIME, Act.HOLD_OWN_LIMIT})
"""After these a plain yes gives the persona something."""
SOONER = 2.0
"""How much less openness a part of a goal asks for, where they get what they wanted for it."""
BEGGING, EMPTY_TECHNIQUE = 2, 4
"""For so many pleading messages, or validations that met nothing, one more concern has to be
met before anything is offered: begging and technique alone earn nothing."""


def _winds_down(moment: Moment) -> Choice | None:
    """After danger to oneself a talk that goes on is led kindly to its close, whatever is said."""
    if moment.now.winding_down:
        return _end(Outcome.STOPPED, "after a sign of danger the talk is brought to a close")
    return None


def _is_worried(moment: Moment) -> Choice | None:
    """Whatever the quarrel is, somebody who hears a sign of risk stops and asks."""
    if moment.now.worried and moment.scenario.worried:
        return chosen(Act.CLARIFY, "it sounded as if they might not be all right", WORRIED)
    return None


def _takes_in_the_answer(moment: Moment) -> Choice | None:
    """Who has asked whether somebody is all right doesn't pass over what they answer, unless
    that is an attack or goes on to something that wants an answer of its own."""
    taken = moment.uptake
    goes_on = moment.spoke_of or taken.concerns or taken.question or taken.silent
    if not moment.now.worry_answered or goes_on or is_attack(moment.reading, taken):
        return None
    if not moment.scenario.worry_answered:
        return None
    return chosen(Act.ANSWER, "they answered what was asked in worry", WORRY_ANSWERED)


def _breaks_off(moment: Moment) -> Choice | None:
    now = moment.now
    boiling = now.tension >= 9.5 and is_hostile(moment.reading)
    worn_out = now.bad >= moment.level.patience - 1 and now.openness < 2
    if boiling and now.hostile >= 2 or worn_out:
        return _end(Outcome.RUPTURE, "hostility went on after the persona was past hearing")
    return None


def _takes_the_easy_way(moment: Moment) -> Choice | None:
    """A trainee who has dropped their side often enough has given in, whatever was said before."""
    settled = moment.now.conceded or moment.now.kept
    allowed = 3 if not moment.now.said else 2
    early = moment.now.turn < EARLIEST_GIVING_IN
    if moment.now.given_up >= allowed and not settled and not early:
        return _end(Outcome.GAVE_IN, "the trainee gave up their own side again")
    return None


def _runs_out(moment: Moment) -> Choice | None:
    if moment.now.turn >= moment.scenario.turn_limit:
        return _end(conclude(moment.now, moment.scenario, Outcome.TIME_OUT), "the turns ran out")
    return None


def _withdraws(moment: Moment) -> Choice | None:
    offers = moment.now.conceded
    if not offers or not (_severe(moment) and is_hostile(moment.reading)):
        return None
    return chosen(
        Act.WITHDRAW_OFFER,
        "contempt or a threat after an offer",
        offers[-1],
        hurt=True,
        conceded=offers[:-1],
        withdrawn=(*moment.now.withdrawn, offers[-1]),
    )


def _mends(moment: Moment) -> Choice | None:
    now = moment.now
    owned = Move.OWNERSHIP in moment.moves and not is_hostile(moment.reading)
    if not (now.hurt and owned) or now.tension >= FLOODED:
        return None
    standing = now.conceded + now.withdrawn
    why = "the trainee owned what had hurt"
    return chosen(Act.REPAIR, why, hurt=False, conceded=standing, withdrawn=())


def _is_hit(moment: Moment) -> Choice | None:
    """A hostile message. One who had opened up shows the hurt; the others do as they do."""
    if not is_attack(moment.reading, moment.uptake):
        return None
    habits = moment.scenario.persona.habits
    had_opened = moment.before.stance is not Stance.GUARDED
    severe = _severe(moment)
    hurt = moment.now.hurt or severe or had_opened
    if had_opened and moment.before.last_act is not Act.SHOW_HURT:
        return chosen(Act.SHOW_HURT, "hit while open", hurt=hurt)
    sideways = moment.reading.style is Style.PASSIVE_AGGRESSIVE
    acts = habits.when_sideways if sideways else habits.when_attacked
    why = "hostility shown sideways" if sideways else "an open attack"
    return chosen(_next(acts, moment), why, hurt=hurt)


def _is_left_alone(moment: Moment) -> Choice | None:
    """The trainee gives up their side, or walks off inside the talk."""
    habits = moment.scenario.persona.habits
    plainly = surely(moment.reading, Move.SELF_SILENCING) or not moment.uptake.asks
    if gives_up(moment.reading) and plainly and not moment.spoke_of:
        return chosen(_next(habits.when_passive, moment), "the trainee dropped their own side")
    if Move.WITHDRAWAL in moment.moves and not moment.uptake.question:
        return chosen(_next(habits.when_sideways, moment), "the trainee shut the talk down")
    return None


def _meets_silence(moment: Moment) -> Choice | None:
    if not moment.uptake.silent:
        return None
    if moment.before.last_act in GIVES_ROOM and moment.now.stance is not Stance.GUARDED:
        return chosen(Act.CONFIDE, "silence gave room")
    if moment.now.stalled >= 3:
        return None
    habits = moment.scenario.persona.habits
    return chosen(_next(habits.when_passive, moment), "the trainee said nothing")


def _tells(moment: Moment) -> Choice | None:
    if moment.now.tension >= FLOODED or moment.now.bad:
        return None
    taken = moment.uptake
    if taken.question or taken.closed or (taken.asks and taken.asked is not Asked.INNER):
        return None  # what was asked is answered first
    if not (moment.moves & DRAWS_OUT or moment.uptake.concerns or moment.uptake.silent):
        return None  # a compliment or a remark on the weather draws nothing out
    for secret in moment.scenario.secrets:
        untold = secret.id not in moment.now.revealed
        if untold and holds(secret.told_when, moment.now, moment.level.threshold):
            if moment.newly_heard and moment.newly_heard not in moment.before.heard:
                continue  # first they say that they feel seen; the secret follows a turn later
            told = (*moment.now.revealed, secret.id)
            return chosen(Act.REVEAL, "its condition was met", secret.id, revealed=told, stalled=0)
    return None


def _feels_met(moment: Moment) -> Choice | None:
    concern = moment.newly_heard
    if concern is None or moment.uptake.question and not moment.reading.moves:
        return None
    if moment.before.last_act is Act.ACKNOWLEDGE and _offers(moment):
        return None  # they have said that they feel seen; now something follows from it
    plain = concern in moment.uptake.plain
    if not plain and (moment.uptake.closed or moment.reading.style in HOSTILE):
        return None  # there is a yes or no to say, or an edge on it
    if (
        moment.uptake.asks
        and not moment.uptake.closed
        and moment.before.last_act is not Act.CONFIDE
    ):
        return chosen(Act.CONFIDE, "a concern was met, and they asked on")
    return chosen(Act.ACKNOWLEDGE, "a concern was met", concern if plain else None)


def _offers(moment: Moment) -> Choice | None:
    """An earned offer: the best whose rule holds, after the pushbacks that the level asks for; a
    partial one where no more is asked for."""
    if moment.now.tension >= FLOODED or moment.now.bad or moment.uptake.question:
        return None
    if _owes_an_answer(moment):
        return None
    if moment.now.pushed + len(moment.now.heard) < moment.level.pushbacks:
        return None
    if len(moment.now.heard) < _concerns_owed(moment.now):
        return None
    earned = [one for one in _open_concessions(moment) if _earned(one, moment)]
    earned = [one for one in earned if one.goal not in moment.now.faint]
    earned = [one for one in earned if _still_asked_for(one, moment)]
    if not earned:
        return None
    pick = min if moment.uptake.modest else max
    best = pick(earned, key=lambda one: one.full)
    act = Act.CONCEDE if best.full else Act.OFFER_PARTIAL
    standing = (*moment.now.conceded, best.id)
    return chosen(act, "its rule was met", best.id, conceded=standing, stalled=0)


def _strikes_a_bargain(moment: Moment) -> Choice | None:
    """What they asked for in return is granted: then they give a part of what they were asked for,
    a little sooner than they would have by themselves."""
    goal, now = moment.before.in_return_for, moment.now
    if goal is None or not moment.uptake.agrees or now.tension >= FLOODED or now.bad:
        return None
    if now.folded or now.pushed + len(now.heard) < moment.level.pushbacks:
        return None
    ease = moment.level.threshold - SOONER
    parts = [one for one in _open_concessions(moment) if one.goal == goal and not one.full]
    part = next((one for one in parts if holds(one.rule, now, ease)), None)
    if part is None or goal in now.faint:
        return None
    standing, why = (*now.conceded, part.id), "what they asked for in return was granted"
    return chosen(Act.OFFER_PARTIAL, why, part.id, conceded=standing, stalled=0)


def _owes_an_answer(moment: Moment) -> bool:
    """Whether something else than a goal was asked, which has to be gone into first: a yes or no
    in any case, anything else once."""
    taken, last = moment.uptake, moment.before.last_act
    if moment.spoke_of:
        return False
    return taken.closed or (taken.asks and last not in (Act.ANSWER, Act.CONFIDE))


def _still_asked_for(offer: Concession, moment: Moment) -> bool:
    """Where something towards a goal is offered already, more is given only to one who asks for
    more: nobody hands out what a "yes, that would help" has just settled."""
    standing = {one.id for one in moment.scenario.concessions if one.goal == offer.goal}
    if not standing.intersection(moment.now.conceded):
        return True
    return offer.goal in moment.spoke_of and not _accepts(moment)


def _accepts(moment: Moment) -> bool:
    """Whether the message takes up an offer that stands, with thanks or a plain yes."""
    if not moment.now.conceded or is_attack(moment.reading, moment.uptake):
        return False
    thanked = chance(moment.reading, Move.APPRECIATION) >= LIKELY
    return moment.uptake.agrees or (Move.APPRECIATION in moment.moves and thanked)


def _is_taken_up(moment: Moment) -> Choice | None:
    """The trainee takes what is offered. Where nothing is left to be said the talk may end;
    else the persona comes down a step and leaves them room for the rest."""
    if not _accepts(moment) or moment.uptake.question or moment.uptake.asks:
        return None
    unsaid = [one for one in moment.scenario.goals if one.id not in moment.now.said]
    outcome = conclude(moment.now, moment.scenario, Outcome.TIME_OUT)
    if not unsaid and outcome is not Outcome.TIME_OUT and not moment.uptake.asks:
        return _end(outcome, "what was offered was taken up")
    return chosen(Act.SOFTEN, "what was offered was taken up", stalled=0)


def _answers(moment: Moment) -> Choice | None:
    if moment.uptake.question is None:
        return None
    return chosen(Act.ANSWER, "a question was asked", moment.uptake.question)


def _answers_in_passing(moment: Moment) -> Choice | None:
    """Something small is asked or proposed, or a yes or no or a particular is asked for that nobody
    foresaw: a plain word on it, and the talk goes on. Of their own past nobody has "to check"."""
    if moment.spoke_of or moment.uptake.question:
        return None
    if moment.uptake.small and moment.scenario.small_things:
        return chosen(Act.ANSWER, "something small was asked or proposed", SMALL_THING)
    if moment.uptake.yes_or_no and moment.scenario.yes_or_no:
        return chosen(Act.ANSWER, "a yes or no was asked for", YES_OR_NO)
    if moment.uptake.particular and moment.scenario.particulars:
        told = moment.uptake.asked is Asked.FACT
        return chosen(Act.ANSWER, "a particular was asked for", None if told else PARTICULAR)
    return None


def _closes_well(moment: Moment) -> Choice | None:
    """Nothing is left to win: the talk may end after a turn or two of closing."""
    best = next((rule for rule in moment.scenario.outcomes if rule.when is not None), None)
    reached = best is not None and best.when is not None and holds(best.when, moment.now)
    open_goals = [one for one in moment.scenario.goals if one.id not in moment.now.said]
    patience = 3 if open_goals else 1
    if reached and moment.now.closing >= patience and not moment.uptake.asks:
        return _end(conclude(moment.now, moment.scenario, Outcome.TIME_OUT), "all was settled")
    return None


def _runs_dry(moment: Moment) -> Choice | None:
    """Patience ends a talk in which nothing new happens; one last word comes before that."""
    left = moment.level.patience - moment.now.stalled
    if left <= 0:
        outcome = conclude(moment.now, moment.scenario, Outcome.IMPASSE)
        return _end(outcome, "nothing new was said for too long")
    if left == 1 and moment.now.said:
        near = moment.now.stance is not Stance.GUARDED
        act = Act.ASK_FOR_TIME if near else Act.HOLD_OWN_LIMIT
        return chosen(act, "patience is ending")
    return None


def _wants_it_clear(moment: Moment) -> Choice | None:
    understood = moment.uptake.goals or moment.uptake.concerns
    suspected = chance(moment.reading, Move.HINT) >= SUSPECTED and not understood
    hints = Move.HINT in moment.moves and (suspected or surely(moment.reading, Move.HINT))
    hinted = hints and moment.scenario.directness is not Directness.INDIRECT
    muddled = moment.reading.unclear and not _understood_something(moment)
    muddled = muddled and not (moment.uptake.asks or moment.uptake.agrees)
    muddled = muddled and not moment.moves & HELPING and moment.now.stance is Stance.GUARDED
    if (hinted or muddled) and moment.before.last_act is not Act.CLARIFY:
        return chosen(Act.CLARIFY, "it was not clear what was meant")
    return None


def _is_agreed_with(moment: Moment) -> Choice | None:
    """What they asked of the trainee is granted, or what they said to a wish is taken as they said
    it: somebody who is met halfway comes down a step."""
    last, asks = moment.before.last_act, moment.uptake.asks or moment.uptake.closed
    if not moment.uptake.agrees or (asks and last is not Act.ASK_FOR_TIME):
        return None
    if last in WANTS_AN_ANSWER:
        return chosen(Act.SOFTEN, "what they asked for was granted")
    if last is Act.ANSWER and moment.spoke_of and moment.now.heard:
        pushed = moment.now.pushed + 1  # a goal came up, and nothing was given yet
        return chosen(Act.SOFTEN, "what they answered was taken up", pushed=pushed)
    return None


def _takes_time(moment: Moment) -> Choice | None:
    """Once in a talk: what was asked or told is out, their own side was seen, they have come
    nearer, and no offer is due. Somebody moved like that needs a while with it."""
    now, before = moment.now, moment.before
    came_nearer = before.last_act in COMES_NEARER and now.stance is not Stance.GUARDED
    open_still = bool(now.said and before.heard) and not (now.conceded or now.took_time)
    if not (came_nearer and open_still) or now.bad or now.tension >= FLOODED:
        return None
    asked = moment.uptake.asks or surely(moment.reading, Move.OPEN_QUESTION)
    if asked or moment.uptake.silent or not moment.moves & HELPING:
        return None
    why, pushed = "seen, and not ready to answer", now.pushed + 1
    return chosen(Act.ASK_FOR_TIME, why, took_time=True, pushed=pushed)


def _pushes_back(moment: Moment) -> Choice | None:
    """A goal was said and is not earned yet."""
    if not moment.spoke_of:
        return None
    goal = _goal(moment.scenario, moment.spoke_of[0])
    now, asked = moment.now, moment.uptake.closed
    offers = [one for one in moment.scenario.concessions if one.goal == goal.id]
    granted = [one for one in offers if one.id in now.conceded]
    if any(one.full for one in granted):
        settled = _next((Act.SOFTEN, Act.ACKNOWLEDGE), moment)
        return chosen(settled, "what is settled was said once more")
    if granted and _asks_how(moment):
        return chosen(Act.ANSWER, "how to do what is settled", PARTICULAR)
    if granted and _accepts(moment):
        return chosen(Act.SOFTEN, "what is settled was said once more")
    if granted:
        act = _next((Act.HOLD_OWN_LIMIT, Act.ASK_FOR_TIME), moment)
        about = granted[-1].id if act is Act.HOLD_OWN_LIMIT else goal.id  # what was given stands
        return chosen(act, "asked for more than was offered", about)
    nothing_to_offer = all(one.goal != goal.id for one in _open_concessions(moment))
    if nothing_to_offer and goal.kind is not GoalKind.ASK and _takes_it(moment, goal):
        news = goal.id not in moment.before.said
        why = "the goal was said to somebody who listens"
        return chosen(Act.ACKNOWLEDGE, why, goal.id if news else None)
    seen = bool(now.heard) and now.stance is Stance.OPEN
    worn = now.pushed >= (2 if now.heard else 3) and now.stance is not Stance.GUARDED
    if seen or worn:
        last = Act.HOLD_OWN_LIMIT if asked else Act.CONFIDE
        act = Act.ASK_FOR_TIME if moment.before.last_act is not Act.ASK_FOR_TIME else last
        why, pushed = "asked for by somebody who has listened", now.pushed + 1
        return chosen(act, why, goal.id, pushed=pushed)
    if now.pushed >= 5 and moment.before.last_act is not Act.HOLD_OWN_LIMIT:
        return chosen(Act.HOLD_OWN_LIMIT, "asked for again and again", goal.id)
    act = _next(moment.scenario.persona.habits.when_asked, moment)
    return chosen(act, "asked for, not earned yet", goal.id)


def _cannot_say(moment: Moment) -> Choice | None:
    """Something is asked that the scenario doesn't know, of somebody who is not closed: right after
    an offer that it stands; what may be done is put off; how they are with something may be told;
    else they say that they don't say."""
    taken, last = moment.uptake, moment.before.last_act
    known = moment.now.stance is Stance.GUARDED or bool(moment.spoke_of)
    if known or not (taken.asks or taken.closed or surely(moment.reading, Move.OPEN_QUESTION)):
        return None
    waits = taken.asked is Asked.PLAN or taken.closed
    planning = waits and Move.COMPROMISE in moment.moves
    if moment.now.conceded and planning and moment.scenario.small_things:
        return chosen(Act.ANSWER, "how to do what is settled", SMALL_THING)
    if last is Act.OFFER_PARTIAL and moment.now.conceded:
        return chosen(Act.HOLD_OWN_LIMIT, "asked about what was offered", moment.now.conceded[-1])
    if taken.closed and not taken.asks and last is not Act.ASK_FOR_TIME:
        return chosen(Act.ASK_FOR_TIME, "asked for something that was not foreseen")
    tells = taken.asked in (Asked.INNER, None) and not taken.closed and last is not Act.CONFIDE
    return chosen(Act.CONFIDE if tells else Act.ANSWER, "asked something that is not known")


def _is_touched(moment: Moment) -> Choice | None:
    """Something honest was said to somebody who is not closed."""
    honest = moment.moves & HELPING or moment.uptake.concerns
    if not honest or moment.now.stance is Stance.GUARDED:
        return None
    if moment.now.stance is Stance.OPEN:
        acts: tuple[Act, ...] = (Act.CONFIDE, Act.SOFTEN, Act.ACKNOWLEDGE)
    else:
        acts = moment.scenario.persona.habits.when_heard
    return chosen(_next(acts, moment), "something honest was said")


def _replies(moment: Moment) -> Choice | None:
    """A question that the scenario does not know, or small talk early on."""
    plain = moment.reading.style is Style.NEUTRAL and not moment.reading.unclear
    small_talk = plain and moment.now.stalled <= 2 and moment.before.last_act is not Act.ANSWER
    if moment.uptake.asks or small_talk:
        return chosen(Act.ANSWER, "a question or small talk")
    return None


def _is_stuck(moment: Moment) -> Choice:
    acts = moment.scenario.persona.habits.when_stuck
    return chosen(_next(acts, moment), "nothing new was said")


RULES: tuple[Callable[[Moment], Choice | None], ...] = (
    _winds_down,
    _is_worried,
    _takes_in_the_answer,
    _breaks_off,
    _takes_the_easy_way,
    _runs_out,
    _withdraws,
    _mends,
    _is_hit,
    _meets_silence,
    _is_left_alone,
    _feels_met,
    _tells,
    _offers,
    _strikes_a_bargain,
    _is_taken_up,
    _answers,
    _answers_in_passing,
    _closes_well,
    _runs_dry,
    _wants_it_clear,
    _is_agreed_with,
    _takes_time,
    _pushes_back,
    _cannot_say,
    _is_touched,
    _replies,
    _is_stuck,
)


# ------------------------------------------------------------------ helpers


def _severe(moment: Moment) -> bool:
    """Whether there is likely contempt or a threat in the message."""
    return any(chance(moment.reading, one) >= LIKELY for one in moment.moves & SEVERE)


def _next(acts: tuple[Act, ...], moment: Moment) -> Act:
    """The habit whose turn it is, never the same act twice running where there is a choice."""
    fitting = [one for one in acts if moment.now.said or one not in NEEDS_AN_ASK] or list(acts)
    offered = [one for one in fitting if one is not moment.before.last_act] or fitting
    return offered[moment.now.turn % len(offered)]


def _end(outcome: Outcome, why: str) -> Choice:
    return chosen(Act.END, why, str(outcome), outcome=outcome)


def _open_concessions(moment: Moment) -> list[Concession]:
    granted = set(moment.now.conceded)
    fully = {one.goal for one in moment.scenario.concessions if one.full and one.id in granted}
    return [
        one
        for one in moment.scenario.concessions
        if one.id not in granted and one.goal not in fully and one.id not in moment.now.withdrawn
    ]


def _concerns_owed(state: PersonaState) -> int:
    return max(state.folded // BEGGING, state.comforted // EMPTY_TECHNIQUE)


def _earned(offer: Concession, moment: Moment) -> bool:
    return holds(offer.rule, moment.now, moment.level.threshold)


def _asks_how(moment: Moment) -> bool:
    """Whether a particular of what is settled is asked for, rather than more of it."""
    taken = moment.uptake
    return taken.asks and not taken.small and taken.asked in (Asked.PLAN, Asked.FACT)


def _takes_it(moment: Moment, goal: Goal) -> bool:
    return moment.now.stance is not Stance.GUARDED or goal.id in moment.now.kept


def _goal(scenario: Scenario, goal_id: str) -> Goal:
    return next(one for one in scenario.goals if one.id == goal_id)


def _understood_something(moment: Moment) -> bool:
    taken = moment.uptake
    return bool(taken.goals or taken.concerns or taken.question or taken.topics)
