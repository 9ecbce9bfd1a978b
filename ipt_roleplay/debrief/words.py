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
    Act.SOFTEN: "{name} eased a little",
    Act.ACKNOWLEDGE: "{name} let you know that it had landed",
    Act.CONFIDE: "{name} told you how it is for {them}",
    Act.REVEAL: "{name} told you what {they} had kept back",
    Act.ASK_FOR_TIME: "{name} asked for time",
    Act.OFFER_PARTIAL: "{name} made you an offer",
    Act.CONCEDE: "{name} agreed",
    Act.REPAIR: "{name} took it, and things mended a little",
}
"""What the other did after a message, where it can be said of any line that they speak so."""

WORKED: dict[str, tuple[str, tuple[str, ...]]] = {
    "ownership": (
        "You owned your part",
        (
            "You took responsibility for one specific thing, once, without grovelling. That gives the other person less to defend against.",
            "Naming your own part, and only that, makes it safer for the other side to look at theirs.",
            "An apology for something particular is worth more than ten general ones, and this one was particular.",
            "With your own share named, the talk doesn't have to be a hearing that one of you must lose. It can become one about what to do next.",
            "This is a different thing from taking all the blame. You named what was yours to answer for, and the rest could stay open between you.",
            "Owning something doesn't weaken what you ask for. The rest of what you say is often easier to take seriously when you haven't spared yourself.",
            "Left unsaid, it would have been there all the same, and {they} might have had to prove it first. Now nobody has to.",
        ),
    ),
    "compromise": (
        "You offered something both can live with",
        (
            "You put an option on the table that gives each side something. That turns a tug-of-war into a plan.",
            "A trade like this shows that you have thought about {their} side as well as your own.",
            "Here the talk had somewhere to go: you proposed a way, not only a problem.",
            "An offer can be taken, turned down or changed. Any of the three can tell you more than another round of reasons.",
            "Notice how this differs from giving in: your own wish is still part of the plan, next to something for {them}.",
            "A plan with both of you in it is easier to keep than one that either of you has had to swallow.",
            "Even if this particular plan isn't the one, the two of you now have a detail that you can change. That is lighter work than defending a position.",
        ),
    ),
    "limit": (
        "You said where your limit is",
        (
            "You said what you will and won't do without punishing anybody for it. A limit said like this leaves the relationship standing.",
            "That is a clear no with respect in it. Nobody has to guess what happens next.",
            "You drew the line for yourself and left {them} {their} dignity.",
            "It tells {them} what you can do and what you can't. {They} may not like it, but a limit of this kind accuses nobody and needs no defence in return.",
            "Disappointment may follow a sentence like this, and that doesn't make it wrong. You told {them} something that {they} could rely on.",
            "Once it is clear where it ends for you, it is easier to be generous up to that point. A limit protects the talk as well as the one who sets it.",
            "A limit that stays inside tends to come out later, when there has been too much, and then it comes out hard. Yours came in words that could be talked about.",
        ),
    ),
    "request": (
        "You asked for something specific",
        (
            'This can be answered with yes, no or "how about". A wish that can be done on a particular day is far easier to say yes to than "be different".',
            "You said out loud what you came for, in words {they} could act on.",
            "A clear request: no hint to decode, nothing to guess.",
            "A request points to what comes next. However things have been until now, that part is still open, and both of you can do something about it.",
            "Asking in the open carries the risk of a no, and you took it. In return the answer, whatever it is, is about the thing itself.",
            "A thing that has been asked for can be given freely. What is pressed out of somebody only looks like a yes, and seldom lasts like one.",
            "Notice that it has a size: {they} could tell what a yes would involve. That makes it safer to agree, and simpler to see afterwards whether it was done.",
        ),
    ),
    "feeling": (
        "You named a feeling as your own",
        (
            'You said how it is for you, without making it {their} fault. Feelings said as "I" are hard to argue with.',
            "A plain feeling word, owned. It tells {them} what is at stake for you better than a list of reasons.",
            "You let {them} see what it does to you, and it stayed yours.",
            "A feeling that has been given a word has less need to come out sideways, as a dig or as a silence.",
            "From the outside one feeling is easily taken for another. You said which one it was, so {they} didn't have to guess, and perhaps guess wrong.",
            "A feeling tells {them} something without asking for anything yet. That often makes the asking lighter, whenever it comes.",
            "Notice the difference between what happened and what it was like for you. The second is something that only you could add to this talk.",
        ),
    ),
    "need": (
        "You said what you need",
        (
            "Here you spoke for yourself: what you would like, in your own words. People can move towards that; against a reproach they mostly push.",
            "It begins with you and stays with you. {They} didn't have to guess what this talk is about for you.",
            "What you would like and how to get there are two questions. You answered the first, and the second can be worked on together.",
            "There is often only one way to win a dispute, but there are several ways to meet a need. Saying yours brings more of them into view.",
            "A wish that is kept back makes itself felt all the same, mostly as irritation. In the open it can be looked at and answered.",
            "Notice that this doesn't have to be proved. What you need isn't right or wrong, so there is little in it to dispute.",
            "Your side was in the room with this, without anybody being put in the wrong for it.",
        ),
    ),
    "reflection": (
        "You gave back what you heard",
        (
            "You put {their} point into your own words. It costs you nothing of your own, and it shows {they} didn't have to repeat {their} side to be heard.",
            "Giving it back before answering slows the talk down at just the right place.",
            "You checked that you had understood instead of assuming it.",
            "If you had it wrong, {they} could now put it right. In this way a misunderstanding comes to light before either of you builds on it.",
            "To repeat somebody's point isn't to agree with it. You could still say no to all of it, and {they} would know what you were saying no to.",
            "People tend to say a thing louder until it has been taken in. Hearing it from your side is a sign that once was enough.",
            "Your own answer keeps for a sentence or two. It often finds more room when the other point has first been put into words, as you did here.",
        ),
    ),
    "validation": (
        "You let {their} side make sense",
        (
            "You said that {their} view is understandable without giving up yours. Agreeing and understanding are two things.",
            "This told {them} that there is room for {their} side too.",
            "Acknowledging what it has been like for {them} takes away a reason to fight.",
            "Whether {they} {were} right is a separate question. You said that one can see it or feel it like that, and your own case lost nothing by it.",
            "What has been acknowledged has less need to be proved. That can leave more of the talk for what you came to say.",
            "It is hard for anybody to listen while still waiting to be believed. A line like this can take away some of the waiting.",
            "Notice that it speaks about {their} experience, not about who has to do what. On that ground the two of you don't need to agree.",
        ),
    ),
    "open_question": (
        "You asked, and meant it",
        (
            "A real question, with room for an answer you may not like. That is how expectations come into the open.",
            "You asked instead of assuming. In IPT's terms: you didn't take for granted that you had understood.",
            "Curious rather than clever: the question was about {them}, not about winning.",
            "You handed over the next word. What comes back may surprise you, and a surprise is something that no amount of arguing could have told you.",
            "A question says something too: that the matter isn't settled for you yet, and that {their} answer could still make a difference.",
            "Behind a refusal there is often a reason that hasn't been spoken. Asking is the shortest way to it, and it accuses nobody.",
            "Notice what a question does to the pace. For a moment nobody has a point to win, and there is something to find out.",
        ),
    ),
    "disclosure": (
        "You told {them} plainly",
        (
            "The news came in plain words, from you, without a long run-up.",
            "You let {them} in on something {they} couldn't have known.",
            "Saying it straight left no room for a misunderstanding.",
            "A thing that only one of two people knows has to be steered around, and that takes up room. From here on both of you knew it.",
            "To tell somebody something of your own is a small act of trust. It often makes it easier for the other to say something in turn.",
            "What {they} would make of it wasn't yours to settle. Your part was to let {them} know, and that part was done here.",
            "Notice that telling and discussing are two steps. You took the first, and {they} might need some time before the second.",
        ),
    ),
    "observation": (
        "You stayed with what happened",
        (
            "A particular thing on a particular day: something a camera could have seen. That is hard to deny and easy to talk about.",
            "You described it and left out the verdict.",
            "Facts first, and only facts. That keeps the talk on the event instead of on {their} character.",
            "With an event on the table you can both go back to it. {They} could add a detail or put one right without having to defend who {they} {are}.",
            "An account leaves the conclusion to the listener. People hold on more readily to what they have worked out for themselves.",
            "A single event is small enough to deal with. A long list, however true, sounds like a case being built.",
            "Notice how little heat a plain account needs. What it did to you can follow in a sentence of its own, and then it has something to stand on.",
        ),
    ),
    "appreciation": (
        "You said something good, and it was true",
        (
            "A word of thanks for something real. It reminds both of you what the talk is for.",
            "You named what you value in {them}, and didn't use it as a sweetener.",
            "Appreciation like this makes the hard part easier to hear.",
            "Two things can be true at once: that something is hard at the moment, and that there is something you value. This kept the second in sight.",
            "In a difficult talk people easily hear only what is wrong with them. A line like this tells {them} that you see more than that.",
            "What is all right between two people is quickly taken for granted and left out. You put it into words, where {they} could hear it.",
            "Notice what this does to the picture: there is a person on the other side, and not only a problem to be settled.",
        ),
    ),
}

MOMENTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "edge": (
        "It came with an edge, again and again",
        (
            "No single line of this need have been meant badly. One after the other they told {them} that {they} {were} being tried, and {they} answered that.",
            "What you were after may have been perfectly fair. The tone arrived before it, and {name} dealt with the tone.",
            "An edge is a way of saying that one is hurt or angry without saying it. Said outright, it could have been answered.",
            "Remarks of this kind are hard to reply to: whoever takes them up looks touchy, and whoever lets them pass has swallowed something.",
            "There was a good deal of feeling in these lines and no word for it. Under the sting stood something that {they} might well have listened to.",
            "Each of these cost little by itself. Together they used up the goodwill that the matter itself would have needed.",
        ),
    ),
    "contempt": (
        "This went at the person",
        (
            "Whatever was right in it got lost: words that belittle leave the other side only attack or retreat.",
            "Mockery is the one thing people answer before they answer anything else you said.",
            "From here on the talk was about the insult and no longer about what you came for.",
            "There may have been every reason to be angry. Once the line went at the person, though, there was something to fend off, and the matter itself had to wait.",
            "A put-down ranks the two of you, one above and one below. From below there is little that anybody can agree to freely.",
            "Whatever comes after it, even something kind, has to get past this line first. It is a high price for one sentence.",
            "The thing you wanted {them} to take in came wrapped in something to be pushed away. In such a wrapping the content is rarely looked at.",
        ),
    ),
    "threat": (
        "A consequence used as a weapon",
        (
            "An ultimatum asks for obedience, not agreement. A limit says what you will do; a threat says what you will do to them.",
            "Under a threat people defend themselves, even where they might have given way.",
            "It may force an answer, but rarely the one that lasts.",
            "With this line the talk turned from reasons to costs. What {they} had to weigh now was the price of a no, and not what you need.",
            "A threat has to be carried out or taken back, and both are expensive. So it narrowed your own room to move as well.",
            "Even a yes would be hard to read now. It might be agreement, and it might only be a way round what was threatened.",
            "The same firmness can be put as something that you yourself will or won't do. As a penalty, it invites {them} to test whether you mean it.",
        ),
    ),
    "blame": (
        "This was heard as an accusation",
        (
            "It speaks about what {they} {are} like. People answer a charge by defending themselves, and your own point waits outside.",
            "As a judgement on the person it invites a counter-charge. The same thing said as one event and what it did to you is much harder to push away.",
            "What you felt was probably in there, but {they} could only hear whose fault it is.",
            "Whose fault something was can be argued over all day. What you would like to be different from now on gets lost on the way.",
            "A judgement on the person leaves {them} two choices, to accept the verdict or to fight it. Neither brings your own side any nearer.",
            "{They} might even have agreed with a part of it. With the accusation on top, to say so would have meant pleading guilty.",
            "Notice where the weight lies in this line: on what is wrong with {them}. What it was like for you, which is harder to dispute, comes second at best.",
        ),
    ),
    "order": (
        "An order where a request could stand",
        (
            "A command leaves nothing to agree to. Even somebody who would have said yes may now say no, for the sake of being asked.",
            "This gave {them} no say. Being asked is often what matters most to the one who resists.",
            "The wish in it may be entirely fair. As a command it raises another question, who decides here, and that one tends to be dealt with first.",
            "Where an order is followed, it is mostly followed to the letter and no further. A request leaves room to do a little more than was asked.",
            "A command has only two exits, to obey or to refuse. A question has a third: another day, or another way of doing it.",
            "Pressing can seem the only way left when time is short or asking hasn't helped. Here it cost {them} the chance to choose it.",
            "An order says how things must be, and easily leaves out why they matter to you. The part left out is often the one that moves somebody.",
        ),
    ),
    "dismissal": (
        "{their_cap} side was waved away",
        (
            "What {they} had just said was made small. Until it counts for something, yours will hardly be heard either.",
            "You may well see it differently; saying first that {they} {see} it this way would have cost you nothing.",
            "Size is hard to judge from outside. What looks small to you may be large to the one who carries it, and being told otherwise doesn't shrink it.",
            "Something that mattered to {them} was treated as if it didn't count. After that it is riskier to show anything more.",
            "It may have been meant to calm things down. On the other side it can sound as though the subject was closed before it had been opened.",
            "What is denied has to be proved. Then the talk is spent on whether it is so, and little of it is left for what to do about it.",
            "You are free to see it otherwise. That is easier to hear once the other view has been given a place, even a small one.",
        ),
    ),
    "generalisation": (
        '"Always" and "never"',
        (
            "One exception is enough to win the argument against a word like this, and {they} will look for it. One particular day is stronger.",
            "Words for all time turn an event into a verdict on the person.",
            "There was probably a real occasion behind it, perhaps several. Folded into one big word, none of them can be looked at or put right.",
            "A word like this leaves no credit for the times when it went otherwise. Somebody whose efforts have just been wiped out has less reason to make another.",
            "It makes the problem as large as all the time the two of you have known each other. No single talk can mend that, while one occasion might be within reach.",
            "Such words often mean that it has been too much for too long. That can be said as it stands, and is harder to dispute than the count.",
            "Notice how the talk moves here from what happened to how often it happens. That is a sum on which two people rarely get the same result.",
        ),
    ),
    "mind_reading": (
        "{their_cap} motives, said as a fact",
        (
            "You told {them} what goes on in {their} head. You may be right, but nobody likes to be told; a question gets further.",
            "In IPT's terms this is assuming that one has understood. Asking would have let {them} say it, or put it right.",
            "Of what goes on inside {them}, only {they} could speak at first hand. Told from outside, even a close guess sounds like a charge.",
            "Once a motive has been fixed for somebody, anything they answer can be taken as further proof. That leaves no way to reply.",
            "What you saw or heard is one thing, and what it meant is another. In this line the second was said as if it were the first.",
            "A guess of this kind usually starts from something that happened. Saying what that was, and how you took it, would have kept to the part you know.",
            "It closed a question that could have stayed open. You might have learnt something about {them}; as it was, {they} could only correct you or let it stand.",
        ),
    ),
    "defence": (
        "You answered a complaint with a reason",
        (
            "Before the reason comes the question whether you have heard the complaint at all. It can be both: understood, and seen differently.",
            "The justification may be true. Coming first, it sounds as if nothing had gone in.",
            "There is often a small part of a complaint that one can grant. Granting it first would have left your reason its full weight.",
            "After this there were two cases side by side, and neither had been taken in. Somebody has to go first, and going first doesn't mean being in the wrong.",
            "It is natural to explain yourself when something sounds like an attack. But a reason speaks to who is right, and that may not have been what {they} {were} asking.",
            "Notice where {their} point was after this line: the talk had moved on to your side, and the complaint was still lying where it had been put down.",
            "The reason could have waited for one turn. A word about what bothered {them}, in its place, would have told {them} that it had reached you.",
        ),
    ),
    "dropped": (
        "You let go of what you had asked for",
        (
            "You had said it clearly, and then took it back when it got uncomfortable. {They} didn't have to answer any more.",
            "One pushback, and your request was gone. It was a fair thing to ask; it could have been said once more, just as calmly.",
            "Giving way kept the peace for the moment. What you came for stayed on the floor.",
            "Taking it back says, without meaning to, that it wasn't so important. If it comes up again, that may have to be undone first.",
            "A wish can stand there unanswered for a while without anybody having done something wrong. Nothing had to be settled in this line.",
            "With your request gone, there was less for the two of you to work out. A part of it, or a later day, might still have been possible.",
            "Notice what came just before this line. It shows which kind of answer makes it hard to hold on, and for that one you can have a sentence ready.",
        ),
    ),
    "self_silencing": (
        "Your own side disappeared here",
        (
            "You made your own wish so small that {they} could pass it by without noticing.",
            "It sounds kind, but it leaves {them} guessing what you want, and leaves you without it.",
            "In IPT's terms this is a form of silence: the point never reached the room.",
            "Giving up your side looks cheap while it happens. The cost tends to come later, as distance or as a sharp word about something else.",
            "There were two people in this talk, and in this line only one of them counted. {They} couldn't make room for what had been taken off the table.",
            "Making yourself small can be meant as kindness. It can also make things harder for the other, who now has nobody to meet halfway.",
            "Notice what was left out so that this line could go down smoothly. Half a sentence of it might have been enough to keep you in the talk.",
        ),
    ),
    "withdrawal": (
        "The talk was shut down",
        (
            "Leaving can be right. Leaving without a word of what you need or when you'd be back hands {them} only a closed door.",
            'Here the line went dead. A pause that is announced ("I need ten minutes") keeps it open.',
            "Stopping is your right, and it may have been high time. What was missing is the half-sentence that says whether the subject is over or only put off.",
            "A subject that is closed like this is rarely finished with. Each of you goes on with it alone, where nobody can put anything right.",
            "Shutting it down can bring relief at once, and that counts for something. The price is that the subject is harder to bring up again.",
            "From the other side a sudden stop is hard to read: it might be anger, hurt or simply too much. {They} had to supply the reason.",
            "If it had become too much, that was worth saying, and {they} could have answered it. Put like this, it gave {them} little to answer.",
        ),
    ),
    "hint": (
        "It was there, but between the lines",
        (
            "You signalled it instead of saying it, and {they} could choose not to understand. An open sentence can't be overheard so easily.",
            "A hint asks the other person to do the work, and to want to. This is one of the classic failures that communication analysis looks for.",
            "What is only suggested can be taken in several ways, and is mostly taken in the easiest. You may go without, and nobody has said no.",
            "Speaking in a roundabout way protects you from a straight refusal. It also keeps {them} from giving you a straight yes.",
            "You knew what stood behind it. What reached {them} was the remark, and {they} had to decide whether to ask any further.",
            "A hint that isn't picked up can leave a sting, because it looks as if nobody cared. It may only be that nobody saw it.",
            "Going round a thing can be considerate, and there are people with whom it works. In this line, though, the point itself doesn't appear.",
        ),
    ),
    "door": (
        "{They} asked, and the answer went past it",
        (
            "This was an open door, and {name} was holding it. A straight answer would have cost one sentence, and it would have been heard.",
            "Somebody who asks like this wants to know. What came back was about something else, so {they} {were} left with a guess.",
            "It is easy to take such a question for an attack and slip away from it. It was also the shortest way to what you came for.",
            'You don\'t have to answer in the same breath. But "yes, there is something, give me a moment" would have kept the question alive.',
            "What you came with had its place right here, as the answer to what {they} had just asked. Said later, it has to find a new place first.",
            "A question that isn't answered tells {them} something as well: that there is a thing, and that it can't be talked about.",
            "The moment looks small on the page. Of all the places in this talk it was the one where you would have had the least to push against.",
        ),
    ),
    "passed_over": (
        "What {they} had just told you went by",
        (
            "{name} had let you in on something. The talk went on as if it hadn't been said, and after that it is harder to say more.",
            "There was something in {their} last line that cost {them} a little to say. It got no word in return.",
            "You kept to your own thread, which happens easily when one has prepared for a talk. {their_cap} thread was left lying.",
            "A thing that is told and not taken up is rarely told twice. You can still go back to it: nothing keeps you from saying that you ran past it.",
            "Nothing in your line need be wrong by itself. It came at a moment when {they} needed to see first that {their} own words had arrived.",
            "With this {they} had opened up of {their} own accord. One sentence on it, before anything else, would have told {them} that it was safe to.",
            "Here {they} showed you something of {their} side that you hadn't asked for. It was the nearest thing to an opening that {name} gave you, and it closed again.",
        ),
    ),
    "pressed": (
        "{They} had moved, and you pushed on",
        (
            "{They} had just come a step towards you. Pressed for more in the same breath, the step can look like a mistake to the one who took it.",
            "What {they} had said just before was an answer of a kind. It went by without a word, and the pressing went on.",
            "Time that somebody asks for is often the way to a yes. Held to an answer at once, people fall back on the no they know.",
            "You may have feared that it would slip away. A day and an hour for going on would have held it better than asking once more.",
            "Taking what is offered doesn't end the matter. It says that a step was seen, and the next one is easier after that.",
            "Notice that {they} had given something by now. From here on it was about receiving, and that is a skill as well.",
        ),
    ),
    "flattery": (
        "Compliments stood where the matter should",
        (
            "Each of them may be true. Together they covered what you came for, and {name} noticed that something was being wrapped up.",
            "Praise that comes before a wish, again and again, makes people wait for the wish. In the end the praise itself is no longer believed.",
            "It is meant to make things easier. For the one who is praised it can make them harder: there is nothing in it to answer.",
            "One kind word that is meant goes a long way. By this one the talk had had several, and the thing itself was still standing outside.",
            "A compliment asks for thanks, or for modesty. It gives {them} no opening to talk with you about what you came for.",
            "This is another way of not saying it: everything round the matter is warm, and the matter is missing.",
            "The friendliness can stay. What it needs is a plain sentence beside it, or it becomes a way round that sentence.",
        ),
    ),
    "begged": (
        "You asked on your knees",
        (
            "The wish in it was a fair one. Begged for, it sounded as though you had no right to it, and {they} had you to look after as well as an answer to find.",
            "Pleading makes a no harder to say, and a yes harder to trust. {They} might agree to end your distress and not because {they} {see} the point.",
            "You made yourself small so that the wish might fit through. It would have fitted as it was.",
            "What {they} could hear in this was how bad you feel. What you would like, and why, got less room than the pleading.",
            "Somebody who is begged can only be generous or hard. Asked plainly, {they} could have thought about it with you.",
            "It is hard to bear the wait for an answer, and pleading fills the wait. A plain question, and then a breath, would have left {them} room to come towards you.",
            "Nothing in what you want needs forgiving. Without the words that put you down, the same line is a request.",
        ),
    ),
    "half_said": (
        "You nearly said it",
        (
            "These words came closest to what you had come for. By themselves they could still be taken for something else.",
            "The thing was in here, half of it. {name} would have had to put the other half to it, and people seldom do.",
            "You were on your way to it. One more plain sentence, with the thing itself in it, and {they} could have answered.",
            "From your side this may have felt like saying it. From {their} side the point had to be guessed.",
            "It was in the room, and not yet on the table: {they} could walk round it without seeming to.",
            "What was missing is small: what exactly, or when, or from whom. Without it there was nothing to say yes or no to.",
            "You took a run at it here. The last step, the thing in so many words, stayed with you.",
        ),
    ),
    "unasked": (
        "The door was open, and the request never came",
        (
            "By now {name} was listening. You understood {them} well; what you had come for was still unsaid at the end.",
            "You made room for {their} side and left none for your own. This was the place to ask.",
            "There was room here, and your own matter didn't come into it. {They} had no way of answering something that {they} hadn't been told.",
            "It can seem unkind to bring up your own matter just when the talk has become easier. Yet that is when it has its best chance of a hearing.",
            "A calm moment is easily spent on keeping it calm. It could also have carried what you came with, which by the end {name} still hadn't heard.",
            "It may have seemed clear from everything else. But what isn't said in so many words can't be agreed to, and can be passed over without a reply.",
            "Notice what you said in this place instead. It could have stayed; one more sentence after it would have had room for what you came for.",
        ),
    ),
    "unsaid": (
        "What you came for was never said",
        (
            "You had come to say something particular. {name} left without having heard it, so there was nothing {they} could answer.",
            "It may have been clear in your head. In the words that were spoken it doesn't appear.",
            "The talk found other things to be about. Each may have mattered, and between them they left no place for the one you had come with.",
            "It is natural to wait for the right moment, and in a guarded talk it may not come. Then the sentence has to be said without it.",
            "What hasn't been said can't be refused, and it can't be granted either. When the talk was over, the matter was still yours alone.",
            "You may have come close to it. But the other side hears what is said and not what is nearly said, and so {name} had nothing of it to think over.",
            "Notice what the two of you had got on to by this point. It shows what drew the talk away from the thing itself.",
        ),
    ),
    "unheard": (
        "You were clear, and {they} had not been heard",
        (
            "{They} pushed back here, and you went on with your side. Behind the pushing stood something {they} needed you to see: {concern}.",
            "Your point had arrived. What kept {them} from moving was another thing: {they} needed you to see {concern}.",
            "You had said your side so that it could be answered. What never came up was the thing that {they} needed you to see: {concern}.",
            "What seldom moves anybody is being told again while waiting for something else. Here {they} {were} waiting for you to see {concern}.",
            "Pushing back can be a way of asking. This time the question in it was whether you could see {concern}.",
            "Your point stood, and beside it was a second one that the talk never got to: {they} needed you to see {concern}.",
            "You could have kept the whole of your wish and still put into words {concern}. Seeing it is one thing, giving way to it is another.",
        ),
    ),
    "formula": (
        "Kind words that fit any talk",
        (
            "It was meant well, and it could have been said to anybody. What {they} needed you to see was {concern}.",
            "Listening phrases help when they land on the very thing that hurts. Here that was {concern}, and it wasn't touched.",
            "It has the shape of listening. The thing itself stayed outside, and it was this: {concern}.",
            "Kindness that stays general keeps its distance. {They} {were} looking for a sign that this one thing had been seen: {concern}.",
            "From this {they} could tell that you were listening, and not yet what you had heard. The thing to be heard was this: {concern}.",
            "Notice how often the talk came back to sentences of this kind. When they don't get any further, there is usually something still unnamed, and here it was this: {concern}.",
            "Goodwill and accuracy are two things, and the first was there. The second would have meant putting into words {concern}.",
        ),
    ),
    "met": (
        "Here it turned",
        (
            "You touched what mattered most to {them}: {concern}. After that {they} had less to defend.",
            "This was the moment {name} had been waiting for without saying so: you saw {concern}.",
            "You spoke to the thing behind the resistance, and it was this: {concern}. Once it has been seen, there is less need to fight for it in other ways.",
            "Seeing {concern} takes nothing away from your own side. It changed what the rest of the talk could be about.",
            "This line was about {them} and could have been about nobody else: you saw {concern}. A kind word in general doesn't reach that far.",
            "It may have looked like a detour from what you came for. But {name} needed you to see {concern}, and now you had.",
            "However you came upon it, by listening, by asking or by a careful guess, you saw it and said so: {concern}. That way is open in other talks too.",
        ),
    ),
    "opened": (
        "Here it opened",
        (
            "This one moved {name} more than anything else you said. It is worth noticing what you did.",
            "After this line {they} {were} easier to reach.",
            "Something eased here, and these are the words it followed. They were yours, so you can find them again.",
            "A turn like this can be quiet, and is missed if one waits only for a yes. It may show first in how much an answer tells you.",
            "It wasn't pressure that did it. {They} came nearer after a line that left {them} the freedom to do so.",
            "From here there was more room in the talk than before, and it was this line that had made it.",
            "Compare this line with your others in this talk. Something about it, in what you said or in how you put it, made you easier to answer.",
        ),
    ),
}

