"""A wire between the browser and the gateway that a test can cut and mend."""

import asyncio
import socket
from contextlib import suppress


class Wire:
    """Carries bytes from a port of its own to another; cut, it drops everyone and lets nobody in."""

    def __init__(self) -> None:
        self._target = 0
        self._port = 0
        self._server: asyncio.Server | None = None
        self._ends: set[asyncio.StreamWriter] = set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    async def open(self, target: int) -> None:
        """Carry to the port `target`, from a free one that stays the same."""
        self._target, self._port = target, _free_port()
        await self.mend()

    async def cut(self) -> None:
        """Everyone loses their connection and gets no new one."""
        if self._server is not None:
            self._server.close()
            self._server = None
        for end in list(self._ends):
            end.transport.abort()

    async def mend(self) -> None:
        """Let everyone in again."""
        if self._server is None:
            self._server = await asyncio.start_server(self._carry, "127.0.0.1", self._port)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._target)
            self._ends |= {writer, far_writer}
            try:
                await asyncio.gather(_pump(reader, far_writer), _pump(far_reader, writer))
            finally:
                for end in (writer, far_writer):
                    self._ends.discard(end)
                    end.close()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    with suppress(OSError, RuntimeError):
        writer.write_eof()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
