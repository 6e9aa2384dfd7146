"""How far annotators agree: on labels, on spans, on units of a text, and on whole statements.

    from analystkit import agreement

    agreement.report({"ann": analysis_a, "ben": analysis_b})     # a table of all measures
    agreement.side_by_side(analysis_a, analysis_b)               # the differences, in the text
    work = agreement.Adjudication(analysis_a, analysis_b)        # decide them, one by one, to a gold version
    agreement.Settling(analysis_a, analysis_b, store=store)      # the same in a notebook, with buttons

Measures from the literature are named for their authors and documented with their source where they are defined.
Cohen's kappa and Krippendorff's alpha for labels come from NLTK. For units of a text, Krippendorff's unitizing alpha
is computed here: the package `krippendorff` does not have it (and is GPL), and pygamma-agreement, which computes the
related gamma, needs a solver under the GPL, numba and two frameworks.
"""

from analystkit.agreement.adjudication import Adjudication
from analystkit.agreement.differences import Difference, differences
from analystkit.agreement.labels import cohen_kappa, krippendorff_alpha
from analystkit.agreement.pretending import pretend
from analystkit.agreement.report import report
from analystkit.agreement.settling import Settling
from analystkit.agreement.sidebyside import SideBySide, side_by_side
from analystkit.agreement.spans import Agreement, match, overlap, span_agreement
from analystkit.agreement.statements import Statement, statement_agreement, statements
from analystkit.agreement.units import unitizing_alpha

__all__ = [
    "Adjudication",
    "Agreement",
    "Difference",
    "Settling",
    "SideBySide",
    "Statement",
    "cohen_kappa",
    "differences",
    "krippendorff_alpha",
    "match",
    "overlap",
    "pretend",
    "report",
    "side_by_side",
    "span_agreement",
    "statement_agreement",
    "statements",
    "unitizing_alpha",
]
