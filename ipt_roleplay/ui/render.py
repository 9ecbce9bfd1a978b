"""Values -> HTML. Every text of a person, a file or a persona passes through `html.escape`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from ipt_roleplay import safety
from ipt_roleplay.debrief import words
from ipt_roleplay.domain import (
    Area,
    Debrief,
    Finding,
    Passage,
    PersonaState,
    Place,
    Rating,
    Reply,
    Scenario,
    Skill,
    Stage,
)
from ipt_roleplay.rehearsal import Partner, View

WELCOME = """
<header class="welcome"><h1>The rehearsal room</h1>
<p>You have a hard conversation ahead. Have it here first, with somebody who reacts to how you say things and to what
you say, and look back on it afterwards.</p>
<p class="terms">Practice, not therapy; for adults. You are talking to a program; no one is watching. {where} If you are
afraid of the other person, or they have hurt or threatened you, rehearsing how to speak up is the wrong tool: use the
help below.</p></header>
"""
STAYS_HERE = "Nothing leaves this machine."
GOES_OUT = "A language model can play the other person here ({model}, at {host}); with the built-in partner nothing leaves this machine."

AREA_NAMES: dict[Area, str] = {
    Area.DISPUTE: "A dispute",
    Area.TRANSITION: "A change in life",
    Area.GRIEF: "A loss",
    Area.SENSITIVITIES: "Keeping in touch",
}
AREA_HEADS: dict[Area, tuple[str, str]] = {
    Area.DISPUTE: ("Disputes", "Two people expect different things of each other."),
    Area.TRANSITION: (
        "Changes in life",
        "An old role ends, a new one isn't yours yet, and somebody has to be told.",
    ),
    Area.GRIEF: ("Loss", "Somebody has died, and the living have to talk with each other."),
    Area.SENSITIVITIES: ("Keeping in touch", "Beginning contact, or finding the way back to it."),
}

STAGE_NAMES: dict[Stage, str] = {
    Stage.RENEGOTIATION: "still talking, tense",
    Stage.IMPASSE: "talk has stopped",
    Stage.DISSOLUTION: "parting",
}
LEVEL_NAMES = {1: "gentle", 2: "middling", 3: "hard"}


def welcome(partner_now: Partner | None) -> str:
    """The head of the first screen; it says whether anything can leave the machine."""
    where = STAYS_HERE
    if partner_now is not None:
        named = {"model": escape(partner_now.model), "host": escape(partner_now.host)}
        where = GOES_OUT.format(**named)
    return WELCOME.format(where=where)


def quick_exit(url: str) -> str:
    """The way out of the page at once; the page's script also forgets the talk in this browser."""
    return (
        f'<a id="quick-exit" href="{escape(url)}" rel="noreferrer" '
        'title="Leaves this page at once. Pressing Shift three times does the same.">Leave now</a>'
    )


def area_head(area: Area) -> str:
    """The heading over the scenarios of one problem area, and what belongs there."""
    name, about = AREA_HEADS[area]
    return f'<div class="area"><h2>{escape(name)}</h2><p>{escape(about)}</p></div>'


def scenario_card(scenario: Scenario) -> str:
    """One scenario as the gallery shows it."""
    kind = AREA_NAMES[scenario.area]
    if scenario.stage:
        kind += f", {STAGE_NAMES[scenario.stage]}"
    facts = f"{LEVEL_NAMES[scenario.level]} · about {scenario.minutes} min"
    notes = (
        f'<p class="notes">Touches on: {_list(scenario.content_notes)}</p>'
        if scenario.content_notes
        else ""
    )
    return (
        f'<article class="card"><p class="kind">{escape(kind)}</p>'
        f"<h3>{escape(scenario.title)}</h3><p>{escape(scenario.summary)}</p>"
        f'<p class="facts">{escape(facts)}</p>{notes}</article>'
    )


