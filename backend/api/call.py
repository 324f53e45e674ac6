"""One request as a handler sees it: who acts, in what language, with which checked body and parameters."""

from dataclasses import dataclass
from typing import Any, TypeVar

from aiohttp import web

from backend.domain.people import Actor, Channel, Language, Profile
from backend.service.backend import Backend
from backend.service.perform import Do, Done, perform, preview

Command = TypeVar("Command")
BACKEND = web.AppKey("backend", Backend)
LANGUAGE = web.RequestKey("language", Language)
REFUSED = web.RequestKey("refused", str)


@dataclass
class Call:
    """A request that was let in."""

    request: web.Request
    backend: Backend
    actor: Actor
    profile: Profile | None
    language: Language
    address: str
    channel: Channel
    body: Any = None
    query: Any = None
    key: str = ""
    is_preview: bool = False

    def param(self, name: str) -> str:
        """A parameter of the path."""
        return self.request.match_info[name]

    async def do(self, do: Do[Command], command: Command) -> Done:
        """Perform once under the request's key, or show what would happen."""
        if self.is_preview:
            return await preview(self.backend, self.actor, do, command)
        return await perform(self.backend, self.actor, do, command, key=self.key)

    @property
    def is_signed_in(self) -> bool:
        """Whether a customer is known."""
        return self.profile is not None
