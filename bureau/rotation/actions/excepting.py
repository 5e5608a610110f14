"""Days on which a series does not take place, written in the transaction in which it is said."""

from datetime import date

from sqlalchemy import delete, select

from bureau.kernel.database import EVERY_ORGANISATION, db
from bureau.rotation.domain.series import day_meant
from bureau.rotation.models import Series, SeriesException


def except_week(series_id: int, day: date, why: str) -> None:
    """The series does not take place in the week of that day, whatever is planned anew."""
    except_day(series_id, _day_meant(series_id, day), why)


def take_place_in_week(series_id: int, day: date) -> None:
    """It takes place in the week of that day after all."""
    forget_exception(series_id, _day_meant(series_id, day))


def _day_meant(series_id: int, day: date) -> date:
    statement = select(Series.weekday).where(Series.id == series_id)
    return day_meant(db.session.execute(statement.execution_options(**EVERY_ORGANISATION.options())).scalar_one(), day)


def except_day(series_id: int, day: date, why: str) -> None:
    """The series does not take place on that day."""
    db.session.merge(SeriesException(series_id=series_id, day=day, reason=why))


def forget_exception(series_id: int, day: date) -> None:
    """It takes place on that day after all."""
    of_day = (SeriesException.series_id == series_id, SeriesException.day == day)
    db.session.execute(delete(SeriesException).where(*of_day))
