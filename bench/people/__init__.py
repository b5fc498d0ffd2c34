"""Invented people of many name cultures, and two lists of them that disagree as offices' lists do."""
