"""What is written of an offer before it is sent: kept as it is written, merged field by field."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bureau.kernel.database import Scope, db, transaction
from bureau.kernel.errors import Stale
from bureau.organisations.actions.privacy import ensure_no_resident
from bureau.rotation.domain.draft import Cells, Seen, cells_now, changes, ensure_cells, unlike
from bureau.rotation.domain.offers import Draft, OfferPage
from bureau.rotation.models import OfferDraft
from bureau.rotation.queries.offers import find_draft_row, offer_page
from bureau.rotation.queries.rounds import get_round

from .offers import ensure_may_declare, hold_partner


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The page as it stands after something was written, and the versions that stood there before."""

    page: OfferPage
    found: Seen


def save_draft(
    bureau: str,
    month: str,
    organisation: str,
    written: Cells,
    *,
    seen: Seen | None,
    scope: Scope,
    now: datetime,
    sweep: Callable[[OfferPage], Cells] | None = None,
) -> Kept:
    """Keep what was written; the page as it stands then.

    Each field counts by itself: what others wrote elsewhere stays. A form that sends every field says with ``seen`` what
    it showed, and is refused (Stale) where that is no longer so. ``sweep`` sets many fields at once, from the page with
    what was written, and can be undone.
    Refuses: DeadlinePassed (not for the manager), WrongPhase, UnknownLevel, Invalid, NamesSomebody, Stale.
    """
    for name, value in written.items():
        if not name.startswith(("at-", "gives-")):  # those take nothing but their own words
            ensure_no_resident(value, bureau, field=name, now=now)
    with transaction():
        round_ = get_round(bureau, month)
        owner = hold_partner(round_, organisation, scope)
        ensure_may_declare(round_, scope, now=now)
        page = offer_page(round_, organisation, scope=scope)
        found = Seen(answer=page.version, draft=page.draft.version)
        if seen not in (None, found):
            raise Stale
        stands = cells_now(page)
        ensure_cells(written, stands)
        wanted = stands | dict(written)
        swept = (
            changes(sweep(replace(page, draft=replace(page.draft, cells=wanted))), wanted) if sweep is not None else {}
        )
        undo = {name: wanted[name] for name in swept} or page.draft.before
        draft = replace(page.draft, cells=unlike(wanted | swept, page), before=undo, saved_at=now)
        if wanted | swept != stands:
            page = replace(page, draft=_stored(page, owner, draft, scope, now=now))
        return Kept(page=page, found=found)


def _stored(page: OfferPage, owner: int, draft: Draft, scope: Scope, *, now: datetime) -> Draft:
    row = find_draft_row(page.round.id, owner, scope)
    if row is None:
        row = OfferDraft(round_id=page.round.id, organisation_id=owner)
        db.session.add(row)
    row.cells, row.before, row.saved_at = dict(draft.cells), dict(draft.before), now
    db.session.flush()
    return replace(draft, version=row.version)
