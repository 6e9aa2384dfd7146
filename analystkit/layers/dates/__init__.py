"""Dates and stretches of time, anchored to the day of publication."""

from analystkit.layers.dates.layer import Dates, base_day, make_dates

__all__ = ["Dates", "base_day", "make_dates"]
