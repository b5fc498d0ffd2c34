"""Addresses of notices, rooms and the WhatsApp line."""

from django.urls import URLPattern, path, re_path

from timpora.rooms.views import files, line, messages, notices, operating, rooms

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
    path("notices/whatsapp/", line.whatsapp, name="whatsapp"),
    path("notices/whatsapp/codes/", line.codes, name="whatsapp_codes"),
    path("notices/whatsapp/ending/", line.ending, name="whatsapp_ending"),
    path("line/", operating.operating, name="line"),
    path("line/messages/<int:pk>/resending/", operating.resending, name="resending"),
]
