"""Reads through disguises: typing, slang, lookalike letters, spacing -> plain English words.

The signs of risk are written once, for plain text: lower case, contractions spelt out,
fillers dropped, one space between words, ` . ` between sentences.
"""

from __future__ import annotations

import re
import unicodedata

_LOOKALIKES = str.maketrans(
    "авеёгіїјкмнорсѕтухһԁԛԝьαβγεηικνορτυχωɑɡıł’‘`´ʼ“”„«»…",
    "abeeriijkmhopcstyxhdqwbabyenikvoptuxwagil'''''" + '"""""' + ".",
)
_EMOJI = {
    "🔪": " knife ",
    "💊": " pills ",
    "🔫": " gun ",
    "💀": " die ",
    "☠": " die ",
    "🪦": " die ",
}

_SPACED = re.compile(r"(?<![\w'])\w(?:(?: {1,3}\w){2,}|(?:[.\-_*]\w){2,})(?![\w'])")
_HIDDEN_WORDS = re.compile(
    r"(killing|kill|myself|suicide|unalive|die|dead|want|going|overdose|hang|cut|hurt|life|end|my|to)"
)
_TOKEN = re.compile(r"[a-z0-9@$|*]+(?:['!][a-z0-9@$|*]+)*|[.!?;\n]+")
_AMOUNT = re.compile(r"\d+(?:[a-z]{1,2}|min|mins|yrs?|years?|hrs?)?")
_LEET = str.maketrans("0345@$!|", "oeasasii")
_STRETCHED = re.compile(r"([a-z])\1{2,}")

_LENGTH = re.compile(r"\b(\d+|\w+(?:ty|teen)|ten|five|few|hundred) ?kms\b")
_QUOTE = re.compile(r'"([^"\n]{1,300})"')
_YOU_SAY = r"you (?:\w+ ){0,3}(?:said|say|saying|told|tell|wrote|texted|asked|shouted|screamed)"
_OTHERS_BEFORE = re.compile(
    rf"\b(?:{_YOU_SAY}|film|movie|novel|book|story|game|song|play|character|lyrics?)\b[^.!?\n\"]{{0,40}}$"
)
_OTHERS_AFTER = re.compile(rf"^[ ,.]*(?:{_YOU_SAY}|(?:is|was) (?:what you|your))\b")

_FILLERS = frozenset(
    "just really honestly literally actually fucking fckn fking effing so very totally completely"
    " kinda basically seriously genuinely truly lowkey highkey ngl tbh fr lol lmao haha"
    " bloody damn simply please pls plz sometimes maybe probably oddly even rn um uh".split()
)

_WORDS: dict[str, str] = {
    "im": "i am", "i'm": "i am", "iam": "i am", "ive": "i have", "i've": "i have",
    "i'll": "i will", "i'd": "i would", "ima": "i am going to", "imma": "i am going to",
    "i'ma": "i am going to", "hes": "he is", "shes": "she is", "theyre": "they are",
    "youre": "you are", "u": "you", "ur": "your", "r": "are", "n": "and", "y": "why",
    "cannot": "can not", "can't": "can not", "cant": "can not", "won't": "will not",
    "wont": "will not", "shan't": "will not", "shant": "will not", "shall": "will",
    "ain't": "am not", "aint": "am not", "gonna": "going to", "gunna": "going to",
    "gon": "going to", "finna": "going to", "bouta": "going to", "wanna": "want to",
    "tryna": "trying to", "gotta": "have to", "hafta": "have to", "idc": "i do not care",
    "idk": "i do not know", "shouldve": "should have", "couldve": "could have",
    "wouldve": "would have", "whats": "what is", "thats": "that is", "theres": "there is",
    "tn": "tonight", "tonite": "tonight", "2nite": "tonight", "2night": "tonight",
    "2day": "today", "tmrw": "tomorrow", "tmr": "tomorrow", "2moro": "tomorrow",
    "bc": "because", "cuz": "because", "cos": "because", "nobody's": "nobody is",
    "everybody": "everyone", "nobody": "no one", "somebody": "someone", "anybody": "anyone",
    "mom": "mum", "mommy": "mum", "mummy": "mum", "mam": "mum", "daddy": "dad", "papa": "dad",
    "bf": "boyfriend", "gf": "girlfriend", "hubby": "husband", "fiance": "partner",
    "tablet": "pills", "tablets": "pills", "pill": "pills", "meds": "pills",
    "medication": "pills", "painkillers": "pills", "paracetamol": "pills",
    "antidepressants": "pills", "ibuprofen": "pills", "aspirin": "pills", "sedatives": "pills",
    "bout": "about", "sui": "suicide", "sewerslide": "suicide", "suicid": "suicide", "od": "overdose", "od'd": "overdosed", "oded": "overdosed",
    "frightened": "scared", "afraid": "scared", "terrified": "scared", "fearful": "scared",
    "alife": "alive", "kil": "kill", "kll": "kill", "kiil": "kill",
    "klil": "kill", "kiill": "kill", "kiling": "killing", "kilin": "killing",
    "killin": "killing", "mysef": "myself", "mself": "myself", "meself": "myself",
    "dieing": "dying", "dyin": "dying", "unalived": "unalive",
    "suicidle": "suicidal", "suicidel": "suicidal",
}  # fmt: skip

