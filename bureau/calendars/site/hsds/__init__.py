"""What is published at a bureau in the terms of the Human Services Data Specification 3.0 (Open Referral).

A service there belongs to one organisation. Ours are given by several, so each service that an organisation gives is
one of theirs.
"""

from .directory import VERSION, Directory, Offer, page
from .naming import Node

__all__ = ["VERSION", "Directory", "Node", "Offer", "page"]
