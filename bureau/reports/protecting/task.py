"""What the process is given and what it gives back, as JSON-like data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bureau.reports.domain.cells import Coordinates
from bureau.reports.domain.dimensions import Code, Dimension
from bureau.reports.domain.plan import Plan
from bureau.reports.domain.plan_text import plan_from_json, plan_to_json
from bureau.reports.domain.release import Release
from bureau.reports.domain.tabulating import Record

Json = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Task:
    """A month to be protected: its plan, what was logged since the series began, and all that was published before."""

    month: str
    since: str
    plan: Plan
    dimensions: Mapping[str, Dimension]
    records: tuple[Record, ...] = field(repr=False)
    earlier: tuple[Release, ...]
    secret: bytes = field(repr=False)

    def to_json(self) -> Json:
        """As one document."""
        return {
            "month": self.month, "since": self.since, "plan": plan_to_json(self.plan),
            "dimensions": {
                name: [[one.code, one.parent, dict(one.labels)] for one in dimension.codes]
                for name, dimension in self.dimensions.items()
            },
            "records": [[list(one.at), one.number] for one in self.records],
            "earlier": [one.to_json() for one in self.earlier], "secret": self.secret.hex(),
        }  # fmt: skip

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> "Task":
        """Read what ``to_json`` wrote."""
        return cls(
            month=document["month"], since=document["since"], plan=plan_from_json(document["plan"]),
            dimensions={
                name: Dimension(name, tuple(Code(*one) for one in codes))
                for name, codes in document["dimensions"].items()
            },
            records=tuple(Record(Coordinates(*at), number) for at, number in document["records"]),
            earlier=tuple(Release.from_json(one) for one in document["earlier"]),
            secret=bytes.fromhex(document["secret"]),
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A cell that would give too much away, and why."""

    kind: str
    at: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of it: a release that no attack got anything out of, or what an attack found in the last that was tried.

    ``given_up``: tables of the plan that had to go. ``salt``: how often the rounding was drawn anew. ``witnesses`` prove a
    suppression; they are nobody's but the bureau's. ``counts`` are all that a reader could think of; of each that is protected
    and new, no attack could narrow the span below ``narrowest``.
    """

    release: Release | None
    protected: int = 0
    salt: int = 0
    given_up: tuple[str, ...] = ()
    found: tuple[Found, ...] = ()
    unproven: int = 0
    counts: int = 0
    narrowest: int | None = None
    witnesses: tuple[Json, ...] = field(default=(), repr=False)

    def to_json(self) -> Json:
        """As one document."""
        return {
            "release": None if self.release is None else self.release.to_json(), "protected": self.protected,
            "salt": self.salt, "given_up": list(self.given_up), "unproven": self.unproven,
            "counts": self.counts, "narrowest": self.narrowest,
            "found": [[one.kind, list(one.at)] for one in self.found], "witnesses": list(self.witnesses),
        }  # fmt: skip

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> "Outcome":
        """Read what ``to_json`` wrote."""
        release = document["release"]
        return cls(
            release=None if release is None else Release.from_json(release), protected=document["protected"],
            salt=document["salt"], given_up=tuple(document["given_up"]), unproven=document["unproven"],
            counts=document.get("counts", 0), narrowest=document.get("narrowest"),
            found=tuple(Found(kind=kind, at=tuple(at)) for kind, at in document["found"]),
            witnesses=tuple(document["witnesses"]),
        )  # fmt: skip
