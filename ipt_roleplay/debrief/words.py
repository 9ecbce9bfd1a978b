"""The debrief's sentences: written templates, chosen by what happened and varied by a seed.

Plain words, no diagnosis, no claim about anyone's mind, no promise. `{name}` is the other
person, `{they}`, `{them}`, `{their}` their pronouns, `{landed}` what they then did.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection

from ipt_roleplay.domain import Act, Outcome, Skill, Style

PRONOUNS: dict[str, dict[str, str]] = {
    "she": {"they": "she", "them": "her", "their": "her"},
    "he": {"they": "he", "them": "him", "their": "his"},
    "they": {"they": "they", "them": "them", "their": "their"},
}

LANDED: dict[Act, str] = {
    Act.ATTACK: "{name} hit back",
    Act.DENY: "{name} said it wasn't so",
    Act.DEFLECT: "{name} changed the subject",
    Act.MINIMISE: "{name} made it small",
    Act.GUILT_TRIP: "{name} tried to make you feel bad for asking",
    Act.OLD_GRIEVANCE: "{name} went back to something old",
    Act.STONEWALL: "{name} closed up",
    Act.TEST: "{name} tested whether you meant it",
    Act.COUNTER_DEMAND: "{name} asked for something in return",
    Act.ADVISE: "{name} gave you advice you hadn't asked for",
    Act.PLACATE: "{name} gave you a yes to be done with it",
    Act.SHOW_HURT: "{name} let you see that it hurt",
    Act.CLARIFY: "{name} asked what you meant",
    Act.ANSWER: "{name} answered you",
    Act.SOFTEN: "{name} came down a step",
    Act.ACKNOWLEDGE: "{name} felt seen, and said so",
    Act.CONFIDE: "{name} told you how it is for {them}",
    Act.REVEAL: "{name} told you what {they} had kept back",
    Act.ASK_FOR_TIME: "{name} asked for time",
    Act.OFFER_PARTIAL: "{name} made you an offer",
    Act.CONCEDE: "{name} agreed",
    Act.WITHDRAW_OFFER: "{name} took the offer back",
    Act.HOLD_OWN_LIMIT: "{name} said an honest no",
    Act.REPAIR: "{name} took it, and things mended a little",
    Act.END: "{name} ended the talk",
}

WORKED: dict[str, tuple[str, tuple[str, ...]]] = {
    "ownership": (
        "You owned your part",
        (
            "You took responsibility for one specific thing, once, without grovelling. That gives the other person less to defend against.",
            "Naming your own part, and only that, makes it safer for the other side to look at theirs.",
            "An apology for something particular is worth more than ten general ones, and this one was particular.",
        ),
    ),
    "compromise": (
        "You offered something both can live with",
        (
            "You put an option on the table that gives each side something. That turns a tug-of-war into a plan.",
            "A trade like this shows that you have thought about {their} side as well as your own.",
            "Here the talk had somewhere to go: you proposed a way, not only a problem.",
        ),
    ),
    "limit": (
        "You said where your limit is",
        (
            "You said what you will and won't do without punishing anybody for it. A limit said like this leaves the relationship standing.",
            "That is a clear no with respect in it. Nobody has to guess what happens next.",
            "You drew the line for yourself and left {them} {their} dignity.",
        ),
    ),
    "request": (
        "You asked for something specific",
        (
            'This can be answered with yes, no or "how about". A wish that can be done on a particular day is far easier to say yes to than "be different".',
            "You said out loud what you came for, in words {they} could act on.",
            "A clear request: no hint to decode, nothing to guess.",
        ),
    ),
    "feeling": (
        "You named a feeling as your own",
        (
            'You said how it is for you, without making it {their} fault. Feelings said as "I" are hard to argue with.',
            "A plain feeling word, owned. It tells {them} what is at stake for you better than a list of reasons.",
            "You let {them} see what it does to you, and it stayed yours.",
        ),
    ),
    "need": (
        "You said why it matters",
        (
            "You gave the reason behind the wish: what matters to you. People can move towards a reason; against a demand they mostly push.",
            "Saying what you need, and why, lets the other person understand before they have to agree.",
            "Here you spoke for yourself: what counts for you, in your own words.",
        ),
    ),
    "reflection": (
        "You gave back what you heard",
        (
            "You put {their} point into your own words. It costs you nothing of your own, and it shows {they} didn't have to repeat {their} side to be heard.",
            "Giving it back before answering slows the talk down at just the right place.",
            "You checked that you had understood instead of assuming it.",
        ),
    ),
    "validation": (
        "You let {their} side make sense",
        (
            "You said that {their} view is understandable without giving up yours. Agreeing and understanding are two things.",
            "This told {them} that there is room for {their} side too.",
            "Acknowledging what it has been like for {them} takes away a reason to fight.",
        ),
    ),
    "open_question": (
        "You asked, and meant it",
        (
            "A real question, with room for an answer you may not like. That is how expectations come into the open.",
            "You asked instead of assuming. In IPT's terms: you didn't take for granted that you had understood.",
            "Curious rather than clever: the question was about {them}, not about winning.",
        ),
    ),
    "disclosure": (
        "You told {them} plainly",
        (
            "The news came in plain words, from you, without a long run-up.",
            "You let {them} in on something {they} couldn't have known.",
            "Saying it straight left no room for a misunderstanding.",
        ),
    ),
    "observation": (
        "You stayed with what happened",
        (
            "A particular thing on a particular day: something a camera could have seen. That is hard to deny and easy to talk about.",
            "You described it and left out the verdict.",
            "Facts first, and only facts. That keeps the talk on the event instead of on {their} character.",
        ),
    ),
    "appreciation": (
        "You said something good, and it was true",
        (
            "A word of thanks for something real. It reminds both of you what the talk is for.",
            "You named what you value in {them}, and didn't use it as a sweetener.",
            "Appreciation like this makes the hard part easier to hear.",
        ),
    ),
}

MOMENTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "contempt": (
        "This went at the person",
        (
            "Whatever was right in it got lost: words that belittle leave the other side only attack or retreat.",
            "Mockery is the one thing people answer before they answer anything else you said.",
            "From here on the talk was about the insult and no longer about what you came for.",
        ),
    ),
    "threat": (
        "A consequence used as a weapon",
        (
            "An ultimatum asks for obedience, not agreement. A limit says what you will do; a threat says what you will do to them.",
            "Under a threat people defend themselves, even where they might have given way.",
            "It may force an answer, but rarely the one that lasts.",
        ),
    ),
    "blame": (
        "This was heard as an accusation",
        (
            "It speaks about what {they} {are} like. People answer a charge by defending themselves, and your own point waits outside.",
            "As a judgement on the person it invites a counter-charge. The same thing said as one event and what it did to you is much harder to push away.",
            "What you felt was probably in there, but {they} could only hear whose fault it is.",
        ),
    ),
    "order": (
        "An order where a request could stand",
        (
            "A command leaves nothing to agree to. Even somebody who would have said yes may now say no, for the sake of being asked.",
            "This gave {them} no say. Being asked is often what matters most to the one who resists.",
        ),
    ),
    "dismissal": (
        "{their_cap} side was waved away",
        (
            "What {they} had just said was made small. Until it counts for something, yours will hardly be heard either.",
            "You may well see it differently; saying first that {they} {see} it this way would have cost you nothing.",
        ),
    ),
    "generalisation": (
        '"Always" and "never"',
        (
            "One exception is enough to win the argument against a word like this, and {they} will look for it. One particular day is stronger.",
            "Words for all time turn an event into a verdict on the person.",
        ),
    ),
    "mind_reading": (
        "{their_cap} motives, said as a fact",
        (
            "You told {them} what goes on in {their} head. You may be right, but nobody likes to be told; a question gets further.",
            "In IPT's terms this is assuming that one has understood. Asking would have let {them} say it, or put it right.",
        ),
    ),
    "defence": (
        "You answered a complaint with a reason",
        (
            "Before the reason comes the question whether you have heard the complaint at all. It can be both: understood, and seen differently.",
            "The justification may be true. Coming first, it sounds as if nothing had gone in.",
        ),
    ),
    "dropped": (
        "You let go of what you had asked for",
        (
            "You had said it clearly, and then took it back when it got uncomfortable. {They} didn't have to answer any more.",
            "One pushback, and your request was gone. It was a fair thing to ask; it could have been said once more, just as calmly.",
            "Giving way kept the peace for the moment. What you came for stayed on the floor.",
        ),
    ),
    "self_silencing": (
        "Your own side disappeared here",
        (
            "You made your own wish so small that {they} could pass it by without noticing.",
            "It sounds kind, but it leaves {them} guessing what you want, and leaves you without it.",
            "In IPT's terms this is a form of silence: the point never reached the room.",
        ),
    ),
    "withdrawal": (
        "The talk was shut down",
        (
            "Leaving can be right. Leaving without a word of what you need or when you'd be back hands {them} only a closed door.",
            'Here the line went dead. A pause that is announced ("I need ten minutes") keeps it open.',
        ),
    ),
    "hint": (
        "It was there, but between the lines",
        (
            "You signalled it instead of saying it, and {they} could choose not to understand. An open sentence can't be overheard so easily.",
            "A hint asks the other person to do the work, and to want to. This is one of the classic failures that communication analysis looks for.",
        ),
    ),
    "unasked": (
        "The door was open, and the request never came",
        (
            "By now {name} was listening. You understood {them} well; what you had come for was still unsaid at the end.",
            "You made room for {their} side and left none for your own. This was the place to ask.",
        ),
    ),
    "unsaid": (
        "What you came for was never said",
        (
            "You had come to say something particular. {name} left without having heard it, so there was nothing {they} could answer.",
            "It may have been clear in your head. In the words that were spoken it doesn't appear.",
        ),
    ),
    "unheard": (
        "You were clear, and {they} had not been heard",
        (
            "{They} pushed back here, and you went on with your side. Behind the pushing stood something {they} needed you to see: {concern}.",
            "Your point had arrived. What kept {them} from moving was another thing: {they} needed you to see {concern}.",
        ),
    ),
    "formula": (
        "Kind words that fit any talk",
        (
            "It was meant well, and it could have been said to anybody. What {they} needed you to see was {concern}.",
            "Listening phrases help when they land on the very thing that hurts. Here that was {concern}, and it wasn't touched.",
        ),
    ),
    "met": (
        "Here it turned",
        (
            "You touched what mattered most to {them}: {concern}. After that {they} had less to defend.",
            "This was the moment {name} had been waiting for without saying so: you saw {concern}.",
        ),
    ),
    "opened": (
        "Here it opened",
        (
            "This one moved {name} more than anything else you said. It is worth noticing what you did.",
            "After this line {they} {were} easier to reach.",
        ),
    ),
}

FAILURES: dict[str, str] = {
    "hint": "an indirect signal in place of open words",
    "unsaid": "assuming that one has been understood",
    "unasked": "assuming that one has been understood",
    "mind_reading": "assuming that one has understood",
    "unheard": "assuming that one has understood",
    "formula": "assuming that one has understood",
    "self_silencing": "silence about one's own side",
    "dropped": "silence about one's own side",
    "withdrawal": "shutting the talk down",
}
"""The failures that communication analysis looks for (Klerman et al. 1984), by what happened."""

PRACTISE: dict[str, tuple[str, tuple[str, ...]]] = {
    "hostile": (
        "Say the same thing without the blow",
        (
            "Take this sentence and say it once more as one event, one feeling and one request. Strong is fine; it only has to stay on your own side of the table.",
        ),
    ),
    "dropped": (
        "Stay with it after the first no",
        (
            "Ask, wait out the pushback, and say it a second time in the same calm words. You don't need a new argument.",
        ),
    ),
    "self_silencing": (
        "Let your own side take up room",
        (
            'One sentence that begins with "I\'d like", without a "sorry" before it or an "it doesn\'t matter" after it.',
        ),
    ),
    "withdrawal": (
        "Leave the door open when you leave",
        ("When it gets too much, say that you need a pause and when you will be back.",),
    ),
    "hint": (
        "Put the hint into plain words",
        ("Ask yourself what you'd want {them} to do on hearing it, and say that.",),
    ),
    "unasked": (
        "Ask, once the door is open",
        (
            "You listen well. Next time put your request right behind the moment in which {they} {soften}.",
        ),
    ),
    "unsaid": (
        "Say what you came for",
        ("Decide on one sentence beforehand, and say it within the first few turns.",),
    ),
    "unheard": (
        "Hear the pushback before you answer it",
        (
            "When {they} {push} back, say first what you think it is about for {them}, or ask. Then repeat your request.",
        ),
    ),
    "formula": (
        "Be particular when you listen",
        (
            'Instead of "I hear you", name the very thing: what it is that has been hard for {them}.',
        ),
    ),
    "carry_on": (
        "Keep it, and make it harder",
        (
            "Nothing here needs mending. Try the same talk one level up, or take this sentence along to the real one.",
        ),
    ),
}

PRACTISED_SKILL: dict[str, Skill] = {
    "hostile": Skill.STEADY,
    "dropped": Skill.ASKS,
    "self_silencing": Skill.EXPRESSES,
    "withdrawal": Skill.STEADY,
    "hint": Skill.ASKS,
    "unasked": Skill.ASKS,
    "unsaid": Skill.EXPRESSES,
    "unheard": Skill.LISTENS,
    "formula": Skill.LISTENS,
}
"""The skill that each exercise trains."""

SKILL_NAMES: dict[Skill, str] = {
    Skill.EXPRESSES: "Saying how it is for you",
    Skill.DESCRIBES: "Staying with what happened",
    Skill.ASKS: "Asking and setting limits",
    Skill.LISTENS: "Listening",
    Skill.STEADY: "Staying steady",
    Skill.WORKS_IT_OUT: "Working it out",
}

STYLE_NAMES: dict[Style, str] = {
    Style.ASSERTIVE: "open and respectful",
    Style.AGGRESSIVE: "an attack",
    Style.PASSIVE: "giving up your side",
    Style.PASSIVE_AGGRESSIVE: "a sideways hit",
    Style.NEUTRAL: "neutral",
}

OUTCOME_NAMES: dict[Outcome, str] = {
    Outcome.AGREEMENT: "You agreed on something",
    Outcome.PARTIAL: "You got part of it",
    Outcome.NEXT_STEP: "There is a next step",
    Outcome.LIMIT_HELD: "Your limit stands",
    Outcome.UNDERSTOOD: "You were understood",
    Outcome.SUPPORT_GIVEN: "You have support",
    Outcome.PARTED_WELL: "You parted well",
    Outcome.TIME_OUT: "The time ran out",
    Outcome.GAVE_IN: "Your own side got lost",
    Outcome.IMPASSE: "Nothing moved",
    Outcome.RUPTURE: "It broke off",
    Outcome.STOPPED: "You stopped here",
}

FIXED_LINE = "This shows how this character reacts; the real person may differ."
NOTHING_TO_GO_ON = "There was too little said to go on. That is fine: stopping early is a way to use this room too."


def pick(options: tuple[str, ...], told: Collection[str], *salt: object) -> str:
    """One of the options, always the same one for the same salt; where there is another, none
    whose sentence stands in what was `told` lately."""
    fresh = [one for one in options if not any(_core(one) in text for text in told)]
    digest = hashlib.sha256("|".join(str(one) for one in salt).encode()).digest()
    among = fresh or list(options)
    return among[digest[0] % len(among)]


def _core(template: str) -> str:
    """The longest part of a template that is the same whoever it is about."""
    return max(re.split(r"\{\w+\}", template), key=len).strip()


def fill(template: str, name: str, pronouns: str, concern: str = "") -> str:
    """A template with the other person's name, pronouns and agreeing verbs put in."""
    words = PRONOUNS[pronouns]
    plural = pronouns == "they"
    verbs = {
        "are": "are" if plural else "is",
        "were": "were" if plural else "was",
        "see": "see" if plural else "sees",
        "push": "push" if plural else "pushes",
        "soften": "soften" if plural else "softens",
    }
    return template.format(
        name=name,
        concern=concern,
        They=words["they"].capitalize(),
        their_cap=words["their"].capitalize(),
        **words,
        **verbs,
    )
