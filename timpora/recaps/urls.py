from django.urls import URLPattern, path, re_path

from timpora.recaps.views import counts, listed, monthly, returns, shared

MONTH = r"(?P<month>\d{4}-\d{2})"

app_name = "recaps"
urlpatterns: list[URLPattern] = [
    path("counts/", counts.own, name="counts"),
    path("counts/<str:code>/", counts.counts, name="counts"),
    path("counts/<str:code>/known-by-list/", listed.known_by_list, name="known_by_list"),
    path("counts/<str:code>/print/", counts.printed, name="counts_print"),
    path("counts/<str:code>/sharing/", shared.text, name="counts_sharing"),
    re_path(r"^counts/(?P<code>[^/]+)/table\.(?P<kind>csv|xlsx)$", counts.export, name="counts_table"),
    path("returns/", returns.own, name="returns"),
    path("returns/<str:code>/", returns.returns, name="returns"),
    re_path(rf"^returns/(?P<code>[^/]+)/{MONTH}/$", monthly.monthly, name="return"),
    re_path(rf"^returns/(?P<code>[^/]+)/{MONTH}/nil/$", monthly.nil, name="nil"),
    re_path(rf"^returns/(?P<code>[^/]+)/{MONTH}/excuse/$", monthly.excuse, name="excuse"),
]
