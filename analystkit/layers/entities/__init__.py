"""Entities within an article: mentions joined, named, and told apart."""

from analystkit.layers.entities.layer import Entities, make_entities

__all__ = ["Entities", "make_entities"]
