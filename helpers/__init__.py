"""Helpers of notebooks on a report: data, Arabic text, charts and tables."""

__version__ = "0.1.0"
