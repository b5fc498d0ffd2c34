"""Addresses of lodgings and their guests."""

from django.urls import URLPattern

app_name = "stays"
urlpatterns: list[URLPattern] = []
