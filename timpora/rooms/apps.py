from django.apps import AppConfig


class RoomsConfig(AppConfig):
    name = "timpora.rooms"
    label = "rooms"
