"""What a caller hears while an answer is being prepared: a word now and then, then a way to a person."""

from gateway.settings import Settings
from gateway.texts import Texts
from gateway.voice.call import Ask, Reply, Wait
from gateway.voice.records import Call
from gateway.voice.wording import line

PERSON = "0"
PAUSE = 1  # seconds of silence in each round after the first
WORDS = ("filler_1", "filler_2", "filler_3")
OFFERS = 2  # times that a person is offered
LISTENS = 3  # seconds to answer the offer


def reply(texts: Texts, settings: Settings, call: Call, round: int) -> Reply:
    """The filler of one round; rounds take about as long as a webhook waits, and the pause."""
    language = call.language
    rounds = max(len(WORDS), round_of(settings))
    if round >= rounds and round % rounds == 0 and round // rounds <= OFFERS:
        ask = Ask(speech=False, digits=1, silence=LISTENS)
        step = Wait(says=(line(texts, "slow", language),), ask=ask, language=language)
        return Reply(number=call.number, step=step, round=round)
    key = WORDS[round * len(WORDS) // rounds] if round < rounds and _begins_third(round, rounds) else None
    says = () if key is None else (line(texts, key, language),)
    step = Wait(says=says, seconds=PAUSE if round else 0, language=language)
    return Reply(number=call.number, step=step, round=round)


def round_of(settings: Settings) -> int:
    """The round in which patience ends."""
    return round_number(settings.voice_patience, settings.voice_answer_within)


def round_number(seconds: float, each: float) -> int:
    """How many rounds so many seconds are."""
    return max(1, round(seconds / (each + PAUSE)))


def _begins_third(round: int, rounds: int) -> bool:
    third = round * len(WORDS) // rounds
    return round == 0 or (round - 1) * len(WORDS) // rounds != third