def briefing(scenario: Scenario) -> str:
    """Everything that the trainee reads before the talk."""
    brief = scenario.briefing
    goals = "".join(f"<li>{escape(goal.text)}</li>" for goal in scenario.goals)
    return (
        f'<article class="briefing"><h2>{escape(scenario.title)}</h2>'
        f"<p>{escape(brief.situation)}</p>"
        f"<h3>You</h3><p>{escape(brief.you)}</p>"
        f"<h3>{escape(scenario.persona.name)}, {escape(scenario.persona.relation)}</h3><p>{escape(brief.them)}</p>"
        f"<h3>Where and when</h3><p>{escape(brief.setting)}</p>"
        f"<h3>What you have come for</h3><ul>{goals}</ul>"
        f"<h3>What this moment calls for</h3><p>{escape(brief.stage_calls_for)}</p>"
        f"<h3>What good can look like</h3><p>{escape(brief.good_looks_like)}</p></article>"
    )


def notes(scenario: Scenario) -> str:
    """The short reminder beside the talk."""
    goals = "".join(f"<li>{escape(goal.text)}</li>" for goal in scenario.goals)
    return (
        f'<div class="reminder"><h3>What you have come for</h3><ul>{goals}</ul>'
        f"<p>{escape(scenario.briefing.situation)}</p></div>"
    )


def transcript(view: View, waiting: str | None = None, coming: Reply | None = None) -> str:
    """The talk so far. `waiting`: a message just sent, whose reply is still to come; `coming`:
    what has been said of that reply."""
    scenario = view.session.scenario
    name = scenario.persona.name
    lines = [_setting(scenario), _theirs(name, scenario.opening.say, scenario.opening.beat)]
    for turn in view.turns:
        lines.append(_mine(turn.said))
        if turn.number in view.check_ins:
            lines.append(f'<p class="aside" role="note">{escape(view.check_ins[turn.number])}</p>')
        lines.append(_theirs(name, turn.reply.text, turn.reply.beat))
        if note := _about(turn.reply):
            lines.append(f'<p class="quiet">{escape(note)}</p>')
    if waiting is not None:
        lines.append(_mine(waiting))
        if coming is not None:
            lines.append(_theirs(name, coming.text, coming.beat))
        lines.append(f'<p class="quiet">{escape(name)} …</p>')
    if view.ended:
        lines.append('<p class="quiet">The scene has ended.</p>')
    return (
        f'<div class="talk" role="log" aria-live="off" aria-label="The talk">{"".join(lines)}</div>'
    )


def _about(reply: Reply) -> str:
    """What has to be known of how a reply came about."""
    if reply.instead_of:
        return "The built-in partner spoke here; what the model said couldn't be used."
    return "The reply broke off here." if reply.broken_off else ""


def announcement(view: View) -> str:
    """The last reply, for a screen reader's status region; said once, when it is whole."""
    reply = view.turns[-1].reply if view.turns else None
    said = f"{view.session.scenario.persona.name}: {reply.beat}. {reply.text}" if reply else ""
    return f'<div role="status" aria-live="polite" class="sr-only">{escape(said)}</div>'


def talk_head(view: View, partner_now: Partner | None) -> str:
    persona = view.session.scenario.persona
    by_model = view.session.actor == "llm" and partner_now is not None
    return (
        f'<div class="talk-head"><h2>{escape(persona.name)}<span>, {escape(persona.relation)}</span></h2>'
        "<p>Practice with a program. No one is watching; you can stop at any time.</p>"
        f"{partner(partner_now) if by_model else ''}{_spent(view)}</div>"
    )


def partner(found: Partner | None) -> str:
    """That a language model plays, and whose; nothing where none is configured."""
    if found is None:
        return ""
    return (
        f'<p class="partner">With the language model <strong>{escape(found.model)}</strong>, what the two of you '
        f"say is sent to <strong>{escape(found.host)}</strong> and nowhere else.</p>"
    )


def _spent(view: View) -> str:
    if view.spending is None or not view.spending.usage.total:
        return ""
    spent, usage = view.spending, view.spending.usage
    about = "" if usage.exact else "about "
    again = f", {usage.cached / usage.sent:.0%} of it read before" if usage.cached else ""
    dollars = ""
    if spent.dollars is not None:
        dollars = f" · about ${spent.dollars:.3f} (prices of {escape(spent.as_of)})"
    return (
        f'<p class="partner">{about}{usage.sent:,} tokens sent{again}, {usage.received:,} received, '
        f"of {spent.limit:,}{dollars}</p>"
    )


