"""A server that is killed in the middle of what it does."""

import os
import signal
from collections.abc import Callable, Iterator
from itertools import count

from flask import Flask
from sqlalchemy import event

from bureau.kernel.database import db

WRITES = ("INSERT", "UPDATE", "DELETE")
DONE, FAILED = 0, 1


def every_death(app: Flask, deed: Callable[[], object]) -> Iterator[int]:
    """Let a process of its own begin the deed and be killed right after its first write, then its second, and so on, until
    one comes to the end. After each death there is time to look.
    """
    for number in count(1):
        if _lives(app, deed, number):
            return
        yield number


def _lives(app: Flask, deed: Callable[[], object], number: int) -> bool:
    """Whether the deed was done with fewer writes than that."""
    process = os.fork()
    if not process:
        os._exit(_acts(app, deed, number))
    status = os.waitpid(process, 0)[1]
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
        return False
    assert os.waitstatus_to_exitcode(status) == DONE
    return True


def _acts(app: Flask, deed: Callable[[], object], number: int) -> int:
    left = number

    def die(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        nonlocal left
        left -= statement.lstrip().startswith(WRITES)
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)

    try:
        with app.app_context():
            db.engine.dispose(close=False)  # its connections are the parent's
            event.listen(db.engine, "after_cursor_execute", die)
            deed()
    except BaseException:
        return FAILED
    return DONE
