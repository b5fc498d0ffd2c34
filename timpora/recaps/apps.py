from django.apps import AppConfig


class RecapsConfig(AppConfig):
    name = "timpora.recaps"
    label = "recaps"
