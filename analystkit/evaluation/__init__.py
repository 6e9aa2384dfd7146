"""How right a layer is: what it finds in articles, against marks made by hand.

    from analystkit.evaluation import evaluate, gold
    evaluate("quotes", gold("seeds"))

Each layer has a module with its measures; all are functions of plain records in the JSON form.
"""

from analystkit.evaluation.layers import LAYERS, evaluate
from analystkit.evaluation.marked import Marked, gold

__all__ = ["LAYERS", "Marked", "evaluate", "gold"]
