"""What can go wrong with a language model, each by its own name and with a way on."""

from __future__ import annotations

from enum import StrEnum

from ipt_roleplay.errors import IptError


class Fault(StrEnum):
    KEY = "key"
    """The server refused the key (401, 403)."""
    NO_MODEL = "no_model"
    """The server doesn't know the model, or the address is wrong (404)."""
    BUSY = "busy"
    """Too many requests, or the quota is used up (429)."""
    SERVER = "server"
    """The server failed (5xx)."""
    UNREACHABLE = "unreachable"
    """No connection: refused, no such host, broken off before an answer."""
    SLOW = "slow"
    """It took too long to begin, to go on, or to end."""
    CUT = "cut"
    """The stream broke off before its end."""
    GARBLED = "garbled"
    """The answer isn't in the protocol: bad JSON, a web page, no choices, a wrong ending."""
    EMPTY = "empty"
    """An answer without a word in it."""
    FILTERED = "filtered"
    """The provider's content filter stopped it."""
    TOO_LONG = "too_long"
    """The talk is longer than the model can read."""
    REFUSED = "refused"
    """The server wouldn't take the request (another 4xx)."""
    OFF_ROLE = "off_role"
    """What the model said can't be spoken by the other person, twice."""
    OFF_FORM = "off_form"
    """A structured answer that doesn't fit what was asked for."""
    BUDGET = "budget"
    """The limit of tokens is used up."""


TEXTS: dict[Fault, str] = {
    Fault.KEY: "The model's server refused the key. Check OPENAI_API_KEY",
    Fault.NO_MODEL: "The server doesn't know this model. Check IPT_MODEL and OPENAI_BASE_URL",
    Fault.BUSY: "The model's server takes no more requests just now. Wait a moment and send again",
    Fault.SERVER: "The model's server failed. Send again in a moment",
    Fault.UNREACHABLE: "The model's server can't be reached. Check OPENAI_BASE_URL and the network",
    Fault.SLOW: "The model took too long. Send again",
    Fault.CUT: "The model broke off in the middle. Send again",
    Fault.GARBLED: "The server's answer made no sense. Check that OPENAI_BASE_URL speaks the OpenAI protocol",
    Fault.EMPTY: "The model answered without a word. Send again",
    Fault.FILTERED: "The provider's filter stopped the answer. Say it in other words",
    Fault.TOO_LONG: "The talk has grown longer than this model can read. End the scene, or use a model with a larger window",
    Fault.REFUSED: "The model's server wouldn't take the request. Check IPT_MODEL and what the server supports",
    Fault.OFF_ROLE: "The model stepped out of its role. Send again",
    Fault.OFF_FORM: "The model's answer didn't have the form asked for. Send again",
    Fault.BUDGET: "The limit of tokens set for this is used up. Raise IPT_TOKENS_PER_SESSION or IPT_TOKENS_PER_DAY",
}  # fmt: skip
WAY_ON = "or use the built-in partner for this turn."


class ModelFault(IptError):
    """A language model couldn't be used. Its text says what happened and what to do; `fault`
    names it; `wait` is how many seconds the server asked for, where it did."""

    def __init__(self, fault: Fault, wait: float | None = None) -> None:
        asked = f" (it asks for {wait:.0f} s)" if wait else ""
        super().__init__(f"{TEXTS[fault]}{asked}, {WAY_ON}")
        self.fault = fault
        self.wait = wait
