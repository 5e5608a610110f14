"""What a bureau weighs its plans by."""

from sqlalchemy import select

from bureau.kernel.database import db
from bureau.rotation.domain.weights import TERMS, USUAL, Weights
from bureau.rotation.models import Weighting


def find_weighting(bureau_id: int) -> Weighting | None:
    """The bureau's own numbers, where its manager chose some."""
    statement = select(Weighting).where(Weighting.bureau_id == bureau_id)
    return db.session.scalar(statement.execution_options(populate_existing=True))


def weights_of(bureau_id: int) -> Weights:
    """What the bureau weighs by."""
    row = find_weighting(bureau_id)
    return USUAL if row is None else {term: getattr(row, term) for term in TERMS}


def weights_version(bureau_id: int) -> int:
    """The version of the bureau's numbers; 0 as long as nobody chose any."""
    row = find_weighting(bureau_id)
    return 0 if row is None else row.version
