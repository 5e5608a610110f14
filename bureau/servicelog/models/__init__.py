"""The tables of the service log. None has a place for a name, an address or a number of anybody who was helped."""

from .entries import LogEntry, LogNote
from .months import LogClose, LogSettings, MonthSignOff
from .referrals import Referral

__all__ = ["LogClose", "LogEntry", "LogNote", "LogSettings", "MonthSignOff", "Referral"]
