"""The public site of the bureaux, and the secret addresses of private feeds."""

from .feeds import open_feed, renew_feed
from .site import languages_of, number_of_files, site_files

__all__ = ["languages_of", "number_of_files", "open_feed", "renew_feed", "site_files"]
