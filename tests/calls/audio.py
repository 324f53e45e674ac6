"""Renders a call to a sound file, to listen to what was built; needs espeak-ng.

python -m tests.calls --transcripts operations/report_payment | python -m tests.calls.audio fr call.wav
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import wave
from collections.abc import Iterable, Iterator
from pathlib import Path

VOICES = {"fr": "fr", "en": "en-us"}
CALLER_PITCH, ASSISTANT_PITCH = 70, 40
_CALL = re.compile(r"^\[.*\((fr|en)\)$")
_SAID = re.compile(r"^    (?P<language>fr|en)-\w\w: (?P<words>.+)$")
_CALLER = re.compile(r"^  > (?P<words>.+)$")


def main() -> int:
    """Read transcripts, write the first call of the language."""
    parser = argparse.ArgumentParser(prog="python -m tests.calls.audio", description=__doc__)
    parser.add_argument("language", choices=VOICES)
    parser.add_argument("to", type=Path)
    chosen = parser.parse_args()
    if shutil.which("espeak-ng") is None:
        sys.stderr.write("espeak-ng is not installed (Debian: apt-get install espeak-ng)\n")
        return 1
    count = render(first_call(sys.stdin, chosen.language), chosen.to)
    sys.stdout.write(f"{count} sentences in {chosen.to}\n")
    return 0 if count else 1


def first_call(lines: Iterable[str], language: str) -> Iterator[tuple[str, int, str]]:
    """Voice, pitch and words of each line of the first call in that language."""
    is_ours = False
    for line in lines:
        heading = _CALL.match(line.rstrip())
        if heading:
            if is_ours:
                return
            is_ours = heading[1] == language
        elif is_ours and (said := _SAID.match(line)):
            yield VOICES[said["language"]], ASSISTANT_PITCH, said["words"]
        elif is_ours and (own := _CALLER.match(line)):
            yield VOICES[language], CALLER_PITCH, own["words"].strip("[]()")


def render(said: Iterable[tuple[str, int, str]], to: Path) -> int:
    """Write them one after the other; how many there were."""
    count = 0
    with tempfile.TemporaryDirectory() as folder, wave.open(str(to), "wb") as whole:
        part = Path(folder) / "part.wav"
        for voice, pitch, words in said:
            command = ["espeak-ng", "-v", voice, "-p", str(pitch), "-w", str(part), "--", words]
            subprocess.run(command, check=True)
            with wave.open(str(part)) as sound:
                if not count:
                    whole.setparams(sound.getparams())
                whole.writeframes(sound.readframes(sound.getnframes()))
            count += 1
    return count


if __name__ == "__main__":
    sys.exit(main())
