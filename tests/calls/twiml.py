"""What Twilio accepts as a document: verbs, what each may hold, attributes and their values.

Each rule was taken from the verb's own page below https://www.twilio.com/docs/voice/twiml (Voice TwiML), the
marks inside Say from /docs/voice/twiml/say/text-speech (SSML). Anything not listed here is a fault.
"""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

LONGEST_DOCUMENT = 64 * 1024  # bytes
LONGEST_SAY = 4096  # characters
HINTS, HINT_LENGTH = 500, 100
_SSML = ("break", "emphasis", "lang", "p", "phoneme", "prosody", "s", "say-as", "sub", "w")
_KEYS = re.compile(r"[0-9*#]*")

Check = Callable[[str], bool]


def _whole(low: int, high: int) -> Check:
    return lambda value: value.isdecimal() and low <= int(value) <= high


def _one_of(*values: str) -> Check:
    return lambda value: value in values


def _hints(value: str) -> bool:
    hints = [hint.strip() for hint in value.split(",")]
    return len(hints) <= HINTS and all(0 < len(hint) <= HINT_LENGTH for hint in hints)


def _address(value: str) -> bool:
    return bool(value) and not re.search(r"\s", value)


_BOOLEAN, _METHOD = _one_of("true", "false"), _one_of("GET", "POST")
_LANGUAGE = _one_of("fr-CA", "en-CA", "en-US", "fr-FR")
_TIME: Check = lambda value: bool(re.fullmatch(r"\d+(\.\d+)?m?s", value))  # noqa: E731 - a table's entry
_TEXT: Check = bool


@dataclass(frozen=True)
class Rule:
    """One element: what it may hold, its attributes, whether words may stand in it."""

    holds: tuple[str, ...] = ()
    attributes: Mapping[str, Check] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    has_words: bool = False


_CALL = {
    "url": _address,
    "method": _METHOD,
    "statusCallback": _address,
    "statusCallbackEvent": _TEXT,
    "statusCallbackMethod": _METHOD,
}
RULES: Mapping[str, Rule] = {
    # /docs/voice/twiml
    "Response": Rule(holds=("Say", "Gather", "Redirect", "Pause", "Dial", "Enqueue", "Hangup", "Play")),
    # /docs/voice/twiml/say
    "Say": Rule(
        holds=_SSML,
        attributes={
            "voice": lambda value: bool(re.fullmatch(r"(Polly|Google)\.[\w-]+|man|woman|alice", value)),
            "language": _LANGUAGE,
            "loop": _whole(0, 1000),
        },
        has_words=True,
    ),
    # /docs/voice/twiml/gather
    "Gather": Rule(
        holds=("Say", "Play", "Pause"),
        attributes={
            "action": _address,
            "method": _METHOD,
            "input": _one_of("dtmf", "speech", "dtmf speech"),
            "timeout": _whole(1, 600),
            "speechTimeout": lambda value: value == "auto" or _whole(1, 600)(value),
            "numDigits": _whole(1, 1000),
            "finishOnKey": lambda value: len(value) <= 1 and bool(_KEYS.fullmatch(value)),
            "actionOnEmptyResult": _BOOLEAN,
            "bargeIn": _BOOLEAN,
            "language": _LANGUAGE,
            "hints": _hints,
            "profanityFilter": _BOOLEAN,
            "speechModel": _TEXT,
            "enhanced": _BOOLEAN,
            "partialResultCallback": _address,
            "partialResultCallbackMethod": _METHOD,
            "debug": _BOOLEAN,
        },
    ),
    # /docs/voice/twiml/redirect, /pause, /hangup
    "Redirect": Rule(attributes={"method": _METHOD}, has_words=True),
    "Pause": Rule(attributes={"length": _whole(1, 600)}),
    "Hangup": Rule(),
    # /docs/voice/twiml/dial, /number, /sip
    "Dial": Rule(
        holds=("Number", "Sip", "Queue", "Client", "Conference"),
        attributes={
            "action": _address,
            "method": _METHOD,
            "timeout": _whole(5, 600),
            "answerOnBridge": _BOOLEAN,
            "callerId": _TEXT,
            "hangupOnStar": _BOOLEAN,
            "timeLimit": _whole(1, 86400),
            "ringTone": _TEXT,
            "record": _TEXT,
        },
        has_words=True,
    ),
    "Number": Rule(attributes={**_CALL, "sendDigits": _TEXT}, has_words=True),
    "Sip": Rule(attributes={**_CALL, "username": _TEXT, "password": _TEXT}, has_words=True),
    # /docs/voice/twiml/enqueue, /task
    "Enqueue": Rule(
        holds=("Task",),
        attributes={
            "action": _address,
            "method": _METHOD,
            "waitUrl": _address,
            "waitUrlMethod": _METHOD,
            "workflowSid": lambda value: value.startswith("WW"),
        },
        has_words=True,
    ),
    "Task": Rule(attributes={"priority": _whole(0, 2**31), "timeout": _whole(1, 86400)}, has_words=True),
    # /docs/voice/twiml/say/text-speech
    "break": Rule(
        attributes={
            "time": _TIME,
            "strength": _one_of("none", "x-weak", "weak", "medium", "strong", "x-strong"),
        }
    ),
    "emphasis": Rule(
        holds=_SSML,
        attributes={"level": _one_of("strong", "moderate", "reduced")},
        needs=("level",),
        has_words=True,
    ),
    "lang": Rule(
        holds=_SSML,
        attributes={"{http://www.w3.org/XML/1998/namespace}lang": _TEXT},
        needs=("{http://www.w3.org/XML/1998/namespace}lang",),
        has_words=True,
    ),
    "p": Rule(holds=_SSML, has_words=True),
    "s": Rule(holds=_SSML, has_words=True),
    "prosody": Rule(holds=_SSML, attributes={"volume": _TEXT, "rate": _TEXT, "pitch": _TEXT}, has_words=True),
    "say-as": Rule(
        attributes={
            "interpret-as": _one_of(
                *("characters", "spell-out", "cardinal", "number", "ordinal", "digits", "fraction", "unit"),
                *("date", "time", "address", "expletive", "telephone"),
            ),
            "format": _one_of("mdy", "dmy", "ymd", "md", "dm", "ym", "my", "d", "m", "y", "yyyymmdd"),
        },
        needs=("interpret-as",),
        has_words=True,
    ),
    "sub": Rule(attributes={"alias": _TEXT}, needs=("alias",), has_words=True),
    "w": Rule(attributes={"role": _TEXT}, needs=("role",), has_words=True),
    "phoneme": Rule(attributes={"alphabet": _TEXT, "ph": _TEXT}, needs=("ph",), has_words=True),
}
_LAST = ("Redirect", "Hangup", "Enqueue")  # nothing after these is ever reached


