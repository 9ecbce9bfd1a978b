"""The ways in which talks go wrong, each with the message in which this one did so most plainly.

Pure picks by rule; a spot's `code` names the way. Which of them a debrief speaks of is decided in
`moments`.
"""

from __future__ import annotations

from ipt_roleplay.debrief.phrases import (
    FLATTERIES,
    accepts,
    asks_for,
    asks_outright,
    excuses,
    half_sorry,
    shows,
    soothes,
    stands_after_all,
    takes_in,
    undoes,
)
from ipt_roleplay.debrief.praise import HEADLINES
from ipt_roleplay.debrief.spot import (
    OFFERS,
    SHOWN_BY_ITSELF,
    TELLING,
    TELLS,
    Spot,
    act_before,
    empty,
    friendly,
    is_flattery,
)
from ipt_roleplay.debrief.talk import GRAVE, Message, Talk
from ipt_roleplay.director import PUSHBACKS
from ipt_roleplay.domain import Act, Concern, Move, Stance
from ipt_roleplay.encoder import sentence_vector
from ipt_roleplay.sentences import sentences

ASKED = frozenset({Move.REQUEST, Move.LIMIT})
SURELY_DROPPED = 0.75
"""How likely it must be that somebody gave way before they are told so."""
UNDONE = 0.6
"""The same, where the words take it back themselves."""
WORST: tuple[Move, ...] = (
    Move.THREAT,
    Move.CONTEMPT,
    Move.BLAME,
    Move.ORDER,
    Move.DISMISSAL,
    Move.GENERALISATION,
    Move.MIND_READING,
    Move.DEFENCE,
)

HINDERS_BY_ITSELF = 0.6
"""How likely a sentence, read by itself, must make a move for anybody to be told that it hurt."""
ORDERS_BY_ITSELF = 0.85
"""The same for an order: a wish said shortly, and a piece of advice, are read as one too easily."""
COMPLAINS = PUSHBACKS | {Act.ATTACK, Act.OLD_GRIEVANCE, Act.SHOW_HURT, Act.GUILT_TRIP}
"""After these there is a complaint to answer; elsewhere a reason is just a reason."""
COMFORTS = frozenset({Move.DISMISSAL, Move.MIND_READING})
"""What comfort sounds like that comes too soon: it knows how things are for them, or were."""
HEARD_BY = frozenset({Move.VALIDATION, Move.REFLECTION, Move.OPEN_QUESTION})
HEARD_AT_ALL, ON_IT = 0.5, 0.45
"""How likely a move that takes something up, or how like a message must be to what it answers,
for nobody to be told that they passed it over."""
OFTEN = 3
"""So many messages that beg, cut, or speak in set phrases are what a talk was about."""
REPEATEDLY = 2
"""So many messages with reasons for oneself are no single explanation any more."""
OPENED = 0.8
"""A rise of openness that turns a talk."""
PLAINLY_NEARER = 0.3
"""A rise of openness from which a message can't have been taken as pressing."""
CAME_UP = 0.35
"""How near a line of theirs must be to a concern for it to have come up."""
LIKELY_MET = 0.8
"""A likelihood from which nobody is told that they never met a concern."""


def missteps(talk: Talk) -> list[Spot]:
    """What went wrong, the gravest first."""
    begged_first = [_begged(talk)] if begs_throughout(talk) else []
    found = (
        _hit(talk) or _edged(talk),
        *begged_first,
        _asked_outright(talk),
        _half_sorry(talk),
        _excused(talk),
        _pressed(talk),
        _soothed(talk),
        _passed_over(talk),
        _flattered(talk),
        _begged(talk),
        _gave_up(talk),
        _took_back(talk),
        _shut_down(talk),
        _indirect(talk),
        _unasked(talk),
        _formula(talk),
        _unheard(talk),
    )
    return [one for one in found if one is not None]


def _hit(talk: Talk) -> Spot | None:
    """The message that hurt most, by a move that its quote shows."""
    struck = blows(talk)
    hits = [one for one in talk.judged if one.number in struck]
    worst = max(hits, key=lambda one: (_harm(one), -one.number), default=None)
    if worst is None:
        return None
    move = struck[worst.number]
    return Spot("missed", worst, str(move), move)


def blows(talk: Talk) -> dict[int, Move]:
    """The gravest move of each message that hit, by its number."""
    charms = _charms(talk)
    return {
        one.number: move
        for one in talk.judged
        if one.hit and (move := _worst(one)) and (one.insults or _strikes(talk, one, move, charms))
    }


