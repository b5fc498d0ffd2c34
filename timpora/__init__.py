"""Timpora: one register of foreign residents, confirmed tier by tier, for the Tim Pengawasan Orang Asing."""

__version__ = "0.1.0"
