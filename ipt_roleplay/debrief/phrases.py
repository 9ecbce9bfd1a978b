"""Ways of speaking that a reader of single messages doesn't tell apart: an outright question what
somebody has come for, pleading, and flattery. Patterns and likeness to a few sentences, so they
miss a good deal, and rarely find what isn't there."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ipt_roleplay.domain import Move
from ipt_roleplay.embedding import embed
from ipt_roleplay.linear import Floats
from ipt_roleplay.sentences import sentences

_ASKED_OUTRIGHT = re.compile(
    r"what(?: is it| exactly)?(?: that)? (?:are you|were you|you're) (?:\w+ )?"
    r"(?:asking|telling|saying|after|trying|wanting)"
    r"|what (?:do|did) you (?:\w+ )?(?:want|mean to say|come for)"
    r"|go on,? (?:then,? )?(?:say|tell|ask)"
    r"|finish it\b|just tell me|don't hint|stop hinting|ask me again,? slow"
    r"|run it past me|try it plain"
    r"|something i have to (?:know|do)|a thing you want me to|straight at me"
    r"|what(?:'s| is) (?:this|it|that|all this) (?:\w+ )?about"
    r"|is there a ['\"]?but\b|say it (?:to my face|at me|big|out|straight|plain)"
    r"|spit it out|out with it|if (?:there's|you've got|you have|you want) something"
    r"|something to (?:say|tell|ask)|something on your mind|you'll have to say"
    r"|what(?:'s| is) (?:on your mind|the matter|up with you)|(?:had|got) a face on"
    r"|stopped guessing|where were you headed|start a thing and|\bwhat is it\?"
    r"|do you mean\b.{3,50}\bor\b|which (?:\w+ )?is it\b|what(?:'s| is) in it for you"
    r"|what would you like|what(?:'s| is) the (?:thing|question|news|ask|matter)\b"
    r"|\bor a request\b|put it together for me|say it (?:once more|slowly)"
    r"|what are you (?:really |actually )?(?:here|on about|driving at|getting at)",
    re.IGNORECASE,
)
_BEGS = re.compile(
    r"\bplease\b.{0,40}\bplease\b|\bi(?:'d| would|'ll) do anything"
    r"|\bbegg?(?:ing)? you\b|\bi beg\b(?! your pardon)"
    r"|\bhave (?:pity|mercy)|\bi can(?:'t|not) bear (?:it(?! (?:much|either)\b)|you)"
    r"|(?<!think )(?<!thought )(?<!say )(?<!said )(?<!saying )\bi(?:'m| am| know i'm)"
    r"(?: (?:so|such an?|just|being|a))*"
    r" (?:pathetic|useless|stupid|hopeless|rubbish|worthless|nothing|idiot|burden|mess|failure)\b"
    r"(?! (?:at|with)\b)"
    r"|\bdon't (?:be (?:cross|angry|mad)|hate me)|\bjust this once\b|\bi(?:'m| am) desperate",
    re.IGNORECASE | re.DOTALL,
)
_FINE = (
    "clever|wise|brilliant|amazing|wonderful|gorgeous|lovely|incredible|fantastic|beautiful|kind"
    "|patient|graceful|generous|strong|brave|calm|talented|thoughtful|organi[sz]ed|elegant|special"
    "|smart|gifted|capable|warm|good|great|perceptive|impressive|inspiring"
)
_COMPLIMENTS = re.compile(
    rf"\byou(?:'re| are|'ve always been| have always been|'ve been|'ve got| have| always| look)"
    rf"(?: (?:got|always|just|honestly|really|still|been))*"
    rf"(?: so| such an?| the (?:best|most)| an?)(?: (?:real|true|very|really))* (?:{_FINE})\b"
    rf"|\b(?:nobody|no one|no-one) \w+ (?:\w+ ){{0,4}}(?:like|the way|as well as|better than) you"
    rf"|\bsuch an? (?:{_FINE}|natural)\b|\b(?:{_FINE}) (?:woman|man) like you"
    rf"|\bsuch an? (?:\w+ ){{0,2}}(?:heart|talent|gift|eye|mind|presence|inspiration)\b"
    rf"|\bi (?:so |really |always )?(?:admire|envy)\b|\bhow do you do it\b"
    rf"|\byou're (?:glowing|amazing|wonderful|brilliant|the best|incredible|fantastic)\b"
    rf"|\bthe best \w+ (?:any|in|on|of)\b|\bwould have (?:adored|loved) you\b|\bi adore\b",
    re.IGNORECASE,
)


_MEAN = (
    "pathetic|spineless|gutless|selfish|lazy|useless|cowardly|childish|ridiculous|heartless|ungrateful"
    "|spoilt|spoiled|stupid|worthless|disgusting|controlling|manipulative|clueless|hysterical"
    "|crazy|insane|mental|cold-hearted|two-faced|petty|pitiful|laughable|a joke"
)
_NAMES = (
    "(?:cold|hard|nasty|horrible|vicious|bitter|mean|cruel|selfish) (?:woman|man|person)"
    "|idiot|coward|liar|hypocrite|bully|child|snob|parasite|leech|monster|witch|cow|bitch|bastard"
    "|moron|fool|failure|loser|brat|clown|dinosaur|doormat|martyr|nag|tyrant|cheat|fraud"
    "|fishwife|drama queen|control freak|waste of space|disgrace|sponger|cold fish"
)
_INSULTS = re.compile(
    rf"(?<!think )(?<!say )(?<!saying )(?<!mean )(?<!if )\byou(?:'re| are|'ve always been| were)"
    rf"(?: (?:such|just|so|nothing but|always|really|being|a|an|the|bit|bloody|fucking|complete"
    rf"|total|right|selfish|spoilt|cold|stupid|old))* (?:{_MEAN}|{_NAMES})\b"
    rf"(?! (?:for|at|with|about|on|care|health|of))"
    rf"|\byou (?:\w+ )?(?:{_NAMES})(?=\W*(?:[.!?,]|$))"
    r"|\byou(?:'ve| have)(?: got)? (?:no|not an ounce of|never had any|never had an ounce of)"
    r" (?:spine|heart|backbone|guts|shame|feelings?|decency|manners|brains?)\b"
    r"|\byou haven't got the (?:guts|spine|brains?|decency)\b"
    r"|(?:^|[.!?,] )(?:just |oh |do )*(?:listen to yourself|grow up|get over yourself)\b"
    r"|\bshame on you\b"
    r"|\bwho do you think you are\b|\bwhat(?:'s| is| the hell is) wrong with you\b"
    r"|\byou(?:'re| are) (?:as )?cold as \w+|\bcold as a fish\b"
    r"|\byou (?:make me sick|disgust me)\b",
    re.IGNORECASE,
)


_REFUSES = re.compile(
    r"\b(?:i|we)(?:'m| am|'re| are)? ?(?:won't|will not|can't|cannot|not going to|not able to"
    r"|no longer|'d rather not|don't (?:want to|do|answer)|shan't|wouldn't)\b"
    r"(?! (?:take up|keep you|be long|bother you|trouble you|pretend (?:that|to|it|i)|lie(?=[,.])"
    r"|lie to|deny|ask you|say (?:that|it|no|don't)|hold (?:it|that)|blame"
    r"|hide (?:it|that) from you)\b)"
    r"|\b(?:that's|this is) (?:as far as|where|my limit|all) i\b|\bfrom now on\b",
    re.IGNORECASE,
)
_WISHES = re.compile(
    r"\b(?:i|we)(?:'d| would| do| really| just|'ve)*"
    r" (?:need|want|like|love|hope|miss|wish|rather|prefer)\b"
    r"(?! to (?:\w+ly )?(?:own|know|hono|say|hear|be honest|check|understand|name|ask|thank|reflect"
    r"|tell|bring|start|begin|flag|propose|focus|talk|share|acknowledge|express))"
    r"|\bmatters to me|\bimportant to me|\bwhat i(?:'d| would)? (?:need|want|like)\b",
    re.IGNORECASE,
)
_ASKS_FOR = re.compile(
    r"\?|\bi(?:'d| would) (?:like|love|want|rather)\b|\bi(?:'m| am) asking\b"
    r"|\bi (?:want|need) (?:you|us|it|to)\b|\bplease\b|\blet's\b|\bhow about\b|\bask you\b"
    r"|\b(?:can|could|would|will) (?:you|we|i)\b",
    re.IGNORECASE,
)
_SMALL_SORRY = re.compile(
    r"\bsorry (?:to|for|if|about|i|i'm|it's|this is|the)\b.{0,20}\b(?:bother(?:ing)?|grab(?:bing)?"
    r"|disturb(?:ing)?|keep(?:ing)? you|going on|go on|late|short notice|interrupt(?:ing)?)\b"
    r"|\bsorry i haven't said\b|^\W*(?:i'm )?(?:so )?sorry\W*$"
    r"|\b(?:won't|wouldn't|don't) hold (?:it|that) against you\b",
    re.IGNORECASE,
)
_COURTESY = re.compile(
    r"\b(?:happy (?:with|to)|glad (?:we|you)|feel (?:so )?(?:awful|bad|terrible|guilty)"
    r"|(?:i'm|i am) afraid (?:i|not|so|that))\b",
    re.IGNORECASE,
)

_TAKES_IN = re.compile(
    r"\bi (?:hadn't|didn't|never|had not|did not|had no) (?:\w+ )?(?:know|known|knew|idea|guessed?"
    r"|realised?|realized?|thought of|see|seen)\b"
    r"|\bi'd (?:no|never|not)\b.{0,20}\b(?:idea|know|guess)|\bno idea\b"
    r"|\bthank you for (?:telling|saying|letting)|\bthat (?:must have|must be|sounds)\b"
    r"|\bthat's (?:a lot|awful|terrible|so hard|really hard|so sad|lovely|rotten|a long time)\b"
    r"|\bi(?:'m| am) (?:so |really |very )?sorry (?:that|you|about|it|to hear)"
    r"|\boh,? (?:no|god|love|mum|mam|dad|grandpa)\b",
    re.IGNORECASE,
)

_ACCEPTS = re.compile(
    r"\b(?:thank(?:s| you)|cheers|ta)\b"
    r"|(?:\b(?:is|are)|'s|'re) (?:fine|good|grand|fair|enough|a start)\b"
    r"|^\W*(?:all right|alright|okay|ok|fair enough|right you are|deal|done|good)\b",
    re.IGNORECASE,
)

_SOOTHES = re.compile(
    r"\b(?:it's|it'll|it will|everything'll|we'll|you'll|they'll) (?:all )?(?:be |going to be )"
    r"(?:fine|ok|okay|alright|all right|grand)\b"
    r"|\b(?:you'll|they'll|she'll|he'll) (?:manage|cope|survive|hardly|get over)\b"
    r"|\bdon't (?:be (?:silly|daft|thinking)|say that|feel bad|think (?:like )?that)\b"
    r"|\b(?:no,? don't|you (?:must not|mustn't|should not|shouldn't|needn't|need not)) worry\b"
    r"|\byou can't (?:blame|help)\b|\bnot (?:really )?(?:your fault|on you)\b"
    r"|\byou (?:couldn't|could not) have (?:known|stopped|done)\b"
    r"|\byou (?:didn't|haven't|hadn't) (?:do|done) anything\b|\bhappens for a reason\b"
    r"|\byou will (?:all )?be (?:fine|ok|okay|alright|all right|grand|right)\b|\byou'll be right\b"
    r"|\bno (?:use|point|sense) (?:in )?(?:going over|dwelling|beating)\b|\ba great innings\b"
    r"|\bonly an? (?:flight|bus|train|drive|phone call|call) away\b"
    r"|\byou were (?:only|just|a|only a|just a) (?:kid|child|boy|girl|young|doing)\b"
    r"|(?<!of )\bcourse you (?:do|did|care|can)\b"
    r"|\b(?:he|she) (?:knew (?:you|that you)|never minded|wouldn't have minded)\b"
    r"|\bnothing (?:you|anyone|anybody|nobody) (?:did|could|would)\b|\byou said what any"
    r"|\bwon't (?:even )?(?:notice|be like that)\b|\bis not (?:a|that|so) bad\b|\bcheer up\b"
    r"|\bit was (?:fine|nothing)\b|\byou'll see\b|\bit wouldn't have (?:changed|made)"
    r"|\bkids don't\b|\bat least you\b|\blook on the bright|\btime heals\b",
    re.IGNORECASE,
)
_UNDOES = re.compile(
    r"\bforget (?:it|i said|about it)\b|\bnever ?mind\b"
    r"|\bit'?s (?:really |honestly |all )?(?:fine|nothing|ok|okay|no bother)"
    r"(?=[.,!;]| i\b| really| honestly|$)|\bmaybe (?:another|some other) time\b"
    r"|\b(?:don't|dont|didn't|not) (?:want|mean|wanting|going) to"
    r" (?:bother|hold you|make a (?:big )?(?:thing|fuss)|be a (?:bother|burden|nuisance|pain))"
    r"|\bno (?:rush|pressure)\b|\bnot worth (?:it|falling|bothering)"
    r"|\bsilly,? (?:isn'?t it|really|i know|of me)|\b(?:it )?doesn't matter\b"
    r"|\bi don't (?:really )?mind\b|\bbut i'?m (?:fine|ok|okay|alright)"
    r"|\bi(?:'ll| will) (?:manage|cope|try and make it work)|\bi'm not raising\b"
    r"|\b(?:no|not a|isn't a) big (?:deal|thing)\b|\bif it'?s too (?:hard|much)\b"
    r"|\bonly if you'd\b|\bwhatever you (?:feel|think|like|want)\b",
    re.IGNORECASE,
)
_STANDS = re.compile(
    r"\bscratch that\b|\bno,? (?:i do|actually|wait|i did)\b|\bactually,? (?:no|yes|i do)\b"
    r"|\bi do (?:want|mean|need|mind)\b|\bi(?:'d| would) still (?:like|want)\b"
    r"|\bit(?:'?s| is) not (?:totally |really |all )?(?:fine|nothing)",
    re.IGNORECASE,
)

PRAISE = (
    "You look wonderful today.",
    "You're the best cook I know.",
    "Nobody does this as well as you.",
    "I've always admired you.",
    "You have such a good heart.",
    "You're so clever, you'll think of something.",
    "Everyone says how lucky I am to have you.",
    "You've got a real gift for this.",
    "What a beautiful dress, it suits you.",
    "I'd be lost without you.",
    "You're an absolute star.",
    "I learned everything from you.",
    "You always know the right thing to say.",
    "How do you do it all?",
    "You're a genius, honestly.",
    "You make it look so easy.",
    "No one tells a story like you.",
    "You haven't aged a day.",
    "I tell everybody what a great boss I have.",
    "A man as generous as you will understand.",
)
NO_PRAISE = (
    "Would you take Dad on Wednesdays?",
    "I'm worn out with it.",
    "You never listen to me.",
    "I can see why that upset you.",
    "What was that like for you?",
    "I'm sorry I said that.",
    "You're tired and you've had a long day.",
    "Thank you for telling me that.",
    "You work hard and nobody says so.",
    "I miss talking to you.",
    "I appreciate you hearing me out.",
    "You're being stubborn.",
    "You've done so much for him.",
    "I know you love her.",
)
FLATTERIES = 3
"""So many messages with a compliment in one talk are more than kindness."""
NEAR_PRAISE, NEARER = 0.45, 0.15
"""How near a sentence must come to praise, and how much nearer than to anything else. Of the
scripted trainees' talks three such messages stand in 23 of 54 by flatterers, in 3 of 108 by the
skilled."""


_UNMARKED = re.compile(
    r"\b((?:do|does|did|is|was|were|could|would|should|have|has|had|ca|wo|are)n|i(?=m|ve)"
    r"|you(?=re|ve|ll|d)|they(?=re|ve|ll)|that(?=s|ll)|what(?=s)|it(?=ll))(t|m|ve|re|ll|d|s)\b",
    re.IGNORECASE,
)
"""Contractions without their apostrophe, but for those that are words by themselves."""
_TECHNIQUE = re.compile(
    r"\bwhat i'm hearing|\bi(?:'m| am) hearing|\bi hear (?:that )?(?:you|a lot)"
    r"|\bhold(?:ing)? space"
    r"|\bi(?: want to)? (?:honou?r|validate|acknowledge)\b|\bsit with (?:that|this|it|your)"
    r"|\breflect (?:that|this|it) back|\bthank you for (?:sharing|making time|your honesty)"
    r"|\blean(?:ing)? into|\bon a scale of (?:one|1)|\bi-?statements?\b"
    r"|\bi notice that (?:i|you)"
    r"|\bexpress a need|\bwith openness|\bbeing present with"
    r"|\bi have a need for|\bmy (?:needs|boundaries)\b|\bit sounds like (?:you|that|there)"
    r"|\bsounds (?:so |really |very )?(?:painful|difficult|hard|frustrating) for you"
    r"|\bhelp me understand|\bhow does (?:it|that) (?:feel|make you feel)|\bdid i get that right"
    r"|\binterests rather than|\bwin-?win\b|\bfeeling (?:your|a|big) (?:feeling|emotion)s?"
    r"|\byou(?:'re| are) having feelings|\bso you feel\b|\bcreate a (?:safe )?space",
    re.IGNORECASE,
)


def asks_outright(text: str) -> bool:
    """Whether somebody asks what the other has come to say, or to say it straight."""
    return bool(_ASKED_OUTRIGHT.search(plainly(text)))


def begging(text: str) -> int:
    """How many times a message begs or runs its own author down."""
    return len(_BEGS.findall(plainly(text)))


def insults(text: str) -> bool:
    """Whether a message calls the other names, or puts them down outright."""
    return bool(_INSULTS.search(plainly(text)))


_SHOWN_IN_WORDS: dict[Move, re.Pattern[str]] = {
    Move.GENERALISATION: re.compile(
        r"\b(?:you|your|it's|that's)\b[^.!?]{0,40}\b(?:always|never|ever|every|everything|nothing"
        r"|nobody|no one|all you|constantly|forever|all the time|once)\b"
        r"|\b(?:always|never|every(?:body|one|thing)?|nothing|nobody)\b[^.!?]{0,30}\byou\b",
        re.IGNORECASE,
    ),
    Move.THREAT: re.compile(
        r"\bif (?:you|i|this|it|that)\b|\bunless\b|\botherwise\b|\bor (?:else|i|you|we)\b"
        r"|\bregret\b|\bsee how\b|\b(?:till|until) you\b"
        r"|\byou(?:'ll| will| won't)\b|\bi(?:'ll| will|'m going to)\b"
        r"|\b(?:last|final) (?:chance|warning|time)\b|\bdon't (?:bother|expect|come|you dare)\b"
        r"|\bwatch (?:out|it|yourself)\b",
        re.IGNORECASE,
    ),
    Move.BLAME: re.compile(r"\byou(?:rs?|rsel(?:f|ves)|'\w+)?\b|\bthanks to\b", re.IGNORECASE),
    Move.MIND_READING: re.compile(r"\byou(?:rs?|rsel(?:f|ves)|'\w+)?\b", re.IGNORECASE),
    Move.CONTEMPT: re.compile(r"\byou(?:rs?|rsel(?:f|ves)|'\w+)?\b|!", re.IGNORECASE),
}
"""Without words like these a sentence doesn't make the move, whatever a reader of styles says."""