_PHRASES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"\bmy self\b", "myself"),
        (r"\b(?:any more|any longer|no more)\b", "anymore"),
        (r"\b(?:about|abt|fixing) to\b", "going to"),
        (r"\b(want|wanting|going|need|ready|tried|trying|have) 2\b", r"\1 to"),
        (r"\b(?:to be honest|for real|kind of|sort of|you know|i mean) (?!it\b)", ""),
        (r"\bfor ever\b", "forever"),
        (r"\bill (?=(?:kill|end|hurt|do|take|cut|jump|shoot|stab|beat|make|hang|die|never)\b)",
         "i will "),
        (r"\bid (?=(?:rather|be|like|love|kill|end|die)\b)", "i would "),
        (r"\bhell (?=(?:kill|hurt|hit|beat|find)\b)", "he will "),
        (r"\bi going to\b", "i am going to"),
        (r"\b(?:grand|step|foster) (?=(?:dad|father|mum|mother|son|daughter|brother|sister)\b)",
         "step"),
    )
)  # fmt: skip

_NOT = re.compile(
    r"(do|does|did|is|are|was|were|have|has|had|would|could|should|might|need|must)n'?t"
)
_SHORT = re.compile(r"([a-z]+)'(s|d|ll|ve|re|m)")
_LONG_FORM = {"s": " is", "d": " would", "ll": " will", "ve": " have", "re": " are", "m": " am"}

_KEYWORDS = (
    "myself", "suicide", "suicidal", "overdose", "overdosed", "unalive", "threatened",
    "strangled", "strangles", "tonight", "hurting", "cutting", "killing",
)  # fmt: skip
_REAL_WORDS = frozenset("overdone overdo hunting putting".split())
_MASKED = ("kill", "killing", "die", "suicide", "suicidal", "myself", "kms", "hurt", "rape")


def plain_forms(text: str) -> tuple[str, ...]:
    """Every plausible plain reading of `text`; usually one, at most four.

    A disguise can be read in two ways (`1` for `i` or `l`; spaced letters as a word or as
    letters), so all are given and the screening takes the gravest.
    """
    folded = _without_others_words(_fold(text))
    layouts = dict.fromkeys((folded, _SPACED.sub(_join, folded)))
    ones = "il" if re.search(r"[a-z]1|1[a-z]", folded) else "i"
    return tuple(dict.fromkeys(_words(layout, one) for layout in layouts for one in ones))


def unmasked(text: str) -> str:
    """`text` in lower case, its lookalikes, invisible signs and spaced letters undone; "kms"
    after a number is a length."""
    return _LENGTH.sub(r"\1 km", _SPACED.sub(_join, _fold(text)))


def _fold(text: str) -> str:
    """Lower-case letters without accents, invisible characters or lookalikes."""
    if text.isascii() and text.isprintable():  # as most are: there is nothing to look for
        return text.lower().translate(_LOOKALIKES)
    for sign, word in _EMOJI.items():
        text = text.replace(sign, word)
    text = unicodedata.normalize("NFKD", text.lower().translate(_LOOKALIKES))
    kept = (c for c in text if c.isspace() or unicodedata.category(c) not in ("Mn", "Cf", "Cc"))
    return "".join(kept).lower().translate(_LOOKALIKES)


def _without_others_words(text: str) -> str:
    """Drops quotations of the persona or of a work of fiction; all other quotes stay."""

    def keep(match: re.Match[str]) -> str:
        before, after = text[: match.start()][-60:], text[match.end() :][:30]
        if _OTHERS_BEFORE.search(before) or _OTHERS_AFTER.search(after):
            return " "
        return match.group(1)

    return _QUOTE.sub(keep, text)


def _join(match: re.Match[str]) -> str:
    letters = re.sub(r"[^\w]|_", "", match.group())
    return _HIDDEN_WORDS.sub(r" \1 ", letters)


def _words(text: str, one: str) -> str:
    found: list[str] = []
    for token in _TOKEN.findall(text):
        if token[0] in ".!?;\n":
            found.append(".")
        elif word := _plain_word(token, one):
            found.append(word)
    joined = " ".join(found)
    for pattern, plain in _PHRASES:
        joined = pattern.sub(plain, joined)
    return f" {joined} . "


def _plain_word(token: str, one: str) -> str:
    token = token.strip("*|")
    if token in _FILLERS:
        return ""
    if token in _WORDS:
        return _WORDS[token]
    if match := _NOT.fullmatch(token):
        return match.group(1) + " not"
    if match := _SHORT.fullmatch(token):
        return match.group(1) + _LONG_FORM[match.group(2)]
    if "*" in token:
        return next((word for word in _MASKED if _fits(token, word)), token)
    if not token.isalpha() and not _AMOUNT.fullmatch(token):
        token = token.translate(_LEET).replace("1", one).replace("7", "t")
    token = _STRETCHED.sub(r"\1", token)
    return _WORDS.get(token) or _keyword(token)


def _fits(masked: str, word: str) -> bool:
    return len(masked) == len(word) and all(
        a in (b, "*") for a, b in zip(masked, word, strict=True)
    )


def _keyword(token: str) -> str:
    """The key word that `token` is one slip of the finger away from, else `token`."""
    if len(token) < 5 or token in _REAL_WORDS:
        return token
    for word in _KEYWORDS:
        if word[0] == token[0] and word[-1] == token[-1] and _one_slip(token, word):
            return word
    return token


def _one_slip(left: str, right: str) -> bool:
    """Whether one insertion, deletion, substitution or swap of neighbours parts them."""
    if abs(len(left) - len(right)) > 1:
        return False
    at = next((i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), -1)
    if at < 0:
        return len(left) != len(right)
    return (
        left[at + 1 :] == right[at + 1 :]
        or left[at + 1 :] == right[at:]
        or left[at:] == right[at + 1 :]
        or (left[at : at + 2] == right[at : at + 2][::-1] and left[at + 2 :] == right[at + 2 :])
    )
