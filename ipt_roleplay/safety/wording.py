"""The written words of cards and check-ins, by kind of risk. All of it is out of role.

Rules of the house: name what was noticed, ask one direct question, never lead the answer,
never shame, bargain or praise; no word on how anything is done. Where another person is
the danger nobody is told to turn to whoever is near, for that may be the person.
"""

from __future__ import annotations

from dataclasses import dataclass

from ipt_roleplay.domain import Risk

WHAT_THIS_IS = "This is a practice program: no one is watching or reading along."

CALM_NOTE = (
    "The rehearsal has paused. The talk so far is kept; a message that brought this up isn't. You can go back "
    "to it when you choose, or stop here. The help stays on the page either way."
)
CLOSING_NOTE = (
    "The rehearsal has paused. The talk so far is kept; a message that brought this up isn't. If you go back, "
    "the scene comes to a kind close. The help stays on the page either way."
)
"""After danger to oneself: a hard talk is not what is needed now."""


@dataclass(frozen=True)
class CardWords:
    titles: tuple[str, ...]
    noticed: str
    text: str
    questions: tuple[str, ...]


CARDS: dict[Risk, CardWords] = {
    Risk.SUICIDE: CardWords(
        titles=(
            "Let's step out of the scene",
            "Pausing here, because this matters more",
            "The rehearsal can wait",
            "Out of role for a moment",
        ),
        noticed="What you wrote sounds like you may be thinking of ending your life.",
        text=(
            "If you are, please don't stay alone with it: go to or call somebody you trust, "
            "and ask them to stay with you. Put distance between yourself and anything you "
            "could hurt yourself with, or ask them to. The lines below talk with people "
            "about exactly this; a doctor can help as well."
        ),
        questions=(
            "Are you thinking about killing yourself?",
            "Are you thinking of ending your life?",
            "Do you want to kill yourself?",
            "Are you having thoughts of suicide right now?",
        ),
    ),
    Risk.SELF_HARM: CardWords(
        titles=(
            "Let's step out of the scene",
            "A pause, about you",
            "Out of role for a moment",
            "Before anything else",
        ),
        noticed="What you wrote sounds like you are hurting yourself, or close to it.",
        text=(
            "If you are injured, get medical help now. If the urge is strong, move away from "
            "what you would use and be with somebody you trust until it eases. You can "
            "talk it through on the lines below, and a doctor can help with what lies behind it."
        ),
        questions=(
            "Are you hurting yourself now?",
            "Are you about to hurt yourself?",
            "Are you injured?",
            "Are you also thinking about ending your life?",
        ),
    ),
    Risk.OVERDOSE: CardWords(
        titles=(
            "This needs medical help now",
            "Please stop and call now",
            "Out of role: this is urgent",
            "Medical help first",
        ),
        noticed="What you wrote sounds like you have taken something that could harm you.",
        text=(
            "Call the emergency number now, even if you feel all right: some harm shows late. "
            "Say what you took and when, unlock the door, and have somebody stay with you "
            "until help is there."
        ),
        questions=(
            "Have you taken something?",
            "Can you call the emergency number now?",
            "Have you called for an ambulance?",
            "Did you take more than you should have?",
        ),
    ),
    Risk.DANGER_FROM_OTHER: CardWords(
        titles=(
            "Let's step out of the scene",
            "Pausing here, because of what you said",
            "Your safety comes first",
            "Out of role for a moment",
        ),
        noticed="What you wrote sounds like somebody is hurting or threatening you.",
        text=(
            "It is not your fault, and you don't have to face them to be heard. If you are in "
            "danger now, call the emergency number as soon as it is safe to. The abuse line "
            "below can think it through with you. Use a device they can't see. The talk you "
            "rehearse may not be safe to have."
        ),
        questions=(
            "Are you in danger right now?",
            "Are you safe where you are?",
            "Is the person who hurts you near you now?",
            "Are you afraid of what they will do today?",
        ),
    ),
    Risk.HARM_TO_OTHER: CardWords(
        titles=(
            "Let's step out of the scene",
            "A pause before anything happens",
            "Out of role for a moment",
            "Stopping here for now",
        ),
        noticed="What you wrote sounds like you may be about to hurt somebody.",
        text=(
            "If that is so, get away from them and from anything you could do harm with, "
            "and call the emergency number if you might act on it. Then talk to someone: a "
            "person you trust, a doctor, or a line below. Feeling this is something people "
            "get help with."
        ),
        questions=(
            "Are you going to hurt somebody?",
            "Are you thinking of really hurting this person?",
            "Is somebody in danger from you right now?",
            "Do you mean to harm them?",
        ),
    ),
    Risk.CHILD_AT_RISK: CardWords(
        titles=(
            "Let's step out of the scene",
            "A pause, because of the child",
            "A child's safety comes first",
            "Out of role for a moment",
        ),
        noticed="What you wrote sounds like a child is being hurt, or could be.",
        text=(
            "If a child is in danger now, call the emergency number. If it is you who might "
            "lose control, put the child somewhere safe, step away and call. If you are the "
            "young person, it is not your fault, and the line below is for you. Use a device "
            "that the person who does this can't see."
        ),
        questions=(
            "Is a child in danger right now?",
            "Is a child being hurt?",
            "Is the child safe at this moment?",
            "Are you the one who is being hurt?",
        ),
    ),
    Risk.DISTRESS: CardWords(
        titles=(
            "Let's step out of the scene",
            "A pause, about you",
            "Out of role for a moment",
            "The rehearsal can wait",
        ),
        noticed="What you wrote sounds like things have become too much to carry.",
        text=(
            "You don't have to go through it on your own. Tell somebody you trust how bad it "
            "is, and talk to a doctor. The lines below listen to anyone at the end of their "
            "strength, and you need no better reason than that to call."
        ),
        questions=(
            "Are you thinking about ending your life?",
            "Are you thinking of hurting yourself?",
            "Are you safe today?",
            "Has it got so bad that you have thought of suicide?",
        ),
    ),
    Risk.UNKNOWN: CardWords(
        titles=(
            "A check, out of role",
            "Let's step out for a moment",
            "Out of role for a moment",
            "Before going on",
        ),
        noticed="Your message could not be checked, so this asks rather than guesses.",
        text=(
            "If you or someone else is in danger, please leave the rehearsal and get help: the "
            "emergency number, a line below, or a person you trust."
        ),
        questions=(
            "Are you safe right now?",
            "Is anybody in danger at the moment?",
            "Are you thinking of hurting yourself?",
            "Is somebody hurting you?",
        ),
    ),
}  # fmt: skip

