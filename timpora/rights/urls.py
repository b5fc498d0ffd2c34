"""Addresses of what a foreign national may ask, and of the officers who give links and answer."""

from django.urls import URLPattern, path

from timpora.rights.views import links, mine, requests, translations

app_name = "rights"
urlpatterns: list[URLPattern] = [
    path("my-data/", mine.my_data, name="my_data"),
    path("my-data/visits/", mine.visits, name="my_data_visits"),
    path("my-data/visits/end/", mine.leaving, name="my_data_leaving"),
    path("my-data/requests/new/", mine.ask, name="my_data_request"),
    path("my-data/<str:code>/", mine.code, name="my_data_code"),
    path("people/<int:pk>/links/", links.links, name="links"),
    path("people/<int:pk>/links/<int:number>/end/", links.end, name="end_link"),
    path("people/<int:pk>/requests/new/", requests.new, name="new_request"),
    path("requests/", requests.requests, name="requests"),
    path("requests/<int:number>/", requests.request, name="request"),
    path("requests/<int:number>/closure/", requests.closure, name="closure"),
    path("translations/", translations.translations, name="translations"),
    path("translations/<slug:language>/", translations.translation, name="translation"),
    path("translations/<slug:language>/reviews/", translations.reviews, name="sign_translation"),
]
