from django.apps import AppConfig


class StaysConfig(AppConfig):
    name = "timpora.stays"
    label = "stays"
