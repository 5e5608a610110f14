"""What stands around the numbers of a report, as it is today: it is frozen with them."""

from datetime import date
from typing import Any

from sqlalchemy import select

from bureau.kernel.database import db
from bureau.organisations import queries as places
from bureau.reports.domain.cells import Coordinates
from bureau.reports.domain.series import LEAST_ANSWERS
from bureau.reports.models import Indicator, NotedFigure

Frame = dict[str, Any]


def frame_of(bureau: str, month: str, *, on: date) -> Frame:
    """Names, languages, indicators and noted figures, for a report that is published on that day."""
    place = places.get_bureau(bureau)
    mine = select(Indicator).where(Indicator.bureau_id == place.id)
    indicators = db.session.scalars(mine.order_by(Indicator.position, Indicator.code))
    return {
        "bureau": place.code, "name": place.name.as_json(), "city": place.city.as_json(),
        "languages": list(place.languages), "published_on": on.isoformat(),
        "noted": _noted(place.id, month),
        "indicators": [
            {
                "code": one.code, "donor": one.donor, "name": one.name.as_json(),
                "at": list(Coordinates(month, **{name: str(code) for name, code in one.at.items()})),
            }
            for one in indicators
        ],
    }  # fmt: skip


def _noted(bureau_id: int, month: str) -> list[dict[str, Any]]:
    """Numbers written down by hand; feedback only where enough people gave any."""
    rows = db.session.scalars(select(NotedFigure).where(NotedFigure.bureau_id == bureau_id, NotedFigure.month == month))
    numbers = {one.code: one.number for one in rows}
    found: list[dict[str, Any]] = [
        {"code": code, "number": numbers[code], "of": None} for code in ("events", "media") if code in numbers
    ]
    answers = numbers.get("feedback", 0)
    if answers >= LEAST_ANSWERS:
        found.append({"code": "satisfied", "number": numbers.get("satisfied", 0), "of": answers})
    return found
