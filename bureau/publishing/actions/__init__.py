"""Publishing the site, going back, copying it elsewhere, and proving that it says what the programmes say."""

from .checking import check_documents, check_site
from .going_back import let_go, roll_back
from .growing import Watch
from .previewing import preview_page
from .publishing import publish_documents, publish_site, what_is_due
from .sending import send_site
from .setting import site_in_force, site_releases
from .telling import tell_managers

__all__ = [
    "Watch",
    "check_documents",
    "check_site",
    "let_go",
    "preview_page",
    "publish_documents",
    "publish_site",
    "roll_back",
    "send_site",
    "site_in_force",
    "site_releases",
    "tell_managers",
    "what_is_due",
]
