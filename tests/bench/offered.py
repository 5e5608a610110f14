"""Actions offered to a running server at a fixed rate, whatever it does with them; run as a process of its own.

An action that waits in the line counts as waiting for its answer: latency is measured from the moment it was due.
"""

import asyncio
import json
import random
import re
import sys
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from tests.bench.spending import spent_by

CONNECTIONS = 60
"""Open tabs: four for each of fifteen organisations."""
MOST_STROKES = 4
WARMING = 5.0
"""Seconds of a tenth of the actions, before it counts."""
PATIENCE = 30.0
"""Seconds after the last action that answers are waited for."""


@dataclass(slots=True)
class Person:
    """Somebody signed in: cookie and token of their browser, and what they work on."""

    organisation: str
    cookie: str
    token: str
    worker: int
    cells: list[str]
    board: dict[str, str]
    """What their open board was last given to compare with: ``mark`` and ``seen``."""
    draft: dict[str, str]
    """What their open offer was last answered: ``version`` and ``draft``."""
    booked: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Answer:
    """What one action came to: its status, seconds since it was due, and what is to be looked for in the database."""

    kind: str
    status: int
    seconds: float
    slot: int = 0
    session: int = 0
    organisation: str = ""
    cells: dict[str, str] = field(default_factory=dict)


class Tab:
    """One kept-open connection; as little of HTTP as the server's own answers need."""

    def __init__(self, host: str, port: int) -> None:
        """Connect when first asked."""
        self.where = (host, port)
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(
        self, method: str, path: str, person: Person, values: dict[str, str] | None = None
    ) -> tuple[int, str]:
        """The status, and the address led on to or the body."""
        if self.streams is None:
            self.streams = await asyncio.open_connection(*self.where)
        reader, writer = self.streams
        body = urlencode({"csrf_token": person.token, **values}).encode() if values is not None else b""
        head = [f"{method} {path} HTTP/1.1", f"Host: {self.where[0]}:{self.where[1]}", f"Cookie: {person.cookie}"]
        if values is not None:
            head += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        writer.write("\r\n".join([*head, "", ""]).encode() + body)
        answer = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        status = int(answer.split(" ", 2)[1])
        length = re.search(r"(?im)^content-length: (\d+)", answer)
        content = await reader.readexactly(int(length[1])) if length else b""
        location = re.search(r"(?im)^location: (\S+)", answer)
        return status, location[1] if location else content.decode(errors="replace")


