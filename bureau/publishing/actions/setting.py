"""Where and how this installation publishes."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from flask import current_app

from bureau.calendars.actions import Drafting, SiteDrafts, drafting
from bureau.kernel.month import Month
from bureau.publishing.domain import Release
from bureau.publishing.site.look import Look, read_look
from bureau.publishing.site.releases import kept_releases, release_in_force
from bureau.publishing.site.rendering import rendering_version
from bureau.reports.site.drafts import writers_of
from bureau.rotation.domain.programme import ProgrammeDocument

from .given import Programmes


def published() -> Path:
    """The folder of the public site."""
    return Path(current_app.config["PUBLISHED"])


def look() -> Look:
    """The look as it lies in the program."""
    return read_look(Path(str(current_app.static_folder)))


def version() -> str:
    """The program that renders, and the settings that pages and fixed texts repeat."""
    config = current_app.config
    rendering = rendering_version(Path(current_app.root_path).parent)
    return " ".join((rendering, look().version, config["BASE_URL"], config["SECURITY_CONTACT"]))


def draw(now: datetime) -> Drafting:
    """How files are drafted here."""
    return drafting(now=now, base_url=current_app.config["BASE_URL"], asset=look().address, version=version())


def of_bureau(
    drawing: Drafting, code: str, programmes: Programmes, documents: Sequence[ProgrammeDocument], *, several: bool
) -> SiteDrafts:
    """The files of a bureau: from its programmes, and from its reports where it has any."""
    reports = programmes.reports(code)
    return drawing.of_bureau(
        documents, several=several, reports=tuple(Month.parse(one.month) for one in reports),
        further=writers_of(reports),
    )  # fmt: skip


def site_in_force() -> Release | None:
    """The release that residents read, if there is one."""
    return release_in_force(published())


def site_releases() -> list[Release]:
    """Every release that one can go back to, the newest first: the one in force, and those that nothing was to follow."""
    kept = kept_releases(published())
    return [*kept[:1], *(one for one in kept[1:] if not one.waiting)]
