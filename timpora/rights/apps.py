from django.apps import AppConfig


class RightsConfig(AppConfig):
    name = "timpora.rights"
    label = "rights"
