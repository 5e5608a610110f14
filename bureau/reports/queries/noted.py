"""Numbers of a month that nobody logs."""

import json
import zlib
from dataclasses import dataclass

from sqlalchemy import select

from bureau.kernel.database import db
from bureau.kernel.rows import MARKS
from bureau.reports.models import NotedFigure


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """What is written down of a month, by code; ``version`` changes with it."""

    rows: dict[str, NotedFigure]

    @property
    def numbers(self) -> dict[str, int]:
        """The numbers themselves."""
        return {code: row.number for code, row in self.rows.items()}

    @property
    def version(self) -> int:
        """A number that changes with the numbers; 0 where there is none."""
        if not self.rows:
            return 0
        return zlib.crc32(json.dumps(self.numbers, sort_keys=True).encode()) % MARKS


def noted_in(bureau_id: int, month: str) -> Noted:
    """What is written down of the month."""
    statement = select(NotedFigure).where(NotedFigure.bureau_id == bureau_id, NotedFigure.month == month)
    return Noted(rows={row.code: row for row in db.session.scalars(statement)})
