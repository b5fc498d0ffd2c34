"""Addresses of notices and rooms."""

from django.urls import URLPattern, path, re_path

from timpora.rooms.views import files, messages, notices, rooms

app_name = "rooms"
urlpatterns: list[URLPattern] = [
    path("notices/", notices.notices, name="notices"),
    path("notices/readings/", notices.readings, name="readings"),
    path("notices/preference/", notices.preference, name="preference"),
    path("notices/<int:pk>/reading/", notices.reading, name="reading"),
    path("rooms/", rooms.rooms, name="rooms"),
    path("rooms/search/", rooms.search, name="search"),
    path("rooms/<int:pk>/", rooms.room, name="room"),
    re_path(r"^rooms/(?P<pk>\d{1,18})/news/$", rooms.news, name="news"),
    path("rooms/<int:pk>/print/", rooms.printed, name="print"),
    path("rooms/<int:pk>/messages/", messages.messages, name="messages"),
    path("rooms/<int:pk>/reading/", messages.reading, name="room_reading"),
    path("rooms/messages/<int:pk>/withdrawal/", messages.withdrawal, name="withdrawal"),
    path("rooms/messages/<int:pk>/pin/", messages.pin, name="pin"),
    path("rooms/pins/<int:pk>/lifting/", messages.lifting, name="lifting"),
    path("rooms/files/<int:pk>/", files.file, name="file"),
]
