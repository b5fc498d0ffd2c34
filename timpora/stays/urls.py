"""Addresses of lodgings and their guests."""

from django.urls import URLPattern, path

from timpora.stays.views import desk, file, guests, lodgings, long, receipts, stay, tokens

app_name = "stays"
urlpatterns: list[URLPattern] = [
    path("stays/", guests.stays, name="list"),
    path("stays/new/", desk.new, name="new"),
    path("stays/file/", file.upload, name="file"),
    path("stays/file/template/", file.template, name="template"),
    path("stays/file/rows/", file.rows, name="rows"),
    path("stays/past/", desk.past, name="past"),
    path("stays/long/", long.long, name="long"),
    path("stays/notice/", receipts.own_notice, name="own_notice"),
    path("stays/tokens/", tokens.tokens, name="tokens"),
    path("stays/tokens/<int:number>/revocation/", tokens.revocation, name="revocation"),
    path("stays/sendings/<int:number>/", receipts.sending, name="sending"),
    path("stays/sendings/<int:number>/paper/", receipts.paper, name="paper"),
    path("stays/<int:number>/", stay.stay, name="stay"),
    path("stays/<int:number>/departure/", stay.departure, name="departure"),
    path("stays/<int:number>/correction/", stay.correction, name="correction"),
    path("stays/<int:number>/voiding/", stay.voiding, name="voiding"),
    path("stays/<int:number>/residence/", long.residence, name="residence"),
    path("stays/<int:number>/word/", long.word, name="word"),
    path("stays/<int:number>/identity/", long.identity, name="identity"),
    path("lodgings/", lodgings.lodgings, name="lodgings"),
    path("lodgings/new/", lodgings.new, name="new_lodging"),
    path("lodgings/<int:number>/", lodgings.lodging, name="lodging"),
    path("lodgings/<int:number>/invitation/", lodgings.invitation, name="invitation"),
    path("lodgings/<int:number>/closure/", lodgings.closure, name="closure"),
    path("lodgings/<int:number>/notice/", lodgings.notice, name="notice"),
]
