"""Measures of speed and accuracy, each printed as a table. They read corpora that are not part of the project."""