_ABOUT_YOURSELF = (
    "Out of role for a second, and I may have misread it: are you thinking about suicide? If not, just go on.",
    "Leaving the scene for one line: people who carry a lot sometimes think of ending their life. Do you? Help is one click away.",
    "A question from outside the rehearsal, in case it was more than the scene: do you sometimes wish you weren't alive?",
    "Checking in, not in role: did you mean that you might hurt yourself? If it was only the talk, go on.",
    "Aside from the practice: are you safe with yourself today? Get help stays open at the top.",
    "Setting the other person aside for a moment, and I'd rather ask once too often: have you been thinking of killing yourself?",
    "Not part of the scene: that may be a heavy thing to carry, or I have it wrong. Are you thinking about dying?",
    "One line as myself, a program that can misread people: is this about you, and are you thinking of ending your life?",
    "A pause of one line: some of that could be read as not wanting to live. Is it so for you? If yes, please open Get help.",
)
_HURTING_YOURSELF = (
    "Out of role for a second: are you hurting yourself these days?",
    "Leaving the scene for one line: is there an urge to hurt yourself right now?",
    "A question from outside the rehearsal: are you injured, or about to be?",
    "Checking in, not in role: do you hurt yourself when it gets like this?",
    "Aside from the practice: are you safe with yourself tonight? Get help has people to talk to.",
    "Not part of the scene: have you hurt yourself, or are you thinking of it?",
    "One line as myself, a program: is somebody you trust aware that you hurt yourself?",
    "Setting the other person aside for a moment: do you need care for an injury?",
)
_IN_DANGER = (
    "Out of role for a second: is somebody hurting you or making you afraid?",
    "Leaving the scene for one line: are you safe at home?",
    "A question from outside the rehearsal: has this person ever hurt you?",
    "Checking in, not in role: are you afraid of what they would do if you really said this?",
    "Aside from the practice: does this person control where you go or whom you see?",
    "Not part of the scene: could they see this screen? Get help has lines to call from a safe device.",
    "One line as myself, a program: would this talk be safe for you to have?",
    "Setting the scene aside for a moment: do you feel in danger from somebody?",
    "Before the next line: is there anybody you are frightened of?",
)
_HURTING_SOMEONE = (
    "Out of role for a second: are you thinking of really hurting somebody?",
    "Leaving the scene for one line: is that anger talking, or might you do it?",
    "A question from outside the rehearsal: is anybody in danger from you?",
    "Checking in, not in role: do you sometimes fear what you might do to them?",
    "Aside from the practice: would it help to get some distance from this person today?",
    "Not part of the scene: have you thought about how you would harm them?",
    "One line as myself, a program: is this meant for a real person, outside this room?",
    "Setting the scene aside for a moment: do you think you could lose control?",
)
_A_CHILD = (
    "Out of role for a second: is a child being hurt?",
    "Leaving the scene for one line: are the children safe today?",
    "A question from outside the rehearsal: are you worried that somebody harms this child?",
    "Checking in, not in role: has a child told you that they are afraid?",
    "Aside from the practice: is there a child who shouldn't be left alone with someone?",
    "Not part of the scene: if a child is at risk, Get help lists people to ask. Is one?",
    "One line as myself, a program: are you the young person this is happening to?",
    "Setting the scene aside for a moment: do you fear going too far with a child?",
)
_TOO_MUCH = (
    "Out of role for a second: that sounds like more than this one talk. How are you holding up?",
    "Leaving the scene for one line: has it got so bad that you have thought of ending your life?",
    "A question from outside the rehearsal: do you have somebody who knows how bad it is?",
    "Checking in, not in role: are you safe today?",
    "Aside from the practice: is it the talk that is too much, or everything?",
    "Not part of the scene: would you rather stop here and speak with a person? Get help is open.",
    "One line as myself, a program: are you thinking of hurting yourself?",
    "Setting the other person aside for a moment: how long have you felt like this?",
    "Before the next line: do you still see a way through, or does it feel like there is none?",
)
_UNCHECKED = (
    "Out of role for a second: your message could not be checked. Are you safe right now?",
    "Leaving the scene for one line: the check on your message failed. Is anybody in danger?",
    "A question from outside the rehearsal, as the check didn't work: are you all right?",
    "Checking in by hand, so to speak: do you need help with something outside this scene?",
    "Aside from the practice: I couldn't read that safely. Is somebody being hurt?",
    "Not part of the scene: the check broke off. Are you thinking of hurting yourself?",
    "One line as myself, a program: something failed here, so I ask. Are you safe?",
    "Before the next line: the check is down for that message. Do you want the help page?",
)

CHECK_INS: dict[Risk, tuple[str, ...]] = {
    Risk.SUICIDE: _ABOUT_YOURSELF,
    Risk.OVERDOSE: _ABOUT_YOURSELF,
    Risk.SELF_HARM: _HURTING_YOURSELF,
    Risk.HARM_TO_OTHER: _HURTING_SOMEONE,
    Risk.DANGER_FROM_OTHER: _IN_DANGER,
    Risk.CHILD_AT_RISK: _A_CHILD,
    Risk.DISTRESS: _TOO_MUCH,
    Risk.UNKNOWN: _UNCHECKED,
}