def _strikes(talk: Talk, message: Message, move: Move, charms: bool) -> bool:
    """Whether a move is a blow where nobody is called names: one more compliment isn't, nor
    comfort, nor a reason where there was no complaint to answer."""
    if move is Move.DEFENCE:
        return act_before(talk, message) in COMPLAINS
    if move in COMFORTS:
        return not soothes(message.text)
    return not (charms and move in GRAVE)


def _worst(message: Message) -> Move | None:
    """The gravest move that one of its sentences makes by itself; calling names is contempt,
    whichever move is read in it. A compliment is no blow, however it was taken."""
    if message.insults:
        return Move.CONTEMPT
    if message.flatters:
        return None
    return next((move for move in WORST if _shows(message, move)), None)


def _shows(message: Message, move: Move) -> bool:
    """Whether it hinders by `move`, and one of its sentences does by itself."""
    if move not in message.hindering:
        return False
    (start, end), alone = message.carrying(move)
    least = ORDERS_BY_ITSELF if move is Move.ORDER else HINDERS_BY_ITSELF
    return alone >= least and shows(message.text[start:end], move)


def _edged(talk: Talk) -> Spot | None:
    """No one blow that could be shown, and an edge on it again and again."""
    sharp = [one for one in talk.judged if one.hit and not one.flatters]
    if len(sharp) < OFTEN or _charms(talk):
        return None
    worst = min(sharp, key=lambda one: (one.rise, one.number))
    return Spot("missed", worst, "edge")


def _asked_outright(talk: Talk) -> Spot | None:
    """They asked what it was about, and the answer went past it: the last such moment, where it
    was never said at all."""
    if talk.scenario is None or not talk.messages:
        return None
    main, last = talk.scenario.goals[0], talk.messages[-1].turn
    if last is None or main.id in last.state.said or talk.has_said(main.id):
        return None
    goals = [one.id for one in talk.scenario.goals]
    found = []
    for message in talk.judged[1:]:
        answered = any(message.means(one) for one in goals)
        if asks_outright(message.before) and not answered and not message.hit:
            found.append(Spot("missed", message, "door", target=main.id))
    return found[-1] if found else None


def _pressed(talk: Talk) -> Spot | None:
    """They had offered something, or asked for time, and were pressed on."""
    for message in talk.judged:
        turn = message.turn
        if turn is None or act_before(talk, message) not in OFFERS:
            continue
        was = message.was.said if message.was else ()
        granted = act_before(talk, message) is Act.CONCEDE
        again = any(one in was for one in turn.uptake.goals) and not granted
        again = again or message.begs > 0 or bool(message.likely & {Move.REQUEST, Move.ORDER})
        thanked = turn.uptake.agrees or Move.APPRECIATION in message.moves
        heard = bool({Move.VALIDATION, Move.REFLECTION} & message.moves)
        heard = heard or takes_in(message.text) or accepts(message.text)
        taken = thanked or heard or message.added("said") or message.rise >= PLAINLY_NEARER
        if again and not taken and turn.direction.act in PUSHBACKS:
            return Spot("missed", message, "pressed")
    return None


def _half_sorry(talk: Talk) -> Spot | None:
    """The first apology that hands part of the blame back in the same breath; to be sorry for what
    somebody has told of their own is none."""
    given = (
        one
        for one in talk.judged
        if half_sorry(one.text) and not one.insults and act_before(talk, one) not in TELLING
    )
    first = next(given, None)
    return Spot("missed", first, "half_sorry", Move.OWNERSHIP) if first else None


def _excused(talk: Talk) -> Spot | None:
    """Reasons that speak for oneself, more than once: the first of them."""
    given = [one for one in talk.judged if excuses(one.text) and Move.OWNERSHIP not in one.likely]
    if len(given) < REPEATEDLY:
        return None
    return Spot("missed", given[0], "excuses", Move.DEFENCE)


def _soothed(talk: Talk) -> Spot | None:
    """Comfort before anything had been heard: the time when most had just been told."""
    quick = [one for one in talk.judged if one.before and soothes(one.text) and not one.insults]

    def weight(message: Message) -> tuple[bool, float]:
        return act_before(talk, message) in TELLING, -message.rise

    worst = max(quick, key=weight, default=None)
    return Spot("missed", worst, "soothed") if worst else None


def _passed_over(talk: Talk) -> Spot | None:
    """They had told something of their own, and no word was lost on it: the weightiest time."""
    told = [one for one in talk.judged if act_before(talk, one) in TELLING]
    passed = [one for one in told if not one.hit and not taken_up(talk, one)]

    def weight(message: Message) -> tuple[bool, float]:
        return act_before(talk, message) is Act.REVEAL, -message.rise

    worst = max(passed, key=weight, default=None)
    return Spot("missed", worst, "passed_over") if worst else None


