"""What `timpora doctor` asks about papers."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _

from timpora.finding import Finding
from timpora.papers import signing


def signing_key() -> Finding:
    """The key that signs receipts can be used; a new installation makes it with its first receipt."""
    if not settings.SIGNING_KEY.exists():
        return Finding(None, _("the key that signs receipts is made with the first one"))
    try:
        name, _point = signing.public()
    except ImproperlyConfigured as fault:
        said = str(fault).rstrip(".")
        return Finding(False, said, _("put it right; receipts of before stay checkable with their own key"))
    return Finding(True, _("receipts are signed with key %(name)s") % {"name": name})