class Month:
    """One month that everybody works on at once."""

    def __init__(self, task: dict[str, Any]) -> None:
        """Who works, on what, and how often."""
        self.people = [Person(**one) for one in task["people"]]
        self.slots: list[int] = task["slots"]
        self.base, self.month, self.following = task["base"], task["month"], task["following"]
        self.mix: dict[str, int] = task["mix"]
        self.chance = random.Random(task["seed"])

    async def act(self, tab: Tab, due: float) -> Answer:
        """Do what is next, and say what came of it."""
        kind = self.chance.choices(list(self.mix), list(self.mix.values()))[0]
        person = self.chance.choice(self.people)
        done = await getattr(self, kind)(tab, person)
        return Answer(
            kind=done.pop("kind", kind), seconds=time.monotonic() - due, organisation=person.organisation, **done
        )

    async def look(self, tab: Tab, person: Person) -> dict[str, Any]:
        """Open the page of a slot."""
        status, _ = await tab.ask("GET", f"{self.base}/slots/{self.chance.choice(self.slots)}/book", person)
        return {"status": status}

    async def refresh(self, tab: Tab, person: Person) -> dict[str, Any]:
        """What an open board asks every few seconds: what has changed since it was last answered."""
        asked = urlencode(person.board)
        status, page = await tab.ask("GET", f"{self.base}/{self.month}/board/changes?{asked}", person)
        person.board |= dict(re.findall(r'name="(mark|seen)" value="([^"]*)"', page))
        return {"status": status}

    async def book(self, tab: Tab, person: Person) -> dict[str, Any]:
        """Take a slot, which somebody else may have."""
        slot = self.chance.choice(self.slots)
        values = {"worker": str(person.worker), "service": "info", "language": "en"}
        status, onward = await tab.ask("POST", f"{self.base}/slots/{slot}/book", person, values)
        booked = re.search(r"[?&]booked=(\d+)", urlsplit(onward).geturl()) if status == 303 else None
        if booked:
            person.booked.append(int(booked[1]))
        return {"status": status, "slot": slot, "session": int(booked[1]) if booked else 0}

    async def release(self, tab: Tab, person: Person) -> dict[str, Any]:
        """Give a session back; without one, take one."""
        if not person.booked:
            return {"kind": "book", **await self.book(tab, person)}
        session = person.booked.pop(self.chance.randrange(len(person.booked)))
        values = {"reason": "ill", "version": "1", "cover": "at-once"}
        status, _ = await tab.ask("POST", f"{self.base}/sessions/{session}/release", person, values)
        return {"status": status, "session": session}

    async def paint(self, tab: Tab, person: Person) -> dict[str, Any]:
        """Say when a worker can come, as the page does while one paints: it sends what half a second's strokes touched."""
        first, many = self.chance.randrange(len(person.cells)), self.chance.randint(1, MOST_STROKES)
        level = self.chance.choice(["preferred", "possible", "undesired"])
        cells = dict.fromkeys(person.cells[first : first + many], level)
        status, told = await tab.ask(
            "POST", f"{self.base}/{self.following}/offers/{person.organisation}/draft", person,
            {**cells, **person.draft},
        )  # fmt: skip
        if status == 200:
            said = json.loads(told)
            person.draft = {"version": str(said["version"] or ""), "draft": str(said["draft"])}
        return {"status": status, "cells": cells}


async def offer(task: dict[str, Any]) -> dict[str, Any]:
    """Offer the actions, each when it is due, to the tabs in turn; a few before, so that the server has seen them all once."""
    month, line = Month(task), asyncio.Queue[float]()
    answers: list[Answer] = []

    async def work() -> None:
        tab = Tab(task["host"], task["port"])
        while True:
            due = await line.get()
            try:
                answers.append(await month.act(tab, due))
            except (OSError, asyncio.IncompleteReadError) as error:
                answers.append(Answer(kind=type(error).__name__, status=0, seconds=time.monotonic() - due))
                tab.streams = None
            line.task_done()

    workers = [asyncio.create_task(work()) for _ in range(CONNECTIONS)]
    await _queue(line, task["rate"] / 10, WARMING)
    await line.join()
    warming, before = len(answers), _spent(task)
    await _queue(line, task["rate"], task["seconds"])
    try:
        await asyncio.wait_for(line.join(), PATIENCE)
    except TimeoutError:
        answers += [Answer(kind="waiting", status=0, seconds=PATIENCE)] * line.qsize()
    spent = [after - earlier for after, earlier in zip(_spent(task), before, strict=True)]
    for worker in workers:
        worker.cancel()
    told = [asdict(one) for one in answers]
    return {"warming": told[:warming], "answers": told[warming:], "spent": spent}


async def _queue(line: asyncio.Queue[float], rate: float, seconds: float) -> None:
    """Put actions into the line at that rate, each with the moment at which it is due."""
    begun = time.monotonic()
    for number in range(int(rate * seconds)):
        due = begun + number / rate
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        line.put_nowait(due)


def _spent(task: dict[str, Any]) -> list[float]:
    """Seconds of the processor that the server, the database's own server and we have spent so far."""
    return [*(spent_by(*numbers) for numbers in task["watched"]), time.process_time()]


if __name__ == "__main__":
    found = asyncio.run(offer(json.loads(Path(sys.argv[1]).read_text())))
    Path(sys.argv[2]).write_text(json.dumps(found))
