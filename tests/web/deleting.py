"""Deleting as a person does: look at the page that asks, then say yes."""

import re

from flask.testing import FlaskClient
from werkzeug.test import TestResponse


def asked_version(browser: FlaskClient, address: str) -> str:
    """The version of the thing that the page asks about."""
    [version] = re.findall(r'name="version" value="(\d+)"', browser.get(address).text)
    return str(version)


def delete(browser: FlaskClient, address: str) -> TestResponse:
    """Say yes to what the page asks."""
    return browser.post(address, data={"version": asked_version(browser, address)})