ASKING_AFTER = (
    "What makes this hard for you?",
    "What worries you about it?",
    "What am I missing?",
    "How has it been for you?",
    "What is it about this that you mind?",
)
TAKING_IT: dict[Act, tuple[str, ...]] = {
    Act.ASK_FOR_TIME: (
        "Take the time that you need.",
        "All right. I'd rather have an answer that you've thought about.",
        "That's fine by me. I won't ask again before then.",
    ),
    Act.OFFER_PARTIAL: (
        "Thank you, that's something. Let's leave it there for today.",
        "That helps. I'm glad you offered it.",
        "I hadn't expected that. Thank you.",
    ),
    Act.CONCEDE: (
        "Thank you. That means a good deal to me.",
        "I'm glad. Then that's settled, and I'll stop talking about it.",
        "Thank you. I know that wasn't a small thing.",
    ),
}
TAKING_IN = (
    "I didn't know that. Thank you for telling me.",
    "Wait, I don't want to run past that. How has it been for you?",
    "I hadn't thought of that. What was the worst of it?",
    "I'd no idea. Has it been like that for long?",
    "I'm glad you said that. I'd like to hear more of it.",
)
"""Examples of another way where a scenario can't know what fits."""

FAILURES: dict[str, str] = {
    "edge": "an indirect signal in place of open words",
    "door": "silence about one's own side",
    "flattery": "a roundabout way in place of open words",
    "half_said": "assuming that one has been understood",
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
            "Write down what you would like to happen instead, as one thing on one day. Then say only that, without a word about what {they} {are} like.",
            'Try it in three short sentences that all begin with "I": what I saw, how it was for me, what I\'d like. When a "you are" slips in, begin again.',
            "Look for the worry or the hurt that a sharp sentence like this may be covering, and give it one word. Begin the next attempt with that word.",
            "Next time it gets hot, let one slow breath go by before you answer. Then speak about the last thing that happened and nothing older.",
            "Turn it into a question that you would honestly like to have answered: what happened, say, or how {they} {see} it. Ask it, and give the answer its time.",
            "Read the sentence as if it had been said to you, and find the word that stings first. Take it out, and put in its place what a camera would have seen.",
        ),
    ),
    "dropped": (
        "Stay with it after the first no",
        (
            "Ask, wait out the pushback, and say it a second time in the same calm words. You don't need a new argument.",
            "Write what you want on a slip of paper and keep it in view while you practise. When you notice that you are about to let go, read it out as it stands.",
            "Have one holding sentence ready, such as \"I can see that it's awkward, and I'd still like an answer\". Use it once before you give anything up.",
            "Let the silence stand after you have asked, and count to five before you add anything. Requests are often taken back just to fill a gap.",
            "Decide beforehand which part of it you could settle for. When it gets uncomfortable, move to that part instead of dropping all of it.",
            'If the pressure grows, offer time instead of giving up your request: "Think it over, and tell me on Sunday." Say this twice aloud, so that it is there when you need it.',
            "Ask for something small where little is at stake, a lift home or another table, and stay with it through one no. Then come back to this talk.",
        ),
    ),
    "self_silencing": (
        "Let your own side take up room",
        (
            'One sentence that begins with "I\'d like", without a "sorry" before it or an "it doesn\'t matter" after it.',
            'Go over what you said and strike out the softeners: "just", "only", "sorry", "it\'s nothing". Put in what you\'d like, and say the whole thing once aloud.',
            'Let both wishes stand in one sentence, joined by "and": you would rather do this, and I would rather do that. Neither of them has to go.',
            "Once a day, when somebody asks what you'd prefer, name an actual preference. Tea or coffee is enough to begin with.",
            "Before you say yes, ask yourself whether you'd say it if nobody could mind. If you wouldn't, answer with \"Let me think about that\".",
            "Put a figure on how much it matters to you, from nought to ten. When it is more than five, say one sentence about it before you agree to anything.",
            'Imagine a friend in your place, and say what you would want for them. Then say the same sentence again with "I" in it.',
        ),
    ),
    "withdrawal": (
        "Leave the door open when you leave",
        (
            "When it gets too much, say that you need a pause and when you will be back.",
            'Learn one sentence by heart for such moments, for example "I can\'t take in any more just now; can we go on tomorrow at ten?" Say it, stop, and do come back.',
            "Look for the first sign that it is getting too much: tight shoulders, a hot face, short answers. Next time ask for the pause at that sign, not three lines later.",
            "Practise leaving in two sentences: one for what you are about to do, one for when you'll be ready again. Repeat them until they come without heat.",
            "Before you end it, try asking for less: one point in place of three, or only five more minutes. Then see whether that much is bearable.",
            "After you have gone quiet you can still reopen it. Write the two sentences with which you could come back an hour later, and begin with why you stopped.",
            "Next time, say what the break is for: to calm down, to think, to sleep on it. A pause with a purpose is easier to wait through.",
        ),
    ),
    "hint": (
        "Put the hint into plain words",
        (
            "Ask yourself what you'd want {them} to do on hearing it, and say that.",
            'Take the remark and go on with the words "and so I\'d like". Whatever comes after them is the part to say first next time.',
            "Say it as you would to a visitor who knows nothing about the two of you. What you have to add for the visitor is what was missing here.",
            'Put it as a question that begins with "Would you" and ends with a day. Then wait for the answer instead of explaining.',
            "Choose one small thing this week that you would usually leave to be guessed, and say it outright. Notice what happens, and whether it is what you had expected.",
            "If the plain version seems too blunt, put one friendly sentence in front and leave the plain one whole. Warm and direct can go together.",
            "Name for yourself what you'd least like to hear in reply. Prepare one sentence for that case, and then ask in plain words all the same.",
        ),
    ),
    "door": (
        "Answer when you are asked",
        (
            'Have the one sentence ready with which you would answer "What is it?". Say it aloud five times, until it comes before the excuse does.',
            "Listen for a question about what you want. When it comes, answer that question first, and everything else after it.",
            'Let a friend ask you "What do you actually want to say?", and answer in ten words. Do it again until no word is about anything else.',
            "If the answer won't come at once, say \"Yes, there's something, and I'm looking for the words\". Then take your time, and say it.",
            "Go back to this very question and write down what you would have liked to answer. That sentence is where the next talk can begin.",
            "Notice what your first impulse is when you are asked outright: a joke, a compliment, another subject. Let it pass once, and answer the second impulse.",
        ),
    ),
    "pressed": (
        "Let a step be a step",
        (
            "When you are offered something, name it and stop: what was offered, thank you, and when you will speak again.",
            'Practise three ways of answering "Give me till Sunday". None of them contains your request.',
            "Decide beforehand what would count as enough for one talk. When you have it, say so, and let the talk end on it.",
            'When you notice that you want to ask once more, ask for a day instead: "When shall we go on?"',
            "After a half yes, wait for two breaths. Often the other half comes by itself, and if it doesn't, the first is still yours.",
        ),
    ),
    "flattery": (
        "One kind word, then the matter",
        (
            "Allow yourself one compliment in the whole talk, and let the next sentence be what you came for.",
            "Say it first without any kind word at all, just to hear it. Then put back one, the truest.",
            "Whenever you are about to say something nice, ask yourself whether it answers what was just said. If it doesn't, say what you came for in its place.",
            "Write your request on one line. Everything warm you would like to say goes underneath, for afterwards.",
            "Practise bearing the moment after a plain sentence, without sweetening it. Count to five, and let the other speak first.",
        ),
    ),
    "begged": (
        "Ask standing up",
        (
            'Say the same wish in one sentence, without "please" and without a word about what you are like. Then wait for the answer.',
            "Sit upright, let a breath out, and ask as you would ask for a friend. The wish can stay exactly as it is.",
            "Go through what you said and strike out every word that runs you down. Read what is left aloud; it is enough.",
            "Say the wish once, and the reason once. When you notice that you want to add to it, close your mouth and count to five.",
            "Before you ask, say to yourself: they may say no, and I may ask. Begin when both halves sound true.",
            "Tell {them} what it would mean to you, in place of how bad it is. One sentence, and then the question.",
        ),
    ),
    "half_said": (
        "Finish the sentence",
        (
            "Take these words and add what was left out: what exactly, and when, or from whom. Say the whole of it in one go.",
            'Imagine that {they} asked "Meaning what?", and say your answer aloud. That answer is the sentence to bring next time.',
            "Say it to somebody who knows nothing about the two of you. If they can't say it back to you, it wasn't all there yet.",
            'After a sentence like this go straight on with "What I\'m asking is" or "What I have to tell you is", and end it with a full stop.',
            "Write it out in twelve words, with the thing itself among them. Read it aloud until it no longer makes you hurry.",
        ),
    ),
    "passed_over": (
        "Take in what you are told",
        (
            "When you hear something new about {them}, say one sentence on it before anything else. Then go on with your own.",
            "Listen for the line that isn't about the matter itself. When it comes, put your own sentence away for one turn.",
            'Practise three short ways of showing that something has arrived, such as "I didn\'t know that". Say them until they sound like you.',
            "Read {their} line once more and write down what it tells you about {them}. Begin your next answer with that.",
            "Before you answer, ask yourself what was new in what you have just heard. Name that first, in five words if need be.",
            'Go back to it in the next talk: "You told me something last time, and I ran past it." Then wait.',
        ),
    ),
    "unasked": (
        "Ask, once the door is open",
        (
            "You listen well. Next time put your request right behind the moment in which {they} {soften}.",
            'Prepare a bridge from {their} side to yours, such as "Thank you for telling me; there is something I\'d like to ask as well". Use it as soon as {they} {soften}.',
            "Count along in the next round: after the second thing that you have understood about {them}, your own matter has its turn, even if the moment isn't ideal.",
            "Set yourself a point, halfway through at the latest, by which you will have said it. When you get there, finish the sentence you are in and ask.",
            "Practise saying both in one go: a sentence that shows what you have understood, and one that says what you'd like. Try three versions aloud.",
            "When you notice relief that the talk is getting easier, take the relief as your signal. That is the place for the thing you came to say.",
            "Say it once to the empty room before you begin. A sentence that has been spoken once comes more readily the second time.",
        ),
    ),
    "unsaid": (
        "Say what you came for",
        (
            "Decide on one sentence beforehand, and say it within the first few turns.",
            'Put it at the very beginning, before anything else can take its place: "There\'s one thing I came for, and it is this."',
            "Write it down in twelve words or fewer, and read it aloud until it sounds like you. Take the slip of paper along.",
            "Imagine that you are on your way home, and turn round because one thing hasn't been said. Open the next talk with that sentence.",
            'For when the talk drifts off, learn a way back: "Before we go on to that", and then your sentence. Try the turn three times aloud.',
            "Choose the smallest piece of it that would still count as having been said. Say that piece in your second turn, and leave the rest until it is asked for.",
            'Finish this in as many ways as you can: "When we are done, I\'d like you to know that". Pick the plainest ending and begin with it.',
        ),
    ),
    "unheard": (
        "Hear the pushback before you answer it",
        (
            "When {they} {push} back, say first what you think it is about for {them}, or ask. Then repeat your request.",
            'Take what {they} said in reply and put it into your own words. Then ask "Is that what you mean?" before you go back to your own side.',
            "Keep to a rule for one talk: after every no, a question before any reason. Asking what worries {them} about it is a place to begin.",
            "Write down three things that could lie behind the pushback and have nothing to do with you. Next time, ask about the likeliest of them.",
            "Change places for a minute and speak as {they} might if there were nothing to lose by it. Listen for the sentence that surprises you.",
            'When you notice that you are about to repeat your reasons, say "Tell me what makes it hard" instead. Your own point can wait for one turn.',
            'Join the two sides with "and": first what you have understood about {them}, then what you would still like. A "but" in the middle takes the first half back.',
        ),
    ),
    "formula": (
        "Be particular when you listen",
        (
            'Instead of "I hear you", name the very thing: what it is that has been hard for {them}.',
            "Pick out one word that {they} used, the one with the most weight, and ask about it. With that word in your sentence it is harder to stay general.",
            'After a kind sentence, add "because" and go on. If nothing comes to put behind it, ask a question in its place.',
            "Ask what the hardest part of it is, and stay with the answer for two turns before you say anything about yourself.",
            'Offer a guess as a guess: "Could it be that you were left alone with it?" Even a wrong one, openly made, gives {them} something to put right.',
            "Before you say that you understand, see whether you could tell a third person what it is about. If you couldn't yet, ask once more.",
            "Listen for a name, a day or a place in what {they} said, and come back to it in your next turn. Details often lead to what matters.",
        ),
    ),
    "carry_on": (
        "Keep hold of this",
        (
            "Take this sentence along to the real talk, and say it early, before the reasons.",
            "Write this line down in the words that you would use on an ordinary Tuesday. Then it is there on the day when you need it.",
            "Think of somebody else with whom a line like this could have its place, and how it would sound there. Try it this week on something small.",
            "Find out what exactly you did here and give it a name of your own, two or three words long. A thing with a name is easier to find again under pressure.",
            "Imagine the least welcome answer to this line, and work out what you would say to that. Then rehearse the two together.",
            "Keep the sense of it and change the words. Say both versions aloud, and take along the one that sounds more like you.",
            "Say it again at the end of a long day, when you are tired and in a hurry. What still comes then is yours to use anywhere.",
        ),
    ),
}

PRACTISED_SKILL: dict[str, Skill] = {
    "hostile": Skill.STEADY,
    "dropped": Skill.ASKS,
    "self_silencing": Skill.EXPRESSES,
    "withdrawal": Skill.STEADY,
    "hint": Skill.ASKS,
    "passed_over": Skill.LISTENS,
    "door": Skill.EXPRESSES,
    "pressed": Skill.WORKS_IT_OUT,
    "flattery": Skill.EXPRESSES,
    "begged": Skill.ASKS,
    "half_said": Skill.EXPRESSES,
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
    Outcome.IMPASSE: "No agreement this time",
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
