"""Attributions: who said what, and through whom."""

from analystkit.layers.quotes.layer import Quotes, make_quotes

__all__ = ["Quotes", "make_quotes"]
