"""Stances: who stands where on whom or what."""

from analystkit.layers.stances.layer import Classifier, Judge, Stance, Stances, between, make_stances, towards

__all__ = ["Classifier", "Judge", "Stance", "Stances", "between", "make_stances", "towards"]
