"""Sources of one's own: files in, passages out.

Of each file only the extracted text is kept, one JSON file a source in `sources/` of the data
folder, named by a hash of the text: the same text twice is one source. A passage is a verbatim
slice of a page. Passages are data: nothing that stands in them is followed.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from ipt_roleplay.corpus.cutting import passages_of
from ipt_roleplay.corpus.extracting import Page, pages_of
from ipt_roleplay.domain import Passage
from ipt_roleplay.errors import SetupError, SourceError

__all__ = ["Added", "Corpus", "Page", "Source"]

FOLDER = "sources"
LARGEST = 50_000_000
"""Bytes of a file; a book as PDF has a few million."""
LONGEST_NAME = 120


class Source(BaseModel):
    """A source as it is kept: its name, and the pages with their numbers where it has any."""

    model_config = ConfigDict(frozen=True)

    name: str
    pages: tuple[Page, ...]

    @property
    def words(self) -> int:
        return sum(len(page.text.split()) for page in self.pages)


@dataclass(frozen=True)
class Added:
    """What became of one file: how many passages it gave, or why it gave none."""

    name: str
    passages: int = 0
    problem: str = ""


class Corpus:
    """The sources below one data folder. Files of its folder are read anew at each call, so that
    page and command line may both change them."""

    def __init__(self, data_dir: Path) -> None:
        self._folder = data_dir / FOLDER

    def add(self, files: Iterable[Path]) -> Iterator[Added]:
        """Takes files in one after another and tells of each when it is done: a file is kept
        whole or not at all, and a bad one doesn't stop the rest. Raises SetupError where
        nothing can be written."""
        for file in files:
            name = clean_name(file.name)
            try:
                yield self._added(file, name)
            except SourceError as error:
                yield Added(name, problem=str(error))

    def sources(self) -> list[Source]:
        """All sources, by name."""
        return sorted((one for _, one in self._kept()), key=lambda one: one.name)

    def passages(self) -> list[Passage]:
        """The passages of all sources, by source, then as they stand in it."""
        return [passage for one in self.sources() for passage in passages_of(one.name, one.pages)]

    def stamp(self) -> tuple[tuple[str, int], ...]:
        """Changes whenever a source is added or removed."""
        return tuple((file.name, file.stat().st_mtime_ns) for file in self._files())

    def remove(self, name: str) -> None:
        """Removes a source and every word of it. Raises SourceError if there is none."""
        found = [file for file, one in self._kept() if one.name == name]
        if not found:
            names = ", ".join(one.name for one in self.sources()) or "none so far"
            raise SourceError(f"There is no source “{name}”. Those there are: {names}.")
        for file in found:
            file.unlink(missing_ok=True)

    # ---------------------------------------------------------------- within

    def _added(self, file: Path, name: str) -> Added:
        pages = pages_of(_content(file), file.suffix.lower())
        digest = hashlib.sha256("\f".join(page.text for page in pages).encode()).hexdigest()[:20]
        for other, one in self._kept():
            if other.stem == digest:
                return Added(name, problem=f"Its text is there already, as “{one.name}”.")
        source = Source(name=self._free(name), pages=pages)
        self._write(digest, source)
        return Added(source.name, len(list(passages_of(source.name, pages))))

    def _write(self, digest: str, source: Source) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            handle, aside = tempfile.mkstemp(dir=self._folder, suffix=".part")
            with os.fdopen(handle, "w", encoding="utf-8") as opened:
                opened.write(source.model_dump_json())
            os.replace(aside, self._folder / f"{digest}.json")
        except OSError as error:
            raise SetupError(
                f"{self._folder} cannot be written ({error.strerror}). "
                "Check the folder, its rights and the space on the disk."
            ) from error

    def _kept(self) -> Iterator[tuple[Path, Source]]:
        for file in self._files():
            try:
                yield file, Source.model_validate_json(file.read_text("utf-8"))
            except FileNotFoundError:
                continue  # removed meanwhile, by another process
            except (OSError, UnicodeDecodeError, ValidationError) as error:
                raise SetupError(
                    f"{file} is damaged. Delete it, and add its source again."
                ) from error

    def _files(self) -> list[Path]:
        return sorted(self._folder.glob("*.json")) if self._folder.is_dir() else []

    def _free(self, name: str) -> str:
        """`name`, with a number where another text has it: names tell sources apart."""
        taken = {one.name for one in self.sources()}
        stem, dot, ending = name.rpartition(".")
        number = 2
        free = name
        while free in taken:
            free = f"{stem} ({number}){dot}{ending}" if stem else f"{name} ({number})"
            number += 1
        return free


def clean_name(name: str) -> str:
    """A file's name without path, control and markup characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(c for c in last if unicodedata.category(c)[0] != "C" and c not in '<>|"*?')
    return " ".join(kept.split())[-LONGEST_NAME:].strip(". ") or "unnamed"


def _content(file: Path) -> bytes:
    try:
        if not file.is_file():
            raise SourceError("There is no such file. Check the path.")
        size = file.stat().st_size
        if size > LARGEST:
            raise SourceError(
                f"It has {size / 1e6:.0f} MB; at most {LARGEST / 1e6:.0f} are read. Split it."
            )
        return file.read_bytes()
    except OSError as error:
        raise SourceError(f"It cannot be read ({error.strerror}). Check its rights.") from error
