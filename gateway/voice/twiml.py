"""Twilio's document for each step of a call; nothing else in the house knows TwiML."""

import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from twilio.twiml import GenericNode, TwiML  # type: ignore[import-untyped]  # it ships no types
from twilio.twiml.voice_response import (  # type: ignore[import-untyped]
    Dial,
    Enqueue,
    Gather,
    Pause,
    Redirect,
    VoiceResponse,
)
from twilio.twiml.voice_response import Say as SayVerb

from gateway.settings import Language
from gateway.voice.call import Ask, HangUp, Listen, Reply, Say, Transfer, Wait
from gateway.voice.settings import VoiceSettings

RECOGNISED: Mapping[Language, str] = {"fr": "fr-CA", "en": "en-CA"}
SPEECH_SILENCE = "auto"  # how long a pause ends what the caller says
HINT_LENGTH, HINTS = 100, 500  # Twilio's limits
# What Twilio's voices know of SSML; anything else loses its tag and keeps its words.
SSML: Mapping[str, frozenset[str]] = {
    "break": frozenset({"strength", "time"}),
    "emphasis": frozenset({"level"}),
    "prosody": frozenset({"volume", "rate", "pitch"}),
    "say-as": frozenset({"interpret-as", "format"}),
    "sub": frozenset({"alias"}),
    "lang": frozenset({"xml:lang"}),
}
Attributes = Mapping[str, str]


@dataclass(frozen=True)
class Twilio:
    """Renders steps. Addresses are relative to the webhook's own, so that no proxy can make them wrong."""

    settings: VoiceSettings

    def document(self, reply: Reply) -> str:
        """The TwiML of a reply."""
        response = VoiceResponse()
        step = reply.step
        if isinstance(step, Listen):
            self._listen(response, step, reply.number)
        elif isinstance(step, Wait):
            self._wait(response, step, reply)
        elif isinstance(step, Transfer):
            self._transfer(response, step, reply.number)
        else:
            self._hang_up(response, step)
        return str(response)

    def _listen(self, response: VoiceResponse, step: Listen, number: int) -> None:
        for place, part in enumerate(step.parts, 1):
            is_last = place == len(step.parts)
            silence = step.ask.silence if is_last else step.ask.pause
            response.append(self._gather(part, step.ask, step.language, _turn(number), silence))
        response.append(Redirect(_turn(number), method="POST"))

    def _wait(self, response: VoiceResponse, step: Wait, reply: Reply) -> None:
        again = f"waiting?{urlencode({'p': reply.number, 'round': reply.round + 1})}"
        if step.ask is not None:
            turn = _turn(reply.number)
            response.append(self._gather(step.says, step.ask, step.language, turn, step.ask.silence))
        else:
            self._say(response, step.says)
        if step.seconds:
            response.append(Pause(length=step.seconds))
        response.append(Redirect(again, method="POST"))

    def _transfer(self, response: VoiceResponse, step: Transfer, number: int) -> None:
        self._say(response, step.says)
        kind, _, place = step.target.partition(":")
        told, action = step.details.model_dump(mode="json"), f"transfer?{urlencode({'p': number})}"
        if kind == "workflow":
            enqueue = Enqueue(None, workflow_sid=place, action=action, method="POST")
            enqueue.task(told)
            response.append(enqueue)
        elif kind == "queue":
            response.append(Enqueue(place, action=action, method="POST"))
        else:
            dial = Dial(action=action, method="POST", answer_on_bridge=True, timeout=40)
            if kind == "sip":
                dial.sip(f"{step.target}?{_sip_headers(told)}")
            else:
                dial.number(place, url=f"whisper?{urlencode({'p': number})}", method="POST")
            response.append(dial)

    def _hang_up(self, response: VoiceResponse, step: HangUp) -> None:
        self._say(response, step.says)
        response.hangup()

    def whisper(self, says: tuple[Say, ...]) -> str:
        """What the person who takes a call hears before the caller."""
        response = VoiceResponse()
        self._say(response, says)
        return str(response)

    def _gather(
        self, says: tuple[Say, ...], ask: Ask, language: Language, action: str, silence: int
    ) -> Gather:
        gather = Gather(
            input="dtmf speech" if ask.speech else "dtmf",
            action=action,
            method="POST",
            timeout=silence,
            barge_in=ask.barge_in,
            num_digits=_longest_entry(ask),
            finish_on_key="#" if ask.digits > 1 else "",
            **(self._recognition(ask, language) if ask.speech else {}),
        )
        self._say(gather, says)
        return gather

    def _recognition(self, ask: Ask, language: Language) -> dict[str, str | bool | None]:
        hints = [hint for hint in ask.hints if len(hint) <= HINT_LENGTH][:HINTS]
        return {
            "language": RECOGNISED[language],
            "speech_timeout": SPEECH_SILENCE,
            "speech_model": self.settings.voice_speech_model,
            "hints": ", ".join(hints) or None,
            "profanity_filter": False,
        }

    def _say(self, verb: TwiML, says: tuple[Say, ...]) -> None:
        for say in says:
            spoken = SayVerb(**self._voice(say.language))
            if say.ssml is None:
                spoken.nest(say.text)
            else:
                add_ssml(spoken, say.ssml)
            verb.append(spoken)

    def _voice(self, language: Language) -> dict[str, str]:
        if language == "fr":
            return {"voice": self.settings.voice_french, "language": "fr-CA"}
        return {"voice": self.settings.voice_english, "language": self.settings.voice_english_accent}


def add_ssml(verb: TwiML, ssml: str) -> None:
    """Put SSML into a verb, with the tags that Twilio knows; raises ParseError when it is not well formed."""
    _add(verb, ET.fromstring(f"<speak>{ssml}</speak>"))


def _add(verb: TwiML, element: ET.Element) -> None:
    words = element.text or ""
    for child in element:
        if child.tag in SSML:
            _nest(verb, words)
            inner = GenericNode(child.tag, None)
            inner.attrs = {name: value for name, value in child.attrib.items() if name in SSML[child.tag]}
            _add(inner, child)
            verb.nest(inner)
            words = ""
        else:
            words += "".join(child.itertext())
        words += child.tail or ""
    _nest(verb, words)


def _nest(verb: TwiML, words: str) -> None:
    if words:
        verb.nest(words)


def _longest_entry(ask: Ask) -> int:
    """One key more than the entry, so that the # which ends it is not taken for the next prompt's answer."""
    return ask.digits + 1 if ask.digits > 1 else 1


def _turn(number: int) -> str:
    return f"turn?{urlencode({'p': number})}"


def _sip_headers(told: Mapping[str, object]) -> str:
    """What the exchange is told, as headers of the invitation."""
    headers = {f"X-{name.capitalize()}": str(value)[:200] for name, value in told.items()}
    return urlencode(headers)
