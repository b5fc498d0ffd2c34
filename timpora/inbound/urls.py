"""Addresses of what works without network: the page, its list, the outbox, the devices."""

from django.urls import URLPattern, path

from timpora.inbound.views import devices, outbox, shell, whatsapp

app_name = "inbound"
urlpatterns: list[URLPattern] = [
    path("pocket/", shell.shell, name="pocket"),
    path("pocket/list/", shell.contents, name="contents"),
    path("pocket/devices/", devices.joining, name="joining"),
    path("outbox/", outbox.standing, name="outbox"),
    path("outbox/items/", outbox.items, name="items"),
    path("devices/", devices.devices, name="devices"),
    path("devices/<uuid:number>/ending/", devices.ending, name="ending"),
    path("team/posts/<int:pk>/phones/", devices.phones, name="phones"),
    path("team/posts/<int:pk>/phones/<uuid:number>/loss/", devices.loss, name="loss"),
    path("inbound/whatsapp/", whatsapp.webhook, name="whatsapp"),
    path("sw.js", shell.worker, name="worker"),
    path("manifest.webmanifest", shell.manifest, name="manifest"),
]
