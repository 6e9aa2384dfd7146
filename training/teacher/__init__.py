"""The teacher: a fine-tuned MiniLM encoder that annotates news text for the small pipeline to learn from.

Only its annotations are used in what ships. `python -m training.teacher.train` trains it on the treebanks or
on the names, `python -m training.teacher.annotate` writes what it says about running news text.
"""
