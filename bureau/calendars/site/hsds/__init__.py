"""What is published at a bureau in the terms of the Human Services Data Specification 3.0 (Open Referral).

A service there belongs to one organisation. Ours are given by several, so each service that an organisation gives is
one of theirs.
"""

from .directory import VERSION, Directory, Offer, page, page_of
from .naming import Node
from .share import LISTS, Share, listed_services, written

__all__ = ["LISTS", "VERSION", "Directory", "Node", "Offer", "Share", "listed_services", "page", "page_of", "written"]
