"""Addresses of presence reports, of the queue that confirms them, and of identity decisions."""

from django.urls import URLPattern, path

from timpora.reports.views import drafts, identities, lists, new, paper, photo, queue

app_name = "reports"
urlpatterns: list[URLPattern] = [
    path("reports/", lists.reports, name="list"),
    path("reports/new/", new.new, name="new"),
    path("reports/draft/", drafts.draft, name="draft"),
    path("reports/draft/discarding/", drafts.discard, name="discard_draft"),
    path("reports/waiting/", queue.waiting, name="waiting"),
    path("reports/confirmations/", queue.confirmations, name="confirmations"),
    path("reports/confirmations/undo/", queue.undo_all, name="undo_confirmations"),
    path("reports/paper/", paper.form, name="paper"),
    path("reports/register/", paper.register, name="register"),
    path("reports/<int:number>/", lists.report, name="report"),
    path("reports/<int:number>/photo/", photo.photo, name="photo"),
    path("reports/<int:number>/receipt/", new.receipt, name="receipt"),
    path("reports/<int:number>/confirmation/", queue.confirmation, name="confirmation"),
    path("reports/<int:number>/confirmation/undo/", queue.undo, name="undo"),
    path("reports/<int:number>/sending-back/", queue.sending_back, name="sending_back"),
    path("reports/<int:number>/refusal/", queue.refusal, name="refusal"),
    path("reports/<int:number>/withdrawal/", lists.withdrawal, name="withdrawal"),
    path("identities/", identities.identities, name="identities"),
    path("identities/<int:number>/", identities.identity, name="identity"),
    path("identities/<int:number>/decision/", identities.decision, name="decision"),
    path("identities/<int:number>/decision/undo/", identities.undo, name="undo_decision"),
    path("identities/<int:number>/agreement/", identities.agreement, name="agreement"),
]
