"""Dates as officers write them: whole month names, the day first (Django reads these modules)."""