def asked() -> str:
    """How a check-in is answered: here, and not to the other person."""
    return '<p class="quiet">That was the program asking, not them. Answer here, or just go on.</p>'


def card(shown: safety.Card) -> str:
    """The help card, out of role."""
    return (
        f'<section class="help-card" role="alert"><h2>{escape(shown.title)}</h2>'
        f"<p><strong>{escape(shown.noticed)}</strong></p>{_paragraphs(shown.text)}"
        f'<p class="question">{escape(shown.question)}</p>{resources(shown.resources)}'
        f"<p>{escape(shown.calm_note)}</p></section>"
    )


def resources(found: Iterable[safety.Resource]) -> str:
    """Help lines: the name, how to reach it, when."""
    items = []
    for one in found:
        reach = " · ".join(escape(part) for part in (one.contact, one.hours) if part)
        link = (
            f' · <a href="{escape(one.url)}" rel="noreferrer">{escape(one.url)}</a>'
            if one.url
            else ""
        )
        items.append(f"<li><strong>{escape(one.name)}</strong><br>{reach}{link}</li>")
    return f'<ul class="resources">{"".join(items)}</ul>'


def notice(text: str) -> str:
    """A plain message above the box; empty text clears it."""
    return f'<p class="notice" role="alert">{escape(text)}</p>' if text else ""


# ---------------------------------------------------------------- after the talk


def rough(view: View) -> bool:
    """Whether it was a hard one to sit through."""
    return view.state.tension >= 7 or view.state.hostile >= 3


def landing(view: View) -> str:
    outcome = view.session.outcome
    more = (
        "<p>That was a rough one. Get up, drink something, look out of the window. It was a program; nobody was hurt.</p>"
        if rough(view)
        else "<p>Take a breath before you look back.</p>"
    )
    ended = f"<p>{escape(words.OUTCOME_NAMES[outcome])}.</p>" if outcome else ""
    return (
        '<article class="landing"><h2>You’re out of the scene.</h2>'
        f"{ended}{more}<p>Nothing needs sending or deciding tonight. First your own view, then ours.</p></article>"
    )


def debrief_head(made: Debrief, view: View) -> str:
    """Outcome, own view, what worked, and the picture of the talk."""
    outcome = words.OUTCOME_NAMES[made.outcome] if made.outcome else ""
    name = view.session.scenario.persona.name
    worked = "".join(finding(one, made.passages, name) for one in made.worked)
    if not view.turns:
        worked = f"<p>{escape(words.NOTHING_TO_GO_ON)}</p>"
    elif not made.worked and any(one.kind == "turned" for one in made.moments):
        worked = "<p>What helped most stands among the moments below.</p>"
    elif not made.worked:
        worked = (
            "<p>We looked for a line that helped and didn’t find one this time. "
            "You stayed and tried it here first, where it costs nothing.</p>"
        )
    return (
        f'<article class="debrief"><h2>{escape(outcome)}</h2><p>{escape(made.outcome_meaning)}</p>'
        f"{_own_view(made)}<h3>What worked</h3>{worked}{_turning(made, view)}</article>"
    )


def _turning(made: Debrief, view: View) -> str:
    """The picture of the talk, and the heading of the moments that follow below."""
    title = "The moments that mattered" if made.moments else "How it went"
    drawn = picture(made, view)
    return f"<h3>{title}</h3>{drawn}" if drawn or made.moments else ""


def _own_view(made: Debrief) -> str:
    own = made.own_view
    parts = [
        f"<p><em>{label}</em> {escape(text)}</p>"
        for label, text in (
            ("How it was:", own.how_it_was),
            ("What you were after:", own.what_i_wanted),
        )
        if text.strip()
    ]
    return f'<div class="own-view"><h3>Your own view</h3>{"".join(parts)}</div>' if parts else ""