_OF_ONESELF = re.compile(
    r"\bi(?:'ve|'d|'ll|'m| have| had)? (?:\w+ )?(?:always|never|ever)\b[^.!?,;]*"
    r"|\b(?:i|we)(?:'ll| will| can) [^.!?;]*|\bnever in (?:my|the) way\b|\bnever alone\b",
    re.IGNORECASE,
)
"""Who says "I've never once asked", or promises to ring every day, charges nobody with anything."""


def shows(text: str, move: Move) -> bool:
    """Whether the words of a sentence allow for the move that it was read to make."""
    pattern, said = _SHOWN_IN_WORDS.get(move), plainly(text)
    if move is Move.GENERALISATION:
        said = _OF_ONESELF.sub(" ", said)
    return pattern is None or bool(pattern.search(said))


_HALF_SORRY = re.compile(
    r"\b(?:(?<!say )sorry|apologi[sz]e|my (?:fault|mistake)|(?:shouldn't|should not) have"
    r"|wrong of me)\b"
    r"[^.!?]*[.!?,;]?[^.!?]{0,40}?"
    r"\bbut,? (?:you|it was|it's(?! up to| your (?:choice|say|call))|somebody|someone|honestly"
    r"|they|he|she)\b",
    re.IGNORECASE,
)


_EXCUSES = re.compile(
    r"\byou (?:\w+ )?(?:have to|must|should|need to|got to) (?:also )?understand\b"
    r"|\b(?:under|having|had|with) (?:so much|such|very much|a lot of|that much|huge|all that)"
    r" (?:of )?(?:pressure|stress)\b"
    r"|\bin (?:the )?heat of (?:the )?moment\b|\bi (?:am|was) (?:also )?(?:only )?human\b"
    r"|\banyone (?:else )?would(?:'ve| have)?\b|\bto be fair to me\b"
    r"|\b(?:not|isn't|wasn't) (?:my|all my|only my) fault\b"
    r"|\bwhat was i (?:meant|supposed) to do\b|\bi had no choice\b"
    r"|\bi (?:never|didn't) (?:mean|meant|intend) (?:anything|it|any harm|to hurt|like that)\b"
    r"|\bi (?:was|am) (?:so |really |very |that |just )?(?:busy|swamped|snowed under|stressed)\b"
    r"|\bi (?:was|am) (?:only|just) (?:joking|trying to help|doing (?:my|the) job)\b"
    r"|\bi (?:had|was having|have) (?:\w+ )?(?:hundred|thousand|million) \w+",
    re.IGNORECASE,
)


