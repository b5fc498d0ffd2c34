"""Addresses of what a foreign national may ask."""

from django.urls import URLPattern

app_name = "rights"
urlpatterns: list[URLPattern] = []
