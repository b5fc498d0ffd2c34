from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "timpora.reports"
    label = "reports"
