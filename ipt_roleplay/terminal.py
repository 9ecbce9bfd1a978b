"""A rehearsal in the terminal, with the same turns, screening and debrief as on the page."""

from __future__ import annotations

import secrets

from ipt_roleplay import safety
from ipt_roleplay.debrief import words
from ipt_roleplay.domain import Debrief, OwnView, Reply
from ipt_roleplay.errors import MessageRefused, SessionError
from ipt_roleplay.model import close_connections
from ipt_roleplay.rehearsal import Failed, Paused, Replied, Room
from ipt_roleplay.settings import load_settings

MORE = "/more"


async def rehearse(scenario: str, difficulty: int, seed: int | None, actor: str | None) -> None:
    """Plays one scenario to its debrief. Ends early at the end of input."""
    room = Room(load_settings())
    try:
        session = room.start(scenario, difficulty=difficulty, seed=seed, actor=actor)
        try:
            await _talk(room, session)
        except EOFError:
            print()
        await _look_back(room, session)
    finally:
        await close_connections()
        room.close()


async def _talk(room: Room, session: str) -> None:
    scenario = room.view(session).session.scenario
    print(f"\n{scenario.title}\n{scenario.briefing.situation}\n{scenario.briefing.setting}\n")
    print("Practice, not therapy; for adults. You are talking to a program; no one is watching.")
    if room.partner is not None and room.view(session).session.actor == "llm":
        print(f"What you say is sent to {room.partner.model} at {room.partner.host}.")
    print("An empty line says nothing. /end ends the scene.\n")
    print(f"{scenario.persona.name}: {_shown(scenario.opening.say, scenario.opening.beat)}")
    while not room.view(session).ended:
        text = input("You: ")
        if text.strip() == "/end":
            return
        try:
            if text.strip() == MORE:
                room.step_out(session)
                _paused(room, session, room.view(session).card)
                continue
            await _one_turn(room, session, text, scenario.persona.name)
        except (MessageRefused, SessionError) as error:
            print(f"  [{error}]")


async def _one_turn(room: Room, session: str, text: str, name: str) -> None:
    silent = not text.strip()
    async for event in room.say(session, text, secrets.token_urlsafe(8), silent=silent):
        if isinstance(event, Paused):
            _paused(room, session, event.card)
        elif isinstance(event, Failed):
            print(f"  [{event.message}]")
        elif isinstance(event, Replied):
            if event.check_in:
                print(f"  [{event.check_in}]")
                print(
                    f"  [{MORE} answers that it is more than the scene. All else goes to {name}.]"
                )
            print(f"{name}: {_reply(event.turn.reply)}")


def _paused(room: Room, session: str, card: safety.Card | None) -> None:
    """Shows the card; goes on by an explicit word alone. Raises EOFError to stop."""
    if card is not None:
        _show_card(card)
    answer = input("Type RESUME to go on with the role-play, /end to stop here: ")
    if answer.strip() != "RESUME":
        raise EOFError
    room.resume(session)


async def _look_back(room: Room, session: str) -> None:
    room.land(session)
    print("\nYou're out of the scene. Breathe. Nothing needs sending tonight.")
    try:
        view = OwnView(
            how_it_was=input("How was it? "), what_i_wanted=input("What were you after? ")
        )
    except EOFError:
        view = OwnView()
    card = room.tell_own_view(session, view)
    if card is not None:
        _show_card(card)
    _show_debrief(await room.reword(session))


def _show_debrief(debrief: Debrief) -> None:
    if debrief.outcome is not None:
        print(f"\n{words.OUTCOME_NAMES[debrief.outcome]}. {debrief.outcome_meaning}")
    found = [*debrief.worked, *debrief.moments, *([debrief.practise] if debrief.practise else [])]
    for finding in found or []:
        print(f"\n{finding.title} (message {finding.turn})")
        if finding.asked_quote:
            print(f"  after “{finding.asked_quote}”")
        print(f"  “{finding.quote}”\n  {finding.text}")
        if finding.another_way:
            print(f"  Another way: {finding.another_way}")
    if not found:
        print(words.NOTHING_TO_GO_ON)
    print()
    for line in debrief.why:
        print(f"- {line}")
    if debrief.to_try:
        print(f"\n{debrief.to_try}\n")
        for place in debrief.places:
            print(f"  message {place.turn}: “{place.quote}”")
    for rating in debrief.ratings:
        level = "not seen" if rating.level is None else f"{rating.level} of 4"
        print(f"{words.SKILL_NAMES[rating.skill]}: {level}")
    print(f"\n{words.FIXED_LINE}")


def _show_card(card: safety.Card) -> None:
    print(f"\n--- {card.title} ---\n{card.noticed}\n{card.text}\n{card.question}")
    for one in card.resources:
        print(f"  {one.name}: {one.contact} {one.url}".rstrip())
    print()


def _reply(reply: Reply) -> str:
    return _shown(reply.text, reply.beat)


def _shown(text: str, beat: str) -> str:
    return f"({beat}) {text}".strip() if beat else text