def excuses(text: str) -> bool:
    """Whether a message gives reasons that speak for its author."""
    return bool(_EXCUSES.search(plainly(text)))


def half_sorry(text: str) -> bool:
    """Whether a message says sorry and goes on to what the other had coming."""
    return bool(_HALF_SORRY.search(plainly(text)))


def takes_in(text: str) -> bool:
    """Whether a message says that something it was told has arrived."""
    return bool(_TAKES_IN.search(plainly(text)))


def accepts(text: str) -> bool:
    """Whether a message begins with thanks or a yes to what was offered."""
    spans = sentences(text)
    return bool(spans) and bool(_ACCEPTS.search(plainly(text[: spans[0][1]])))


def soothes(text: str) -> bool:
    """Whether a message comforts, excuses or cheers up: at what was just told, before it has been
    heard."""
    return bool(_SOOTHES.search(plainly(text)))


def undoes(text: str) -> bool:
    """Whether a message takes back what its author says in it."""
    return bool(_UNDOES.search(plainly(text)))


def stands_after_all(text: str) -> bool:
    """Whether a message takes back that its author was letting go."""
    return bool(_STANDS.search(plainly(text)))


def refuses(text: str) -> bool:
    """Whether a message says what its author won't do, or only will do."""
    return bool(_REFUSES.search(plainly(text)))


