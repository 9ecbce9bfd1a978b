"""What somebody regrets of a talk, by their own note on it.

Patterns of English, made from 120 such notes, of which nearly all regret something; a regret
that has no word for itself they miss.
"""

from __future__ import annotations

import re

_REGRETS = re.compile(
    r"\b(?:stupid|daft|dumb|silly|clumsy|badly|rude|nasty|nosy|unkind|unfair|terrible|ashamed"
    r"|cowardice|slip(?:ped)?(?! out)|digs?|cheap|harsh|sharp|snapp\w+|(?:shot|a go) at|crack about"
    r"|snid(?:ey|e)|rotten|sorry (?:for|about) what i|(?:went|jumped) [^,.]{0,30}straight to"
    r"|in one go|(?:two|three|four|many|several|so many) (?:things|questions)|guessed about"
    r"|dumped|attacked"
    r"|too (?:far|much|many|hard|soon|quick|fast|early|keen|late|direct|often)|rather soon"
    r"|a bit (?:keen|eager|nosy|quick|fast|pushy)|all in one go|to \w+ in one go|all at once"
    r"|(?:same|one) (?:breath|message)"
    r"|(?:requests|things|questions) in (?:one|a)|wrong thing|mistake|regret"
    r"|should(?:n't| not|nt|'ve| have|ve)(?! (?:have )?(?:started|begun) (?:there|with))"
    r"|could(?:'ve| have) (?!be)|wish i|my fault"
    r"|lectur\w+|preach\w*|push(?:ed|ing|y)|pressed|hurr(?:y|ied)|rushed|crowded|blurted"
    r"|jumped (?:in|on)|overdid|went on (?:at|about)|keep on at"
    r"|kept (?:on|asking|saying|pushing|talking)|talk(?:ed)? over|reproach\w*|accus\w+|vague"
    r"|(?<!he )(?<!they )soften\w+|hint(?:ed|ing)?|excus(?:es?|ed|ing)|soothing|cheered it"
    r"|beat (?:a?round|about)"
    r"|fish(?:ed|ing)|by the back door|put my foot|threaten\w*|ordered (?:him|her|them)"
    r"|(?:went|go|going) (?:all )?a?round (?:it|the|and|for)|a?round and a?round|wobbly|bargained"
    r"|backed down|let go of|which was a lie|took me (?:\w+ ){0,2}(?:goes|ages)|spent ages"
    r"|(?:gave|dropped|offered) [^,.]* quick(?:ly)?|took (?:it|that|the \w+) (?:all )?back"
    r"|i (?:nearly |almost )?gave (?:it|them|in|up)|talked (?:her|him|them) out of|take it back"
    r"|forget it|lost patience"
    r"|put words|instead of (?:say|ask|listen|wait|hear)\w*(?! go)"
    r"|i never (?:asked|said|told|let|once)|slide past|sideways|spoil\w+|mumbl\w+|haggl\w+|cringe"
    r"|faff\w+|caved|pok(?:ed|ing)|remark|guessed (?:at|the|that)|managing (?:her|him|them)"
    r"|fill(?:ed|ing) (?:up )?(?:a|the) (?:quiet|silence|gap)|(?:made a|too many) jokes?"
    r"|push two|made a mess|kept (?:making|changing|going|throwing|poking)"
    r"|changed the subject|taking it back|i (?:even )?joked|the joke"
    r"|before i'?d (?:asked|heard|let)|before (?:she|he|they) (?:was|were|could)"
    r"|before (?:she|he|they)'?d (?:said|put|finished|even|breathed|named)"
    r"|asking (?:it )?again|jok(?:ed?|ing) \w+ out of"
    r"|jumped straight|covered (?:it|every))\b",
    re.IGNORECASE,
)
"""How people speak of what they would do otherwise."""
_DIDNT = re.compile(
    r"\b(?:(?<!he )(?<!they )(?:did ?n'?t|did not|was ?n'?t)|without|tried not"
    r"|(?<!her )(?<!him )(?<!them )(?<!you )not \w+ing|instead of (?:sooth|push|press|lectur"
    r"|explain|defend|argu|rush|hurry)\w+"
    r"|told (?:him|her|them) (?:that )?i should|(?:he|she|they) kept"
    r"|kept (?:asking|saying)\b[^,]*\bplain(?:ly)?"
    r"|after (?:this|that) i said (?:sorry|excuse me)"
    r"|caught (?:it|myself))\b"
    r"|^(?:i )?(?:\w+ it and |did |had to )?t(?:ake|ook) (?:it|that) back(?: after| when .*"
    r"| in the (?:end|next message))?\W*$",
    re.IGNORECASE,
)
"""What they say they didn't do wrong, owned up to, kept to, or what the other did."""
_SENTENCES = re.compile(r"[.;!?](?:\s+|$)|\sbut\s|,?\sand then\s|,\sthen\s")
_PARTS = re.compile(r",\s*|\s(?:and|so)\s(?!a?round\b)")
_PUT_RIGHT = re.compile(
    r"[,;]?\s*(?:\b(?:and|but|so|then)\s+)*(?:i |had to |have to )*"
    r"(?:took|take|withdrew|taken) (?:it|that|this|them)(?: (?:all )?back)?\W*$",
    re.IGNORECASE,
)
"""That they put it right, at the end of a regret: no part of what was regretted."""
_THEN_RIGHT = re.compile(
    r"[,;]?\s*(?:\b(?:and|but|so|then)\s+)*i took (?:it|that) (?:all )?back"
    r" and (?:just|only|then|simply|asked|said)\b.*$",
    re.IGNORECASE,
)
"""The same with what they did instead."""
_LINKS = re.compile(r"^(?:(?:and|but|so|then|though|because)\s+)+", re.IGNORECASE)
_LEANS = re.compile(r"(?:which|that was|it was)\b", re.IGNORECASE)
"""A part that begins so says nothing without the one before it."""
SHORT = 6
"""In words: less than that is no regret that could be told from others."""


def regrets(note: str) -> list[str]:
    """The parts of a note in which somebody regrets a thing; a short one with its sentence."""
    found = [
        whole if _LEANS.match(part) or len(part.split()) < SHORT else part
        for whole in map(_regretted_in, _SENTENCES.split(note))
        for part in map(str.strip, _PARTS.split(whole))
        if _REGRETS.search(part) and not _DIDNT.search(part)
    ]
    return list(dict.fromkeys(_LINKS.sub("", one).rstrip(", ") for one in found))


def _regretted_in(sentence: str) -> str:
    """A sentence of a note without its last words, where those say that it was put right."""
    whole = _THEN_RIGHT.sub("", sentence.strip())
    left = _PUT_RIGHT.sub("", whole)
    return left if _REGRETS.search(left) else whole
