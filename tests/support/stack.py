"""The whole product for end-to-end tests: the processes of `make run` on free ports, in a folder apart."""

import json
import os
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import yaml

from faq import CONTENT_ROOT
from tools import run
from tools.model import ROOT, ensure

READY = {"gateway": "/api/ready", "actions": "/health", "backend": "/health/ready"}
READY_WITHIN = 240  # seconds; the machine may be busy
_GENEROUS = {
    "ASSISTANT_GATEWAY_CONVERSATIONS_PER_MINUTE": "100000",
    "ASSISTANT_GATEWAY_MESSAGES_PER_MINUTE": "100000",
    "ASSISTANT_GATEWAY_SIGN_INS_PER_MINUTE": "100000",
    "ASSISTANT_RASA_TIMEOUT": "60",
    "ASSISTANT_DESK_HOURS": "Mo-Su 00:00-23:59",
}

Json = dict[str, Any]


class Stack:
    """Gateway, Rasa, action server and backend; each may be stopped and started again."""

    def __init__(
        self,
        folder: Path,
        *,
        environment: Mapping[str, Mapping[str, str]] | None = None,
        channels: str = "",
    ) -> None:
        """`environment` is added to a part's own, by name; `channels` to Rasa's credentials, as YAML."""
        self.folder = folder
        self.mails = folder / "mails"  # what the gateway sends
        self._added = environment or {}
        (folder / "credentials.yml").write_text(
            (ROOT / "credentials.yml").read_text(encoding="utf-8") + channels, encoding="utf-8"
        )
        self.content = Path(shutil.copytree(CONTENT_ROOT, folder / "content"))
        self.ports = {
            "gateway": free_port(),
            "rasa": free_port(),
            "actions": free_port(),
            "backend": free_port(),
        }
        self.url = f"http://127.0.0.1:{self.ports['gateway']}"
        self._commands = self._prepare()
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def _prepare(self) -> dict[str, tuple[list[str], dict[str, str]]]:
        """What `make run` would start, with this folder's database, content and ports."""
        endpoints = yaml.safe_load((ROOT / "endpoints.yml").read_text(encoding="utf-8"))
        endpoints["tracker_store"]["db"] = str(self.folder / "rasa.db")
        (self.folder / "endpoints.yml").write_text(yaml.safe_dump(endpoints), encoding="utf-8")
        ours = _GENEROUS | {
            "FAQ_CONTENT": str(self.content),
            "ASSISTANT_GATEWAY_DATABASE_URL": f"sqlite+aiosqlite:///{self.folder / 'gateway.db'}",
            "BACKEND_DATABASE_URL": f"sqlite+aiosqlite:///{self.folder / 'backend.db'}",
            "ASSISTANT_MAIL_FOLDER": str(self.mails),
            "BACKEND_OUTBOX_FOLDER": str(self.folder / "outbox"),
        }
        ports: dict[str, Any] = {f"{name.upper()}_PORT": port for name, port in self.ports.items()}
        with patch.multiple(run, **ports):
            planned = run.processes(ensure(), run.stored_secrets(self.folder / "secrets.env"))
        return {
            name: (
                [self._own(word) for word in shlex.split(command)],
                environment | ours | dict(self._added.get(name, {})),
            )
            for name, command, environment in planned
        }

    def _own(self, word: str) -> str:
        """A file of Rasa's that this stack has a copy of."""
        return str(self.folder / word) if word in ("endpoints.yml", "credentials.yml") else word

    def start(self, *names: str) -> None:
        """Start some processes, or all, and wait until customers would be answered."""
        for name in names or self._commands:
            command, environment = self._commands[name]
            with self._log(name).open("ab") as log:
                self._running[name] = subprocess.Popen(
                    command, cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True
                )
        self.wait_until_ready()

    def stop(self, *names: str, how: signal.Signals = signal.SIGTERM) -> None:
        """Stop some processes, or all, with everything they started."""
        stopped = [self._running.pop(name) for name in names or list(self._running)]
        for process in stopped:
            _signal_group(process, how)
        for process in stopped:
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                _signal_group(process, signal.SIGKILL)
                process.wait()
            _signal_group(process, signal.SIGKILL)  # whatever it left behind

    def pause(self, name: str) -> None:
        """Freeze one: it takes connections, and answers nothing until it goes on."""
        _signal_group(self._running[name], signal.SIGSTOP)

    def go_on(self, name: str) -> None:
        """Let a frozen one do all that was asked of it meanwhile, and go on."""
        _signal_group(self._running[name], signal.SIGCONT)

    def configure(self, name: str, **settings: str) -> None:
        """Give one other settings, from its next start on."""
        command, environment = self._commands[name]
        self._commands[name] = (command, environment | settings)

    def missing(self) -> list[str]:
        """Those that were stopped and not started again."""
        return [name for name in self._commands if name not in self._running]

    def gateway(self, *arguments: str) -> str:
        """What a command of the gateway prints, beside the one that serves."""
        _, environment = self._commands["gateway"]
        command = [sys.executable, "-m", "gateway", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
        return done.stdout

    def secret(self, name: str) -> str:
        """One of the secrets made for this stack."""
        return run.stored_secrets(self.folder / "secrets.env")[name]

    def wait_until_ready(self) -> None:
        """Return when every process answers; fail with the logs when one has ended or takes too long."""
        ends = time.monotonic() + READY_WITHIN
        while not all(self._answers(name, path) for name, path in READY.items()):
            dead = [name for name, process in self._running.items() if process.poll() is not None]
            if dead or time.monotonic() > ends:
                raise AssertionError(f"not ready; ended: {dead}\n{self.tails()}")
            time.sleep(0.3)

    def tails(self, lines: int = 25) -> str:
        """The last lines of each process's log."""
        parts = []
        for name in self._commands:
            path = self._log(name)
            said = path.read_text(encoding="utf-8", errors="replace").splitlines() if path.exists() else []
            parts.append("\n".join([f"--- {name}", *said[-lines:]]))
        return "\n".join(parts)

    def _log(self, name: str) -> Path:
        return self.folder / f"{name}.log"

    def _answers(self, name: str, path: str) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.ports[name]}{path}", timeout=3) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False


