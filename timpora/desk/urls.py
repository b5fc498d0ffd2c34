"""Addresses of the desk: home, search and person pages, the ledger's pages, what explains."""

from django.urls import URLPattern, path

from timpora.desk.views import home, kept, ledger, pages, patterns, people, requests, same, search, setup
from timpora.registry.models import Distinct, Merger

app_name = "desk"
urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("people/", search.search, name="search"),
    path("people/numbers/", search.by_number, name="search_number"),
    path("people/requests/", requests.requests, name="requests"),
    path("people/duplicates/", same.pairs, name="duplicates"),
    path("people/mergers/<int:pk>/", same.decided, {"kind": Merger}, name="merger"),
    path("people/mergers/<int:pk>/undoing/", same.undoing, {"kind": Merger}, name="merger_undoing"),
    path("people/distinctions/<int:pk>/", same.decided, {"kind": Distinct}, name="distinct"),
    path("people/distinctions/<int:pk>/undoing/", same.undoing, {"kind": Distinct}, name="distinct_undoing"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/comparison/", same.chosen, name="compare"),
    path("people/<int:one>/beside/<int:other>/", same.beside, name="beside"),
    path("people/<int:one>/beside/<int:other>/merger/", same.merger, name="join"),
    path("people/<int:one>/beside/<int:other>/distinction/", same.distinction, name="distinction"),
    path("people/<int:pk>/corrections/new/", people.correct, name="correct"),
    path("ledger/", ledger.entries, name="ledger"),
    path("ledger/checks/", ledger.check, name="ledger_check"),
    path("about/", pages.about, name="about"),
    path("legal-basis/", pages.legal_basis, name="legal_basis"),
    path("your-role/", pages.your_role, name="your_role"),
    path("help/", pages.help, name="help"),
    path("tour/", pages.tour, name="tour"),
    path("kept/", kept.kept, name="kept"),
    path("setup/", setup.setup, name="setup"),
    path("setup/office/", setup.open_office, name="setup_open"),
    path("setup/<slug:code>/", setup.office, name="setup_office"),
    path("setup/<slug:code>/jurisdiction/", setup.jurisdiction),
    path("setup/<slug:code>/jurisdiction/<str:area>/end/", setup.end, name="setup_end"),
    path("setup/<slug:code>/mail/", setup.mail),
    path("setup/<slug:code>/team/", setup.team),
    path("setup/<slug:code>/members/", setup.members),
    path("setup/<slug:code>/slips/", setup.slips),
    path("setup/<slug:code>/<slug:slug>/", setup.settings, name="setup_step"),
    path("patterns/", patterns.patterns, name="patterns"),
    path("patterns/villages/", patterns.villages, name="patterns_villages"),
]
