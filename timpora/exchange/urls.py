"""Addresses of agency lists, of the records they rest on, and of rows to be decided."""

from django.urls import URLPattern, path, re_path

from timpora.exchange.views import agreed, columns, comparisons, gaps, lists, questions, rows, sharings

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
    path("lists/<int:number>/thread/", lists.thread, name="thread"),
    re_path(r"^lists/(?P<number>\d{1,18})/rows\.(?P<form>csv|xlsx)$", rows.rows, name="rows"),
    path("lists/rows/<int:number>/", rows.row, name="row"),
    path("lists/identities/", rows.undecided, name="undecided"),
    path("lists/identities/<int:number>/", rows.identity_of, name="identity"),
    path("lists/identities/<int:number>/decision/", rows.decision, name="decision"),
    path("lists/identities/<int:number>/decision/undo/", rows.undo, name="undo"),
    path("lists/identities/<int:number>/agreement/", rows.agreement, name="agreement"),
    path("lists/comparisons/", comparisons.comparisons, name="comparisons"),
    path("lists/comparisons/new/", comparisons.new, name="new_comparison"),
    path("lists/comparisons/<int:number>/", comparisons.comparison, name="comparison"),
    path("lists/comparisons/<int:number>/minutes/", comparisons.minutes, name="minutes"),
    path("lists/comparisons/<int:number>/closures/", comparisons.closures, name="closures"),
    re_path(
        r"^lists/comparisons/(?P<number>\d{1,18})/gaps\.(?P<form>csv|xlsx)$", comparisons.gaps, name="gaps"
    ),
    path("lists/gaps/<int:number>/", gaps.gap, name="gap"),
    path("lists/gaps/<int:number>/closure/", gaps.closure, name="closure"),
    path("lists/gaps/<int:number>/reopening/", gaps.reopening, name="reopening"),
    path("lists/agreed/", agreed.agreed, name="agreed"),
    path("lists/questions/", questions.own, name="questions"),
    path("lists/questions/<str:code>/", questions.village, name="village_questions"),
    path("lists/questions/<str:code>/reply/", questions.reply, name="reply"),
    path("lists/sharings/", sharings.sharings, name="sharings"),
    path("lists/sharings/new/", sharings.new, name="new_sharing"),
    path("lists/sharings/<int:number>/", sharings.sharing, name="sharing"),
    path("lists/sharings/<int:number>/ending/", sharings.ending, name="ending"),
]