def taken_up(talk: Talk, message: Message) -> bool:
    """Whether a message may show that what was told had arrived."""
    concerns = talk.scenario.concerns if talk.scenario else ()
    if message.rise >= OPENED or any(message.means(one.id) for one in concerns):
        return True
    if message.borrowed or message.begs:
        return False
    shown = any(message.chance_of(one) >= HEARD_AT_ALL for one in HEARD_BY & message.moves)
    return shown or takes_in(message.text) or likeness(message) >= ON_IT


def likeness(message: Message) -> float:
    """How like a message is to what it answers, −1 to 1."""
    return float(sentence_vector(message.before) @ sentence_vector(message.text))


def _charms(talk: Talk) -> bool:
    """Whether compliments run through a talk: then what sounds like scorn may be one more."""
    return sum(one.flatters for one in talk.judged) >= 2


def _flattered(talk: Talk) -> Spot | None:
    """Compliments, again and again, in place of what they came for."""
    if not is_flattery(talk) or talk.scenario is None:
        return None
    kind = [one for one in talk.judged if one.flatters and not one.hostile]
    kind = [one for one in kind if not one.added("said")]
    said = talk.has_said(talk.scenario.goals[0].id)
    if not kind or (said and len(kind) <= FLATTERIES):
        return None
    goal = talk.scenario.goals[0].id
    return Spot("missed", kind[len(kind) // 2], "flattery", target=goal)


def _pleading(talk: Talk) -> list[Message]:
    return [one for one in talk.judged if one.begs and not one.hostile]


def begs_throughout(talk: Talk) -> bool:
    """Whether begging is what this talk was about."""
    return len(_pleading(talk)) >= OFTEN


def _begged(talk: Talk) -> Spot | None:
    """The wish was there, and they went on their knees for it."""
    most = max(_pleading(talk), key=lambda one: one.begs, default=None)
    return Spot("missed", most, "begged") if most else None


def _gave_up(talk: Talk) -> Spot | None:
    """The message that most clearly dropped their own side, best one after it had been said."""
    move = Move.SELF_SILENCING
    dropped = [one for one in talk.judged if drops_it(one)]
    after = [one for one in dropped if had_asked(talk, one)]
    clearest = max(after or dropped, key=lambda one: one.chance_of(move), default=None)
    if clearest is None:
        return None
    if after:
        return Spot("missed", clearest, "dropped", move)
    return Spot("missed", clearest, str(move), move)


def drops_it(message: Message) -> bool:
    """Whether a message surely gives up its author's side. A shy hello gives up nothing yet, and
    neither does one who owns a part in it, begs, or brings the other nearer."""
    move = Move.SELF_SILENCING
    if not message.collapsed or message.number == 1 or message.begs or message.rise > 0:
        return False
    if ASKED & message.moves or Move.OWNERSHIP in message.moves or stands_after_all(message.text):
        return False
    return min(message.chance_of(move), message.carrying(move)[1]) >= SURELY_DROPPED


def _took_back(talk: Talk) -> Spot | None:
    """Something was said or asked for, and undone in the same breath."""
    move = Move.SELF_SILENCING
    undone = [one for one in talk.judged if one.number > 1 and undoes(one.text) and not one.hit]
    undone = [one for one in undone if move in one.moves and not one.reading.unclear]
    undone = [one for one in undone if one.chance_of(move) >= UNDONE and not asks_after_all(one)]
    clearest = max(undone, key=lambda one: one.chance_of(move), default=None)
    return Spot("missed", clearest, "undone", move) if clearest else None


def asks_after_all(message: Message) -> bool:
    """Whether it asks for something after the words that seem to take it back: then these stood
    before it, or answered the other."""
    parts = [message.text[start:end] for start, end in sentences(message.text)]
    last = max((place for place, one in enumerate(parts) if undoes(one)), default=len(parts))
    return any(asks_for(one) for one in parts[last + 1 :])


def had_asked(talk: Talk, message: Message) -> bool:
    """Whether there was a request to let go of: where a record says so, what was said before."""
    if message.was is not None and talk.scenario is not None:
        asks = {one.id for one in talk.scenario.goals if one.kind not in TELLS}
        return bool(asks.intersection(message.was.said))
    return any(ASKED & one.likely for one in talk.judged if one.number < message.number)


def _shut_down(talk: Talk) -> Spot | None:
    move = Move.WITHDRAWAL
    for message in talk.judged:
        left = _shows(message, move) and message.carrying(move)[1] >= SURELY_DROPPED
        if left and Move.LIMIT not in message.moves:
            return Spot("missed", message, str(move), move)
    return None


def _indirect(talk: Talk) -> Spot | None:
    move = Move.HINT
    for message in talk.judged:
        plain = Move.REQUEST in message.moves or message.added("said") is not None
        if _shows(message, move) and not plain:
            return Spot("missed", message, "hint", move)
    return None


def _unasked(talk: Talk) -> Spot | None:
    """What the trainee came for was never said: half, though their side was open, or at all."""
    if talk.scenario is None or not talk.messages:
        return None
    last = talk.messages[-1].turn
    main = talk.scenario.goals[0]
    if last is None or main.id in last.state.said or len(talk.judged) < 3:
        return None
    half = talk.nearest(main.id)
    if half is not None:
        said = half.hit or half.collapsed or talk.has_said(main.id)
        return None if said else Spot("missed", half, "half_said", target=main.id)
    ready = [
        one
        for one in talk.judged
        if one.turn and one.turn.state.stance is not Stance.GUARDED and not one.hit
    ]
    message = ready[-1] if ready else talk.judged[-1]
    if message.hit or message.collapsed:
        return None
    code = "unasked" if ready else "unsaid"
    return Spot("missed", message, code, target=main.id)


def _unheard(talk: Talk) -> Spot | None:
    """The trainee said their side, was pushed back, and never met what lay behind it: the time when
    it could best be heard."""
    if talk.scenario is None or not talk.messages:
        return None
    last = talk.messages[-1].turn
    if last is None or last.state.heard or not last.state.said:
        return None
    if any(one.means(it.id, LIKELY_MET) for it in talk.scenario.concerns for one in talk.judged):
        return None  # it may have been met: nothing to hold against anybody
    pushed = [
        one
        for one in talk.judged
        if one.turn
        and one.turn.uptake.goals
        and one.turn.direction.act in PUSHBACKS
        and not one.hit
        and not one.collapsed
        and not one.begs
        and not one.added("said")  # the first saying can't have gone past an answer
    ]
    if not pushed or begs_throughout(talk):
        return None
    pairs = [(one, it) for one in pushed for it in talk.scenario.concerns]
    nearest, concern = max(pairs, key=lambda pair: _near(*pair))
    if not has_come_up(nearest, concern):
        return None  # it never came up: nobody could have met it
    move = next((one for one in HEADLINES if one in nearest.moves), None)
    return Spot("missed", nearest, "unheard", move, concern.id)


def has_come_up(message: Message, concern: Concern, at_least: float = CAME_UP) -> bool:
    """Whether what they said just before a message has to do with the concern."""
    return bool(message.before) and _near(message, concern) >= at_least


def _near(message: Message, concern: Concern) -> float:
    return float(sentence_vector(message.before) @ sentence_vector(concern.text))


def _formula(talk: Talk) -> Spot | None:
    """Listening technique, again and again, that never touched what mattered to them."""
    if talk.scenario is None or not talk.messages:
        return None
    set_phrases = [one for one in talk.judged if one.borrowed and not one.added("heard")]
    tried = [
        one
        for one in talk.judged
        if empty(one) and friendly(one) and not (one.turn and one.turn.uptake.goals)
        if "?" not in one.text and likeness(one) < ON_IT
    ]
    shown = [
        one
        for one in tried
        if any(m in one.likely and one.carrying(m)[1] >= SHOWN_BY_ITSELF for m in HEARD_BY)
    ]
    last = talk.messages[-1].turn
    worn = last is not None and not last.state.heard and last.state.comforted >= OFTEN
    often = len(set_phrases) >= OFTEN
    found = set_phrases if often else shown if worn and set_phrases else []
    if not found:
        return None
    message = min(found, key=lambda one: (one.rise, one.number))
    move = next((one for one in HEARD_BY if one in message.likely), None)
    concern = talk.scenario.concerns[0].id
    return Spot("missed", message, "formula", move, concern)


def _harm(message: Message) -> float:
    severe = message.insults or bool(message.likely & GRAVE)
    return 0.5 * len(message.hindering) + 2.0 * severe - message.rise


def grave(talk: Talk) -> bool:
    """Whether the blows were what this talk was about: contempt or a threat, or several."""
    struck = blows(talk)
    return len(struck) >= 2 or bool(GRAVE.intersection(struck.values())) or _edged(talk) is not None
