"""Addresses of agency lists, of the records they rest on, and of rows to be decided."""

from django.urls import URLPattern, path, re_path

from timpora.exchange.views import columns, lists, rows, sharings

app_name = "exchange"
urlpatterns: list[URLPattern] = [
    path("lists/", lists.batches, name="batches"),
    path("lists/new/", lists.new, name="new"),
    path("lists/<int:number>/", lists.batch, name="batch"),
    path("lists/<int:number>/columns/", columns.columns, name="columns"),
    path("lists/<int:number>/faults/", rows.faults, name="faults"),
    path("lists/<int:number>/commitment/", lists.commitment, name="commitment"),
    path("lists/<int:number>/discarding/", lists.discarding, name="discarding"),
    path("lists/<int:number>/paper/", lists.paper, name="paper"),
    re_path(r"^lists/(?P<number>\d{1,18})/rows\.(?P<form>csv|xlsx)$", rows.rows, name="rows"),
    path("lists/rows/<int:number>/", rows.row, name="row"),
    path("lists/identities/", rows.undecided, name="undecided"),
    path("lists/identities/<int:number>/", rows.identity_of, name="identity"),
    path("lists/identities/<int:number>/decision/", rows.decision, name="decision"),
    path("lists/identities/<int:number>/decision/undo/", rows.undo, name="undo"),
    path("lists/identities/<int:number>/agreement/", rows.agreement, name="agreement"),
    path("lists/sharings/", sharings.sharings, name="sharings"),
    path("lists/sharings/new/", sharings.new, name="new_sharing"),
    path("lists/sharings/<int:number>/", sharings.sharing, name="sharing"),
    path("lists/sharings/<int:number>/ending/", sharings.ending, name="ending"),
]
