"""The month's sessions: the board, one slot, one session, one organisation's month."""

from datetime import datetime

from bureau.kernel.database import Scope
from bureau.rotation.domain.board import Board, FreeSlot, MyMonth, SessionDetail, SlotDetail
from bureau.rotation.domain.rounds import RoundInfo


def board(round_: RoundInfo, *, scope: Scope, now: datetime) -> Board:
    """The whole month; sessions of the scope's organisation are marked ``mine``. At most five queries."""
    raise NotImplementedError


def slot_detail(bureau: str, slot_id: int, *, scope: Scope, now: datetime) -> SlotDetail:
    """One slot with who of the scope's organisation (a manager: of any) could take it."""
    raise NotImplementedError


def session_detail(bureau: str, session_id: int, *, scope: Scope) -> SessionDetail:
    """One session; NotFound where it is not in this bureau or not the scope's."""
    raise NotImplementedError


def free_slots_near(bureau: str, slot_id: int, *, now: datetime, most: int = 3) -> tuple[FreeSlot, ...]:
    """Free slots closest in time to this one."""
    raise NotImplementedError


def my_month(bureau: str, month: str, organisation: str, *, scope: Scope, now: datetime) -> MyMonth:
    """What an organisation is asked, what it has, and which open slots it qualifies for."""
    raise NotImplementedError
