"""The forms of lodgings and their guests."""
