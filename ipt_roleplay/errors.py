"""What can go wrong, as one tree. Each message ends with what to do.

IptError
├── MessageRefused     a message that cannot be taken (empty, too long, not text)
├── SessionError       a session that is not there, over, paused, or busy
├── DocumentError      a file of an author's: where, what, and what to change
├── SourceError        a file or source that cannot be added or found
├── BatchError         a line of a batch file that cannot be used
├── StoreError         the data folder or database cannot be used
└── SetupError         settings, port or installation
"""

from __future__ import annotations


class IptError(Exception):
    """Base of all errors that a user may see; its text is fit to be shown."""


class MessageRefused(IptError):
    """The message itself cannot be taken; nothing was stored."""


class SessionError(IptError):
    """The session cannot do this now."""


class DocumentError(IptError):
    """A file cannot be used. Reads `file:line: problem. What to change.`"""

    def __init__(self, source: str, line: int, problem: str) -> None:
        super().__init__(f"{source}:{line}: {problem}")
        self.source = source
        self.line = line
        self.problem = problem


class SourceError(IptError):
    """A source cannot be added or found; nothing was changed."""


class BatchError(IptError):
    """One line of a batch file cannot be used; the rest goes on."""


class StoreError(IptError):
    """Data folder or database cannot be used."""


class SetupError(IptError):
    """The program is not set up so that this can work."""
