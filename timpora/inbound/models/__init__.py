from timpora.inbound.models.device import Device
from timpora.inbound.models.item import Item

__all__ = ["Device", "Item"]
