"""Addresses of areas and offices."""

from django.urls import URLPattern, path

from timpora.areas.views import areas, offices

app_name = "areas"
urlpatterns: list[URLPattern] = [
    path("areas/", areas.search, name="search"),
    path("areas/suggestions/", areas.suggest, name="suggest"),
    path("areas/changes/", areas.changes, name="changes"),
    path("areas/<str:code>/", areas.area, name="area"),
    path("offices/", offices.offices, name="offices"),
    path("offices/<slug:code>/", offices.office, name="office"),
    path("offices/<slug:code>/settings/", offices.settings, name="office_settings"),
    path("offices/<slug:code>/jurisdictions/", offices.jurisdictions, name="jurisdictions"),
    path("offices/<slug:code>/jurisdictions/<str:area>/end/", offices.end, name="end"),
]
