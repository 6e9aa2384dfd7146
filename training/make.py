"""From corpora to package, in one command: `python -m training.make CORPORA [--work FOLDER] [--model FOLDER]`.

Runs the steps that training/README.md tells of, one after the other, each as a process of its own. A step whose
results are there is left out, so that a run can be interrupted and started again. About four hours on two cores.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

#: Passes over the corpora, as the shipped version had them.
TEACHER_EPOCHS = {"names": 2, "syntax": 4}
#: Of the student, and how many more from there, the steps half as large at first.
EPOCHS, MORE = 6, 4


@dataclass
class Step:
    """A module to run with its arguments, and the file or folder that it leaves."""

    result: Path
    module: str
    arguments: list[str | Path]

    def run(self) -> None:
        """Run it, unless its result is there."""
        if self.result.exists():
            print(f"{self.result} is there", flush=True)
            return
        print(f"{self.module} -> {self.result}", flush=True)
        self.result.parent.mkdir(parents=True, exist_ok=True)
        offline = os.environ | {"HF_HUB_OFFLINE": "1"}  # the teacher's encoder comes with a package
        subprocess.run([sys.executable, "-m", self.module, *map(str, self.arguments)], check=True, env=offline)


def steps(corpora: Path, work: Path, model: Path) -> Iterator[Step]:
    """The steps in their order; those of the layers' models read the finished pipeline."""
    treebanks, quotes, stance = corpora / "pipeline", corpora / "quotes", corpora / "stance"
    news = [quotes / "polnear_train.jsonl", stance / "dse_train_clean.jsonl", stance / "newsmtsc_train.jsonl"]
    yield Step(work / "syntax-dev.spacy", "training.corpora", [treebanks, work])
    vectors = work / "vectors"
    yield Step(vectors, "training.vectors", [vectors])
    teachers = {kind: work / f"{kind}.pt" for kind in TEACHER_EPOCHS}
    for kind, teacher in teachers.items():
        epochs = str(TEACHER_EPOCHS[kind])
        yield Step(teacher, "training.teacher.train", [kind, treebanks, teacher, "--epochs", epochs, "--threads", "2"])
    annotated, mix, student, finished = (work / name for name in ("annotated", "mix", "student", "finished"))
    arguments = [treebanks, teachers["syntax"], teachers["names"], annotated, *news, "--threads", "2"]
    yield Step(annotated, "training.teacher.silver", arguments)
    yield Step(mix, "training.mix", [annotated, mix])
    learn = [mix, work, vectors, student, "--epochs", str(EPOCHS), "--threads", "2"]
    yield Step(student, "training.student", learn)
    learn = [mix, work, vectors, finished, "--epochs", str(MORE), "--threads", "2", "--start", student]
    yield Step(finished, "training.student", learn)
    yield Step(model / "meta.json", "training.build", [finished, model])
    yield Step(model / "attributions.npz", "training.attributions", [model, news[0], model / "attributions.npz"])
    answers, stances = work / "stances", model / "stances.npz"
    # These two go on where they were interrupted, and so are run until what follows from them is there.
    yield Step(answers / "calibration.json", "training.stances", ["teach", corpora, answers])
    yield Step(stances, "training.stances", ["ask", corpora, answers, "--pipeline", model])
    learn = ["learn", corpora, answers, "--pipeline", model, "--output", stances]
    yield Step(stances, "training.stances", learn)


def main() -> None:
    """Read the command line and run the steps."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--work", type=Path, default=Path("training/output"))
    parser.add_argument("--model", type=Path, default=Path("training/output/model"))
    options = parser.parse_args()
    for step in steps(options.corpora, options.work, options.model):
        step.run()


if __name__ == "__main__":
    main()
