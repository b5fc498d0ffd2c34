from django.apps import AppConfig


class InboundConfig(AppConfig):
    name = "timpora.inbound"
    label = "inbound"
