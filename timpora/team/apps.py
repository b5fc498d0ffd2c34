from django.apps import AppConfig


class TeamConfig(AppConfig):
    name = "timpora.team"
    label = "team"
