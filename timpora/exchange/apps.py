from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "timpora.exchange"
    label = "exchange"
