"""Copies of the public site elsewhere."""

from collections.abc import Mapping

from bureau.publishing.domain.sending import NotSent, Sent
from bureau.publishing.site import mirrors, stores
from bureau.publishing.site.releases import current_release, marks_of

from .setting import published


def send_site(target: str, *, environment: Mapping[str, str]) -> Sent:
    """Bring the copy at ``target``, a store or a folder, up to the release in force; NotSent says why it could not be."""
    release = current_release(published())
    if release is None:
        raise NotSent("Nothing is published yet: flask site publish")
    root = (release / "site").resolve()
    if not target.startswith("s3://"):
        return mirrors.mirror(root, target)
    return stores.send(stores.open_store(target, environment), root, marks_of(published(), release))
