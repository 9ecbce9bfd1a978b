"""The debrief of a talk: find (pure), cite, write, check.

Ratings and moments rest on the texts of both sides; the recorded state adds only the *why*.
Quotes are cut by the program from the message that they name, never typed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from ipt_roleplay.debrief import ratings, to_try, words
from ipt_roleplay.debrief.by_model import reread
from ipt_roleplay.debrief.check import checked, checked_places
from ipt_roleplay.debrief.citing import Sources
from ipt_roleplay.debrief.moments import moments as turning_points
from ipt_roleplay.debrief.places import places, regrets_of
from ipt_roleplay.debrief.praise import worked as what_worked
from ipt_roleplay.debrief.talk import Talk, from_transcript, from_turns, parse_transcript
from ipt_roleplay.debrief.why import expectations, explain, standing, told_in_full
from ipt_roleplay.debrief.wording import Wordings
from ipt_roleplay.debrief.writing import Writer
from ipt_roleplay.domain import Debrief, Outcome, OwnView, Scenario
from ipt_roleplay.retrieval import Retriever

__all__ = ["from_transcript", "from_turns", "make", "parse_transcript", "reread", "words"]

WITHOUT_A_GOOD_END = frozenset(
    {Outcome.TIME_OUT, Outcome.IMPASSE, Outcome.STOPPED, Outcome.RUPTURE, Outcome.GAVE_IN}
)
"""Here the scenario's own words on the outcome may not fit: so much can have happened before. They
are the author's for a talk in which all was said and seen; for another it is worked out."""


def make(
    talk: Talk,
    retriever: Retriever,
    outcome: Outcome | None = None,
    own_view: OwnView | None = None,
    seed: int = 0,
    scenarios: Mapping[str, Scenario] | None = None,
    told: Collection[str] = (),
) -> Debrief:
    """The whole debrief of a talk. `seed` varies the wording, never what is found. `scenarios`:
    where the trainee may practise next. What they say was meant otherwise counts neither way.
    `told`: what their last debriefs said, so that it isn't said in the same words again."""
    own_view = own_view or OwnView()
    as_read = tuple(one.reading for one in talk.messages)
    talk = talk.without(talk.answers_to_worry.union(own_view.meant_otherwise))
    writer = Writer(talk, Sources(retriever), Wordings(talk), seed, told)
    regretted = regrets_of(talk, own_view.how_it_was)
    rued = {number for number, note in regretted.items() if note}
    turning = [
        spot
        for spot in turning_points(talk)
        if spot.kind == "missed" or spot.message.number not in rued
    ]
    turned = [writer.finding(spot) for spot in turning]
    spoken_of = rued | {spot.message.number for spot in turning}
    well = what_worked(talk, spoken_of)
    good = [writer.finding(spot) for spot in well]
    practise, trains = writer.practise(turning)
    worked, lost = checked(good, talk, writer.passages)
    moments, lost_too = checked(turned, talk, writer.passages)
    last, lost_last = checked([practise] if practise else [], talk, writer.passages)
    cited = {one.passage_id for each in (*worked, *moments, *last) for one in each.citations}
    praised = {one.turn for one in (*worked, *moments) if one.kind != "missed"}
    offered = () if last else places(talk, regretted, praised)
    back, lost_places = checked_places(offered, talk)
    rated = ratings.rate(talk)
    trains = trains or to_try.weakest(rated)
    is_good, meaning = _rule(talk.scenario, outcome)
    if not told_in_full(talk) or (outcome in WITHOUT_A_GOOD_END and not is_good):
        meaning = standing(talk, outcome) or meaning
    return Debrief(
        outcome=outcome,
        outcome_meaning=meaning,
        good=is_good,
        own_view=own_view,
        worked=worked,
        moments=moments,
        why=explain(talk, worked),
        expectations=expectations(talk),
        practise=last[0] if last else None,
        trains=trains,
        practise_in=to_try.suited(talk.scenario, trains, scenarios or {}),
        to_try="" if last else to_try.sentence(talk, back, worked, told, seed),
        places=back,
        ratings=rated,
        readings=as_read,
        passages=tuple(writer.passages[one] for one in sorted(cited)),
        dropped=lost + lost_too + lost_last + lost_places,
    )


def _rule(scenario: Scenario | None, outcome: Outcome | None) -> tuple[bool | None, str]:
    """(whether it is a good end, what it means here)."""
    for rule in scenario.outcomes if scenario else ():
        if rule.outcome is outcome:
            return rule.good, rule.meaning
    return None, ""
