"""The nouns of the product, as frozen values. Imports nothing of ours.

Codes (`Style`, `Move`, `Skill`, `Act`, `Outcome`, …) are explained in `docs/codebook.md`,
`docs/rubric.md` and `docs/acts-and-outcomes.md`; a test keeps pages and code equal.
Values carry no identity and no storage: ids of sessions and turns live in `store`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints


class Frozen(BaseModel):
    """Base of every value here: immutable, and unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]

MESSAGE_LIMIT = 4000
"""Longest message a trainee may send, in characters."""


# ---------------------------------------------------------------- codes


class Style(StrEnum):
    ASSERTIVE = "assertive"
    AGGRESSIVE = "aggressive"
    PASSIVE = "passive"
    PASSIVE_AGGRESSIVE = "passive_aggressive"
    NEUTRAL = "neutral"


class Move(StrEnum):
    FEELING = "feeling"
    NEED = "need"
    OBSERVATION = "observation"
    REQUEST = "request"
    LIMIT = "limit"
    DISCLOSURE = "disclosure"
    VALIDATION = "validation"
    REFLECTION = "reflection"
    OPEN_QUESTION = "open_question"
    OWNERSHIP = "ownership"
    COMPROMISE = "compromise"
    APPRECIATION = "appreciation"
    BLAME = "blame"
    GENERALISATION = "generalisation"
    CONTEMPT = "contempt"
    THREAT = "threat"
    ORDER = "order"
    MIND_READING = "mind_reading"
    DISMISSAL = "dismissal"
    DEFENCE = "defence"
    WITHDRAWAL = "withdrawal"
    SELF_SILENCING = "self_silencing"
    HINT = "hint"


HELPING: frozenset[Move] = frozenset(list(Move)[:12])
HINDERING: frozenset[Move] = frozenset(list(Move)[12:])


class Skill(StrEnum):
    EXPRESSES = "expresses"
    DESCRIBES = "describes"
    ASKS = "asks"
    LISTENS = "listens"
    STEADY = "steady"
    WORKS_IT_OUT = "works_it_out"


class Act(StrEnum):
    ATTACK = "attack"
    DENY = "deny"
    DEFLECT = "deflect"
    MINIMISE = "minimise"
    GUILT_TRIP = "guilt_trip"
    OLD_GRIEVANCE = "old_grievance"
    STONEWALL = "stonewall"
    TEST = "test"
    COUNTER_DEMAND = "counter_demand"
    ADVISE = "advise"
    PLACATE = "placate"
    SHOW_HURT = "show_hurt"
    CLARIFY = "clarify"
    ANSWER = "answer"
    SOFTEN = "soften"
    ACKNOWLEDGE = "acknowledge"
    CONFIDE = "confide"
    REVEAL = "reveal"
    ASK_FOR_TIME = "ask_for_time"
    OFFER_PARTIAL = "offer_partial"
    CONCEDE = "concede"
    WITHDRAW_OFFER = "withdraw_offer"
    HOLD_OWN_LIMIT = "hold_own_limit"
    REPAIR = "repair"
    END = "end"


class Outcome(StrEnum):
    AGREEMENT = "agreement"
    PARTIAL = "partial"
    NEXT_STEP = "next_step"
    LIMIT_HELD = "limit_held"
    UNDERSTOOD = "understood"
    SUPPORT_GIVEN = "support_given"
    PARTED_WELL = "parted_well"
    TIME_OUT = "time_out"
    GAVE_IN = "gave_in"
    IMPASSE = "impasse"
    RUPTURE = "rupture"
    STOPPED = "stopped"


class Area(StrEnum):
    """The four problem areas of IPT."""

    DISPUTE = "dispute"
    TRANSITION = "transition"
    GRIEF = "grief"
    SENSITIVITIES = "sensitivities"


