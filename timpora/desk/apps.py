from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "timpora.desk"
    label = "desk"
