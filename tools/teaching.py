"""Make the exercises of the lessons from the corrected analyses: `python tools/teaching.py`.

Run it after a change to an article in notebooks/teaching/teacher/articles, or to a kind of exercise.
"""

from __future__ import annotations

import json
from pathlib import Path

from analystkit.lessons import Exercise
from analystkit.lessons.sealing import write_sealed

TEACHING = Path(__file__).parents[1] / "notebooks" / "teaching"

#: file name: article, kind, level
EXERCISES = {
    "market-fire-people": ("market-fire", "people", "easy"),
    "market-fire-mentions": ("market-fire", "people", "hard"),
    "market-fire-silent": ("market-fire", "silent", "easy"),
    "library-hours-quotes": ("library-hours", "quotes", "medium"),
    "library-hours-directness": ("library-hours", "directness", "medium"),
    "library-hours-speakers": ("library-hours", "speakers", "hard"),
    "strait-talks-chains": ("strait-talks", "chains", "medium"),
    "strait-talks-speakers": ("strait-talks", "speakers", "hard"),
    "strait-talks-silent": ("strait-talks", "silent", "medium"),
    "quarry-vote-stances": ("quarry-vote", "stances", "hard"),
    "quarry-vote-people": ("quarry-vote", "people", "medium"),
    "dam-years-few": ("dam-years", "events", "easy"),
    "dam-years-all": ("dam-years", "events", "hard"),
    "swan-affair-speakers": ("swan-affair", "speakers", "hard"),
}


def main(folder: Path = TEACHING / "exercises") -> None:
    """Write every exercise, and every corrected analysis sealed."""
    for name, (article, kind, level) in EXERCISES.items():
        path = TEACHING / "teacher" / "articles" / f"{article}.gold.json"
        key = json.loads(path.read_text(encoding="utf-8"))
        Exercise.from_analysis(key, kind, level=level).save(folder / f"{name}.exercise.json")
        write_sealed(key, folder / f"{article}.sealed.txt")


if __name__ == "__main__":
    main()
