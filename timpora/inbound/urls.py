"""Addresses of the outbox and of the webhook."""

from django.urls import URLPattern

app_name = "inbound"
urlpatterns: list[URLPattern] = []
