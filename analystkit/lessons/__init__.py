"""Teaching with highlights: exercises on an article, feedback, and the view of a class.

    from analystkit.lessons import Exercise

    exercise = Exercise.from_analysis(analysis, "speakers", level="easy")
    exercise.share("speakers.html")

How to: docs/teaching.md.
"""

from analystkit.lessons.answers import Answers, read_answers
from analystkit.lessons.audit import audit, confidence_table
from analystkit.lessons.classroom import Classroom, collect
from analystkit.lessons.exercise import Exercise
from analystkit.lessons.kinds import KINDS, LEVELS, Kind
from analystkit.lessons.scoring import Feedback, Result

__all__ = [
    "KINDS",
    "LEVELS",
    "Answers",
    "Classroom",
    "Exercise",
    "Feedback",
    "Kind",
    "Result",
    "audit",
    "collect",
    "confidence_table",
    "read_answers",
]
