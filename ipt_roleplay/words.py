"""A message as a line of plain words, each of which knows where it stood in the original."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

_TOKEN = re.compile(r"[^\W\d_]+(?:['’‘`´][^\W\d_]+)*['’]?|\d+(?:[.:,]\d+)*|\.{2,}|…|[^\w\s]|_")
_APOSTROPHES = str.maketrans("’‘`´", "''''")
_SENTENCE_ENDS = frozenset({".", "!", "?", "…", "...", ";", ":"})
_CLAUSE_ENDS = _SENTENCE_ENDS | {",", "-", "–", "—", "(", ")", "and", "but", "so", "because"}
_SHORTEST_CLAUSE = 3

# Spellings of phones, haste and speech, brought back to the words that they stand for.
_PLAIN = {
    "u": "you", "ur": "your", "r": "are", "ya": "you", "ye": "you", "yer": "your",
    "youse": "you", "yous": "you", "yall": "you", "y'all": "you", "youre": "you're",
    "youve": "you've", "youll": "you'll", "youd": "you'd", "im": "i'm", "ive": "i've",
    "il": "i'll", "dont": "don't", "doesnt": "doesn't", "didnt": "didn't", "wont": "won't",
    "cant": "can't", "cannot": "can't", "isnt": "isn't", "wasnt": "wasn't",
    "arent": "aren't", "werent": "weren't", "havent": "haven't", "hasnt": "hasn't",
    "hadnt": "hadn't", "wouldnt": "wouldn't", "couldnt": "couldn't",
    "shouldnt": "shouldn't", "dinnae": "don't", "didnae": "didn't", "cannae": "can't",
    "wasnae": "wasn't", "isnae": "isn't", "wouldnae": "wouldn't", "willnae": "won't",
    "aint": "ain't", "thats": "that's", "its": "it's", "whats": "what's", "hows": "how's",
    "theres": "there's", "heres": "here's", "lets": "let's", "shes": "she's",
    "theyre": "they're", "gonna": "going to", "wanna": "want to", "gotta": "got to",
    "kinda": "kind of", "sorta": "sort of", "dunno": "don't know", "idk": "i don't know",
    "nvm": "never mind", "nevermind": "never mind", "pls": "please", "plz": "please",
    "plse": "please", "thx": "thanks", "ty": "thanks", "ta": "thanks", "bc": "because",
    "cuz": "because", "cos": "because", "coz": "because", "'cause": "because",
    "tmrw": "tomorrow", "tmr": "tomorrow", "2moro": "tomorrow", "thru": "through",
    "msg": "message", "rly": "really", "srsly": "seriously", "srry": "sorry",
    "soz": "sorry", "sry": "sorry", "ok": "okay", "k": "okay", "kk": "okay", "yeh": "yeah",
    "n": "and", "an'": "and", "w": "with", "abt": "about", "bout": "about", "smth": "something",
    "sth": "something", "ppl": "people", "fuckin": "fucking", "ma": "my", "aff": "off",
    "urself": "yourself", "o'": "of", "tho": "though",
    "lemme": "let me", "gimme": "give me", "shoulda": "should have", "coulda": "could have",
    "woulda": "would have", "must've": "must have", "should've": "should have",
    "could've": "could have", "would've": "would have", "might've": "might have",
    "mam": "mum", "mom": "mum", "mama": "mum", "mummy": "mum",
    "…": "...",
}  # fmt: skip


class Token(NamedTuple):
    """A plain word or mark and the code points `start` ≤ i < `end` it stood at."""

    word: str
    start: int
    end: int


class Words(NamedTuple):
    """Tokens and the line that they make, one space between; `offsets` are the tokens'
    places in that line. Patterns search the line; `span` leads back to the original."""

    tokens: tuple[Token, ...]
    line: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Code points of the original behind `start` ≤ i < `end` of the line (not empty)."""
        first = bisect_right(self.offsets, start) - 1
        last = bisect_right(self.offsets, end - 1) - 1
        return self.tokens[first].start, self.tokens[last].end


def plain(text: str) -> Words:
    """The text as plain words: lower case, one kind of apostrophe, common spellings."""
    return _line_of(
        [
            Token(_plain_word(found.group()), found.start(), found.end())
            for found in _TOKEN.finditer(text)
        ]
    )


def clauses(words: Words) -> list[Words]:
    """The message cut at marks and joining words, in pieces of at least three words."""
    pieces: list[list[Token]] = [[]]
    for token in words.tokens:
        if token.word in _CLAUSE_ENDS and len(pieces[-1]) >= _SHORTEST_CLAUSE:
            if token.word.isalpha():
                pieces.append([token])
            else:
                pieces[-1].append(token)
                pieces.append([])
        else:
            pieces[-1].append(token)
    if len(pieces) > 1 and len(pieces[-1]) < _SHORTEST_CLAUSE:
        pieces[-2:] = [pieces[-2] + pieces[-1]]
    return [_line_of(piece) for piece in pieces if piece]


def _line_of(tokens: Sequence[Token]) -> Words:
    lengths = accumulate((len(token.word) + 1 for token in tokens), initial=0)
    return Words(tuple(tokens), " ".join(t.word for t in tokens), tuple(lengths)[:-1])


def _plain_word(raw: str) -> str:
    word = raw.translate(_APOSTROPHES).lower()
    if word in _PLAIN:
        return _PLAIN[word]
    if word.endswith("in'"):
        return word[:-1].removesuffix("'") + "g"
    return "..." if word.startswith("..") else word.removesuffix("'") or word
