"""The public site of the bureaux, and the secret addresses of private feeds."""

from .feeds import open_feed, renew_feed
from .site import Drafting, SiteDrafts, drafting, languages_of, site_drafts

__all__ = ["Drafting", "SiteDrafts", "drafting", "languages_of", "open_feed", "renew_feed", "site_drafts"]
