"""A new scenario's file: what the author has said so far, and beside each gap what belongs there."""

from __future__ import annotations

import json
from dataclasses import dataclass

from ipt_roleplay.domain import Act, Area, Stage


@dataclass(frozen=True)
class Draft:
    """What is known of a scenario when its file is begun."""

    id: str
    title: str
    area: Area
    stage: Stage | None
    name: str
    pronouns: str
    age: int
    relation: str
    ask: str
    temperament: str
    history: str = ""
    facts: tuple[str, ...] = ()
    speech: str = ""
    situation: str = ""
    opening: str = ""
    beat: str = ""
    lines: tuple[str, ...] = ()
    """Things that the person has said elsewhere, for the author to sort."""


def draft_text(draft: Draft) -> str:
    """The commented YAML file. It isn't playable yet: `scenarios check` says what is missing,
    one thing after another."""
    stage = f"stage: {draft.stage}" if draft.stage else "# stage: only disputes have one"
    return _FORM.format(
        **{
            name: _quoted(getattr(draft, name))
            for name in ("title", "name", "relation", "ask", "situation", "opening", "beat")
        },
        id=draft.id,
        area=draft.area,
        stage=stage,
        pronouns=draft.pronouns,
        age=draft.age,
        temperament=draft.temperament,
        history=_quoted(draft.history or "What brought the two of you here. Not shown to anybody."),
        speech=_quoted(
            draft.speech or "How they talk: rhythm, favourite words, what they never say."
        ),
        facts="\n".join(
            f"    - {_quoted(one)}" for one in (*draft.facts, *_FACTS)[: max(5, len(draft.facts))]
        ),
        lines=_lines(draft),
    )


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _lines(draft: Draft) -> str:
    acts = "\n".join(f"  {act}: []" for act in Act if act not in (Act.REVEAL, Act.END))
    ends = "\n".join(
        f'    - {{say: "", target: {one}}}'
        for one in ("agreement", "partial", "gave_in", "rupture", "impasse", "time_out", "stopped")
    )
    heard = "".join(f"  # {_quoted(one)}\n" for one in draft.lines)
    sorted_later = (
        f"  # Said elsewhere; put each under the act that it is:\n{heard}" if heard else ""
    )
    return f'{sorted_later}{acts}\n  reveal:\n    - {{say: "", target: the_secret}}\n  end:\n{ends}'


_FACTS = (
    "A fact about them that every line must agree with",
    "Where they live, and with whom",
    "What they do all day",
    "What happened last",
    "Something small that only they would have",
)

_FORM = """# yaml-language-server: $schema=../schema.json
# Read docs/authoring.md beside this. Then: ipt-roleplay scenarios check THIS_FILE
id: {id}                          # the file's name
title: {title}
summary: ""                       # one or two sentences for the gallery
area: {area}
{stage}
level: 2                          # 1 gentle, 2 middling, 3 hard
minutes: 12
content_notes: []                 # what a reader may want to know before, e.g. ["a death in the family"]
directness: mixed                 # how openly these two are used to saying things: direct, mixed, indirect

briefing:                         # all that the trainee gets to read
  you: ""
  them: ""
  situation: {situation}
  setting: ""
  stage_calls_for: ""             # what IPT says that this stage or change of role needs
  good_looks_like: ""             # what a good end can be here, and that a no is possible

persona:
  name: {name}
  pronouns: {pronouns}
  age: {age}
  relation: {relation}
  history: {history}
  speech: {speech}
  facts:                          # at least five; lines must never contradict them
{facts}
  fears: [""]
  wants: [""]
  temperament: {temperament}      # gives triggers, softeners, habits and a few lines; say here what is otherwise:
  # triggers: {{order: 2}}
  # softeners: {{validation: 2}}
  # openness: 3

expectations:                     # one each at least: what they expect of each other, spoken or not
  - {{whose: trainee, text: "", spoken: true, realistic: true, shown_by: [the_ask]}}
  - {{whose: persona, text: "", spoken: false, realistic: true, shown_by: [the_fear]}}

goals:                            # one to three; the first is the main one
  - id: the_ask
    kind: ask                     # ask, limit, tell, support, contact, farewell
    text: {ask}
    phrase: ""                    # fits "you asked for …"
    come_back: []                 # two or three: how they take it up later ("About those evenings.")
    examples: []                  # 14 or more ways to SAY it: blunt, clumsy, long, texted; half without the obvious words
    near_misses: []               # 8 or more that come close and don't: hints, complaints, giving up
    wordings:                     # sentences that another wording can be built from
      request: []
      need: []
      feeling: []
      observation: []
      limit: []
      compromise: []

concerns:                         # two or three: what lies behind the resistance
  - id: the_fear
    text: ""
    phrase: ""                    # fits "they needed you to see …"
    examples: []                  # 14 or more ways to truly meet it: guess it, name it, ask about it with care
    near_misses: []               # 8 or more: formula, sarcasm, a "but" that takes it back
    wordings: {{validation: [], reflection: [], open_question: []}}

topics:                           # four to eight things that the talk wanders to
  - {{id: first_topic, name: "", examples: []}}

questions:                        # fifteen or so that a trainee may ask, with true answers by stance
  - id: can_we_talk
    examples: ["Have you got a minute?"]
    answers:
      - {{say: "", stance: [guarded]}}
      - {{say: "", stance: [listening, open]}}

secrets:                          # what is told only when it is earned
  - id: the_secret
    text: ""
    told_when: {{heard: [the_fear], openness_from: 6}}

concessions:                      # offers, with the rule that earns each
  - {{id: a_part, goal: the_ask, full: false, text: "", phrase: "", rule: {{said: [the_ask], openness_from: 4.5}}}}
  - {{id: the_whole, goal: the_ask, full: true, text: "", phrase: "", rule: {{said: [the_ask], heard: [the_fear], openness_from: 6}}}}

outcomes:                         # the first whose `when` holds is the one; what asks for most comes first
  - {{outcome: agreement, good: true, meaning: "", when: {{conceded: [the_whole]}}}}
  - {{outcome: partial, good: true, meaning: "", when: {{conceded: [a_part]}}}}
  - {{outcome: gave_in, good: false, meaning: ""}}
  - {{outcome: rupture, good: false, meaning: ""}}
  - {{outcome: impasse, good: false, meaning: ""}}
  - {{outcome: time_out, good: false, meaning: ""}}
  - {{outcome: stopped, good: false, meaning: ""}}

opening: {{say: {opening}, beat: {beat}}}     # they speak first

small_things: []                  # a plain word to a small request ("Shall I put the kettle on?"), three a stance
worried: []                       # what they say to a message that sounds as if somebody weren't all right
worry_answered: []                # what they say to the answer ("I'm all right, it's not that."), whatever it is
particulars: []                   # what they say to "Which Sunday?" where you didn't foresee it, three a stance

lines:                            # docs/authoring.md has a table: how many, and when each act comes up
{lines}
"""
