"""A published site to be examined: the demonstration bureau on a Wednesday in December, the same at each call."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bureau.app import create_app
from bureau.kernel.localised import LocalisedText
from bureau.publishing.actions import publish_documents
from bureau.rotation.domain.programme import ProgrammeDocument
from bureau.web.languages import LANGUAGES
from tests.factories.programmes import a_bureau, a_programme, with_changes
from tests.installation import migrate, settings

NOW = datetime(2026, 12, 9, 9, 30, tzinfo=UTC)


def documents(languages: tuple[str, ...] = tuple(LANGUAGES)) -> list[ProgrammeDocument]:
    """December after its changes."""
    bureau = a_bureau(languages=languages)
    return [with_changes(a_programme(bureau=bureau, closed=[date(2026, 12, 25)]), datetime(2026, 12, 5, tzinfo=UTC))]


def a_second(languages: tuple[str, ...]) -> ProgrammeDocument:
    """The same in another city."""
    city = LocalisedText({"en": "Plovdiv", "bg": "Пловдив", "ar": "بلوفديف", "fa": "پلوودیو"})
    bureau = a_bureau("blue-hill", languages=languages, city=city, latitude=42.15, longitude=24.75)
    return a_programme(code="blue-hill", bureau=bureau)


@contextmanager
def published(found: list[ProgrammeDocument], base_url: str = "http://localhost") -> Iterator[tuple[Path, Path]]:
    """The folder of a site made of these, and a database with nothing in its tables."""
    with TemporaryDirectory() as folder:
        database = Path(folder) / "bureau.db"
        app = create_app(settings(Path(folder), f"sqlite:///{database}") | {"BASE_URL": base_url})
        with app.app_context():
            migrate(app)
            publish_documents(lambda: found, now=NOW)
        yield Path(app.config["PUBLISHED"]), database