def finding(one: Finding, passages: Sequence[Passage], name: str, own_wish: str = "") -> str:
    """One finding: your words, how `name` took them, what you were after (by `own_wish`, where you
    said it), which failure it was, another way, the source."""
    parts = [
        f'<section class="finding {escape(one.kind)}"><h4>{escape(one.title)}</h4>',
        _quoted(one.asked_quote, name),
        f"<blockquote><p>{escape(one.quote)}</p><footer>You, message {one.turn}</footer></blockquote>",
        _quoted(one.reply_quote, name),
        f"<p>{escape(one.text)}</p>{_analysed(one, name, own_wish)}",
    ]
    if one.another_way:
        label = (
            "For example"
            if one.another_way_is_example
            else "Another way, with your own words in it"
        )
        parts.append(
            f'<div class="another"><p class="label">{label}</p><p>{escape(one.another_way)}</p></div>'
        )
    by_id = {passage.id: passage for passage in passages}
    for citation in one.citations:
        parts.append(_source(by_id[citation.passage_id], citation.start, citation.end))
    return "".join(parts) + "</section>"


def _quoted(quote: str, name: str) -> str:
    if not quote:
        return ""
    said, who = escape(quote), escape(name)
    return f'<blockquote class="theirs"><p>{said}</p><footer>{who}</footer></blockquote>'


def _analysed(one: Finding, name: str, own_wish: str) -> str:
    """Communication analysis in short: how it landed, what it was meant for, what went wrong."""
    failure = f"{one.failure[:1].upper()}{one.failure[1:]}." if one.failure else ""
    rows = [
        (f"How it reached {name}", one.heard),
        ("What you were after", one.wanted and (own_wish.strip() or one.wanted)),
        ("What IPT calls it", failure),
    ]
    shown = "".join(f"<dt>{escape(a)}</dt><dd>{escape(b)}</dd>" for a, b in rows if b)
    return f'<dl class="analysed">{shown}</dl>' if shown else ""


def skill_names() -> list[tuple[Skill, str]]:
    """The six skills in the rubric's order, and what the page calls them."""
    return list(words.SKILL_NAMES.items())


def _source(passage: Passage, start: int, end: int) -> str:
    label = "handbook" if passage.kind == "handbook" else "your source"
    text = passage.text
    marked = f"{escape(text[:start])}<mark>{escape(text[start:end])}</mark>{escape(text[end:])}"
    references = "".join(f"<li>{escape(one)}</li>" for one in passage.references)
    return (
        f'<details class="source"><summary><span class="tag">{label}</span> {escape(passage.title)}</summary>'
        f"<p>{marked}</p><ul>{references}</ul></details>"
    )


def _ended(title: str) -> str:
    return title if title.endswith(("?", "!", ".")) else f"{title}."


def _suited(made: Debrief, scenarios: Mapping[str, Scenario]) -> str:
    """A scenario in which the skill can be practised that has most room to grow."""
    suited = scenarios.get(made.practise_in)
    if suited is None or made.trains is None:
        return ""
    return (
        f"<p class='suited'>Another talk to practise {words.TRAINING[made.trains]} in: "
        f"<strong>{escape(_ended(suited.title))}</strong> {escape(suited.summary)}</p>"
    )


def debrief_why(made: Debrief, view: View) -> str:
    """Why, expectations, and one thing to practise or to try."""
    why = _listed("Why it went the way it went", made.why)
    expected = _listed("What each of you expected", made.expectations)
    practise = ""
    if made.practise:
        shown = finding(made.practise, made.passages, view.session.scenario.persona.name)
        practise = f"<h3>One thing to practise</h3>{shown}"
    elif made.to_try:
        practise = f"<h3>One thing to try</h3><p>{escape(made.to_try)}</p>"
    return f'<article class="debrief">{why}{expected}{practise}</article>'


def _listed(title: str, lines: Iterable[str]) -> str:
    """Lines under their title; without any, nothing."""
    items = "".join(f"<li>{escape(line)}</li>" for line in lines if line)
    return f"<h3>{title}</h3><ul>{items}</ul>" if items else ""


