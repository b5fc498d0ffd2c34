"""The site's addresses: each app's urls.py holds the whole path of its pages ("reports/…")."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("timpora.desk.urls")),
    path("", include("timpora.inbound.urls")),
    path("", include("timpora.rights.urls")),
    path("", include("timpora.recaps.urls")),
    path("", include("timpora.exchange.urls")),
    path("", include("timpora.stays.urls")),
    path("", include("timpora.reports.urls")),
    path("", include("timpora.registry.urls")),
    path("", include("timpora.rooms.urls")),
    path("", include("timpora.papers.urls")),
    path("", include("timpora.team.urls")),
    path("", include("timpora.areas.urls")),
    path("", include("timpora.ledger.urls")),
    path("", include("timpora.team.entrance")),
]

handler400 = "timpora.desk.views.errors.bad_request"
handler403 = "timpora.desk.views.errors.forbidden"
handler404 = "timpora.desk.views.errors.not_found"
handler500 = "timpora.desk.views.errors.server_error"
