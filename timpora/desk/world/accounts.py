"""The demo's accounts, as the sign-in page and the command line show them."""

from django.utils.translation import gettext_lazy as _

ACCOUNTS = (
    ("desa", _("Village secretary")),
    ("kecamatan", _("Kecamatan secretary")),
    ("kabupaten", _("Secretary of Tim Pora Kudus")),
    ("imigrasi", _("Immigration officer, Semarang")),
    ("disnaker", _("Labour agency (Disnaker)")),
    ("dukcapil", _("Civil registry (Disdukcapil)")),
    ("hotel", _("Hotel in Kudus")),
    ("kanwil", _("Regional office, Central Java")),
    ("auditor", _("Auditor")),
    ("operator", _("System operator")),
)
PASSWORD = "timpora-demo"