class Stage(StrEnum):
    """Stages of a role dispute."""

    RENEGOTIATION = "renegotiation"
    IMPASSE = "impasse"
    DISSOLUTION = "dissolution"


class GoalKind(StrEnum):
    ASK = "ask"
    LIMIT = "limit"
    TELL = "tell"
    SUPPORT = "support"
    CONTACT = "contact"
    FAREWELL = "farewell"


class Stance(StrEnum):
    """The public face of the persona's state."""

    GUARDED = "guarded"
    LISTENING = "listening"
    OPEN = "open"


class Asked(StrEnum):
    """What kind of answer a question waits for: how somebody is with something, more about what
    they have just said, what may be done, or a particular."""

    INNER = "inner"
    FOLLOW_UP = "follow_up"
    PLAN = "plan"
    FACT = "fact"


class Occasion(StrEnum):
    """What a line is spoken after: a question of fact or plan, one after their inside, a request or
    limit, something kind, something told, a guess or comfort, a blow, a yes or small talk, or that
    the trainee backs off."""

    QUESTION = "question"
    INNER = "inner"
    REQUEST = "request"
    KINDNESS = "kindness"
    NEWS = "news"
    GUESS = "guess"
    BLOW = "blow"
    YES = "yes"
    BACKING_OFF = "backing_off"


class Tone(StrEnum):
    COLD = "cold"
    SHARP = "sharp"
    WARY = "wary"
    EVEN = "even"
    WARM = "warm"


