"""Talks written by hand: for each scenario a weak, a middling and a strong one.

Each is what a trainee types, in order. The weak ones attack or give up; the middling ones
mean well and slip; the strong ones say their side, hear the other's, and stay.
"""

from __future__ import annotations

DADS_WEAK = (
    "Must be nice to turn up with a cake and go home again.",
    "You're so selfish, Donna. You've never lifted a finger for him.",
    "Oh, poor you, ninety minutes on a motorway. You're pathetic.",
    "You're doing Wednesdays from now on and that's the end of it.",
    "You always do this. You always make it about money.",
    "Whatever. Forget it. I'll do it myself like I always do.",
)
DADS_MIDDLING = (
    "I'm tired, Donna. I've been doing the clinic for over a year.",
    "Could you take some of the Wednesdays?",
    "I only did his pills again because somebody had to check them.",
    "You never asked how I was getting on with it, though.",
    "I'd still like you to take some Wednesdays.",
    "Okay, it's fine, don't worry about it. I'll manage.",
)
DADS_STRONG = (
    "I'm worn out, Donna. I've taken him to the clinic every Wednesday for fourteen months, and "
    "last Thursday I sat in the car outside work and couldn't go in.",
    "Would you take Dad to the clinic on Wednesdays, starting in October?",
    "I did the pill box again after you at Easter, and I left you that laminated page. I'm sorry. "
    "It must have felt as if I didn't trust you with your own dad.",
    "I never thanked you for the stairlift. I know a day down here costs you money as well. "
    "How does it look from your side?",
    "It must be hard, seeing him go downhill when you only get him on the phone the rest of the "
    "week.",
    "I'd still like you to take the Wednesdays. What if we tried it for a month, you did it your "
    "way, and we looked at it together at Christmas?",
    "Thank you. I feel lighter already, just from saying it.",
)

SPARE_ROOM_WEAK = (
    "Oh, so you can talk. I thought you'd gone dumb.",
    "It's my money too and you know it. You're being childish.",
    "Fine. Great. Another week of the saint upstairs.",
    "You're just punishing me because you like it.",
    "If you don't come back to our bed tonight I'm calling a lawyer.",
    "You're overreacting. It was a loan, not a murder.",
)
SPARE_ROOM_MIDDLING = (
    "I'd like to talk about what happened in July.",
    "I know you're upset, but I had to help him. He's my brother.",
    "Could we sit down on Sunday for half an hour?",
    "You never say anything, so how am I supposed to know?",
    "I miss you. I do want us to talk.",
    "Okay, never mind. Whenever you're ready. It doesn't matter.",
)
SPARE_ROOM_STRONG = (
    "No, you're not in my way. I miss you, Ruth, and I'm angry too, and I'm not going anywhere.",
    "You said no in the car and two days later I sent the money. I'm sorry. I asked you and then "
    "I acted as if you hadn't answered.",
    "That night I talked at you for three hours until you said fine. I can see why you'd rather "
    "be quiet than go through that again.",
    "Would you sit down with me on Sundays and Wednesdays, half an hour each time, to talk about "
    "what happened?",
    "So it feels as if I'd only talk you round again. What would make it safe enough for you?",
    "I'd still like the two evenings. We could begin with one Sunday, and you say when it's "
    "enough.",
)

BACK_WEAK = (
    "Sorry to bother you, it's nothing really, forget it.",
    "It must be lovely to have nobody waiting for you at home.",
    "You just want to own people. You don't care about anyone's kids.",
    "You're a terrible manager, honestly. Everyone says so.",
    "Either I get my Tuesdays or I'm telling the whole floor what you're like.",
    "Fine, whatever you want. I'll stay till midnight then. It doesn't matter.",
)
BACK_MIDDLING = (
    "I wanted to ask about my hours.",
    "I'd like to leave at half past four on Tuesdays and Thursdays.",
    "You always want something just when I'm leaving.",
    "I only stayed late all those years because you expected it.",
    "I feel tired and I miss Robin.",
    "All right, just the Tuesday then, sorry, it's fine, forget the rest.",
)
BACK_STRONG = (
    "I'm not leaving, Rekha. I'm asking for something so that I can stay.",
    "Last week I left at ten to six on four days, and twice Robin was the last child at the "
    "nursery. I was ashamed. Could I leave at half past four on Tuesdays and Thursdays?",
    "After the Mark Five I'd dread another launch with nobody next to me as well. Is that what "
    "worries you about the ninth of June?",
    "I won't answer messages after seven any more, unless it's my on-call week.",
    "I imagine they push you from upstairs while we pull from below. That must be exhausting.",
    "I could come in at eight on those two days and write the launch plan with you this week, so "
    "that you aren't alone with it.",
    "Thank you. Before Robin I loved being the last one out, and I'm sad that I can't be that "
    "person any more.",
)

MUM_WEAK = (
    "Don't start with the shoes, Mum, you're unbearable.",
    "This is exactly why nobody ever tells you anything. You're such a gossip.",
    "Chris and I are finished. Happy now?",
    "You don't care about me, you only care what the aunties think.",
    "If you ring Chris I will never bring the kids here again.",
    "Whatever. I'm not talking to you.",
)
MUM_MIDDLING = (
    "I've got something to tell you, Mum.",
    "Chris and I are separating.",
    "It's not a big deal, people split up all the time. Don't cry.",
    "Please don't tell anyone before Sunday.",
    "You always ring everybody. You never keep anything to yourself.",
    "I'm sorry, I'm a terrible daughter. Never mind the Saturdays, I'll sort it out somehow.",
)
MUM_STRONG = (
    "Mum, can you sit down with me? I've something hard to say, and I wanted you to hear it from "
    "me.",
    "Chris and I are separating. We decided it together three weeks ago, and I'm sad about it.",
    "You're frightened of losing Maya and Rohan, aren't you? Tuesdays stay yours. I want you in "
    "their lives more than before.",
    "Please don't tell anyone before Sunday, and don't ring Chris. We want to tell the children "
    "ourselves.",
    "I know that's a lot to carry alone until Sunday. I'd still like you to keep it until then.",
    "It isn't your failure, Mum. What are you most afraid that people will say?",
    "Could you have the children on Saturdays, nine till three, while I paint the flat?",
)

TRIPLES: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "dads_appointments": (DADS_WEAK, DADS_MIDDLING, DADS_STRONG),
    "the_spare_room": (SPARE_ROOM_WEAK, SPARE_ROOM_MIDDLING, SPARE_ROOM_STRONG),
    "back_at_work": (BACK_WEAK, BACK_MIDDLING, BACK_STRONG),
    "telling_mum": (MUM_WEAK, MUM_MIDDLING, MUM_STRONG),
}
"""Scenario id -> (weak, middling, strong)."""
