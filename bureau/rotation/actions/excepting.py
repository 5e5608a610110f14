"""Days on which a series does not take place, written in the transaction in which it is said."""

from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from bureau.kernel.database import EVERY_ORGANISATION, db
from bureau.rotation.domain.round_facts import iso_week
from bureau.rotation.domain.series import day_meant
from bureau.rotation.models import PlannedSession, Series, SeriesException, Slot


def except_week(series_id: int, day: date, why: str) -> None:
    """The series does not take place in the week of that day, whatever is planned anew."""
    except_day(series_id, _day_meant(series_id, day), why)


def leaves_series(session: PlannedSession, old: Slot, new: Slot) -> bool:
    """Whether a session of a series that goes from the old slot to the new one is a single one from then on."""
    return session.series_id is not None and iso_week(old.day) != iso_week(new.day)


def leave_series(session: PlannedSession, old: Slot, new: Slot, why: str) -> None:
    """Where the session goes to another week it is a single one from now on, and the series does not come back to the
    old week; within its week it stays the series' session.
    """
    if session.series_id is not None and leaves_series(session, old, new):
        except_week(session.series_id, old.day, why)
        session.series_id = None


def take_place_in_week(series_id: int, day: date) -> None:
    """It takes place in the week of that day after all."""
    forget_exception(series_id, _day_meant(series_id, day))


def _day_meant(series_id: int, day: date) -> date:
    statement = select(Series.weekday).where(Series.id == series_id)
    return day_meant(db.session.execute(statement.execution_options(**EVERY_ORGANISATION.options())).scalar_one(), day)


def except_day(series_id: int, day: date, why: str) -> None:
    """The series does not take place on that day; of two who say so at once, the later one's reason stays."""
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    said = insert(SeriesException).values(series_id=series_id, day=day, reason=why)
    db.session.execute(said.on_conflict_do_update(index_elements=["series_id", "day"], set_={"reason": why}))


def forget_exception(series_id: int, day: date) -> None:
    """It takes place on that day after all."""
    of_day = (SeriesException.series_id == series_id, SeriesException.day == day)
    db.session.execute(delete(SeriesException).where(*of_day))
