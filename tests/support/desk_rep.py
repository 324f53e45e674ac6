"""A rep's program for end-to-end tests: the desk's API with cookie and second factor, as its pages use it."""

import http.cookiejar
import json
import time
import urllib.error
import urllib.request
from typing import Any

from gateway.desk.cli import DEMO_PASSWORD, DEMO_SECRET
from gateway.desk.reps import DEMO_USER
from gateway.desk.totp import STEP, code_at
from tests.support.stack import Stack

Json = dict[str, Any]


class DemoRep:
    """The demo rep, signed in."""

    def __init__(self, stack: Stack) -> None:
        self._url = stack.url
        self._csrf = ""
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._opener = urllib.request.build_opener(cookies)
        stack.gateway("rep", "demo")
        self._csrf = self._sign_in()["csrf"]

    def _sign_in(self) -> Json:
        """With the code of now, or once it has served, the next one."""
        for ahead in (0, 1, 2):
            code = code_at(DEMO_SECRET, int(time.time()) // STEP + min(ahead, 1))
            try:
                return self.call(
                    "POST", "session", {"user_id": DEMO_USER, "password": DEMO_PASSWORD, "code": code}
                )
            except AssertionError:
                if ahead == 1:
                    time.sleep(STEP)
        raise AssertionError("the demo rep can't sign in")

    def call(self, method: str, path: str, body: Json | None = None) -> Json:
        """Ask the desk; fails with what was refused."""
        headers = {"Content-Type": "application/json", "X-CSRF-Token": self._csrf}
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self._url}/api/desk/{path}", data, headers, method=method)
        try:
            with self._opener.open(request, timeout=60) as answer:
                read: Json = json.load(answer)
                return read
        except urllib.error.HTTPError as refusal:
            raise AssertionError(f"{method} {path}: {refusal.code} {refusal.read().decode()}") from refusal

    def on(self, conversation: str, act: str, body: Json | None = None) -> Json:
        """Do something with a conversation."""
        return self.call("POST", f"conversations/{conversation}/{act}", body)