def place(one: Place, name: str) -> str:
    """A message to go back to: what came before it, and what was said and written of it."""
    wrote = f"<p>{escape(words.WROTE.format(note=one.note))}</p>" if one.note else ""
    return (
        f'<section class="finding">{_quoted(one.after, name)}<blockquote><p>{escape(one.quote)}</p>'
        f"<footer>You, message {one.turn}</footer></blockquote>{wrote}</section>"
    )


def debrief_rest(made: Debrief, scenarios: Mapping[str, Scenario]) -> str:
    """Where else to practise, the real talk, ratings, and the fixed line."""
    by_model = {one.skill: one for one in made.ratings_by_model}
    own = made.own_view.ratings
    ratings = "".join(
        _rating(one, by_model.get(one.skill), own.get(one.skill, UNRATED) if own else None)
        for one in made.ratings
    )
    yours = "<th scope='col'>You</th>" if own else ""
    head = f"<thead><tr><th scope='col'>Skill</th><th scope='col'>The program</th>{yours}<th scope='col'>Evidence</th></tr></thead>"
    dropped = (
        f"<p class='small'>{made.dropped} remarks were left out because their quote or source could not be verified.</p>"
        if made.dropped
        else ""
    )
    return (
        f'<article class="debrief">{_suited(made, scenarios)}'
        "<h3>Towards the real talk</h3><p>Choose a time when neither of you is in a hurry. Say your one sentence first. "
        "Decide beforehand what you will do if the answer is no, and who you could ring afterwards. If you are afraid "
        "of how they may react, leave it, and talk to somebody you trust first.</p>"
        f"<h3>Six skills, with their evidence</h3><table class='ratings'>{head}<tbody>{ratings}</tbody></table>{_otherwise(made)}"
        f"<p class='fixed'>{escape(words.FIXED_LINE)} What you said was yours; what they chose was theirs.</p>{dropped}</article>"
    )


UNRATED = -1
"""A skill that the trainee left out while rating others."""
APART = 2
"""Two readings that differ by so many levels say nothing."""


def _otherwise(made: Debrief) -> str:
    """Which messages were said to be meant otherwise; both readings stand."""
    told = made.own_view.meant_otherwise
    if not told:
        return ""
    lines = "".join(
        f"<li>Message {n}: we had read it as {escape(words.STYLE_NAMES[made.readings[n - 1].style])}; "
        "you meant it otherwise. It counts neither for nor against you.</li>"
        for n in told
        if 0 < n <= len(made.readings)
    )
    return f"<ul class='otherwise'>{lines}</ul>"


def _rating(one: Rating, by_model: Rating | None, own: int | None = None) -> str:
    name = escape(words.SKILL_NAMES[one.skill])
    yours = "" if own is None else f"<td>{_dots(own) if own >= 0 else ''}</td>"
    other = by_model.level if by_model else None
    if one.level is not None and other is not None and abs(one.level - other) >= APART:
        return (
            f"<tr><th scope='row'>{name}</th><td>no level</td>{yours}"
            "<td>the program and the model read this differently; look at the messages yourself</td></tr>"
        )
    if one.level is None:
        return f"<tr><th scope='row'>{name}</th><td>not seen in this talk</td>{yours}<td></td></tr>"
    evidence = _messages(one.evidence) if one.evidence else "nothing of it in your messages"
    return (
        f"<tr><th scope='row'>{name}</th><td>{_dots(one.level)}</td>{yours}"
        f"<td>{escape(evidence)}</td></tr>"
    )


def _dots(level: int) -> str:
    dots = "".join(f"<i class='{'on' if step < level else 'off'}'></i>" for step in range(4))
    return f"<span class='dots' role='img' aria-label='{level} of 4'>{dots}</span>"


