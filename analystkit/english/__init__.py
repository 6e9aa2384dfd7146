"""The parts of the shipped English pipeline that are not spaCy's own. Its configuration names them.

`tokenizer`, `parser` and `trees` are for the pipeline after 1.3.2 (`training/README.md`), and no part of that yet.
"""
