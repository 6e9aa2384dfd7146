"""Plots: what they say, that no words overlap or leave the sheet, and that they can be read."""

import html
import io
import itertools
import math
import re
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import nbformat
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.text import Text
from nbclient import NotebookClient

from analystkit import plots
from analystkit.analysis import Analysis
from analystkit.plots.figure import drawing

PLOTS = {"speakers": plots.speakers, "entities": plots.entities, "stances": plots.stances, "timeline": plots.timeline}
GOLD = sorted((Path(__file__).parents[1] / "seeds").glob("*.gold.json"))
LONG = "The Interparliamentary Commission for the Restitution of Fisheries and Inland Waters"

every_plot = pytest.mark.parametrize("plot", PLOTS.values(), ids=PLOTS)


@pytest.fixture(autouse=True)
def _agg_and_clean():
    with mpl.rc_context({"backend": "agg"}):
        yield
        plt.close("all")


def made(count: int, name: str = "Person {}", certainty: str = "asserted") -> Analysis:
    """An analysis of so many entities, each of which speaks and takes two stances."""
    text, entities, quotes, stances, dates = "", [], [], [], []
    for i in range(1, count + 1):
        who, said = name.format(i), "we do not agree with this plan " * (1 + i % 4)
        start = len(text)
        text += f"{who} said {said}.\n\n"
        at, content = [start, start + len(who)], [start + len(who) + 6, len(text) - 3]
        entities.append(
            {
                "id": f"e{i}",
                "name": who,
                "label": "ORG",
                "aliases": [],
                "mentions": [{"start": at[0], "end": at[1], "kind": ("name", "nominal", "pronoun")[i % 3]}],
                "confidence": 1.0,
                "why": "made",
            }
        )
        quotes.append(
            {
                "id": f"q{i}",
                "kind": ("direct", "mixed", "indirect")[i % 3],
                "content": [content],
                "cue": [],
                "source": [at],
                "speaker": f"e{i}",
                "via": [],
                "confidence": 1.0,
                "why": "made",
            }
        )
        day = f"2024-{1 + i % 12:02}-{1 + i % 28:02}"
        dates.append({"start": content[0], "end": content[0] + 5, "text": "we do", "iso_start": day, "iso_end": day})
        for j, polarity in enumerate(("positive", "negative")):
            stances.append(
                {
                    "id": f"s{2 * i - j}",
                    "holder": f"e{i}",
                    "holder_span": at,
                    "target": f"e{(i * 7 + j) % count + 1}",
                    "target_span": at,
                    "polarity": polarity,
                    "strength": "strong",
                    "certainty": certainty,
                    "evidence": content,
                    "quote": None,
                    "confidence": 1.0,
                    "why": "made",
                }
            )
    return Analysis.from_dict(
        {
            "schema": "analystkit/analysis@1",
            "article": {
                "id": "made",
                "title": None,
                "byline": None,
                "published": None,
                "url": None,
                "dateline": None,
            },
            "text": text or "Nothing.",
            "furniture": [],
            "entities": entities,
            "quotes": quotes,
            "stances": stances,
            "dates": dates,
            "model": {"pipeline": "made", "version": "1", "analystkit": "0"},
        }
    )


def corners(text: Text, renderer) -> list[tuple[float, float]]:
    """The corners, in pixels, of the rectangle that a text fills, turned as it is drawn."""
    angle, (x, y) = text.get_rotation(), text.get_transform().transform(text.get_position())
    text.set_rotation(0)
    box = text.get_window_extent(renderer)
    text.set_rotation(angle)
    turn = math.radians(angle)
    return [
        (
            x + (px - x) * math.cos(turn) - (py - y) * math.sin(turn),
            y + (px - x) * math.sin(turn) + (py - y) * math.cos(turn),
        )
        for px, py in ((box.x0, box.y0), (box.x1, box.y0), (box.x1, box.y1), (box.x0, box.y1))
    ]


def overlap(one: list[tuple[float, float]], other: list[tuple[float, float]]) -> bool:
    """Whether two rectangles meet: they do unless a line along an edge separates them."""
    for shape in (one, other):
        for (ax, ay), (bx, by) in itertools.pairwise([*shape, shape[0]]):
            normal = (ay - by, bx - ax)
            first, second = ([normal[0] * x + normal[1] * y for x, y in points] for points in (one, other))
            if max(first) <= min(second) + 1e-6 or max(second) <= min(first) + 1e-6:
                return False
    return True