class TwimlError(AssertionError):
    """A document that Twilio would refuse, or that says what cannot be meant; lists every fault."""


def read_document(text: str) -> ET.Element:
    """The document, proved; TwimlError lists what is wrong with it."""
    try:
        root = ET.fromstring(text)
    except ET.ParseError as error:
        raise TwimlError(f"not XML: {error}") from error
    faults = [] if len(text.encode()) <= LONGEST_DOCUMENT else ["longer than Twilio reads"]
    if root.tag != "Response":
        faults.append(f"begins with {root.tag}")
    faults += _faults(root)
    names = [child.tag for child in root]
    faults += [f"{name} is followed by something" for name in names[:-1] if name in _LAST]
    if faults:
        raise TwimlError("\n".join([*faults, text]))
    return root


def _faults(element: ET.Element) -> list[str]:
    rule = RULES.get(element.tag)
    if rule is None:
        return [f"no such verb: {element.tag}"]
    faults = []
    for name, value in element.attrib.items():
        check = rule.attributes.get(name)
        if check is None:
            faults.append(f"{element.tag} has no attribute {name}")
        elif not check(value):
            faults.append(f"{element.tag} {name}={value!r}")
    faults += [f"{element.tag} needs {name}" for name in rule.needs if name not in element.attrib]
    own = [element.text or "", *(child.tail or "" for child in element)]
    if not rule.has_words and "".join(own).strip():
        faults.append(f"words in {element.tag}")
    faults += _faults_of_kind(element)
    for child in element:
        if child.tag not in rule.holds:
            faults.append(f"{child.tag} in {element.tag}")
        faults += _faults(child)
    return faults


def _faults_of_kind(element: ET.Element) -> list[str]:
    words = "".join(element.itertext()).strip()
    match element.tag:
        case "Say" if not words:
            return ["Say says nothing"]
        case "Say" if len(words) > LONGEST_SAY:
            return ["Say says too much"]
        case "Redirect" | "Number" | "Sip" if not _address(words):
            return [f"{element.tag} goes nowhere"]
        case "Number" if not re.fullmatch(r"\+\d{8,15}", words):
            return [f"Number {words}"]
        case "Gather" if "speech" not in element.get("input", "dtmf"):
            spoken = {"hints", "language", "speechTimeout", "speechModel", "profanityFilter"}
            return [f"Gather without speech has {name}" for name in spoken & set(element.attrib)]
        case "Enqueue" if "workflowSid" in element.attrib and element.find("Task") is None:
            return ["Enqueue to a workflow without a Task"]
        case "Task":
            return _faults_of_task(words)
    return []


def _faults_of_task(words: str) -> list[str]:
    try:
        return [] if isinstance(json.loads(words), dict) else ["Task is no object"]
    except ValueError:
        return ["Task is no JSON"]
