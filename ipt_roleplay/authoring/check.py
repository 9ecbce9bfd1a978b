"""What types can't say of a scenario: faults, for which it is refused, and hints, for its author.

A scenario without faults can be played to each of its good ends, keeps its secrets, and has
something to say in every situation. Hints are guesses from words and numbers: an author who
knows better leaves them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ipt_roleplay.director import most_open
from ipt_roleplay.domain import (
    Act,
    Asked,
    Condition,
    Line,
    Move,
    Outcome,
    OutcomeRule,
    Scenario,
    Secret,
    Stance,
)
from ipt_roleplay.guard import fault_in
from ipt_roleplay.scenarios import all_lines
from ipt_roleplay.sentences import sentences
from ipt_roleplay.uptake import stems

ALWAYS = (Outcome.GAVE_IN, Outcome.RUPTURE, Outcome.IMPASSE, Outcome.TIME_OUT, Outcome.STOPPED)
"""Ends that any talk can come to, so that each scenario says what they mean."""
GIVEN_AWAY, LEAST_SIGNS = 0.5, 4
"""A line with this share of a secret's own words, and so many of them, tells it."""
ENOUGH_LINES, ENOUGH_QUESTIONS, ENOUGH_EXAMPLES, LONGEST_LINE = 120, 15, 14, 60

_PLAIN = re.compile(r"[^\w\s]")

_WORDS_TO_WEIGH = {
    "crazy": "unreasonable, or what was really odd",
    "insane": "beyond belief",
    "psycho": "what they did",
    "lunatic": "what they did",
    "schizo": "what they did",
    "bipolar": "up and down",
    "retarded": "nothing: take it out",
    "spastic": "nothing: take it out",
    "lame": "weak, poor",
    "cripple": "a word the person would use",
    "wheelchair-bound": "uses a wheelchair",
    "hysterical": "how they sounded",
    "man up": "something braver",
    "like a girl": "how it was",
    "normal people": "most people",
    "committed suicide": "died by suicide, took their life",
    "illegal immigrant": "without papers",
    "gypped": "cheated",
}
"""Words that hurt people who have nothing to do with the quarrel, and what may stand there."""

_THEMES = {
    "death or mourning": r"\b(?:died|death|funeral|hospice|cremat\w+|grave|widow\w*|buried|ashes)\b",
    "illness": r"\b(?:cancer|chemo\w*|stroke|tumou?r|dementia|diagnos\w+|depress\w+|surgery)\b",
    "alcohol or drugs": r"\b(?:drunk|drinking|hangover|sober|vodka|whisky|cocaine|weed|overdos\w+)\b",
    "violence or fear": r"\b(?:hit|punch\w*|slapp\w+|bruis\w+|afraid of (?:him|her|you)|police)\b",
    "a separation": r"\b(?:divorc\w+|separat(?:ed|ion)|custody|affair|moved out)\b",
    "pregnancy or its loss": r"\b(?:pregnan\w+|miscarr\w+|abortion|ivf|stillb\w+)\b",
    "money trouble": r"\b(?:debts?|loan|bankrupt\w*|redundan\w+|evict\w+|repossess\w+)\b",
    "hostility for who somebody is": r"\b(?:racis\w+|homophob\w+|sexis\w+|bigot\w*)\b",
}
FEWEST_ANSWERS = 4
_OFTEN = 3
"""A theme that comes up so often belongs in the content notes."""

_ADVICE_ON_HEALTH = re.compile(
    r"\b(?:you(?:'re| are) (?:clinically )?(?:depressed|bipolar|psychotic|autistic|a narcissist|borderline)"
    r"|(?:stop|double|skip|up) your (?:tablets|medication|pills|dose)|i(?:'d| would) diagnose)\b",
    re.IGNORECASE,
)


def faults(scenario: Scenario) -> list[str]:
    """Reasons why a scenario that loads must not be played; none for one that is fine."""
    return [
        *_missing_lines(scenario),
        *_missing_outcomes(scenario),
        *_ends_out_of_reach(scenario),
        *_secrets_out_of_reach(scenario),
        *_secrets_given_away(scenario),
        *_said_twice(scenario),
        *_never_said(scenario),
    ]


def hints(scenario: Scenario) -> list[str]:
    """What the author may want to look at again."""
    return [
        *_thin_stances(scenario),
        *_nothing_in_passing(scenario),
        *_too_few(scenario),
        *_nothing_to_answer_with(scenario),
        *_long_lines(scenario),
        *_words_to_weigh(scenario),
        *_unnoted_themes(scenario),
    ]


# ---------------------------------------------------------------- faults


