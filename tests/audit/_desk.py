"""A desk as its page behaves: it counts, keeps what it has counted, and sends it until the server has answered for it."""

import asyncio
import json
import random
import re
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

MOST = 100
PATIENCE = 20.0
AGAIN = 0.2
"""A page waits fifteen seconds before it tries again; here there is but a minute."""
BETWEEN = 2.0
"""Seconds between two taps of a desk, on average; a busy one has as many minutes."""
UNDONE, UNMET, REPEATED = 0.1, 0.1, 0.1
"""Shares of the taps that are undone at once, or that nobody could help with; of the requests that come once more."""


@dataclass(slots=True)
class Desk:
    """One browser: who it is, what waits there, and what it was told."""

    organisation: str
    cookie: str
    token: str
    whose: str
    chance: random.Random
    waiting: dict[str, dict[str, Any]] = field(default_factory=dict)
    counted: set[str] = field(default_factory=set)
    undone: set[str] = field(default_factory=set)
    said: Counter[str] = field(default_factory=Counter)
    waits: list[float] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    taps: int = 0

    def tap(self) -> None:
        """Count one; some are undone at once."""
        self.taps += 1
        ref = str(UUID(int=self.chance.getrandbits(128)))
        kind = "unmet" if self.chance.random() < UNMET else "consultation"
        entry = {"ref": ref, "kind": kind, "organisation": self.organisation, "service": "info", "language": "en"}
        self.waiting[ref] = entry | {"key": ref}
        if self.chance.random() < UNDONE:
            self.waiting[f"undo:{ref}"] = entry | {"key": f"undo:{ref}", "undo": True}

    def take(self, answers: dict[str, Any]) -> None:
        """What the server has answered for waits no more."""
        for key, answer in answers.items():
            piece = self.waiting.pop(key, None)
            if "refused" in answer:
                self.refused.append(answer["refused"])
            elif piece is not None:
                (self.undone if piece.get("undo") else self.counted).add(piece["ref"])


class Line:
    """One kept-open connection; as little of HTTP as the server's own answers need."""

    def __init__(self, port: int, address: str) -> None:
        """Connect when first asked."""
        self.port, self.address = port, address
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def send(self, desk: Desk, pieces: list[dict[str, Any]]) -> dict[str, Any]:
        """The server's answers; an OSError or EOFError where the server dies before they are here."""
        if self.streams is None:
            self.streams = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self.streams
        body = json.dumps({"whose": desk.whose, "entries": pieces}).encode()
        head = [
            f"POST {self.address} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", f"Cookie: {desk.cookie}",
            f"X-CSRFToken: {desk.token}", "Content-Type: application/json", f"Content-Length: {len(body)}", "", "",
        ]  # fmt: skip
        writer.write("\r\n".join(head).encode() + body)
        answer = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        length = re.search(r"(?im)^content-length: (\d+)", answer)
        content = await reader.readexactly(int(length[1])) if length else b""
        status = int(answer.split(" ", 2)[1])
        if status != 200:
            raise ConnectionError(f"answered {status}")
        told: dict[str, Any] = json.loads(content)
        return told

    def close(self) -> None:
        """Begin with a new connection."""
        if self.streams is not None:
            self.streams[1].close()
        self.streams = None


async def work(desk: Desk, port: int, address: str, over: asyncio.Event) -> None:
    """Tap until it is over, and send until nothing waits."""
    line = Line(port, address)
    tapping = asyncio.create_task(_tap(desk, over))
    while desk.waiting or not tapping.done():
        if desk.waiting:
            await _send(desk, line)
        else:
            await asyncio.sleep(0.02)
    line.close()


async def _tap(desk: Desk, over: asyncio.Event) -> None:
    while not over.is_set():
        await asyncio.sleep(desk.chance.expovariate(1 / BETWEEN))
        desk.tap()


async def _send(desk: Desk, line: Line) -> None:
    """One request, in any order; some come again when they were answered."""
    pieces = list(desk.waiting.values())[:MOST]
    desk.chance.shuffle(pieces)
    begun = time.monotonic()
    try:
        async with asyncio.timeout(PATIENCE):
            answers = await line.send(desk, pieces)
            desk.take(answers)
            desk.waits.append(time.monotonic() - begun)
            desk.said["answered"] += 1
            if desk.chance.random() < REPEATED:
                desk.said["repeated"] += 1
                desk.take(await line.send(desk, pieces))
    except (OSError, EOFError, TimeoutError) as error:
        desk.said[_what(error)] += 1
        line.close()
        await asyncio.sleep(AGAIN)


def _what(error: Exception) -> str:
    """In a word: what was refused by nobody listening is no request that was lost."""
    if isinstance(error, ConnectionRefusedError):
        return "nobody there"
    return str(error) if str(error).startswith("answered") else "answer lost"