def words_of(ax) -> dict[str, list[tuple[float, float]]]:
    """Every visible text of the figure with the place it takes, after the layout is done."""
    figure = ax.figure
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    renderer = canvas.get_renderer()
    texts = [t for t in figure.findobj(Text) if t.get_visible() and t.get_text().strip()]
    if not ax.axison:
        texts = [t for t in texts if t not in (*ax.get_xticklabels(), *ax.get_yticklabels())]
    for axis in (ax.xaxis, ax.yaxis):  # ticks beyond the axis have labels that are not drawn
        low, high = sorted(axis.get_view_interval())
        beyond = [tick for tick in axis.get_major_ticks() if not low <= tick.get_loc() <= high]
        texts = [t for t in texts if all(t not in (tick.label1, tick.label2) for tick in beyond)]
    return {f"{n} {t.get_text()}": corners(t, renderer) for n, t in enumerate(texts)}


def assert_readable(ax, *, inside: bool = True) -> None:
    places = words_of(ax)
    assert places
    for (one, a), (other, b) in itertools.combinations(places.items(), 2):
        assert not overlap(a, b), f"{one!r} and {other!r} overlap"
    if inside:
        width, height = ax.figure.bbox.width, ax.figure.bbox.height
        for name, place in places.items():
            assert all(-1 <= x <= width + 1 and -1 <= y <= height + 1 for x, y in place), f"{name!r} is cut off"


def test_the_measure_of_overlaps_sees_one():
    _, ax = plt.subplots()
    ax.set_axis_off()
    ax.text(0.5, 0.5, "some words", rotation=45, rotation_mode="anchor")
    ax.text(0.52, 0.5, "some others", rotation=45, rotation_mode="anchor")
    with pytest.raises(AssertionError, match="overlap"):
        assert_readable(ax)


@every_plot
@pytest.mark.parametrize("name", ["Person {}", LONG + " {}"], ids=["short", "long"])
@pytest.mark.parametrize("count", [1, 5, 40])
def test_no_words_overlap_whatever_there_is_to_show(plot, count, name):
    assert_readable(plot(made(count, name)))


def told_of(count: int, name: str, outlets: int = 7) -> dict[str, pd.DataFrame]:
    """Tables of a corpus in which so many people are quoted, take stances and are named together."""
    names = [name.format(n) for n in range(1, count + 1)]
    quoted = [
        {"who": f"w{n}", "name": who, "outlet": f"Outlet {LONG if n % 2 else ''} {o}", "words": 1 + n * o}
        for n, who in enumerate(names)
        for o in range(outlets)
    ]
    months = pd.date_range("2020-01-01", periods=count, freq="MS")
    stances = [
        {"period": month, "positive": n % 13, "negative": 12 - n % 13, "neutral": 1} for n, month in enumerate(months)
    ]
    pairs = [
        {"a": names[n], "b": names[m], "a_who": f"w{n}", "b_who": f"w{m}", "paragraphs": 1 + (n * m) % 130}
        for n, m in itertools.combinations(range(count), 2)
    ]
    together = pd.DataFrame(pairs, columns=["a", "b", "a_who", "b_who", "paragraphs"])
    return {"quoted": pd.DataFrame(quoted), "stances_over_time": pd.DataFrame(stances), "co_mentions": together}


@pytest.mark.slow
@pytest.mark.parametrize("plot", ["quoted", "stances_over_time", "co_mentions"])
@pytest.mark.parametrize("name", ["Person {}", LONG + " {}"], ids=["short", "long"])
@pytest.mark.parametrize("count", [1, 5, 40])
def test_no_words_overlap_in_the_plots_of_a_corpus(plot, count, name):
    draw = getattr(plots, plot)
    assert_readable(draw(told_of(count, name)[plot]))
    with plots.style():
        _, ax = plt.subplots(figsize=(8, 5))
    assert draw(told_of(count, name)[plot], ax=ax) is ax
    assert_readable(ax, inside=False)