def borrowed(text: str) -> bool:
    """Whether a message speaks in the set phrases of counselling."""
    return bool(_TECHNIQUE.search(plainly(text)))


def wishes(text: str) -> bool:
    """Whether a sentence says what its author needs or would like."""
    return bool(_WISHES.search(plainly(text)))


def asks_for(text: str) -> bool:
    """Whether a sentence asks somebody for something, in whatever form."""
    return bool(_ASKS_FOR.search(plainly(text)))


def small_sorry(text: str) -> bool:
    """Whether a sorry or a promise in it is no more than manners, and owns nothing."""
    return bool(_SMALL_SORRY.search(plainly(text)))


def courteous(text: str) -> bool:
    """Whether the feeling in a message may be no more than a form of words, or an apology."""
    return bool(_COURTESY.search(plainly(text)))


@lru_cache(maxsize=1024)  # several parts of a debrief ask it of the same text
def flatters(text: str) -> bool:
    """Whether a message pays a compliment."""
    if not text.strip():
        return False
    if _COMPLIMENTS.search(plainly(text)):
        return True
    found = embed([text[start:end] for start, end in sentences(text)])
    praise, other = (found @ known.T for known in _known())
    near = praise.max(axis=1)
    return bool(((near >= NEAR_PRAISE) & (near - other.max(axis=1) >= NEARER)).any())


@cache
def _known() -> tuple[Floats, Floats]:
    return embed(list(PRAISE)), embed(list(NO_PRAISE))


def plainly(text: str) -> str:
    """With plain quotation marks, and with the apostrophes that texting leaves out."""
    text = text.translate(str.maketrans("’‘“”", "''\"\""))
    return _UNMARKED.sub(lambda found: f"{found[1]}'{found[2]}", text)
