"""Starts the whole product on this machine and says when it answers; Ctrl-C stops all of it.

Rasa and the action server listen on loopback only, behind secrets made here once (var/secrets.env).
"""

from __future__ import annotations

import json
import os
import secrets
import shlex
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from honcho.manager import Manager

from tools.model import ROOT, ensure, rasa_environment, rasa_python

BACKEND_PORT = int(os.environ.get("BACKEND_PORT", "8001"))
GATEWAY_PORT = int(os.environ.get("ASSISTANT_GATEWAY_PORT", "8000"))
RASA_PORT = int(os.environ.get("RASA_PORT", "5005"))
ACTIONS_PORT = int(os.environ.get("ACTIONS_PORT", "5055"))
READY_WITHIN = 180  # seconds
_SECRETS = (
    "RASA_SECRET",
    "ACTIONS_SECRET",
    "GATEWAY_SECRET",
    "BACKEND_SECRET",
    "BACKEND_TOKEN",
    "DESK_TOKEN",
    "VOICE_TOKEN",
)


def main() -> int:
    """Train if need be, start everything, wait until it is stopped; the exit status of the first to fail."""
    model = ensure()
    ports = {
        "gateway": GATEWAY_PORT,
        "backend": BACKEND_PORT,
        "Rasa server": RASA_PORT,
        "action server": ACTIONS_PORT,
    }
    for name, port in ports.items():
        if _taken(port):
            print(f"Port {port}, for the {name}, is in use. Is the assistant running already?")
            return 1
    manager: Any = Manager()  # honcho has no types
    known = stored_secrets(ROOT / "var" / "secrets.env")
    environments = {}
    for name, command, environment in processes(model, known):
        manager.add_process(name, command, env=environment, cwd=str(ROOT))
        environments[name] = environment
    arguments = (time.monotonic(), environments["gateway"])
    threading.Thread(target=_announce, args=arguments, daemon=True).start()
    manager.loop()
    return manager.returncode or 0


def processes(model: Path, known: dict[str, str]) -> list[tuple[str, str, dict[str, str]]]:
    """Name, command and environment of each process."""
    python = sys.executable
    ours = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    rasa = rasa_environment() | {
        "RASA_SECRET": known["RASA_SECRET"],
        "ACTIONS_SECRET": known["ACTIONS_SECRET"],
        "ACTIONS_URL": f"http://127.0.0.1:{ACTIONS_PORT}/webhook",
        "PYTHONUNBUFFERED": "1",
    }
    to_backend = {
        "ASSISTANT_BACKEND_URL": f"http://127.0.0.1:{BACKEND_PORT}",
        "ASSISTANT_BACKEND_TOKEN": known["BACKEND_TOKEN"],
    }
    gateway = _in_development(known) | ours | to_backend | _of_gateway(known)
    backend = ours | {
        "BACKEND_PORT": str(BACKEND_PORT),
        "BACKEND_PUBLIC_URL": f"http://127.0.0.1:{BACKEND_PORT}",
        "BACKEND_SECRET": known["BACKEND_SECRET"],
        "BACKEND_SERVICES": json.dumps(_services(known)),
        "BACKEND_DEMO_DATA": "true",
    }
    actions = ours | to_backend
    actions |= {"ACTIONS_PORT": str(ACTIONS_PORT), "ACTIONS_SECRET": known["ACTIONS_SECRET"]}
    return [
        ("actions", shlex.join([python, "-m", "bot.actions"]), actions),
        ("rasa", shlex.join(_rasa_server(model)), rasa),
        ("backend", shlex.join([python, "-m", "backend", "serve"]), backend),
        ("gateway", shlex.join([python, "-m", "gateway"]), gateway),
    ]


def _in_development(known: dict[str, str]) -> dict[str, str]:
    """What the environment may say otherwise: the telephone is open to the one in the browser only."""
    return {
        "ASSISTANT_GATEWAY_ENVIRONMENT": "development",
        "ASSISTANT_VOICE_TWILIO_AUTH_TOKEN": known["VOICE_TOKEN"],
        "ASSISTANT_VOICE_SOFTPHONE": "true",
    }


def _of_gateway(known: dict[str, str]) -> dict[str, str]:
    """What only the gateway is told."""
    return {
        "ASSISTANT_GATEWAY_PORT": str(GATEWAY_PORT),
        "ASSISTANT_RASA_URL": f"http://127.0.0.1:{RASA_PORT}",
        "ASSISTANT_RASA_SECRET": known["RASA_SECRET"],
        "ASSISTANT_GATEWAY_SECRET": known["GATEWAY_SECRET"],
        "ASSISTANT_DESK_TOKEN": known["DESK_TOKEN"],
    }


def _rasa_server(model: Path) -> list[str]:
    command = [str(rasa_python()), "-m", "tools.rasa_server", "run", "--model", str(model)]
    command += ["--interface", "127.0.0.1", "--port", str(RASA_PORT)]
    return [*command, "--endpoints", "endpoints.yml", "--credentials", "credentials.yml"]


def _services(known: dict[str, str]) -> dict[str, Any]:
    """Who may call the backend, and for what."""
    desk = ["act_on_behalf", "find_customers", "settle_payments", "refund_payments", "report_bounces"]
    return {
        "assistant": {"token": known["BACKEND_TOKEN"], "scopes": ["sign_in", "act_in_session"]},
        "desk": {"token": known["DESK_TOKEN"], "scopes": desk},
    }


def stored_secrets(path: Path) -> dict[str, str]:
    """The secrets in the file, readable by its owner only; made on the first start."""
    known: dict[str, str] = {}
    if path.exists():
        known = dict(line.split("=", 1) for line in path.read_text(encoding="utf-8").split() if "=" in line)
    known |= {name: secrets.token_urlsafe(32) for name in _SECRETS if not known.get(name)}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_text("".join(f"{name}={value}\n" for name, value in known.items()), encoding="utf-8")
    return known


def _demo_rep(environment: dict[str, str]) -> str:
    """A rep to try the desk with, in development; nothing elsewhere."""
    command = [sys.executable, "-m", "gateway", "rep", "demo"]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True)
    return done.stdout.strip()


def _announce(started: float, environment: dict[str, str]) -> None:
    """Print the address once the product answers, or what is still missing when it takes too long."""
    url = f"http://127.0.0.1:{GATEWAY_PORT}"
    missing = "the gateway"
    while time.monotonic() - started < READY_WITHIN:
        time.sleep(0.5)
        try:
            with urllib.request.urlopen(f"{url}/api/ready", timeout=2) as answer:
                if answer.status == 200:
                    seconds = time.monotonic() - started
                    where = f"{url}/fr/   {url}/en/   {url}/desk/   (Ctrl-C stops)"
                    print(f"\n  Ready after {seconds:.0f} s:  {where}", flush=True)
                    print(f"  {_demo_rep(environment)}\n", flush=True)
                    return
        except urllib.error.HTTPError as answer:
            missing = _not_ready(answer.read())
        except OSError:
            continue
    print(f"\n  Not ready after {READY_WITHIN} s: {missing}. The lines above say why.\n", flush=True)


def _not_ready(body: bytes) -> str:
    try:
        return str(json.loads(body))
    except ValueError:
        return "the gateway"


def _taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


if __name__ == "__main__":
    sys.exit(main())