def _missing_lines(scenario: Scenario) -> Iterator[str]:
    """Every act needs lines, and some need one for each thing that they may be about."""
    for act in Act:
        if not scenario.lines.get(act):
            yield f"no lines for act `{act}`"
    wanted = [(Act.REVEAL, secret.id) for secret in scenario.secrets]
    wanted += [
        (Act.CONCEDE if offer.full else Act.OFFER_PARTIAL, offer.id)
        for offer in scenario.concessions
    ]
    held = {one.goal for one in scenario.concessions if one.full}
    wanted += [
        (Act.HOLD_OWN_LIMIT, one.id)
        for one in scenario.concessions
        if not one.full and one.goal in held
    ]
    wanted += [(Act.ACKNOWLEDGE, concern.id) for concern in scenario.concerns]
    ends = dict.fromkeys([*(rule.outcome for rule in scenario.outcomes), Outcome.STOPPED])
    wanted += [(Act.END, str(one)) for one in ends]
    for act, target in wanted:
        if all(line.target != target for line in scenario.lines.get(act, ())):
            yield f"no `{act}` line with target `{target}`"


def _missing_outcomes(scenario: Scenario) -> Iterator[str]:
    if not any(rule.good for rule in scenario.outcomes):
        yield "no outcome is good"
    described = {rule.outcome for rule in scenario.outcomes}
    for one in ALWAYS:
        if one not in described:
            yield f"`outcomes` don't say what `{one}` means here"


def _ends_out_of_reach(scenario: Scenario) -> Iterator[str]:
    earlier: list[OutcomeRule] = []
    for rule in scenario.outcomes:
        if rule.when is None:
            continue
        for before in earlier:
            if before.when is not None and _asks_no_more(before.when, rule.when):
                yield (
                    f"outcome `{rule.outcome}` is never reached: `{before.outcome}` above it "
                    "asks for less. Put the one that asks for more first"
                )
        why = _out_of_reach(rule.when, scenario, frozenset())
        if why:
            yield f"outcome `{rule.outcome}` can't be reached: {why}"
        earlier.append(rule)


def _secrets_out_of_reach(scenario: Scenario) -> Iterator[str]:
    for secret in scenario.secrets:
        why = _out_of_reach(secret.told_when, scenario, frozenset({secret.id}))
        if why:
            yield f"secret `{secret.id}` is never told: {why}"


def _asks_no_more(less: Condition, more: Condition) -> bool:
    parts = ("said", "kept", "heard", "asked", "revealed", "conceded")
    return (
        all(set(getattr(less, part)) <= set(getattr(more, part)) for part in parts)
        and less.openness_from <= more.openness_from
        and less.tension_up_to >= more.tension_up_to
    )


def _out_of_reach(condition: Condition, scenario: Scenario, waiting: frozenset[str]) -> str:
    """Why `condition` can never hold; empty where it can. `waiting`: what it is itself for."""
    ceiling = most_open(len(scenario.concerns))
    if condition.openness_from > ceiling:
        return f"openness ends at {ceiling:.1f} with every concern met"
    rules = {one.id: one.told_when for one in scenario.secrets}
    rules |= {one.id: one.rule for one in scenario.concessions}
    for one in (*condition.revealed, *condition.conceded):
        if one in waiting:
            return f"`{one}` waits for itself"
        why = _out_of_reach(rules[one], scenario, waiting | {one})
        if why:
            return f"it needs `{one}`, and {why}"
    return ""


def _secrets_given_away(scenario: Scenario) -> Iterator[str]:
    """Lines that hold what a secret is made of, where it isn't told yet."""
    open_to_all = " ".join(
        [scenario.summary, *scenario.briefing.model_dump().values(), *scenario.persona.facts]
    )
    known = stems(open_to_all)
    for secret in scenario.secrets:
        signs = stems(secret.text) - known
        for line in _lines_before(secret, scenario):
            told = signs & stems(line.say)
            if len(told) >= max(LEAST_SIGNS, GIVEN_AWAY * len(signs)):
                yield (
                    f"a line tells secret `{secret.id}` before it is earned: “{line.say}”. "
                    f"Move it to `reveal` with target `{secret.id}`, or reword it"
                )


def _lines_before(secret: Secret, scenario: Scenario) -> Iterator[Line]:
    """All lines that may be spoken before `secret` is told; one whose target is earned later
    (an offer, an outcome) isn't among them."""
    later = {one.id for one in scenario.concessions if secret.id in one.rule.revealed}
    later |= {str(r.outcome) for r in scenario.outcomes if r.when and secret.id in r.when.revealed}
    for line in all_lines(scenario):
        if line.target != secret.id and line.target not in later:
            yield line


def _said_twice(scenario: Scenario) -> Iterator[str]:
    said: set[str] = set()
    for line in all_lines(scenario):
        plain = " ".join(_PLAIN.sub("", line.say.casefold()).split())
        if plain in said:
            yield f"a line stands here twice but for its marks: “{line.say}”. Reword one"
        said.add(plain)


