"""The attack on a report before anybody can read it: what a patient reader could work out from all releases together.

Shares no line with the protection that it judges, and reads only what a reader has: the files of the bundles.
"""

from bureau.reports.audit.attacking import Audit, attack
from bureau.reports.audit.findings import Finding

__all__ = ["Audit", "Finding", "attack"]