def pasted(made: Debrief, count: int) -> str:
    """The debrief of a talk from elsewhere: what can be told from its words alone."""
    if not count:
        return notice(words.NOTHING_TO_GO_ON)
    worked = "".join(finding(one, made.passages, "Them") for one in made.worked)
    moments = "".join(finding(one, made.passages, "Them") for one in made.moments)
    practise = finding(made.practise, made.passages, "Them") if made.practise else ""
    back = "".join(place(one, "Them") for one in made.places)
    ratings = "".join(_rating(one, None) for one in made.ratings)
    parts = (
        ("What worked", worked),
        ("The moments that mattered", moments),
        ("One thing to practise", practise),
        ("One thing to try", f"<p>{escape(made.to_try)}</p>{back}" if back else ""),
        (
            "Six skills, with their evidence",
            f"<table class='ratings'><tbody>{ratings}</tbody></table>",
        ),
    )
    shown = "".join(f"<h3>{title}</h3>{part}" for title, part in parts if part)
    return f'<article class="debrief">{shown}<p class="fixed">Only the words were read, not the voices.</p></article>'


def sources(found: Sequence[tuple[str, int]]) -> str:
    """Names and numbers of words of the sources that were added."""
    if not found:
        return "<p>None so far. The handbook is always there.</p>"
    items = "".join(
        f"<li>{escape(name)} <span>{count:,} words</span></li>" for name, count in found
    )
    return f'<ul class="own-sources">{items}</ul>'


def _messages(numbers: Sequence[int]) -> str:
    listed = ", ".join(str(number) for number in numbers)
    return f"message {listed}" if len(numbers) == 1 else f"messages {listed}"


def picture(made: Debrief, view: View) -> str:
    """Openness and tension over the turns, as a drawing with a text twin."""
    states = [turn.state for turn in view.turns]
    if len(states) < 2:
        return ""
    marks = {one.turn for one in made.moments}
    name = escape(view.session.scenario.persona.name)
    width, height, step = 600, 150, 560 / max(1, len(states) - 1)

    def points(values: list[float]) -> str:
        return " ".join(f"{20 + i * step:.1f},{130 - v * 12:.1f}" for i, v in enumerate(values))

    dots = "".join(
        f'<circle class="mark" cx="{20 + (n - 1) * step:.1f}" cy="{130 - states[n - 1].openness * 12:.1f}" r="6"/>'
        for n in sorted(marks)
        if n <= len(states)
    )
    rows = "".join(_picture_row(number, state) for number, state in enumerate(states, start=1))
    return (
        f'<figure class="picture"><svg viewBox="0 0 {width} {height}" role="img" aria-label="Openness and tension of {name} over {len(states)} turns">'
        f'<line class="axis" x1="20" y1="130" x2="580" y2="130"/>'
        f'<polyline class="openness" points="{points([one.openness for one in states])}"/>'
        f'<polyline class="tension" points="{points([one.tension for one in states])}"/>{dots}</svg>'
        f"<figcaption><span class='key openness'>open</span> <span class='key tension'>tense</span> — how {name} was, turn by turn; "
        f"a ring marks a moment below. <details><summary>As a table</summary><table><thead><tr><th>Turn</th><th>Open</th><th>Tense</th></tr></thead>"
        f"<tbody>{rows}</tbody></table></details></figcaption></figure>"
    )


def _picture_row(number: int, state: PersonaState) -> str:
    return f"<tr><td>{number}</td><td>{state.openness:.1f}</td><td>{state.tension:.1f}</td></tr>"


# ---------------------------------------------------------------- small parts


def _setting(scenario: Scenario) -> str:
    return f'<p class="scene">{escape(scenario.briefing.setting)}</p>'


def _mine(text: str) -> str:
    if not text.strip():
        return '<p class="quiet mine-quiet">You say nothing.</p>'
    return f'<div class="mine"><span class="sr-only">You: </span>{_paragraphs(text)}</div>'


def _theirs(name: str, text: str, beat: str) -> str:
    seen = f"<em>{escape(beat)}</em>" if beat else ""
    said = _paragraphs(text) if text else ""
    return f'<div class="theirs"><span class="who">{escape(name)}</span>{seen}{said}</div>'


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(part)}</p>" for part in text.splitlines() if part.strip())


def _list(parts: Sequence[str]) -> str:
    return escape(", ".join(parts))
