"""Days on which a series does not take place, written in the transaction in which it is said."""

from datetime import date

from sqlalchemy import delete

from bureau.kernel.database import db
from bureau.rotation.models import SeriesException


def except_day(series_id: int, day: date, why: str) -> None:
    """The series does not take place on that day, whatever is planned anew."""
    db.session.merge(SeriesException(series_id=series_id, day=day, reason=why))


def forget_exception(series_id: int, day: date) -> None:
    """It takes place on that day after all."""
    of_day = (SeriesException.series_id == series_id, SeriesException.day == day)
    db.session.execute(delete(SeriesException).where(*of_day).execution_options(synchronize_session="fetch"))
