"""The words of publishing's refusals."""

from flask_babel import lazy_gettext

from bureau.web.wording import register

from .domain.errors import NoSuchRelease

register(NoSuchRelease.code, lazy_gettext("This version of the public site is not kept any more."))
