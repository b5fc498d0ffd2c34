from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "timpora.ledger"
    label = "ledger"