def _never_said(scenario: Scenario) -> Iterator[str]:
    """What no persona says: threats of killing or harm, claims to be a program, coaching …"""
    for line in all_lines(scenario):
        for start, end in sentences(line.say):
            why = fault_in(line.say[start:end])
            if why:
                yield f"a line can't be spoken, {why}: “{line.say}”. Reword it"
                break
        if _ADVICE_ON_HEALTH.search(line.say):
            yield f"a line gives a diagnosis or medical advice: “{line.say}”. Reword it"


# ---------------------------------------------------------------- hints


def _thin_stances(scenario: Scenario) -> Iterator[str]:
    """Acts that in some stance have nothing to say that fits whatever came before."""
    habits = scenario.persona.habits
    usual = {act for acts in habits.model_dump().values() for act in acts}
    for act in sorted({Act(one) for one in usual} | {Act.ANSWER, Act.CLARIFY}):
        for stance in Stance:
            ready = [
                line
                for line in scenario.lines.get(act, ())
                if (not line.stance or stance in line.stance)
                and not (line.after or line.asked or line.topic)
            ]
            if len(ready) < 2:
                yield (
                    f"`{act}` has {len(ready)} lines that fit a {stance} {scenario.persona.name} "
                    "whatever was said; 2 or more are safer"
                )


def _nothing_in_passing(scenario: Scenario) -> Iterator[str]:
    """Stances without a plain word to a small request, or to a question for a particular."""
    pools = (
        ("small_things", scenario.small_things, "Shall I put the kettle on?"),
        ("particulars", scenario.particulars, "Which Sunday?"),
        ("yes_or_no", scenario.yes_or_no, "Do you miss it?"),
        ("worried", scenario.worried, "Some days I don't want to wake up."),
        ("worry_answered", scenario.worry_answered, "I'm all right, it's not that."),
    )
    for pool, lines, example in pools:
        for stance in Stance:
            if not any(not one.stance or stance in one.stance for one in lines):
                yield (
                    f"`{pool}` has nothing for a {stance} {scenario.persona.name}: what do they "
                    f"say to “{example}”?"
                )


def _too_few(scenario: Scenario) -> Iterator[str]:
    own = [line for of in scenario.lines.values() for line in of if not line.shared]
    if len(own) < ENOUGH_LINES:
        yield f"{len(own)} lines of its own; {ENOUGH_LINES} carry a whole talk without thinning out"
    if len(scenario.questions) < ENOUGH_QUESTIONS:
        yield f"{len(scenario.questions)} questions; people ask about {ENOUGH_QUESTIONS}"
    for name, items in (("goal", scenario.goals), ("concern", scenario.concerns)):
        for one in items:
            if len(one.examples) < ENOUGH_EXAMPLES:
                yield (
                    f"{name} `{one.id}` has {len(one.examples)} examples; "
                    f"{ENOUGH_EXAMPLES} or more are recognised far better"
                )


def _nothing_to_answer_with(scenario: Scenario) -> Iterator[str]:
    """Kinds of question that nobody foresaw, to which hardly a line could follow."""
    lines = [one for one in scenario.lines.get(Act.ANSWER, ()) if one.topic is None]
    lines = [one for one in lines if not one.after or Move.OPEN_QUESTION in one.after]
    for kind in Asked:
        fitting = sum(not one.asked or kind in one.asked for one in lines)
        if fitting < FEWEST_ANSWERS:
            yield (
                f"only {fitting} `answer` lines can follow a question of the kind `{kind}` that you "
                f"didn't foresee. Give {FEWEST_ANSWERS} or more `asked: [{kind}]`"
            )


def _long_lines(scenario: Scenario) -> Iterator[str]:
    for line in all_lines(scenario):
        if len(line.say.split()) > LONGEST_LINE:
            yield f"a line has {len(line.say.split())} words; nobody speaks so long: “{line.say}”"


def _words_to_weigh(scenario: Scenario) -> Iterator[str]:
    texts = [*(line.say for line in all_lines(scenario)), *_told(scenario)]
    for word, instead in _WORDS_TO_WEIGH.items():
        found = re.compile(rf"\b{re.escape(word)}\b", re.IGNORECASE)
        first = next((text for text in texts if found.search(text)), None)
        if first is not None:
            yield f"“{word}” may hurt a reader; perhaps {instead}: “{first}”"


def _unnoted_themes(scenario: Scenario) -> Iterator[str]:
    texts = " ".join([*(line.say for line in all_lines(scenario)), *_told(scenario)])
    notes = " ".join(scenario.content_notes)
    for theme, pattern in _THEMES.items():
        found = re.compile(pattern, re.IGNORECASE)
        noted = found.search(notes) or stems(theme) & stems(notes)
        if len(found.findall(texts)) >= _OFTEN and not noted:
            yield f"it speaks of {theme}, and no content note says so"


def _told(scenario: Scenario) -> Iterable[str]:
    return (scenario.title, scenario.summary, *scenario.briefing.model_dump().values())
