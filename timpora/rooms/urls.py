"""Addresses of notices."""

from django.urls import URLPattern, path

from timpora.rooms import views

app_name = "rooms"
urlpatterns: list[URLPattern] = [
    path("notices/", views.notices, name="notices"),
    path("notices/readings/", views.readings, name="readings"),
    path("notices/preference/", views.preference, name="preference"),
    path("notices/<int:pk>/reading/", views.reading, name="reading"),
]
