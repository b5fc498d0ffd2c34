from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "timpora.papers"
    label = "papers"