@pytest.mark.slow
@every_plot
@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.name.removesuffix(".gold.json"))
def test_no_words_overlap_on_the_samples(plot, path):
    assert_readable(plot(Analysis.from_json(path.read_text(encoding="utf-8"))))


@every_plot
@pytest.mark.filterwarnings("error")  # matplotlib warns where the layout does not fit
@pytest.mark.parametrize("size", [(4.5, 3), (6, 3), (8, 8)], ids=str)
def test_given_axes_are_used_and_not_overfilled(plot, size):
    with plots.style():
        figure, ax = plt.subplots(figsize=size)
    assert plot(made(40), ax=ax) is ax
    assert plt.get_fignums() == [figure.number]
    assert_readable(ax, inside=False)


@every_plot
def test_a_grid_of_plots_shares_one_figure(plot):
    figure, axes = plots.subplots(1, 2, figsize=(12, 5))
    for ax in axes:
        plot(made(5), ax=ax)
    assert_readable(axes[0])
    assert len(figure.axes) == 2


@every_plot
def test_nothing_found_is_said_in_words(plot):
    ax = plot(made(0))
    assert any("found in this article" in text.get_text() for text in ax.texts)
    assert plots.alt_text(ax) in {text.get_text() for text in ax.texts}
    assert_readable(ax)


@every_plot
def test_nothing_is_shown_and_no_settings_are_left_changed(plot, monkeypatch):
    def fail():
        pytest.fail("a plot must not show itself")

    monkeypatch.setattr(plt, "show", fail)
    before = dict(mpl.rcParams)
    plot(made(3))
    assert dict(mpl.rcParams) == before


@every_plot
def test_most_limits_the_rows_and_says_what_is_left_out(plot):
    ax = plot(made(40), most=4)
    assert len(ax.get_yticklabels()) <= 6
    words = " ".join([*words_of(ax), plots.alt_text(ax)])
    assert "other" in words


def luminance(colour) -> float:
    return sum(
        weight * (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4)
        for weight, c in zip((0.2126, 0.7152, 0.0722), to_rgb(colour), strict=True)
    )


@every_plot
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_words_stand_out_from_the_sheet_in_either_theme(plot, theme):
    ax = plot(made(5), theme=theme)
    assert to_rgb(ax.figure.get_facecolor()) == to_rgb(ax.get_facecolor())
    assert ax.figure.get_facecolor()[3] == 1
    sheet = luminance(ax.get_facecolor())
    ax.figure.canvas.draw()
    for text in ax.figure.findobj(Text):
        if text.get_text() and text.get_visible():
            darker, lighter = sorted((sheet, luminance(text.get_color())))
            assert (lighter + 0.05) / (darker + 0.05) >= 4.5, text


def test_an_unknown_theme_is_refused_with_the_known_ones():
    with pytest.raises(ValueError, match="light or dark"):
        plots.speakers(made(1), theme="sepia")


def test_speakers_draws_the_shares_of_the_table(sample):
    ax = plots.speakers(Analysis.from_dict(sample))
    names = [label.get_text() for label in ax.get_yticklabels()]
    assert names == ["Ali Noor", "Zoë □ Ødegård", "Speaker unknown", "The article itself"]
    from analystkit import tables

    table = tables.speakers(Analysis.from_dict(sample))
    drawn = sorted(round(patch.get_width()) for patch in ax.patches)
    counts = [table[kind] for kind in ("direct", "mixed", "indirect")]
    parts = [n for column in counts for n in column if n] + [table["words"].iloc[-1]]
    assert drawn == sorted(parts)


def test_speakers_beyond_the_most_become_one_bar_and_no_word_is_lost():
    whole, merged = plots.speakers(made(40), most=40), plots.speakers(made(40), most=5)
    assert merged.get_yticklabels()[-2].get_text() == "36 other speakers"
    assert sum(p.get_width() for p in whole.patches) == sum(p.get_width() for p in merged.patches)


def test_entities_are_ranked_and_each_mention_drawn_where_it_stands(sample):
    analysis = Analysis.from_dict(sample)
    ax = plots.entities(analysis)
    drawn = sorted(x for line in ax.lines if line.get_linestyle() == "None" for x in line.get_xdata())
    assert drawn == sorted(m.start for entity in analysis.entities for m in entity.mentions)
    assert ax.get_yticklabels()[-1].get_text() == "Bay Courier"