class Directness(StrEnum):
    """How openly the people of a scenario are used to saying things to each other."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"


class Tier(StrEnum):
    """How the screening of risk answers one message."""

    NONE = "none"
    CHECK_IN = "check_in"
    ACUTE = "acute"


class Risk(StrEnum):
    """What kind of danger a message speaks of; a closed list."""

    SUICIDE = "suicide"
    SELF_HARM = "self_harm"
    HARM_TO_OTHER = "harm_to_other"
    DANGER_FROM_OTHER = "danger_from_other"
    CHILD_AT_RISK = "child_at_risk"
    OVERDOSE = "overdose"
    DISTRESS = "distress"
    UNKNOWN = "unknown"


# ---------------------------------------------------------------- reading a message


class Cue(Frozen):
    """The words that carried a move: code points `start` ≤ i < `end` of the text as given."""

    move: Move
    start: int
    end: int


class Reading(Frozen):
    """How one message was said. `unclear`: do not lean on the style."""

    style: Style
    moves: tuple[Move, ...] = ()
    cues: tuple[Cue, ...] = ()
    style_probabilities: dict[Style, float] = Field(default_factory=dict)
    move_probabilities: dict[Move, float] = Field(default_factory=dict)
    unclear: bool = False


class Uptake(Frozen):
    """What one message meant in its scenario; all ids are the scenario's own.

    `plain`: those of the concerns that were met beyond much doubt; `faint`: those of the goals of
    which it is doubtful that they were said.
    `asks` is true for any real question; `question` names it where the scenario knows it;
    `asked`: what kind of answer it, or a request, waits for;
    `closed`: what is asked, or asked for, waits for a yes or no, a choice or a particular.
    `small`: something small is asked or proposed that waits for a yes or no, and no goal is in it.
    `particular`: what is asked is one particular thing, a name, a time, a number, one of two.
    `yes_or_no`: what is asked is whether something is so. `modest`: a part is asked for.
    `agrees`: says yes to what was just said. `silent`: the trainee chose to say nothing.
    """

    goals: tuple[str, ...] = ()
    concerns: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    faint: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    question: str | None = None
    asks: bool = False
    asked: Asked | None = None
    closed: bool = False
    small: bool = False
    particular: bool = False
    yes_or_no: bool = False
    modest: bool = False
    agrees: bool = False
    silent: bool = False


class Screening(Frozen):
    """What the screening of risk found in one text."""

    tier: Tier = Tier.NONE
    concern: Risk | None = None


# ---------------------------------------------------------------- a scenario


class Condition(Frozen):
    """Holds when every part that is given holds; an empty condition always holds.

    `said`, `kept`: goals spoken, goals spoken again after a pushback. `heard`: concerns
    met. `asked`: questions asked. Openness and tension are 0–10.
    """

    said: tuple[Slug, ...] = ()
    kept: tuple[Slug, ...] = ()
    heard: tuple[Slug, ...] = ()
    asked: tuple[Slug, ...] = ()
    revealed: tuple[Slug, ...] = ()
    conceded: tuple[Slug, ...] = ()
    openness_from: float = Field(0, ge=0, le=10)
    tension_up_to: float = Field(10, ge=0, le=10)


class Line(Frozen):
    """One thing that the persona may say.

    `beat` is what can be seen while they say it. Empty `stance`, `after`, `asked` or `follows`
    means any; `asked`: the kinds of question that it answers, or declines to. `early`: it makes
    sense before the trainee has said anything that they came for. `follows`: the kinds of message
    after which nobody would stumble over it, however it dodges; `leans`: it speaks of something
    particular that came up earlier in the talk.
    `say` may hold `{ask}` (what the trainee asked for), `{offer}` (what the persona
    offered) or `{cue}` (two to five of the trainee's own hostile words). A `shared` line
    comes from the temperament and speaks only where none of the scenario's own fits.
    """

    say: Text
    beat: str = ""
    topic: Slug | None = None
    stance: tuple[Stance, ...] = ()
    after: tuple[Move, ...] = ()
    asked: tuple[Asked, ...] = ()
    target: Slug | None = None
    early: bool = False
    follows: tuple[Occasion, ...] = ()
    leans: bool = False
    shared: bool = False


class Briefing(Frozen):
    """What the trainee reads before the talk; nothing that the persona hides."""

    you: Text
    them: Text
    situation: Text
    setting: Text
    stage_calls_for: Text
    good_looks_like: Text


class Expectation(Frozen):
    """What one side expects of the other. `shown_by`: goals, concerns or secrets whose
    appearance in the talk brings it to light."""

    whose: Literal["trainee", "persona"]
    text: Text
    spoken: bool
    realistic: bool
    shown_by: tuple[Slug, ...] = Field(min_length=1)


class Goal(Frozen):
    """What the trainee came for. `phrase` completes "you asked for …" / "about …"; `come_back`:
    words with which the persona takes it up again later, before what it offers ("About those
    hours.")."""

    id: Slug
    kind: GoalKind
    text: Text
    phrase: Text
    come_back: tuple[Text, ...] = ()
    examples: tuple[Text, ...] = Field(min_length=8)
    near_misses: tuple[Text, ...] = Field(min_length=4)
    wordings: dict[Move, tuple[Text, ...]]


class Concern(Frozen):
    """What lies behind the persona's resistance. `phrase` completes "she needed you to see …"."""

    id: Slug
    text: Text
    phrase: Text
    examples: tuple[Text, ...] = Field(min_length=8)
    near_misses: tuple[Text, ...] = Field(min_length=4)
    wordings: dict[Move, tuple[Text, ...]]


class Topic(Frozen):
    id: Slug
    name: Text
    examples: tuple[Text, ...] = Field(min_length=4)


class Question(Frozen):
    """A question that a trainee may ask, and true answers to it by stance. `once`: a secret that
    must have been told for it to make sense, and for its answers not to give that away."""

    id: Slug
    examples: tuple[Text, ...] = Field(min_length=4)
    topic: Slug | None = None
    once: Slug | None = None
    answers: tuple[Line, ...] = Field(min_length=2)


class Secret(Frozen):
    """Something the persona tells only when `told_when` holds. `text` is for directions."""

    id: Slug
    text: Text
    told_when: Condition


class Concession(Frozen):
    """An offer, earned by `rule`. `phrase` completes "she offered …"."""

    id: Slug
    goal: Slug
    full: bool
    text: Text
    phrase: Text
    rule: Condition


class OutcomeRule(Frozen):
    """The first rule whose `when` holds names the outcome of a talk that ends."""

    outcome: Outcome
    good: bool
    meaning: Text
    when: Condition | None = None


class Habits(Frozen):
    """What this persona does, in order of liking, when they are not moved."""

    when_attacked: tuple[Act, ...] = Field(min_length=2)
    when_asked: tuple[Act, ...] = Field(min_length=2)
    when_passive: tuple[Act, ...] = Field(min_length=2)
    when_sideways: tuple[Act, ...] = Field(min_length=2)
    when_stuck: tuple[Act, ...] = Field(min_length=2)
    when_heard: tuple[Act, ...] = Field(min_length=2)


Weight = Annotated[float, Field(ge=1, le=3)]


class Temperament(Frozen):
    """A way of being difficult that scenarios share: what a persona of this kind does, and says
    where the scenario has no line of its own. Measures as in `Persona`."""

    id: Slug
    says: Text
    avoidant: bool
    triggers: dict[Move, Weight]
    softeners: dict[Move, Weight]
    habits: Habits
    openness: float = Field(ge=0, le=10)
    tension: float = Field(ge=0, le=10)
    engagement: float = Field(ge=0, le=10)
    lines: dict[Act, tuple[Line, ...]]


class Persona(Frozen):
    """Who the other is. A `temperament` gives what is left out from `avoidant` on. An `avoidant`
    one takes the easy way out of a passive message, a pursuer heats up. Start values are 0–10
    at difficulty 3."""

    name: Text
    pronouns: Literal["she", "he", "they"]
    age: int = Field(ge=12, le=110)
    relation: Text
    history: Text
    speech: Text
    facts: tuple[Text, ...] = Field(min_length=5)
    fears: tuple[Text, ...] = Field(min_length=1)
    wants: tuple[Text, ...] = Field(min_length=1)
    temperament: Slug | None = None
    avoidant: bool
    triggers: dict[Move, Weight]
    softeners: dict[Move, Weight]
    habits: Habits
    openness: float = Field(3, ge=0, le=10)
    tension: float = Field(3, ge=0, le=10)
    engagement: float = Field(6, ge=0, le=10)


class Scenario(Frozen):
    """One conversation to rehearse, split by audience: `briefing` for the trainee,
    `persona` and lines for director and actor, `goals` for the debrief. `small_things`: what is
    said to a small request or proposal that nobody foresaw ("Shall I put the kettle on?");
    `particulars`: what is said to a question for a name, a time, a number that nobody foresaw,
    `yes_or_no` to one whether something is so;
    `worried`: what is said to a message that sounds as if they might not be all right;
    `worry_answered`: what is said to whatever they answer to that."""

    id: Slug
    title: Text
    summary: Text
    area: Area
    stage: Stage | None = None
    level: int = Field(ge=1, le=3)
    minutes: int = Field(ge=3, le=60)
    content_notes: tuple[Text, ...] = ()
    directness: Directness
    turn_limit: int = Field(24, ge=12, le=60)
    practises: tuple[Skill, ...] = ()
    briefing: Briefing
    persona: Persona
    expectations: tuple[Expectation, ...] = Field(min_length=2)
    goals: tuple[Goal, ...] = Field(min_length=1)
    concerns: tuple[Concern, ...] = Field(min_length=1)
    topics: tuple[Topic, ...] = Field(min_length=3)
    questions: tuple[Question, ...] = Field(min_length=5)
    secrets: tuple[Secret, ...] = Field(min_length=1)
    concessions: tuple[Concession, ...] = ()
    outcomes: tuple[OutcomeRule, ...] = Field(min_length=4)
    opening: Line
    small_things: tuple[Line, ...] = ()
    particulars: tuple[Line, ...] = ()
    yes_or_no: tuple[Line, ...] = ()
    worried: tuple[Line, ...] = ()
    worry_answered: tuple[Line, ...] = ()
    lines: dict[Act, tuple[Line, ...]]


# ---------------------------------------------------------------- the talk


class PersonaState(Frozen):
    """Where the persona stands after a turn. Measures are 0–10; id tuples keep the
    order in which things happened.

    `faint`: goals of which it is doubtful yet that they were said; `in_return_for`: the goal for
    which they have just asked something back; `pushed` counts pushbacks since a goal was first
    said; `bad` hostile turns in a row, `hostile` all of them; `given_up` turns in a row in which
    the trainee gave up their side, `folded` all in which they begged or gave way; `stalled` turns
    without anything new; `comforted` validations that met no concern; `closing` turns since the
    last goal was settled; `took_time`: they asked for time of their own accord,
    having been seen; `gentle` forbids attack, guilt and stonewalling after a sign of risk;
    `worried`: this message bore the first such sign in a while; `worry_answered`: it answers what
    was asked about one; `winding_down`: after danger to oneself the talk is only led to its close.
    """

    openness: float
    tension: float
    engagement: float
    turn: int = 0
    said: tuple[str, ...] = ()
    faint: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    heard: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    revealed: tuple[str, ...] = ()
    conceded: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    topic: str | None = None
    last_act: Act | None = None
    in_return_for: str | None = None
    pushed: int = 0
    bad: int = 0
    hostile: int = 0
    given_up: int = 0
    folded: int = 0
    stalled: int = 0
    comforted: int = 0
    closing: int = 0
    hurt: bool = False
    took_time: bool = False
    gentle: bool = False
    worried: bool = False
    worry_answered: bool = False
    winding_down: bool = False
    outcome: Outcome | None = None

    @property
    def stance(self) -> Stance:
        if self.openness >= 6.5 and self.tension < 6:
            return Stance.OPEN
        if self.openness >= 4 and self.tension < 7.5:
            return Stance.LISTENING
        return Stance.GUARDED


class Direction(Frozen):
    """What the actor is to do next: one act; `target` is the secret, goal, concern,
    concession, question or outcome that it is about. `why` names the rule that fired."""

    act: Act
    target: str | None = None
    topic: str | None = None
    tone: Tone = Tone.EVEN
    why: str = ""


class Said(Frozen):
    """One utterance of a talk."""

    speaker: Literal["other", "trainee"]
    text: str


class Scene(Frozen):
    """All that an actor may know: no secret that is not being told or told already.

    `occasions`: what the message that is answered was, what has to be answered first in it first.
    `come_back`: words to begin with, where what is answered was said earlier than just now.
    `seed` and `path` (the ids of the turns so far) choose between equally fitting lines.
    """

    name: str
    relation: str
    speech: str
    setting: str
    facts: tuple[str, ...]
    talk: tuple[Said, ...]
    used: frozenset[str]
    direction: Direction
    stance: Stance
    target_text: str
    moves: tuple[Move, ...]
    occasions: tuple[Occasion, ...]
    slots: dict[str, str]
    come_back: tuple[str, ...] = ()
    lines: dict[Act, tuple[Line, ...]]
    seed: int
    path: str


class Usage(Frozen):
    """Tokens of one or more calls of a language model. `cached`: those of `sent` that the
    provider had read before; `exact` is false where they were counted here."""

    sent: int = Field(0, ge=0)
    received: int = Field(0, ge=0)
    cached: int = Field(0, ge=0)
    exact: bool = True

    @property
    def total(self) -> int:
        return self.sent + self.received

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            sent=self.sent + other.sent,
            received=self.received + other.received,
            cached=self.cached + other.cached,
            exact=self.exact and other.exact,
        )


class Reply(Frozen):
    """What the persona did and said. `line` is the authored text before its slots were
    filled, so that it is not used again; `act` is the one spoken, a neighbour of the
    direction's where that one's lines were used up; `actor` names who spoke it, and
    `instead_of` the one who should have and couldn't. `broken_off`: it ends early."""

    text: str
    act: Act
    beat: str = ""
    line: str = ""
    actor: str = "authored"
    instead_of: str = ""
    broken_off: bool = False


class Turn(Frozen):
    """One exchange: what the trainee said and everything that followed from it."""

    number: int
    said: str
    reading: Reading
    uptake: Uptake
    state: PersonaState
    direction: Direction
    reply: Reply
    screening: Screening = Screening()


# ---------------------------------------------------------------- sources and debrief


class Passage(Frozen):
    """A citable slice of text. `kind`: the product's handbook or a source of one's own."""

    id: str
    source: str
    kind: Literal["handbook", "own"]
    title: str
    text: str
    references: tuple[str, ...] = ()


class Citation(Frozen):
    """Code points `start` ≤ i < `end` of the passage's text."""

    passage_id: str
    start: int
    end: int


FindingKind = Literal["worked", "turned", "missed", "practise"]


class Finding(Frozen):
    """One claim of a debrief. `quote` is cut from trainee message `turn` at
    `start`–`end`; `asked_quote` is what the other had said before it, `reply_quote` what they
    said after it, where either matters. `wanted`: what the trainee had come for that it was about,
    or could have been. `heard`: how it reached them, by the recorded state;
    `failure`: which of communication analysis' classic failures it was, in words, if any."""

    kind: FindingKind
    turn: int
    quote: str
    start: int
    end: int
    title: str
    text: str
    move: Move | None = None
    another_way: str = ""
    another_way_is_example: bool = True
    asked_quote: str = ""
    reply_quote: str = ""
    wanted: str = ""
    heard: str = ""
    failure: str = ""
    citations: tuple[Citation, ...] = ()


class Rating(Frozen):
    """`level` 0–4, or None for "not seen"; `evidence` are trainee message numbers."""

    skill: Skill
    level: int | None
    evidence: tuple[int, ...] = ()
    reason: str = ""


class OwnView(Frozen):
    """The trainee's own words after the talk, before any feedback; how it feels now, 0 (bad) to
    10; their own ratings; and the messages that they later say were meant otherwise."""

    how_it_was: str = ""
    what_i_wanted: str = ""
    feels: int | None = Field(None, ge=0, le=10)
    ratings: dict[Skill, Annotated[int, Field(ge=0, le=4)]] = Field(default_factory=dict)
    meant_otherwise: tuple[int, ...] = ()


class Place(Frozen):
    """A message that may be worth another try: `quote`, its words at [start:end]; `after`, what the
    other had said last before it; `note`, what the trainee wrote of it, where that can be told."""

    turn: int
    quote: str
    start: int
    end: int
    after: str = ""
    note: str = ""


class Debrief(Frozen):
    """A checked debrief: every quote and citation stands where it says it does. `trains`: the
    skill to practise next, and `practise_in` the id of a scenario for it; `to_try`: what is offered
    where nothing calls for one exercise, and `places`, in the talk's order, among which the trainee
    chooses. `readings` are as they were made, also of messages that were meant otherwise."""

    outcome: Outcome | None
    outcome_meaning: str
    good: bool | None
    own_view: OwnView
    worked: tuple[Finding, ...]
    moments: tuple[Finding, ...]
    why: tuple[str, ...]
    expectations: tuple[str, ...]
    practise: Finding | None
    trains: Skill | None = None
    practise_in: str = ""
    to_try: str = ""
    places: tuple[Place, ...] = ()
    ratings: tuple[Rating, ...]
    ratings_by_model: tuple[Rating, ...] = ()
    readings: tuple[Reading, ...]
    passages: tuple[Passage, ...]
    dropped: int = 0
