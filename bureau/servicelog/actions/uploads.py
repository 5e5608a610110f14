"""Tables sent by the browser: looked through, told, and counted when their sender says so.

A large one is read by a process of its own. What waits for its sender's word is what was read, as codes and
fingerprints; the file that was sent is gone by then, and everything after an hour.
"""

import csv
import hashlib
import json
import os
import re
import secrets
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Any

from flask import current_app

from bureau.kernel.children import start_command
from bureau.kernel.clock import Clock
from bureau.kernel.errors import Invalid, NotFound, Refused, Stale
from bureau.kernel.scopes import Scope
from bureau.servicelog.domain import uploads as domain
from bureau.servicelog.domain.refs import RefNamesSomebody
from bureau.servicelog.domain.table import (
    EVERY_COLUMN,
    LogTable,
    MissingColumn,
    Problem,
    RefElsewhere,
    RefTwice,
    UnknownColumn,
    cells_of,
)
from bureau.servicelog.domain.uploads import DONE, LOST, READ, READING, TAKING, WRONG, Upload
from bureau.web.tables import Limits, UnreadableTable, lines_of

from .importing import import_log, read_log, where_of

LIMITS = Limits(size=15 << 20, unpacked=400 << 20, lines=domain.MOST_LINES + 1, columns=40)
AT_ONCE = 256 << 10
"""A table of so many bytes at most is read within the request."""
AT_ONCE_LINES = 3_000
"""So many entries at most are counted within the request."""
BEAT = timedelta(seconds=1)
KEPT_SECONDS = domain.KEPT_FOR.total_seconds()
"""Since something was last written: what was cut off in the middle goes too."""
TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")
REFUSALS: Mapping[str, type[Refused]] = {
    one.code: one
    for one in (
        Invalid, MissingColumn, NotFound, RefElsewhere, RefNamesSomebody, RefTwice, Stale, UnknownColumn, UnreadableTable,
    )
}  # fmt: skip


def send_table(
    bureau: str, file: IO[bytes], *, scopes: Sequence[Scope], person_id: int, actor: str, clock: Clock
) -> Upload:
    """Take a table to be looked through (UnreadableTable, StillCounting); an earlier one of the same sender is forgotten."""
    now = clock()
    _forget_earlier(person_id, now=now)
    upload = Upload(
        token=secrets.token_urlsafe(16), bureau=bureau, person_id=person_id, actor=actor,
        organisations=tuple(scope.organisation_id for scope in scopes), sent_at=now, heard_at=now,
    )  # fmt: skip
    if (size := _size(file)) > LIMITS.size:
        raise UnreadableTable(reason="size")
    folder = _folder(upload.token)
    folder.mkdir(parents=True, mode=0o700)
    with (folder / "sent").open("wb") as sent:
        shutil.copyfileobj(file, sent)
    _write(upload)
    return _go_on(upload, here=size <= AT_ONCE, clock=clock)


def _size(file: IO[bytes]) -> int:
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    return size


def get_upload(bureau: str, token: str, *, person_id: int, now: datetime) -> Upload:
    """The upload of that token, as it is now; NotFound for anybody but its sender, and when its time is over."""
    upload = _read(token)
    if (upload.bureau, upload.person_id) != (bureau, person_id) or domain.is_over(upload, now=now):
        raise NotFound
    return domain.as_seen(upload, now=now)


def problems_of(upload: Upload) -> list[Problem]:
    """Everything that is wrong in it."""
    file = _folder(upload.token) / "problems.json"
    data = json.loads(file.read_text()) if file.exists() else []
    return [Problem(line=one["line"], column=one["column"], refusal=_refusal(one)) for one in data]


def refusal_of(upload: Upload) -> Refused | None:
    """Why it was refused as a whole, if it was."""
    return _refusal(upload.refusal) if upload.refusal else None


def take_table(bureau: str, token: str, *, scopes: Sequence[Scope], person_id: int, clock: Clock) -> Upload:
    """Count what was read; a second click changes nothing."""
    now = clock()
    upload = get_upload(bureau, token, person_id=person_id, now=now)
    folder = _folder(token)
    if upload.step != READ:
        return upload
    try:
        (folder / "read.csv").rename(folder / "taken.csv")  # whoever succeeds with this counts it
    except FileNotFoundError:
        return upload
    organisations = tuple(scope.organisation_id for scope in scopes)
    upload = replace(upload, step=TAKING, heard_at=now, percent=0, refusal=None, organisations=organisations)
    _write(upload)
    return _go_on(upload, here=upload.lines <= AT_ONCE_LINES, clock=clock)


def drop_table(bureau: str, token: str, *, person_id: int, now: datetime) -> None:
    """Forget an upload, unless it is being counted."""
    upload = get_upload(bureau, token, person_id=person_id, now=now)
    if upload.step != TAKING:
        shutil.rmtree(_folder(token))


def forget_uploads(*, now: datetime) -> int:
    """Remove the uploads whose time is over; how many."""
    over = [folder for folder in _root().glob("*") if now.timestamp() - folder.stat().st_mtime > KEPT_SECONDS]
    for folder in over:
        shutil.rmtree(folder)
    return len(over)


