"""Where somebody puts right, in the talk itself, how they have just spoken, and says so.

Patterns of English, made from what readers called such repairs in 160 rehearsals
(`evals/datasets/readings/repairs.jsonl`), of which they find 61 %, and 94 % of what they find is
one. In twenty rehearsals more, by other players, from which no pattern was made and some that went
wrong there were taken out, they find 14 of 25 and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ipt_roleplay.debrief.phrases import half_sorry, plainly
from ipt_roleplay.debrief.talk import Message
from ipt_roleplay.sentences import sentences

_DOING = (
    r"(?:(?:explain|lectur|push|preach|hint|rambl|rush|hurry|rac|fish|organi[sz]|arrang|solv|fix"
    r"|manag|defend|sooth|guess|interrupt|rais|shout|snapp|hopp|sell|nagg|boss|order|pester|dodg"
    r"|danc)ing|joking you|shutting you|talking (?:too|(?:all )?about (?:me|my))|beating a"
    r"|making (?:a (?:mess|hash|hames)|circles)|going (?:on (?:about|at)|a?round (?:it|this|and"
    r"|the houses)|ahead|too)"
    r"|putting words|saying (?:it|this|that) (?:all )?(?:sideways|wrong|badly)"
    r"|doing (?:this|it|that) (?:badly|wrong|again|now))\b"
)
_SAYS_SO = re.compile(
    "|".join(
        (
            # How it came out.
            r"\b(?:that|it|this)(?: last| whole| bit| thing| part| one){0,2} (?:all "
            r"|was )?(?:came|comes|come|coming) out (?:\w+ ){0,2}?(?:wrong|nasty|nastier|sharp"
            r"|sharper|hard|harder|harsh|harsher|bossy|badly|snippy|snappy|sideways|mean|meaner"
            r"|worse|rude|cold|horrible|arse about|(?:as|like) an? (?:dig|threat|charge|order"
            r"|lecture|work order))\b",
            r"\b(?:that|it|this)(?: \w+){0,4}? (?:was|were"
            r"|wasn't)(?: not)? (?:\w+ ){0,2}?(?:unfair|fair of me|nasty|cheap|low|below the belt"
            r"|dig|lecture|sharp of me|harsh of me|uncalled for|called for|out of order"
            r"|out of line|rude of me|snippy|poor start|(?:rotten|horrible|nasty) thing to say)\b",
            r"^(?:\w+\W+)?sorry\W+(?:that|this|it)(?: \W?\w+\W?){0,3}? (?:wasn't|was not|isn't"
            r"|is not) (?:\w+ )?(?:fair|kind|nice|right|true)\b(?! (?:of|from|on|for|to) )",
            r"\b(?:that|the|my) [\"']\w+[\"'] (?:(?:wasn't|was not|isn't|is not) (?:\w+ )?(?:fair"
            r"|true|kind)|(?:was|is) (?:\w+ )?(?:unfair|unkind|too much|wrong))\b",
            r"\bthat(?:'s| was|s| is)(?: just| only)?(?: a| an)?(?: \w+)? (?:stupid|daft|foolish"
            r"|clumsy|rude|mean|hasty|unkind|ugly|silly|bad|wrong|rotten|horrible|nasty|unfair"
            r"|cheap|low)(?: thing)?(?: of me| to say| from me|,? what i said)\b",
            r"\bthat was (?:a )?(?:stupid|daft|bad|mean|horrible|silly) thing\b"
            r"|\bwas (?:from )?pity\b|\bthat was (?:a dig|not nice|mean)\b|\b(?:daft|stupid"
            r"|wrong) (?:of me )?to (?:ask|say)\b",
            # What they have just done, or are doing.
            r"\bi (?:was|were|got|went) (?:\w+ )?(?:sharp|snippy|snappy|short with|rude|unfair"
            r"|nasty|ugly|too far|off on one|too quick|pushing)\b",
            rf"(?<!if )\bi(?:'m|m| am| was|'ve been| have been|ve been| keep| kept)(?: \w+)?"
            rf" {_DOING}(?! my luck| for you to)",
            r"\bi keep doing (?:it|that)\b",
            rf"\bthat(?:'s|s| is| was) (?:\w+ )?me (?:\w+ ){{0,2}}{_DOING}",
            r"\bi just did (?:it|that|the same)(?: thing)? again\b|\bi did,? didn'?t i\b"
            r"|\bi did it again,? didn'?t i\b|\bi did that (?:same )?thing (?:again|where|,)"
            r"|\bi(?:'m| am),? aren'?t i\b|\bthere i (?:go|was)\b",
            r"\bi (?:just |have |'ve )?(?:went|gone|go)(?: \w+)? (?:too (?:fast|quick|far|hard"
            r"|soon)|ahead of you|round the houses|ahead again|on at you|off (?:fixing"
            r"|lecturing))\b",
            r"\bi(?:'ve| have)? (?:just )?(?:lectured|interrupted|trod|argued myself"
            r"|let us both off|sprung it|overstepped|jumped)\b|\bi (?:rushed|pushed"
            r"|hurried) (?:in|you|it) (?:again|there|just)\b",
            r"\bi(?:'ve| have) (?:talked|gone on) (?:on )?about (?:me|myself|my)\b|\bi(?:'ve"
            r"| have)? put (?:a lot|too much|all this|all that) on you\b"
            r"|\btoo many things at once\b|\bit(?:'s| is| was) not my business\b",
            r"\bi heard myself \w+ing\b|^(?:and |but )?i (?:have |'ve )?heard (?:that|it)\W*$",
            # What they should have said, or not.
            r"\bsorry,? (?:that )?i (?:called|guessed|joked|laughed|interrupted|jumped|snapped)\b"
            r"|\bi (?:asked|said) (?:too much|(?:two|three|four|too many) things)\b"
            r"|\bi (?:stopped you|cut you (?:off|short)|(?:closed|shut) your mouth)\b",
            r"^(?:\w+\W+){0,2}sorry\W+i said [\w']+(?: [\w']+){0,5} before (?:you|i)\b",
            r"\bi(?:'ve| have)? (?:said|say|put|did|do)(?: (?:it|that|this"
            r"|something))?(?: all)? (?:wrong|badly|false|sideways|back to front"
            r"|not (?:very )?well)\b|\bi did(?:n'?t| not) (?:say|put|ask) (?:it|that) (?:right"
            r"|well|properly)\b|\bnot said it (?:right|well|properly)\b|\bi went at (?:this"
            r"|it) wrong\b|\bi did(?:n'?t| not) (?:want|mean) to say that\b|\bi(?:'m"
            r"| am) not being clear\b",
            r"\bi should(?:'ve| have| of|ve)? (?:just )?(?:said|asked|told|opened|started|led|put"
            r"|let)(?: \w+){0,4}? (?:first|straight(?: off)?|to begin with|at the (?:door|start"
            r"|beginning)|from the (?:start|beginning)|when i came|with)\b|\bshould(?:'ve| have"
            r"| of) (?:opened|started|led) with\b",
            r"\bi (?:(?:should|ought)(?:n'?t| not) (?:to )?(?:have|'ve|of|a)|(?:had|'d|'ve got"
            r"|have) no business) (?:snapp\w+|shout\w+|yell\w+|bark\w+|put(?:ting)?|said|saying"
            r"|told|telling|brought|bringing|dragged|dragging|jumped|lectured|led|gone|called"
            r"|guessed|thrown|started|laid|pushed|hurried|rushed|handed)\b",
            # Taking it back.
            r"\bi(?:'ll| will)? (?:take|took) (?:that|it|this|the \w+(?: part)?"
            r"|what i said) (?:all )?back\b(?! \w+s\b)|\bi take back the\b|\btook that back too\b",
            r"\b(?:scrap|scratch|strike|ignore) (?:that(?: out)?(?=[.!,;]|$)|the \w+|that please)"
            r"|\bforget what i (?:just )?said (?:about|with|there|before|just now)\b",
            r"\bi(?:'ll| will|ll) (?:not go fishing|stop (?:pushing|fishing|explaining|going"
            r"|joking|hinting|lecturing|talking))\b",
            r"\b(?:actually|no|truth is)\W+(?:that(?:'s|s| is)|it(?:'s|s| is)|i(?:'m|m"
            r"| am)) (?:a lie|not (?:nothing|fine|ok|okay|true|so fine|all ?right))\b"
            r"|\bthats? (?:actually )?a lie\b.{0,20}\bi (?:just )?said\b|\bnot true about\b",
            r"\blet me (?:say|ask|put|try|start) (?:it |that |this )?(?:again|over|properly"
            r"|straight|plain(?:ly)?|right|open|better)\b",
            r"\bi was (?:just |only )?trying to make (?:it|that) (?:small|sweet|nice|better"
            r"|sound)\b",
            r"\b(?:didn't|did not) mean (?:it|that)? ?(?:to (?:order|push|lecture|snap|sound)"
            r"|sharp|nasty|like that)\b",
            r"\bsorry(?:,? (?:that|if|for|i|about))(?: \w+){0,3} (?:snapp\w+|shout\w*|yell\w*"
            r"|barked|sharp|snippy|bossy|harsh|nasty|going on|having a go|interrupt\w*"
            r"|cut you off|talk\w* over|dumb|push(?:ing)?|jumped)\b",
        )
    ),
    re.IGNORECASE,
)


def puts_right(text: str) -> bool:
    """Whether a message says that its author has just gone wrong, or takes it back, and doesn't
    take that back in turn."""
    spans = sentences(text) or [(0, len(text))]
    said = any(_SAYS_SO.search(plainly(text[start:end])) for start, end in spans)
    return said and not half_sorry(text)


def put_right(spoken: Sequence[Message]) -> set[int]:
    """The numbers of the messages that the next one puts right: of 190 repairs that name what they
    mend 131 follow it at once."""
    numbers = {one.number for one in spoken}
    return numbers & {one.number - 1 for one in spoken if puts_right(one.text)}
