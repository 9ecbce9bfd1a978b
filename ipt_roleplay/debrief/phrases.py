"""Ways of speaking that a reader of single messages doesn't tell apart: an outright question what
somebody has come for, pleading, and flattery. Patterns, so they miss what isn't in them."""

from __future__ import annotations

import re

_ASKED_OUTRIGHT = re.compile(
    r"what(?: is it| exactly)?(?: that)? (?:are|were|is it)? ?you(?:'re)? (?:\w+ )?"
    r"(?:ask|tell|say|want|after|try)"
    r"|what do you (?:\w+ )?want|what(?:'s| is) (?:this|it|that|all this) (?:\w+ )?about"
    r"|is there a ['\"]?but\b|say it (?:to my face|at me|big|again|out|straight|plain)"
    r"|spit it out|out with it|if (?:there's|you've got|you have|you want) something"
    r"|something to (?:say|tell|ask)|something on your mind|you'll have to say"
    r"|what(?:'s| is) (?:on your mind|the matter|up with you)|(?:had|got) a face on"
    r"|stopped guessing|where were you headed|start a thing and|\bwhat is it\?"
    r"|do you mean\b.{3,50}\bor\b|which is it\b|what(?:'s| is) in it for you"
    r"|what would you like",
    re.IGNORECASE,
)
_BEGS = re.compile(
    r"\bplease\b.{0,40}\bplease\b|\bi(?:'d| would|'ll) do anything|\bbegg?(?:ing)? you|\bi beg\b(?! your pardon)"
    r"|\bhave (?:pity|mercy)|\bi can(?:'t|not) bear (?:it|you)"
    r"|\bi(?:'m| am| know i'm)(?: (?:so|such an?|just|being|a))*"
    r" (?:pathetic|useless|stupid|hopeless|rubbish|worthless|nothing|idiot|burden|mess|failure)\b(?! (?:at|with)\b)"
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
    rf"|\byou're (?:glowing|amazing|wonderful|brilliant|the best|incredible|fantastic)\b",
    re.IGNORECASE,
)


def asks_outright(text: str) -> bool:
    """Whether somebody asks what the other has come to say, or to say it straight."""
    return bool(_ASKED_OUTRIGHT.search(_plain(text)))


def begging(text: str) -> int:
    """How many times a message begs or runs its own author down."""
    return len(_BEGS.findall(_plain(text)))


def compliments(text: str) -> int:
    """How many compliments a message pays."""
    return len(_COMPLIMENTS.findall(_plain(text)))


def _plain(text: str) -> str:
    return text.translate(str.maketrans("’‘“”", "''\"\""))
