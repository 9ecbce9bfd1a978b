"""The authored actor over all scripts: no line twice, no secret early, the same talk again; and in
real exchanges, whether readers would stumble over the line it picks."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import numpy as np

from evals import replies
from evals.figures import Figure, exact, share
from evals.talks import DIFFICULTY, Talk, digest, played_anew, scripts, talk
from ipt_roleplay.actors.authored import fits
from ipt_roleplay.director import LEVELS, holds
from ipt_roleplay.domain import Turn

MORE_SEEDS = (2, 3)
OTHER_HASHING = "20"


def figures() -> list[Figure]:
    first = [script for script in scripts() if script.number == 1]
    talks = [talk(script) for script in scripts()]
    talks += [talk(script, seed=seed) for script in first for seed in MORE_SEEDS]
    said = sum(len(one.turns) for one in talks)
    wordless = sum(not turn.reply.text for one in talks for turn in one.turns)
    return [
        exact("actor.repeated_lines", sum(map(_repeated, talks)), said),
        exact("actor.secrets_told_early", sum(map(_told_early, talks)), said),
        share("actor.wordless", wordless, said),
        _replayed(),
        *_stumbled(),
    ]


def _stumbled() -> Iterator[Figure]:
    """Of the lines that readers judged in an exchange and a scene may allow there, the one that
    fits best by the actor's measure: how often they would stumble over it, and over one of them by
    chance. Of players on whom that measure wasn't set."""
    picked: list[bool] = []
    by_chance: list[bool] = []
    for one in (found for found in replies.judged() if found.lines):
        picked.append(one.odd[int(np.argmax(fits(one.scene, one.lines)))])
        by_chance += one.odd
    yield share("actor.stumbled_over", sum(picked), len(picked))
    yield share("actor.stumbled_over_by_chance", sum(by_chance), len(by_chance))


def _repeated(one: Talk) -> int:
    """How many replies say again what was said before on this branch."""
    said = [one.scenario.opening.say, *(turn.reply.text for turn in one.turns if turn.reply.text)]
    return len(said) - len(set(said))


def _told_early(one: Talk) -> int:
    """How many replies are about a secret that wasn't told before and isn't earned yet."""
    told: tuple[str, ...] = ()
    early = 0
    for turn in one.turns:
        early += bool(_about(turn, one) & _unearned(turn, one) - set(told))
        told = turn.state.revealed
    return early


def _about(turn: Turn, one: Talk) -> set[str]:
    """The targets that the author gave to the line spoken."""
    lines = one.scenario.lines.get(turn.reply.act, ())
    return {line.target for line in lines if line.say == turn.reply.line and line.target}


def _unearned(turn: Turn, one: Talk) -> set[str]:
    threshold = LEVELS[DIFFICULTY].threshold
    return {
        secret.id
        for secret in one.scenario.secrets
        if not holds(secret.told_when, turn.state, threshold)
    }


def _replayed() -> Figure:
    """The first script of each policy, played again by a process that hashes differently."""
    first = [script for script in scripts() if script.number == 1]
    command = [sys.executable, "-c", "from evals.suites import actor; actor.print_digests()"]
    changed = {**os.environ, "PYTHONHASHSEED": OTHER_HASHING}
    paths = os.pathsep.join(path for path in sys.path if path)
    ran = subprocess.run(
        command, env={**changed, "PYTHONPATH": paths}, capture_output=True, text=True, check=True
    )
    again = ran.stdout.split()
    same = sum(digest(talk(one)) == other for one, other in zip(first, again, strict=True))
    return share("actor.replayed_alike", same, len(first))


def print_digests() -> None:
    for script in scripts():
        if script.number == 1:
            print(digest(played_anew(script)))
