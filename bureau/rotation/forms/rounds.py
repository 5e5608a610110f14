"""Opening a month, and when its phases end."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from bureau.kernel.errors import Invalid, Refused, Several
from bureau.kernel.localtime import instant
from bureau.kernel.text import whole_number
from bureau.rotation.domain.rounds import Deadlines, RoundInfo
from bureau.web.wording import word

ENDS = ("declaring_until", "proposing_until", "reviewing_until")


@dataclass(slots=True, kw_only=True)
class DeadlinesForm:
    """The ends of three phases as typed, on the bureau's wall clock, with what is wrong with each."""

    values: dict[str, str]
    advances_itself: bool
    version: int
    errors: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, round_: RoundInfo) -> "DeadlinesForm":
        """What is stored."""
        values = {name: _typed(getattr(round_.deadlines, name), round_.timezone) for name in ENDS}
        return cls(values=values, advances_itself=round_.advances_itself, version=round_.version)

    @classmethod
    def typed(cls, form: Mapping[str, str], round_: RoundInfo) -> "DeadlinesForm":
        """What was sent."""
        version = whole_number(form.get("version", ""))
        return cls(
            values={name: form.get(name, "").strip() for name in ENDS},
            advances_itself="advances_itself" in form,
            version=round_.version if version is None else version,
        )

    def deadlines(self, timezone: str) -> Deadlines:
        """The instants; refuses everything that is not a time, each beside its field."""
        read, problems = {}, list[Refused]()
        for name in ENDS:
            try:
                local = datetime.strptime(self.values[name][:16], "%Y-%m-%dT%H:%M")  # noqa: DTZ007  (wall time: the zone follows)
                read[name] = instant(local.date(), local.time(), timezone)
            except ValueError:
                problems.append(Invalid(field=name, reason="moment"))
        if problems:
            raise Several(problems)
        return Deadlines(**read)

    def refuse(self, error: Refused) -> None:
        """Say beside the field, or above all, why it was refused."""
        for problem in error.problems if isinstance(error, Several) else [error]:
            self.errors.setdefault(problem.field or "", []).append(word(problem))


def _typed(moment: datetime, timezone: str) -> str:
    return moment.astimezone(ZoneInfo(timezone)).strftime("%Y-%m-%dT%H:%M")
