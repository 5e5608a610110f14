"""Secret links over HTTPS: their pages tell nobody their address, and their forms are taken all the same."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme
from playwright.sync_api import Browser, Page, Request, expect
from sqlalchemy import select

from bureau.accounts.actions import request_password_reset
from bureau.app import create_app
from bureau.kernel.clock import utcnow
from bureau.kernel.database import db
from bureau.kernel.outbox import OutboxMail
from tests.browser.conftest import Live
from tests.browser.serving import serving
from tests.factories.organisations import a_bureau
from tests.installation import copied, settings

EMAIL = "mira@example.org"


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Iterator[Live]:
    """The application as in production, behind a certificate of our own making."""
    folder = tmp_path_factory.mktemp("https")
    https = {"TESTING": False, "WTF_CSRF_ENABLED": True, "SESSION_COOKIE_SECURE": True}
    app = create_app(settings(folder, copied(migrated_file, folder)) | https)
    with app.app_context():
        a_bureau("golden-river")
        db.session.commit()
    with serving(app, certificate(folder)) as url:
        app.config["BASE_URL"] = url
        yield Live(app, url)
    with app.app_context():
        db.engine.dispose()


def certificate(folder: Path) -> Path:
    """What the server shows of itself, with its key."""
    file = folder / "certificate.pem"
    trustme.CA().issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(str(file))
    return file


@pytest.fixture
def visitor(browser: Browser, live: Live) -> Iterator[Page]:
    """A browser that takes our certificate."""
    context = browser.new_context(base_url=live.url, ignore_https_errors=True, locale="en-GB")
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def last_link(live: Live) -> str:
    """The link in the mail written last."""
    with live.app.app_context():
        body = db.session.scalars(select(OutboxMail.body).order_by(OutboxMail.id.desc())).first() or ""
    found = re.search(r"https://\S+", body)
    assert found is not None
    return found[0]


def referrers(page: Page, token: str) -> list[str]:
    """Collects the addresses that requests of ``page`` say they come from, where they hold the secret."""
    told: list[str] = []

    def note(request: Request) -> None:
        if token in request.headers.get("referer", ""):
            told.append(request.url)

    page.on("request", note)
    return told


def choose_password(page: Page, link: str, *, name: str | None = None) -> None:
    """Open the link and send its form."""
    page.goto(link)
    if name:
        page.fill("input[name=name]", name)
    page.fill("input[name=password]", "a bridge over the river")
    page.fill("input[name=again]", "a bridge over the river")
    page.click("main button[type=submit]")


def test_an_invitation_and_a_new_password_work_over_https_and_tell_nobody_their_address(
    live: Live, visitor: Page
) -> None:
    runner = live.app.test_cli_runner()
    runner.invoke(args=["person", "invite", EMAIL, "--role", "manager", "--for", "golden-river"])
    invitation = last_link(live)
    told = referrers(visitor, invitation.rpartition("/")[2])

    choose_password(visitor, invitation, name="Mira")
    expect(visitor).to_have_url(re.compile(r"/desk/golden-river"))

    assert told == []
    assert all(cookie["secure"] and cookie["httpOnly"] for cookie in visitor.context.cookies())
    visitor.context.clear_cookies()
    with live.app.app_context():
        request_password_reset(email=EMAIL, address="192.0.2.1", now=utcnow())
    reset = last_link(live)
    told = referrers(visitor, reset.rpartition("/")[2])

    choose_password(visitor, reset)
    expect(visitor).to_have_url(re.compile(r"/desk/sign-in$"))

    assert told == []


def test_a_form_that_was_sent_from_elsewhere_is_refused(live: Live, visitor: Page) -> None:
    visitor.goto("/desk/sign-in")
    token = visitor.locator("main input[name=csrf_token]").input_value()

    elsewhere = visitor.request.post(
        "/desk/sign-in",
        form={"csrf_token": token, "email": EMAIL, "password": "x"},
        headers={"Referer": "https://stranger.example/"},
    )

    assert elsewhere.status == 400
