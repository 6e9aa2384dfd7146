"""The parts of the shipped English pipeline that are not spaCy's own. Its configuration names them."""