class Customer:
    """One conversation through the gateway's API, as a customer's program has it."""

    def __init__(self, stack: Stack, language: str = "fr") -> None:
        self._url = stack.url
        self._count = 0
        self.begun = self._call("POST", "/api/conversations", {"language": language}, token=None)
        self.path = f"/api/conversations/{self.begun['id']}"

    def say(self, text: str, *, id: str | None = None) -> Json:
        """Type something; the answer."""
        return self._send({"text": text}, id)

    def press(self, token: str, *, id: str | None = None) -> Json:
        """Press a button; the answer."""
        return self._send({"button": token}, id)

    def sign_in(self, user_id: str, password: str) -> Json:
        """Sign in beside the conversation; the answer."""
        return self._call("POST", f"{self.path}/sign-in", {"user_id": user_id, "password": password})

    def switch(self, language: str) -> Json:
        """Change the language on the page."""
        return self._call("PUT", f"{self.path}/language", {"language": language})

    def transcript(self) -> list[Json]:
        """All that was said."""
        messages: list[Json] = self._call("GET", f"{self.path}/messages")["messages"]
        return messages

    def _send(self, said: Json, id: str | None) -> Json:
        self._count += 1
        message = {"client_message_id": id or f"message-{self._count}", **said}
        return self._call("POST", f"{self.path}/messages", message)

    def _call(self, method: str, path: str, body: Json | None = None, token: str | None = "own") -> Json:
        headers = {"Content-Type": "application/json"}
        if token is not None:
            headers["Authorization"] = f"Bearer {self.begun['token']}"
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(self._url + path, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=90) as answer:
                read: Json = json.load(answer)
                return read
        except urllib.error.HTTPError as refusal:
            raise AssertionError(f"{method} {path}: {refusal.code} {refusal.read().decode()}") from refusal


@contextmanager
def a_stack(folder: Path, *, environment: Mapping[str, Mapping[str, str]] | None = None) -> Iterator[Stack]:
    """The product, running; always stopped in the end. `environment` is added to a part's own, by name."""
    stack = Stack(folder, environment=environment)
    try:
        stack.start()
        yield stack
    finally:
        stack.stop()


def only(answer: Json) -> Json:
    """The one message of an answer that came."""
    assert answer["state"] == "answered", answer
    (message,) = answer["messages"]
    found: Json = message
    return found


def faq_ids(answer: Json) -> list[str]:
    """The entries that an answer answers from."""
    return [message["faq_id"] for message in answer["messages"] if "faq_id" in message]


def keys(answer: Json) -> list[str]:
    """Which texts an answer is made of."""
    return [message.get("key", "") for message in answer["messages"]]


def edit(path: Path, old: str, new: str) -> None:
    """Change a content file as an editor would, and leave the stack the second it needs to see it."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path} does not hold {old!r}"
    path.write_text(text.replace(old, new), encoding="utf-8")
    later = path.stat().st_mtime + 5
    os.utime(path, (later, later))
    time.sleep(1.0)


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _signal_group(process: subprocess.Popen[bytes], how: signal.Signals) -> None:
    try:
        os.killpg(process.pid, how)
    except ProcessLookupError:
        return
