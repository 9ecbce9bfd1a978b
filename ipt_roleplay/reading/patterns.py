"""Turns of phrase that carry a move, written by hand: what the reader looks for first.

Each pattern is searched in the plain line of a message (`words.plain`): lower case, one
space between words, marks standing as words of their own. What a pattern finds is a sign,
not a verdict: the weights learnt from the coded messages say how much it counts, for its
own moves and for any other. Where a move was read, the words found become its cue.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from ipt_roleplay.domain import Move

_EMOTION = (
    r"(?:hurt|sad|sadder|angry|cross|furious|livid|raging|mad|scared|frightened|terrified|"
    r"afraid|worried|anxious|nervous|panicky|lonely|lonesome|alone|jealous|ashamed|"
    r"embarrassed|humiliated|guilty|upset|gutted|disappointed|devastated|heartbroken|crushed|"
    r"overwhelmed|swamped|hopeless|helpless|useless|small|proud|happy|glad|relieved|grateful|"
    r"thrilled|excited|touched|fed up|sick of|tired of|annoyed|irritated|frustrated|"
    r"left out|shut out|lost|torn|tense|resentful|bitter|shocked|shaken|numb|uneasy|"
    r"uncomfortable|unsettled|homesick|desperate|insecure|unwanted|invisible|let down|"
    r"rattled|stressed|exhausted|worn out|shaky|confused|stung|winded|broken|miserable|low)"
)
_SOFTENER = (
    r"(?:(?:really|very|so|quite|just|still|a bit|a little|also|too|pretty|dead|that|\w+ly) ){0,3}"
)
_INSULT = (
    r"(?:idiots?|stupid|thick|pathetic|useless|lazy|selfish|liars?|cowards?|cow|bitch|bastards?|"
    r"pigs?|muppets?|clowns?|jokes?|losers?|morons?|psycho|creeps?|creepy|disgusting|disgrace|"
    r"ridiculous|bullies|bully|parasites?|leech|spineless|childish|ungrateful|spoilt|brat|hypocrite|"
    r"control freak|nasty|vile|cruel|heartless|two-faced|sneaky|snakes?|stalkers?|dinosaur|"
    r"hopeless|worthless|waste of space|piece of work|witch|madam|wimp|doormat|snob|"
    r"nightmare|drama queen|princess|arse|arsehole|asshole|prick|dick|twat|shit|scum|sponge|"
    r"incompetent|unbearable|insufferable|weak|mug|fool|gambler|drunk|thief|traitor|baby|fraud)"
)
_ACT = (
    r"(?:ask|tell|text|ring|call|phone|message|write|send|give|let|help|come|go|sit|stay|wait|"
    r"talk|speak|listen|look|take|bring|put|leave|move|keep|hold|stop|try|start|show|read|check|"
    r"wash|clean|do|make|have|get|be|agree|think|say|explain|share|pick|book|drop|swap|use|"
    r"knock|cover|cut|change|answer|reply|meet|drive|see|hear|turn|pay|plan|find|set)"
)
_COMMAND = (
    r"(?:shut|sit|listen|get|give|stop|go|come|put|take|leave|turn|look|answer|tell|apologise|"
    r"apologize|pack|pick|hand|delete|cancel|ring|sort|cut|keep|move|wait|grow|stay|drop|"
    r"quit|clear|clean|fix|do|be|wake|face|admit|say|name|explain|back|calm|act|try|pull|own)"
)
_OPEN = r"(?:^|[.!?;:,] |\.\.\. |(?:and|but|so|right|okay|now|no|yes|oh|well) )"


class Pattern(NamedTuple):
    """A turn of phrase and the moves whose cue it is; none, where it only tips a scale."""

    search: re.Pattern[str]
    moves: tuple[Move, ...]


def _p(search: str, *moves: Move) -> Pattern:
    return Pattern(re.compile(search), moves)


M = Move

PATTERNS: Mapping[str, Pattern] = {
    # ------------------------------------------------------------ feeling
    "i feel emotion": _p(
        rf"\b(?:i|i'm|i've been|it) (?:\w+ ){{0,2}}(?:feel|felt|feeling|get|got|am|was|been|'m) "
        rf"{_SOFTENER}(?:left |like )?{_EMOTION}\b",
        M.FEELING,
    ),
    "i'm emotion": _p(rf"\b(?:i'm|i am|i was|left me|makes me|made me) (?:feel )?{_SOFTENER}{_EMOTION}\b", M.FEELING),
    "feel emotion": _p(rf"\b(?:feel|felt|feeling|feels) {_SOFTENER}{_EMOTION}\b", M.FEELING),
    "it hurt me": _p(
        r"\b(?:that|it|this|which)(?:'s)? (?:\w+ ){0,2}(?:hurts?|stings?|stung|scares?|scared|"
        r"frightens?|frightened|worries|worried|upsets?|winded|floored|rattled)(?: me)?\b",
        M.FEELING,
    ),
    "i miss": _p(r"\bi (?:\w+ )?(?:miss|missed|dread|dreaded|hate|hated|panicked|cried|love how)\b(?: [\w']+){0,3}", M.FEELING),
    "emotion noun": _p(r"\b(?:my|the|of|with) (?:fear|anger|shame|grief|worry|guilt|jealousy|panic|sadness)\b", M.FEELING),
    "i feel that you": _p(r"\bi (?:just )?feel (?:that|like|as if|as though) (?:you|we|everyone|nobody)\b(?: [\w']+){0,4}", M.BLAME),
    # ------------------------------------------------------------ need
    "i need": _p(r"\b(?:i'd|i|we) (?:\w+ )?(?:need|needed|want|wanted)\b(?: (?!you to)[\w']+){1,4}", M.NEED),
    "i'd like": _p(r"\b(?:i'd|i would|i should) (?:\w+ )?(?:like|love|rather|prefer)\b(?: [\w']+){0,4}", M.NEED),
    "what i want": _p(r"\b(?:what|all|thing) (?:i|i'd|i'm) (?:\w+ )?(?:want|wanted|need|like|after|hoping for|asking for)\b(?: [\w']+){0,4}", M.NEED),
    "matters to me": _p(r"\b(?:matters?|mattered|means?|meant|important|counts?) (?:\w+ ){0,3}(?:to|for) me\b", M.NEED),
    "so that i can": _p(r"\b(?:so (?:that )?|then )(?:i|we) can\b(?: [\w']+){1,4}", M.NEED),
    # ------------------------------------------------------------ request
    "could you": _p(rf"\b(?:could|can|would|will) (?:you|we|i) (?:two |both |all |please |just |maybe )?(?!believe|imagine){_ACT}\b(?: [\w']+){{0,4}}", M.REQUEST),
    "would you mind": _p(r"\b(?:would you mind|do you mind|are you able to|would you be (?:willing|able|up for)|would it be possible)\b(?: [\w']+){0,5}", M.REQUEST),
    "please act": _p(rf"\bplease (?:you |just |do |can you |would you )?(?:don't |not |never )?{_ACT}\b(?: [\w']+){{0,4}}", M.REQUEST),
    "act please": _p(rf"\b{_ACT} (?:[\w']+ ){{1,6}},? ?please\b", M.REQUEST),
    "i'd like you to": _p(r"\b(?:i'd|i would|i|i'm) (?:\w+ )?(?:like|love|need|want|asking|ask) (?:for )?(?:you|us|it|him|her|them)(?: both| two| all)? to\b(?: [\w']+){0,4}", M.REQUEST),
    "i'm asking": _p(r"\b(?:i'm|i am|all i'm|what i'm) asking\b(?: [\w']+){0,4}", M.REQUEST),
    "next time": _p(r"\b(?:next time|from now on|in future|from monday|before you)\b(?: [\w']+){0,4}", M.REQUEST),
    # ------------------------------------------------------------ limit
    "i won't": _p(r"\bi(?:'m| am| do|'ve)? ?(?:won't|will not|can't|can not|cannot|couldn't|not going to|not able to|not willing to|not prepared to|don't lend|don't do|not doing|not getting|not having|not signing)\b(?: [\w']+){0,4}", M.LIMIT),
    "i need to stop": _p(r"\bi (?:\w+ )?(?:need|have|want|'ve got) (?:to )?(?:stop|pause|step away|step out|take a break|a break|a minute|a moment|some air|time|space|ten minutes|five minutes|an hour)\b", M.LIMIT),
    "the answer's no": _p(r"(?:^|[.!?] )(?:no|nope)(?: thanks| thank you)? [.,]|\b(?:the answer's|it's a|my answer is|that's a|have to say) no\b", M.LIMIT),
    "not tonight": _p(r"\bnot (?:tonight|today|this (?:week|month|time|year|saturday|sunday)|now|any ?more|on my own|without me)\b", M.LIMIT),
    "not available": _p(r"\bi (?:don't|do not) (?:\w+ )?(?:want|work|go|answer|take|lend|consent|agree|accept)\b(?: [\w']+){0,4}", M.LIMIT),
    "i'm staying firm": _p(r"\b(?:i'll stop at|that's my limit|that's as far as|i'm not going to|what i won't do|i'm keeping|isn't up for)\b(?: [\w']+){0,4}", M.LIMIT),
    # ------------------------------------------------------------ disclosure
    "wanted you to hear": _p(r"\b(?:wanted|want|rather|prefer|like) you (?:to )?(?:hear|heard|had|know|knew)\b(?: [\w']+){0,4}", M.DISCLOSURE),
    "something to tell": _p(r"\b(?:something|news) (?:to tell|i (?:need|want|have|haven't|should)|you (?:don't|should))\b(?: [\w']+){0,3}", M.DISCLOSURE),
    "haven't told": _p(r"\b(?:i've never|i haven't|haven't|never|hadn't) (?:\w+ )?(?:told|said|admitted|shown)\b(?: [\w']+){0,4}", M.DISCLOSURE),
    "truth is": _p(r"\b(?:the truth is|truth be told|to be honest|i'll be honest|honestly|i'll tell you what it is|i have to tell you|i've been meaning to)\b(?: [\w']+){0,4}", M.DISCLOSURE),
    "life news": _p(r"\b(?:i'm|i am|i've|i have|we're|i) (?:\w+ )?(?:pregnant|seeing (?:someone|somebody)|leaving|moving|gay|diagnosed|lost (?:the|my) job|been made redundant|getting (?:married|divorced)|been offered|in debt|failed|gambling)\b(?: [\w']+){0,3}", M.DISCLOSURE),
    # ------------------------------------------------------------ validation
    "that must have": _p(r"\b(?:that|it|this|you|which) (?:must|'d|would|has to|had to) (?:have |be |'ve )?(?:been |felt |feel |be )?(?:[\w']+ ){0,2}[\w']+", M.VALIDATION),
    "i can see why": _p(r"\bi (?:can |do |could |totally |really |completely |fully |quite )*(?:see|understand|get|hear|appreciate|know|imagine|believe) (?:why|how|that|where|it|you're|you've|what|you)\b(?: [\w']+){0,5}", M.VALIDATION),
    "makes sense": _p(r"\b(?:makes (?:complete |total |perfect )?sense|no wonder|of course you|anyone would|anybody would|i'd (?:be|feel|hate|have been)|i would (?:be|feel|have)|you've every right|fair enough|that's fair|fair point|you're right|you've a point)\b(?: [\w']+){0,4}", M.VALIDATION),
    "that's hard": _p(r"\b(?:that|it|this|which)(?:'s| is| was|'d be| sounds| would be| must be) (?:\w+ ){0,2}(?:hard|tough|rough|a lot|horrible|awful|brutal|exhausting|lonely|heavy|frightening|unfair|rotten|grim|miserable|terrifying)\b", M.VALIDATION),
    "validation but": _p(r"\b(?:understand|get|hear|see|appreciate|sympathise|know|sorry|valid|understandable|respect)\b[^.!?]{0,60}[,.;]? but\b", M.DISMISSAL),
    # ------------------------------------------------------------ reflection
    "so you": _p(r"(?:^|[.!?] )(?:so|then|okay so|right so|okay , so) (?:it's |for |what )?(?:you|you're|you've|you'd|your)\b(?: [\w']+){1,8}", M.REFLECTION),
    "it sounds like": _p(r"\b(?:sounds? (?:like|as if|as though)|what i'm hearing|if i follow|if i've got|have i got|did i get|am i right|is that (?:it|right|what|how)|you're (?:saying|telling me|thinking|feeling|picturing|worried|afraid|scared)|do you mean|you mean|let me (?:see|check)|you feel|you felt|it feels to you|from where you|to you it)\b(?: [\w']+){0,6}", M.REFLECTION),
    "checking tail": _p(r"\b(?:is that (?:it|right|close|about right|fair|what you mean)|have i (?:got|understood)|did i (?:get|hear)|or have i|am i close|yes) \?", M.REFLECTION),
    # ------------------------------------------------------------ open question
    "what how question": _p(r"\b(?:what|how|which|where|who|when)(?:'s|'d|'re| is| are| was| were| do| does| did| would| could| can| will| should| has| have| part| bit| makes| made| happened| else| about)\b[^.!?]{2,90} \?", M.OPEN_QUESTION),
    "what would help": _p(r"\bwhat (?:would|could|can|might|do you|did you|are you|were you|was|is it|happened|made|makes|else|matters|worries|bothers|stopped|led)\b[^.!?]{0,70} \?", M.OPEN_QUESTION),
    "how was it": _p(r"\bhow (?:did|do|does|was|were|is|are|would|have|has|could|can|should) (?:you|that|it|this|we|your|she|he|they|things)\b[^.!?]{0,70} \?", M.OPEN_QUESTION),
    "tell me": _p(r"\b(?:tell me (?:more|about|what|how|where)|talk me through|help me (?:understand|see)|walk me through|i'd like to (?:hear|know|understand)|i want to (?:hear|understand|know))\b(?: [\w']+){0,5}", M.OPEN_QUESTION),
    "why question": _p(r"\b(?:why (?:do|did|would|are|can't|don't|didn't|must|should|does|is) (?:you|it|i|we)|what is wrong with|what's wrong with|who do you think|what do you expect|how dare|how could you|how many times|what kind of|who asked|what did i)\b[^.!?]{0,60}", M.BLAME),
    # ------------------------------------------------------------ ownership
    "sorry for": _p(r"\b(?:sorry|apologi[sz]e|apologies|forgive me|excuse me) (?:that |for |about |i |if |to you|please)\b(?: ?[\w']+){0,5}", M.OWNERSHIP),
    "i'm sorry": _p(r"\b(?:i'm|i am|and) (?:\w+ )?sorry\b(?: [\w']+){0,5}", M.OWNERSHIP),
    "that was wrong of me": _p(r"\b(?:wrong of me|my (?:fault|doing|mistake|error)|that's on me|on me|that's mine|it's mine|i was wrong|i got (?:it|that) wrong|i owe you|i own that|my part|i messed|i shouldn't have|i should have|i ought to have|i could have|i should've|i shouldn't of|unfair of me|poor of me|not (?:fair|right|okay) of me|i let you down|i was out of (?:line|order))\b(?: [\w']+){0,5}", M.OWNERSHIP),
    "i admit a deed": _p(r"\bi (?:did|shouted|snapped|forgot|lied|ignored|missed|promised|broke|interrupted|raised my voice|lost my temper|took|read|spoke|said|went|hid|left|told|put|dropped|avoided|dodged|bit)\b(?: [\w']+){1,5}", M.OWNERSHIP),
    # ------------------------------------------------------------ compromise
    "how about": _p(r"\b(?:how about|what about|what if|shall we|suppose we|could we|can we|why don't we|let's|proposal|suggestion|deal)\b(?: [\w']+){1,6}", M.COMPROMISE),
    "either way trade": _p(r"\b(?:if you (?:take|do|can|cover|give|help|tell|let|ring|agree|keep|swap|pick|wake|want|drive)\b[^.!?]{0,60}?\b(?:i'll|i can|then i|we can)|i'll [\w' ]{2,40} (?:if|and) you|you (?:take|do|keep|pick|have|get|choose|sort|cook|open)\b[^.!?]{0,50}\b(?:i'll|i take|i do|i keep|i get|i have|and i))\b(?: [\w']+){0,3}", M.COMPROMISE),
    "instead": _p(r"\b(?:instead|in between|halfway|half way|meet in the middle|take turns|trial|in return|swap|alternate|turn about|every other|split|in exchange)\b", M.COMPROMISE),
    "what i can do": _p(r"\b(?:what i can|i can (?:do|offer|come|give|take|help|be|cover|stay|manage)|i could (?:do|come|take|give|manage|have|stay|drive)|i'm happy to|i'd be happy|i'd agree|happy to|i'll come|i'm around)\b(?: [\w']+){0,5}", M.COMPROMISE),
    # ------------------------------------------------------------ appreciation
    "thanks for": _p(r"\b(?:thank you|thanks|cheers|grateful|appreciate)(?: so much| a lot)? (?:for|to you|that|you|it|how)\b(?: [\w']+){0,5}", M.APPRECIATION),
    "i love you": _p(r"\b(?:i|we|i do|i really|i always) (?:love|adore|admire|respect|value|enjoy|like) (?:you|your|how you|working with|that you|being|seeing|hearing)\b(?: [\w']+){0,4}", M.APPRECIATION),
    "proud of you": _p(r"\b(?:proud of you|you matter to me|you mean|you've been (?:good|kind|great|brilliant|wonderful|there)|good of you|kind of you|decent of you|you're (?:a good|a great|my best|my oldest|brilliant|great|good at|the best|better)|you taught me|you raised|well done|congratulations|congrats)\b(?: [\w']+){0,4}", M.APPRECIATION),
    # ------------------------------------------------------------ blame
    "you insult": _p(rf"\byou(?:'re| are| were|'ve been)? (?:all |both |just |so |such |being |nothing but |really |a |an |the |bloody |fucking |absolute |complete |total |little |big |\w+ly )*{_INSULT}\b", M.BLAME, M.CONTEMPT),
    "your fault": _p(r"\b(?:your (?:fault|doing|mess|problem)|because of you|thanks to you|you made me|you ruined|you wrecked|you killed|you broke|you did this|you've ruined|you've broken|blame you|you should be ashamed|ashamed of yourself|shame on you)\b(?: [\w']+){0,3}", M.BLAME),
    "you only care": _p(r"\byou(?:'re| are)? (?:only|just|don't|never|couldn't|can't|haven't|wouldn't) (?:\w+ )?(?:care|think|thought|bother|bothered|listen|lift|notice|wanted|want|love|give)\b(?: [\w']+){0,4}", M.BLAME, M.MIND_READING),
    "how selfish": _p(r"\b(?:selfish|heartless|cruel|ungrateful|irresponsible|inconsiderate|lazy|incompetent|unreliable|dishonest|unprofessional|cold|mean|controlling|manipulative|careless)\b", M.BLAME),
    "you let": _p(r"\byou (?:let|left|dumped|dump|walked|abandoned|lied|cheated|stole|took|hid|wrecked|chose|picked|sold|robbed|turned|drove|poisoned|spoiled|spoil)\b(?: [\w']+){0,5}", M.BLAME),
    # ------------------------------------------------------------ generalisation
    "you always": _p(r"\b(?:you|you're|you've|you lot|he|she|they|it's|as you)(?: \w+)? (?:always|never|constantly|forever|invariably|every single|literally never|not once)\b(?: [\w']+){0,4}", M.GENERALISATION),
    "every time": _p(r"\b(?:every (?:single |bloody |damn |bleeding )?(?:time|day|night|week|weekend|month|meeting|year|morning|one)|all the time|not once|not ever|never once|always|never|nobody|no one|everything|all you (?:ever )?|nothing you|whenever)\b(?: [\w']+){0,3}", M.GENERALISATION),
    # ------------------------------------------------------------ contempt
    "insult": _p(rf"\b(?:you |ya |what a |such a |a |an |the |like a |of a |bloody |fucking |little |silly |old |stupid )*{_INSULT}\b", M.CONTEMPT),
    "mock praise": _p(r"(?:^|[.!?] )(?:oh )?(?:how (?:lovely|kind|nice|sweet|generous|thoughtful|brave|convenient|noble)|lovely|brilliant|great|wonderful|fantastic|charming|marvellous|beautiful|perfect|bravo|congratulations|well done|good for you|nice one|dreamy|splendid|super|cute|classy|impressive|big of you|clever|adorable|inspiring|heroic|touching)\b(?: [\w']+){0,4}", M.CONTEMPT),
    "thanks sarcasm": _p(r"\b(?:thanks a (?:lot|bunch|million)|thanks so much for|thanks for (?:nothing|that|the|letting|finally|sharing|asking)|cheers for)\b(?: [\w']+){0,4}", M.CONTEMPT),
    "oh right": _p(r"(?:^|[.!?] )(?:oh|ah|ooh|aw|wow|right|sure|of course|naturally|obviously|clearly|yes|funny|well|god) ?,? (?:because|i forgot|sorry|of course|here we go|please|so|sure|right|you|no|obviously|that|how|what|well|is it|it is)\b(?: [\w']+){0,4}", M.CONTEMPT),
    "echo oh so": _p(r"\boh ,? ?so\b(?: [\w']+){0,5}|\b(?:poor you|poor thing|boo hoo|diddums|bless you|bless|aw|waterworks|violin|get you|your majesty|your highness|his lordship|her ladyship|saint|martyr|hero|genius|einstein|sherlock|champ|sunshine|sweetheart|darling|princess|pal|mate of)\b", M.CONTEMPT),
    "swearing": _p(r"\b(?:fuck|fucks|fucking|fucked|bloody|bleeding|shit|shite|bullshit|crap|bollocks|piss|pissed|damn|damned|hell|arse|ass|feck|sod|christ|for god's sake|ffs|wtf|stfu|effing|freaking)\b", M.CONTEMPT),
    "what wrong with you": _p(r"\b(?:what (?:is|the hell is|'s) wrong with you|grow up|get a (?:grip|life|hobby)|get over (?:it|yourself)|who do you think you are|look at you|listen to yourself|give over|give it a rest|pull the other|my eye|my arse|says you|you what)\b", M.CONTEMPT, M.DISMISSAL),
    # ------------------------------------------------------------ threat
    "or else": _p(r"\b(?:or (?:i|i'm|i'll|you|you'll|you're|your|else|we're|that's|it's|my|the|it)|or you can)\b(?: [\w']+){1,6}", M.THREAT),
    "if you i'll": _p(r"\b(?:if (?:you|she|he|they|i|it|that|this)(?:'re|'s)?|you|one more|once more|again|next time|any more|another)\b[^.!?]{2,80}?(?:, |and |then |, then )(?:i'm|i'll|i|you're|you'll|we're|you can|it's|that's|it'll)\b(?: [\w']+){1,5}", M.THREAT),
    "try me": _p(r"\b(?:try me|your call|your choice|watch me|just you wait|you'll (?:see|regret|be sorry|be hearing|never see|lose)|don't push me|don't test me|i'm warning|i mean it|last (?:chance|warning)|see how you like|we'll see (?:how|who)|don't come (?:crying|running)|i'll make sure|i'll see to it|or we're (?:done|finished|through)|we're (?:done|finished|through))\b(?: [\w']+){0,4}", M.THREAT),
    "consequence": _p(r"\b(?:i'll (?:tell|report|call|go to|take|sue|change|send|ring|post|block|have you|get|make you)|i'm (?:telling|calling|reporting|leaving|going to (?:the|hr|your)|taking|changing|binning|throwing)|you're (?:grounded|out|fired|off|cut off|dead)|hr|solicitor|lawyer|court|police|the dean|ombudsman|regulator|grounded|locks|will hear|finds out|pack your)\b(?: [\w']+){0,4}", M.THREAT),
    # ------------------------------------------------------------ order
    "command": _p(rf"(?:^|[.!?;:,] |\.\.\. )(?:now |just |right , |then |so |and |you )?(?:{_COMMAND})(?: [\w']+){{1,5}}", M.ORDER),
    "don't you": _p(r"(?:^|[.!?;:,] |and |so )(?:don't|do not|never|stop|quit|no more) (?:you |ever |dare |even )*(?:dare|you|touch|talk|speak|start|tell|call|come|walk|look|use|say|going|being|making|whining|answer|lecture|whinge)\b(?: [\w']+){0,4}", M.ORDER),
    "you will": _p(r"\byou(?:'re| are)? (?:will|not going|going to|do as|have to|need to|must|are to|will not|won't|can't|not having|staying|coming|not leaving|not allowed|not wearing|not to)\b(?: [\w']+){1,5}", M.ORDER),
    "because i said": _p(r"\b(?:because i (?:said|say)|i said (?:no|now|so)|end of(?: story| discussion)?|and that's (?:final|that|an order)|that's that|no arguments?|no buts|do as (?:you're|i)|this instant|right now|at once|now !|shut (?:up|it)|be quiet|enough|out !|hands off|out of my)\b(?: [\w']+){0,3}", M.ORDER),
    # ------------------------------------------------------------ mind-reading
    "you just want": _p(r"\byou(?:'re|'ve| are| were)? (?:just |only |all |really |secretly |clearly |obviously |simply |been |never |don't |didn't |must )*(?:want|wanted|love|loved|enjoy|enjoyed|enjoying|loving|think|thought|hate|hated|resent|hoping|waiting|trying|scared|afraid|jealous|ashamed|pleased|relieved|can't (?:bear|stand|wait)|couldn't (?:bear|stand|wait|care)|like (?:it|seeing|watching|having|making)|after|planned|knew|know)\b(?: [\w']+){0,4}", M.MIND_READING),
    "because you": _p(r"\bbecause (?:you|you're|you've|deep down|it suits)\b(?: [\w']+){1,6}", M.MIND_READING),
    "admit it": _p(r"\b(?:admit it|deep down|you know (?:full|perfectly|exactly|damn|very)|on purpose|that's why you|the real reason|don't pretend|you'd (?:rather|be happier|love)|i know what you|i know you|all you (?:want|care)|you'd sooner|it suits you)\b(?: [\w']+){0,4}", M.MIND_READING),
    # ------------------------------------------------------------ dismissal
    "overreacting": _p(r"\b(?:over ?-? ?react\w*|over ?-? ?sensitive|so sensitive|too sensitive|(?:so )?(?:dramatic|drama|melodrama\w*)|being (?:silly|ridiculous|daft|dramatic|paranoid|hysterical|morbid|absurd)|don't be (?:so )?\w+|calm down|get over|mountain out of|big deal|no big|nothing to|not the end of|it's (?:just|only)|it was (?:just|only)|fuss|making (?:a|such)|about nothing|over nothing|relax|chill|lighten up|cheer up|move on|worse things|others have it|other people|so what|come on|come off it|oh stop|snap out|you'll (?:live|survive|be fine|get over)|it's not that bad|in your head|imagining|rubbish|nonsense|don't start|moaning|whining|whingeing)\b(?: [\w']+){0,3}", M.DISMISSAL),
    "at least": _p(r"\b(?:at least you|everyone (?:has|gets|feels|is|else)|everybody|we all|plenty of people|some people|in my day|when i was your age|you think you've)\b(?: [\w']+){0,4}", M.DISMISSAL),
    # ------------------------------------------------------------ defence
    "well you": _p(r"(?:^|[.!?] )(?:well|yeah|yes|and|but|oh|so)? ?,? ?(?:you (?:do|did|said|used|never|started|told|asked|could)|and you|what about you|you're one to|says the|look who|i (?:only|was only|was just|just)|it wasn't me|that's not (?:fair|true|what)|that is (?:not|a lie)|i never|i didn't|since when|who|did i|have you (?:seen|ever))\b(?: [\w']+){0,5}", M.DEFENCE),
    "only because": _p(r"\b(?:only because|because i (?:had|was|have|work|am)|i was (?:only|just) trying|i had (?:to|no choice)|what (?:was|else was) i (?:meant|supposed)|it's not my fault|not my fault|nothing to do with me|i've done (?:everything|nothing)|i do (?:everything|plenty|more))\b(?: [\w']+){0,5}", M.DEFENCE),
    # ------------------------------------------------------------ withdrawal
    "whatever": _p(r"\b(?:whatever|forget (?:it|i said|about it)|never mind|drop it|leave it|let's not|i'm done|i give up|i'm (?:off|out|going to bed|going out|not doing this|not discussing|not having this)|nothing to (?:say|talk|discuss)|say no more|no reaction|think what you like|suit yourself|have it your way|do what you (?:like|want)|i've nothing|leave me alone|goodbye|good night|night|bye|don't bother|conversation's over|end of conversation|hanging up|save it|not talking)\b(?: [\w']+){0,3}", M.WITHDRAWAL),
    "short no": _p(r"^(?:fine|no|nothing|okay|sure|right|yeah|yes|nope|good|great|noted|i'm fine|it's fine)(?: [.!,] ?)*$", M.WITHDRAWAL),
    # ------------------------------------------------------------ self-silencing
    "it's fine": _p(r"\b(?:it's|that's|i'm|all|is|honestly|no ,?|really) (?:\w+ )?(?:fine|nothing|okay|no (?:bother|trouble|problem|matter|big)|not important|grand|all right|alright|silly|stupid|only me|just me|being silly|being daft)\b", M.SELF_SILENCING),
    "doesn't matter": _p(r"\b(?:(?:doesn't|does not|don't|didn't) (?:\w+ )?matter|no matter|never mind|don't mind me|ignore me|forget i|don't worry (?:about|yourself)|i don't mind|i'm not (?:bothered|fussed)|not bothered|it'll keep|nothing really|it was nothing|it's nothing|makes no odds)\b(?: [\w']+){0,4}", M.SELF_SILENCING),
    "whatever you want": _p(r"\b(?:what ?ever (?:you|suits|is|works|'s)|up to you|you (?:decide|choose|know best|know better|pick)|if you (?:say so|like|want|think|prefer)|whichever|as you (?:like|wish)|i'll (?:do|manage|fit|go along|cope|just|get used|go where|take it|sort it|be (?:fine|grand|okay))|you're (?:right|probably right|the expert|the boss)|who am i)\b(?: [\w']+){0,4}", M.SELF_SILENCING),
    "sorry sorry": _p(r"\bsorry\b[^?]{0,60}\bsorry\b|\b(?:so|really|terribly|awfully|very) sorry\b|(?:^)(?:no ,? ?)*(?:oh )?(?:god )?,? ?sorry\b", M.SELF_SILENCING),
    "blanket self blame": _p(r"\b(?:(?:it's )?(?:all )?my (?:own )?fault|everything'?s? my|i'm (?:such |so |just |only |always |the |a |an )*(?:rubbish|useless|hopeless|stupid|idiot|nuisance|burden|terrible|awful|bad|problem|too much|pathetic|failure|thick|mess|pain|worst)|i always (?:ruin|mess|get)|i can't do anything|i ruin|i'm no good|i shouldn't (?:have )?(?:said|asked|bothered)|put it (?:all )?on me|i had no (?:right|business)|silly of me|stupid of me|my place)\b(?: [\w']+){0,4}", M.SELF_SILENCING),
    "hedging": _p(r"\b(?:i (?:just |only )?(?:wondered|was wondering|thought maybe|suppose|guess)|maybe|perhaps|sort of|kind of|only if|if that's (?:okay|all right)|if it's (?:okay|not)|i don't want to (?:be|bother|make)|i mean|or not|it's just|not that|probably just|i was going to)\b(?: [\w']+){0,4}", M.SELF_SILENCING),
    "no no": _p(r"(?:^|[.!?] )(?:no|yes|yeah|oh|ah|aye|okay|sure|of course)(?: ,)? (?:no|yes|course|of course|that's|it's|don't|not at all|i'll|you're|whatever|absolutely|honestly)\b(?: [\w']+){0,5}", M.SELF_SILENCING),
    # ------------------------------------------------------------ hint
    "must be nice": _p(r"\b(?:must be (?:nice|lovely|great|something|grand|hard)|nice (?:for some|to|that|of you)|some (?:of us|people)|lucky (?:for|you|some)|all right for some|it'd be nice|would be nice|glad (?:someone|somebody|one of)|good to know|interesting (?:that|how)|funny (?:how|that)|i see|noted|i noticed|i suppose (?:i'll|it's|that|we)|someone has to|somebody has to)\b(?: [\w']+){0,6}", M.HINT),
    "i'll just": _p(r"\b(?:i'll just|i'll (?:sit|be) here|don't (?:put yourself|get up|mind me|you worry|trouble|rush|let me)|no (?:rush|need|hurry|mood)|i'm only|i wouldn't want|never you mind|you (?:go|enjoy|carry on|have) (?:and|your|on)|enjoy your|i'm sure|no doubt|i expect|i hope you|far be it|heaven forbid|god forbid|not that (?:i|anyone|you)|don't worry about me)\b(?: [\w']+){0,5}", M.HINT),
    "seeing as": _p(r"\b(?:seeing as|apparently|evidently|as usual|of course you|of course it|what a surprise|surprise|again ,? i see|for a change|for once|at last|finally|unlike (?:some|me)|other people's|before you said|remember me)\b(?: [\w']+){0,5}", M.HINT),
    # ------------------------------------------------------------ observation
    "on friday you": _p(r"\b(?:on |last |this |yesterday|friday|monday|tuesday|wednesday|thursday|saturday|sunday|in (?:january|february|march|april|may|june|july|august|september|october|november|december))[^.!?]{0,40}\b(?:you|i|we|he|she|they|it) (?:\w+ed|said|came|went|left|told|put|took|got|sat|read|saw|heard|did|had|was|were|rang|made|gave|walked|wrote|spoke|cut|ate|drove)\b(?: [\w']+){0,5}", M.OBSERVATION),
    "you said": _p(r"\b(?:you|we|i) (?:said|came|went|told|put|took|got|sat|saw|heard|rang|wrote|spoke|walked|asked|looked|answered|opened|moved|agreed|used|stopped|counted|noticed|found|watched|left|cancelled|turned|picked|talked|laughed|brought|sent|texted|posted)\b(?: [\w']+){1,6}", M.OBSERVATION),
    "when you did": _p(r"\bwhen (?:you|i|we|he|she|they)(?:'re|'ve)? (?:\w+ed|said|came|went|left|told|put|took|got|read|did|cut|call|shout|come|say|leave|go|walk|turn|speak)\b(?: [\w']+){0,5}", M.OBSERVATION),
    "number of times": _p(r"\b(?:twice|three times|four times|five times|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|half (?:past|ten|nine|eight|seven|six|one|two)|\d+(?:[.:]\d+)?)(?: (?:times|minutes|weeks|months|hours|nights|days|messages|calls|years))?\b", M.OBSERVATION),
    # ------------------------------------------------------------ scales that only tip
    "but": _p(r"\bbut\b"),
    "mild courtesy": _p(r"\b(?:please|thanks|thank you|cheers|lovely|sounds good|see you|no problem|perfect|great)\b"),
    "i statement": _p(r"\b(?:i|i'm|i've|i'd|i'll)\b"),
    "you statement": _p(r"\b(?:you|you're|you've|you'd|you'll|your|yours|yourself)\b"),
    "starts with you": _p(r"(?:^|[.!?] )(?:you|you're|you've|your)\b"),
    "exclaims": _p(r"!"),
    "asks": _p(r"\?"),
    "trails off": _p(r"\.\.\."),
    "quotes": _p(r"['\"“”‘’] \w+(?: \w+){0,4} ['\"“”‘’]"),
    "echo word": _p(r"^[\w' ]{2,24} [.!?]"),
    "tag question": _p(r"\b(?:aren't you|don't you|isn't it|have you|are you|did you|do you|is it|do they|eh|innit|huh|doesn't it|won't you|haven't you) [?.]"),
    "of clock": _p(r"\b(?:o'clock|am|pm|quarter|half past|platform|bus|train|tea|milk|door|bag|shop|car|kitchen|drawer|dinner|oven|plate|weather|rain|lunch|tonight|fridge)\b"),
    "we plan": _p(r"\bwe(?:'ll|'re|'d| could| can)?\b"),
    "third party": _p(r"\b(?:he|she|they|him|her|them|his|their)\b"),
}  # fmt: skip

NAMES = tuple(PATTERNS)
