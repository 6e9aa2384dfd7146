"""How the shipped pipeline, analystkit/model, is made. Not part of the installed package."""
