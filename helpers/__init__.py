"""Helpers of the Samarkand Summit Notebooks: data, Arabic text, charts and tables."""

__version__ = "0.1.0"
