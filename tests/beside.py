"""A process beside the tests, one for all who ask: HiGHS and CP-SAT cannot share one, and starting it takes long."""

import atexit
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from typing import ParamSpec, TypeVar

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


def beside(function: Callable[Asked, Answer], /, *words: Asked.args, **named: Asked.kwargs) -> Answer:
    """What the function answers there. It loads HiGHS only when it works, so that the process of the tests never does."""
    return _process().submit(function, *words, **named).result()


@cache
def _process() -> ProcessPoolExecutor:
    pool = ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn"))
    atexit.register(pool.shutdown)
    return pool