@pytest.mark.parametrize(
    ("certainty", "expected"),
    [("asserted", "+1"), ("hedged", "+1?"), ("conditional", "+1?"), ("denied", "(+1)")],
)
def test_cells_of_the_matrix_tell_certainty(certainty, expected):
    ax = plots.stances(made(5, certainty=certainty))
    assert expected in {text.get_text() for text in ax.texts}


def test_stances_of_one_pair_are_counted_by_sign(sample):
    stance = dict(sample["stances"][0])
    stances = [dict(stance, id=f"s{i}", polarity=p) for i, p in enumerate(("positive", "positive", "negative"), 1)]
    ax = plots.stances(Analysis.from_dict(sample | {"stances": stances}))
    assert "+2 −1" in {text.get_text() for text in ax.texts}
    assert "Zoë 🙂 Ødegård towards The accord +2 −1" in plots.alt_text(ax)


def test_a_stance_of_the_article_and_one_towards_a_thing_are_named(sample):
    stance = dict(sample["stances"][0], holder=None, holder_span=None, target=None)
    ax = plots.stances(Analysis.from_dict(sample | {"stances": [stance]}))
    assert [label.get_text() for label in ax.get_yticklabels()] == ["The article itself"]
    assert [label.get_text() for label in ax.get_xticklabels()] == ["The accord"]


def test_two_of_the_same_name_are_told_apart():
    ax = plots.entities(made(2, "Kim"))
    assert {label.get_text() for label in ax.get_yticklabels()} == {"Kim (e1)", "Kim (e2)"}


@pytest.mark.filterwarnings("error")
@every_plot
def test_what_the_font_lacks_is_a_box_and_no_warning(plot):
    ax = plot(made(2, "Zoë 🙂 東京 {}"))
    assert "Zoë □ □□ 1" in " ".join(words_of(ax))
    assert "Zoë 🙂 東京 1" in plots.alt_text(ax)


def test_dollars_in_names_are_no_formula():
    assert_readable(plots.entities(made(3, r"$\frac Fund$ {}")))


def test_alternative_text_can_be_stored_with_the_picture():
    ax = plots.speakers(made(2))
    file = io.BytesIO()
    ax.figure.savefig(file, format="svg", metadata={"Description": plots.alt_text(ax)})
    assert b"Bar chart: who speaks how many of the article" in file.getvalue()
    assert plots.alt_text(plt.subplots()[1]) == ""


@every_plot
def test_a_notebook_gets_the_plot_in_variables_with_its_words(plot):
    ax = plot(made(3, "A & <b> {}"))
    shown = ax.figure._repr_html_()
    drawn = re.search(r"<svg.*</svg>", shown, re.DOTALL)[0]
    assert "var(--ak-ink, #1c1e21)" in drawn
    assert set(re.findall(r"#[0-9a-f]{6}", re.sub(r"var\([^)]*\)", "", drawn))) == set()
    told = html.escape(plots.alt_text(ax))
    assert f'aria-label="{told}"' in shown
    assert f'alt="{told}"' in shown
    assert drawn == re.search(r"<svg.*</svg>", plot(made(3, "A & <b> {}")).figure._repr_html_(), re.DOTALL)[0]


def test_ids_in_the_drawings_of_two_plots_are_different():
    one, other = (set(re.findall(r'\bid="([^"]+)', drawing(plots.speakers(made(n)).figure))) for n in (2, 3))
    assert one
    assert not one & other


def test_other_figures_and_dark_ones_are_left_as_they_are():
    figure, _ = plots.subplots()
    assert figure._repr_html_() is None
    dark = plots.speakers(made(2), theme="dark").figure._repr_html_()
    assert "<svg" not in dark
    assert 'alt="Bar chart' in dark


@pytest.mark.slow
def test_each_plot_of_a_notebook_is_shown_not_only_the_first():
    """The backend becomes interactive when it is chosen; chosen within the style, that would be undone after it."""
    draw = "import matplotlib.pyplot as plt\nfrom analystkit.plots import style\nwith style():\n    plt.subplots()"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(draw) for _ in range(2)])
    NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    shown = [any("image/png" in output.get("data", {}) for output in cell.outputs) for cell in notebook.cells]
    assert shown == [True, True]
