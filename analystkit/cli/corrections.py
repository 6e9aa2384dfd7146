"""Commands on corrections: corrections, merge, improve."""

from __future__ import annotations

import json as jsonlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from analystkit.cli.work import Pipeline, Work, complain, console

if TYPE_CHECKING:
    from analystkit.analysis import Analysis
    from analystkit.corrections import Event, Store

_Kept = Annotated[Path, typer.Argument(metavar="STORE", help="A file of corrections.", exists=True, dir_okay=False)]
_By = Annotated[str | None, typer.Option(metavar="NAME", help="Only what this annotator did.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("corrections")(show)
    app.command()(merge)
    app.command()(improve)


def show(
    store: _Kept,
    by: _By = None,
    json: Annotated[bool, typer.Option("--json", help="JSON Lines on stdout, one event a line.")] = False,
) -> None:
    """List corrections: who did what, when, on which words."""
    with Work(None) as work, work.reporting(str(store)):
        from analystkit.corrections import Store

        with Store(store) as kept:
            events = kept.events(by=by)
            if json:
                for event in events:
                    sys.stdout.buffer.write(jsonlib.dumps(event).encode() + b"\n")
                return
            _print(["When", "Who", "Act", "What", "Words", "Article"], _lines(kept, events))


def merge(
    file: Annotated[list[Path], typer.Argument(help="Correction files (*.corrections.json).")],
    into: Annotated[Path, typer.Option("--into", metavar="STORE", help="The store to add to.", dir_okay=False)],
) -> None:
    """Take correction files, as others sent them, into a store. Those that cannot be used are named."""
    with Work(None) as work:
        from analystkit.corrections import Store, files
        from analystkit.errors import StoreError

        try:
            store = Store(into)
        except StoreError as error:
            raise typer.BadParameter(str(error), param_hint="--into") from error
        with store:
            for path in file:
                with work.reporting(str(path)):
                    data = files.read(path)
                    known = store.analysis(data["text"])
                    new = store.append(data["events"], analysis=known)
                    of = f"{data['annotator']} on {data['article']['id']}"
                    typer.echo(f"{path}: {new} of {len(data['events'])} events are new, by {of}", err=True)
                    if known is None:
                        complain(str(path), f"warning: {into} has nothing else on this text; it is kept all the same.")


def improve(
    store: _Kept,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="The folder for what is learnt.", file_okay=False)
    ] = Path("improved"),
    by: _By = None,
    pipeline: Pipeline = None,
) -> None:
    """Turn corrections into gold marks and a file of names, and tell how the layers score on them.

    Writes each corrected article with its marks (NAME.txt, NAME.gold.json), and names.jsonl: the names that people
    corrected, for --names of the other commands.
    """
    with Work(pipeline) as work, work.reporting(str(store)):
        from analystkit.corrections import Store, learning

        with Store(store) as kept:
            rows = list(_gold(kept, by))
        if not rows:
            complain(str(store), "warning: it holds no corrected article whose text is known; nothing was written.")
            return
        output.mkdir(parents=True, exist_ok=True)
        for data in rows:
            stem = _file_name(data["article"]["id"])
            _write(output / f"{stem}.txt", data["text"])
            _write(output / f"{stem}.gold.json", jsonlib.dumps(data, ensure_ascii=False, indent=1) + "\n")
        names = learning.names(rows)
        _write(output / "names.jsonl", "".join(jsonlib.dumps(name, ensure_ascii=False) + "\n" for name in names))
        typer.echo(f"Wrote to {output}: articles with gold marks: {len(rows)}, names: {len(names)}", err=True)
        scores = learning.scores((data, _again(data, work).to_dict()) for data in rows)
        cells = [
            [score.what, str(score.gold), str(score.found), str(score.right)]
            + [f"{value:.3f}" if value is not None else "" for value in (score.precision, score.recall, score.f1)]
            for score in scores
        ]
        _print(["Layer", "Gold", "Found", "Right", "Precision", "Recall", "F1"], cells)
        if not any(data["reviewed"] for data in rows):
            complain(
                str(store),
                "warning: nobody has noted what they looked at, so what they did not correct counts as right; "
                "the scores are too high where an article was not read through.",
            )


def _gold(store: Store, by: str | None) -> Iterator[dict[str, Any]]:
    from analystkit.corrections import learning

    for text, article in store.texts():
        done = learning.corrected(store, text, by=by)
        if done is None:
            complain(article, "warning: left out, since its text is not in the store.")
            continue
        # What is looked at is noted for each layer; it is told once.
        told = (f"{one.event['act']} by {one.event['by']}: {one.why} ({one.words})" for one in done.unplaced)
        for line in dict.fromkeys(told):
            complain(article, f"warning: not used: {line}")
        if done.acts:
            yield learning.gold(done.analysis)


def _again(data: dict[str, Any], work: Work) -> Analysis:
    """The machine's analysis of an article of the store, afresh."""
    import datetime as dt

    from analystkit import pipeline
    from analystkit.article import Article

    about = data["article"]
    day = about["published"] and dt.date.fromisoformat(about["published"])
    article = Article(data["text"], title=about["title"], byline=about["byline"], published=day, url=about["url"])
    return pipeline.analyze(article, work.nlp)


def _lines(store: Store, events: list[Event]) -> Iterator[list[str]]:
    from analystkit.corrections import anchors

    texts: dict[str, str | None] = {}
    for event in events:
        if event["text"] not in texts:
            texts[event["text"]] = (store.analysis(event["text"]) or {}).get("text")
        change = event["changes"][0]
        words = anchors.words(event, change["layer"], change["now"] or change["was"], texts[event["text"]])
        words = " ".join(words.split())
        more = len(event["changes"]) - 1
        what = _what(change) + (f" and {more} more" if more else "")
        shown = words if len(words) <= 60 else f"{words[:59]}…"
        yield [event["at"][:16].replace("T", " "), event["by"], event["act"], what, shown, event["article"]]


def _what(change: dict[str, Any]) -> str:
    was, now, layer = change["was"], change["now"], change["layer"]
    if was is None or now is None:
        return f"{layer}: {'new' if was is None else 'out'}"
    keys = [key for key in {**was, **now} if was.get(key) != now.get(key) and key != "by"]
    return f"{layer}: {', '.join(keys)}"


def _print(columns: list[str], rows: Iterator[list[str]] | list[list[str]]) -> None:
    from rich.table import Table

    table = Table(*columns, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*("".join(c if c.isprintable() else "\ufffd" for c in cell) for cell in row))
    console().print(table)


def _file_name(article: str) -> str:
    return "".join(c if c.isalnum() or c in "-_." else "-" for c in article).strip(".")[:100] or "article"


def _write(path: Path, content: str) -> None:
    from analystkit.files import write_whole

    write_whole(path, content.encode("utf-8", "replace"), what="the gold")
