from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "timpora.registry"
    label = "registry"
