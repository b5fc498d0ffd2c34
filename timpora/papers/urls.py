"""Addresses of papers; those under check/ are open to everybody."""

from django.urls import URLPattern, path

from timpora.papers import offline, views

app_name = "papers"
urlpatterns: list[URLPattern] = [
    path("papers/", views.papers, name="list"),
    path("papers/<int:pk>/", views.paper, name="paper"),
    path("papers/check/", views.check, name="check"),
    path("papers/check/offline/", offline.offline, name="offline"),
    path("papers/check/<str:code>/", views.checked, name="checked"),
    path("papers/check/<str:code>/comparison/", views.comparison, name="comparison"),
]