def _go_on(upload: Upload, *, here: bool, clock: Clock) -> Upload:
    """Do the next step within the request, or let a process of its own do it."""
    if here:
        return go_on(upload.token, clock=clock)
    start_command("log", "go-on", upload.token)
    return upload


def go_on(token: str, *, clock: Clock) -> Upload:
    """The next step of an upload: reading it through, or counting it."""
    upload = _read(token)
    step = {READING: _look_through, TAKING: _count}[upload.step]
    try:
        upload = step(upload, clock)
    except Refused as refusal:
        upload = replace(_read(token), step=WRONG, refusal=_as_json(refusal))
    except BaseException:
        _write(replace(_read(token), step=LOST))
        raise
    _write(upload)
    return upload


def _look_through(upload: Upload, clock: Clock) -> Upload:
    folder = _folder(upload.token)
    try:
        with (folder / "sent").open("rb") as file:
            table = read_log(
                upload.bureau, _heard(lines_of(file, LIMITS), file, _teller(upload, clock)), scopes=_scopes(upload),
                now=clock(),
            )  # fmt: skip
    finally:
        (folder / "sent").unlink()
    if table.problems:
        return _wrong(upload, table)
    _keep(folder / "read.csv", table)
    return replace(
        upload, step=READ, lines=table.lines, mark=_mark(folder / "read.csv"), where=tuple(where_of(upload.bureau, table))
    )  # fmt: skip


def _wrong(upload: Upload, table: LogTable) -> Upload:
    problems = [{"line": one.line, "column": one.column, **_as_json(one.refusal)} for one in table.problems]
    (_folder(upload.token) / "problems.json").write_text(json.dumps(problems))
    return replace(upload, step=WRONG, lines=table.lines, problems=len(problems), full=table.full)


def _count(upload: Upload, clock: Clock) -> Upload:
    file = _folder(upload.token) / "taken.csv"
    if _mark(file) != upload.mark:
        raise Stale
    with file.open("rb") as opened:
        lines = lines_of(opened, LIMITS)
        table = read_log(upload.bureau, lines, scopes=_scopes(upload), now=clock())
    if table.problems:
        return _wrong(upload, table)
    tell = _teller(upload, clock)
    told = {one.month: one.counts_in for one in upload.where}
    try:
        taken = import_log(
            upload.bureau, table, scopes=_scopes(upload), person_id=upload.person_id, actor=upload.actor, now=clock(),
            told=told, tell=lambda done, of: tell(done, 100 * done // of),
        )  # fmt: skip
    except Stale as refusal:  # a month was closed meanwhile: its sender shall see where it would count now
        file.rename(file.with_name("read.csv"))
        return replace(
            upload, step=READ, refusal=_as_json(refusal), where=tuple(where_of(upload.bureau, table)),
        )  # fmt: skip
    file.unlink()
    return replace(upload, step=DONE, counted=taken.counted, known=taken.known)


def _teller(upload: Upload, clock: Clock) -> Callable[[int, int], None]:
    """Writes down how many lines are done, and how many of a hundred parts; once in a while."""
    last = clock()

    def tell(lines: int, percent: int) -> None:
        nonlocal last
        if clock() - last >= BEAT:
            last = clock()
            _write(replace(upload, heard_at=last, lines=lines, percent=min(99, percent)))

    return tell


def _heard(lines: Iterator[list[str]], file: IO[bytes], tell: Callable[[int, int], None]) -> Iterator[list[str]]:
    size = os.fstat(file.fileno()).st_size
    for number, line in enumerate(lines):
        if number % 500 == 0:
            tell(number, 100 * file.tell() // max(1, size))
        yield line


def _scopes(upload: Upload) -> list[Scope]:
    return [Scope(number) for number in upload.organisations]


def _keep(path: Path, table: LogTable) -> None:
    """What was read, as it will be counted."""
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(EVERY_COLUMN)
        writer.writerows(cells_of(code, entry) for code, entry in table.every())


def _mark(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _as_json(refusal: Refused) -> dict[str, Any]:
    return {"code": refusal.code, "params": refusal.params}


def _refusal(data: Mapping[str, Any]) -> Refused:
    return REFUSALS[data["code"]](**data["params"])


def _root() -> Path:
    return Path(current_app.config["RUNS"]) / "log"


def _folder(token: str) -> Path:
    if TOKEN.fullmatch(token) is None:
        raise NotFound
    return _root() / token


def _read(token: str) -> Upload:
    try:
        return Upload.from_json(json.loads((_folder(token) / "state.json").read_text()))
    except FileNotFoundError as error:
        raise NotFound from error


def _write(upload: Upload) -> None:
    """Whole or not at all: somebody may be reading it."""
    folder = _folder(upload.token)
    new = folder / f"state.{os.getpid()}.json"
    new.write_text(json.dumps(upload.as_json()))
    new.replace(folder / "state.json")


def _every() -> Iterator[Upload]:
    for folder in _root().glob("*"):
        if (folder / "state.json").exists():
            yield _read(folder.name)


def _forget_earlier(person_id: int, *, now: datetime) -> None:
    for upload in _every():
        if upload.person_id != person_id:
            continue
        if domain.as_seen(upload, now=now).step == TAKING:
            raise domain.StillCounting
        shutil.rmtree(_folder(upload.token))
