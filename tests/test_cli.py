"""The command line: what it prints, where, and with which exit status, on good input and on bad."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from analystkit import cli, pipeline
from analystkit.analysis import Analysis
from analystkit.article import read
from analystkit.errors import PipelineError
from analystkit.schema import validate

SEEDS = Path(__file__).parents[1] / "seeds"
SEED = str(SEEDS / "harbour-treaty.txt")
TEXT = "Mayor quits\n\nMARNO (Wire) - The mayor, Ana Ruiz, said on Monday that she would go.\n"


def run(*arguments: str, stdin: bytes | None = None):
    return CliRunner().invoke(cli.app, list(arguments), input=stdin)


@pytest.fixture
def analysing(monkeypatch):
    """Put the gold marks of the samples, and no marks for other texts, in the place of the pipeline's."""
    gold = {}
    for path in SEEDS.glob("*.gold.json"):
        data = json.loads(path.read_text(encoding="utf-8"))
        gold[data["text"]] = data

    def analyze(article, nlp=None):
        about = {
            "id": article.id,
            "title": article.title,
            "byline": article.byline,
            "published": article.published and article.published.isoformat(),
            "url": article.url,
            "dateline": None,
        }
        bare = {
            "schema": "analystkit/analysis@1",
            "text": article.text,
            "furniture": [list(span) for span in article.furniture],
            "entities": [],
            "quotes": [],
            "stances": [],
            "dates": [],
            "model": {"pipeline": "none", "version": "0", "analystkit": "0"},
        }
        analysis = Analysis.from_dict(gold.get(article.text, bare) | {"article": about})
        analysis.warnings = article.warnings
        return analysis

    monkeypatch.setattr(pipeline, "analyze", analyze)
    monkeypatch.setattr(pipeline, "load", lambda name: name)


def test_help_names_every_command_and_the_exit_status():
    result = run("--help")
    assert result.exit_code == 0
    for word in ("read", "analyze", "share", "lab", "Exit status"):
        assert word in result.stdout


def test_help_is_quick_to_load():
    code = (
        "import sys; from analystkit.cli import main; sys.argv[1:] = ['--help']\ntry: main()\nexcept SystemExit: pass\n"
    )
    code += "print('HEAVY', [m for m in ('spacy', 'pandas', 'matplotlib', 'trafilatura') if m in sys.modules])"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "HEAVY []" in result.stdout


def test_version_is_the_packages():
    from importlib.metadata import version

    assert run("--version").stdout == f"analystkit {version('analystkit')}\n"


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ([], "Usage"),
        (["read"], "Missing argument"),
        (["share", SEED], "--output"),
        (["dance"], "dance"),
        (["read", SEED, "--published", "14/3/2025"], "YYYY-MM-DD"),
        (["analyze", SEED, SEED, "--title", "Two"], "several are given"),
        (["analyze", "-", "-"], "only once"),
    ],
)
def test_wrong_usage_is_status_2_with_the_reason(analysing, arguments, reason):
    result = run(*arguments)
    assert result.exit_code == 2
    assert reason in " ".join(result.output.replace("│", " ").split())  # the message stands in a box


def test_read_shows_the_article_with_its_speakers(analysing):
    result = run("read", SEED)
    assert result.exit_code == 0
    assert "⟦" in result.stdout
    assert "[Solveig Marr]" in result.stdout
    assert result.stderr == ""


def test_analyze_prints_a_summary_of_each(analysing):
    result = run("analyze", SEED, str(SEEDS / "leaders-summit.txt"))
    assert result.exit_code == 0
    assert result.stdout.count("Who speaks") == 2
    assert "Orvania and Lesk sign" in result.stdout


def test_json_is_one_valid_analysis_a_line(analysing):
    result = run("analyze", "--json", SEED, str(SEEDS / "athletes-vote.txt"))
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert len(lines) == 2
    for line in lines:
        validate(json.loads(line))


def test_json_stays_utf8_whatever_the_terminal(analysing, tmp_path):
    source = tmp_path / "a.txt"
    source.write_text("Zoë 🙂 said: “naïve”.\n", encoding="utf-8")
    runner = CliRunner(charset="latin-1")
    result = runner.invoke(cli.app, ["analyze", "--json", str(source)])
    assert json.loads(result.stdout_bytes.decode("utf-8"))["text"] == "Zoë 🙂 said: “naïve”.\n"


def test_what_the_user_says_goes_before_what_the_text_says(analysing):
    options = ["--published", "2020-02-29", "--title", "Mine", "--url", "https://news.example/1"]
    about = json.loads(run("analyze", "--json", SEED, *options).stdout)["article"]
    assert (about["published"], about["title"], about["url"]) == ("2020-02-29", "Mine", "https://news.example/1")


def test_published_may_hold_for_several(analysing):
    result = run("analyze", "--json", SEED, str(SEEDS / "lock-ruling.txt"), "--published", "2020-02-29")
    assert [json.loads(line)["article"]["published"] for line in result.stdout.splitlines()] == ["2020-02-29"] * 2


@pytest.mark.parametrize("command", ["read", "analyze"])
def test_a_dash_is_standard_input(analysing, command):
    result = run(command, "-", stdin=TEXT.encode())
    assert result.exit_code == 0
    assert "Ana Ruiz" in result.stdout if command == "read" else "Mayor quits" in result.stdout


@pytest.mark.parametrize("text", ["notes.txt", "https://news.example/1", "One line that opens no file"])
def test_standard_input_is_text_even_if_it_looks_like_a_name_or_address(analysing, text):
    result = run("analyze", "--json", "-", stdin=text.encode())
    assert json.loads(result.stdout)["text"] == text


def test_a_page_on_standard_input_is_read_as_one(analysing):
    paragraphs = "".join(f"<p>{'The council met on Monday and said little about it. ' * 4}</p>" for _ in range(4))
    page = (
        f"<!doctype html>\n<html><head><title>Council</title></head><body><article>{paragraphs}</article></body></html>"
    )
    text = json.loads(run("analyze", "--json", "-", stdin=page.encode()).stdout)["text"]
    assert "The council met" in text
    assert "<p>" not in text


def test_share_writes_a_page_and_keeps_stdout_clean(analysing, tmp_path):
    target = tmp_path / "page.html"
    result = run("share", SEED, "-o", str(target))
    assert (result.exit_code, result.stdout) == (0, "")
    assert "Solveig Marr" in target.read_text(encoding="utf-8")


def test_share_to_where_nothing_can_be_written_fails_in_a_sentence(analysing, tmp_path):
    target = tmp_path / "no" / "page.html"
    result = run("share", SEED, "-o", str(target))
    assert result.exit_code == 1
    assert str(target) in result.stderr
    assert "Traceback" not in result.output


BAD = {
    "missing.txt": None,
    "empty.txt": b"",
    "blank.txt": b" \n\t\n",
    "binary.txt": bytes(range(256)) * 40,
    "picture.png": b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
    "folder": "folder",
}
ODD = {
    "latin.txt": "Der Bürgermeister – “naïve” – sagte nichts, sagte er.".encode("cp1252"),
    "nul.txt": b"The mayor\0 said she would go." + b" She left, and nobody saw her again." * 9,
    "furniture.txt": b"1 of 2 | A crane at the quay. Photo by Wire\n",
    "german.txt": "Der Rat der Stadt hat am Montag beschlossen, dass die Brücke nicht gebaut wird. ".encode() * 5,
    "odd-quotes.txt": b'The mayor said: "I will go. Nobody answered.\n',
}


@pytest.fixture
def inputs(tmp_path) -> Path:
    for name, content in (BAD | ODD).items():
        if content == "folder":
            (tmp_path / name).mkdir()
        elif content is not None:
            (tmp_path / name).write_bytes(content)
    return tmp_path


@pytest.mark.parametrize("command", ["read", "analyze", "share"])
@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_named_with_the_reason_in_one_line(analysing, inputs, name, command):
    output = ["-o", str(inputs / "page.html")] if command == "share" else []
    result = run(command, str(inputs / name), *output)
    assert (result.exit_code, result.stdout) == (1, "")
    [line] = result.stderr.splitlines()
    assert line.startswith(f"analystkit: {inputs / name}: ")
    assert "unexpectedly" not in line
    assert not (inputs / "page.html").exists()


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/", "http://no.such.host.invalid/a", "ftp://news.example/a"])
def test_an_address_that_cannot_be_fetched_is_a_failed_input(analysing, address):
    result = run("analyze", "--json", address)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"analystkit: {address}: ")
    assert "unexpectedly" not in result.stderr


@pytest.mark.parametrize("name", ODD)
def test_odd_input_is_analysed_with_a_warning(analysing, inputs, name):
    result = run("analyze", "--json", str(inputs / name))
    assert result.exit_code == 0
    validate(json.loads(result.stdout))
    assert result.stderr.startswith(f"analystkit: {inputs / name}: warning: ")


def test_in_a_batch_the_others_are_still_done(analysing, inputs):
    names = [str(inputs / name) for name in BAD]
    result = run("analyze", "--json", names[0], SEED, *names[1:], str(SEEDS / "lock-ruling.txt"))
    assert result.exit_code == 1
    assert [json.loads(line)["article"]["title"][:7] for line in result.stdout.splitlines()] == ["Orvania", "Judge b"]
    for name in names:
        assert f"analystkit: {name}: " in result.stderr


def test_a_fault_of_ours_is_owned_up_to_and_spares_the_others(analysing, monkeypatch):
    good = pipeline.analyze

    def analyze(article, nlp=None):
        if article.title.startswith("Orvania"):
            raise ZeroDivisionError("by zero\x1b[31m")
        return good(article, nlp)

    monkeypatch.setattr(pipeline, "analyze", analyze)
    result = run("analyze", "--json", SEED, str(SEEDS / "lock-ruling.txt"))
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 1
    assert "failed unexpectedly (ZeroDivisionError: by zero" in result.stderr
    assert "\x1b" not in result.stderr
    monkeypatch.setenv("ANALYSTKIT_DEBUG", "1")
    assert isinstance(run("analyze", SEED).exception, ZeroDivisionError)


def test_warnings_of_the_pipeline_go_to_stderr(analysing, monkeypatch):
    import warnings

    def load(name):
        warnings.warn("no parser here", UserWarning, stacklevel=2)
        return name

    monkeypatch.setattr(pipeline, "load", load)
    result = run("analyze", "--json", SEED)
    assert result.exit_code == 0
    assert "warning: no parser here" in result.stderr
    assert len(result.stdout.splitlines()) == 1


def test_a_pipeline_that_is_not_there_is_wrong_usage(monkeypatch):
    def load(name):
        raise PipelineError(f"There is no pipeline {name}.")

    monkeypatch.setattr(pipeline, "load", load)
    result = run("analyze", SEED, "--pipeline", "en_none")
    assert result.exit_code == 2
    assert "en_none" in result.stderr


def test_the_pipeline_asked_for_is_loaded_once(analysing, monkeypatch):
    loaded = []
    monkeypatch.setattr(pipeline, "load", loaded.append)
    run("analyze", SEED, SEED, "--pipeline", "en_core_web_trf")
    assert loaded == ["en_core_web_trf"]


def console_script(*arguments: str, **options) -> subprocess.CompletedProcess:
    code = "from analystkit.cli import main; main()"
    environment = os.environ | {"NO_COLOR": "1", "COLUMNS": "80"}
    return subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, env=environment, **options)


@pytest.mark.slow
def test_the_whole_way_with_the_shipped_pipeline(inputs):
    large = inputs / "large.txt"
    large.write_text(
        "Mayor Ana Ruiz said the bridge would be built, and nobody believed it.\n\n" * 500, encoding="utf-8"
    )
    sources = [SEED, str(large), *(str(inputs / name) for name in (*BAD, *ODD))]
    result = console_script("analyze", "--json", *sources)
    assert result.returncode == 1
    assert b"Traceback" not in result.stderr
    analyses = [json.loads(line) for line in result.stdout.splitlines()]
    assert len(analyses) == 2 + len(ODD)
    for data in analyses:
        validate(data)
    assert analyses[0]["text"] == read(Path(SEED)).text
    assert len(analyses[0]["quotes"]) > 5


@pytest.mark.slow
def test_a_reader_that_stops_early_is_no_crash():
    code = "from analystkit.cli import main; main()"
    command = [sys.executable, "-c", code, "analyze", "--json", *[SEED] * 3]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()


@pytest.mark.slow
def test_a_narrow_terminal_encoding_is_no_crash():
    code = "from analystkit.cli import main; main()"
    environment = os.environ | {"PYTHONIOENCODING": "ascii"}
    result = subprocess.run([sys.executable, "-c", code, "read", SEED], capture_output=True, env=environment)
    assert (result.returncode, b"Traceback" in result.stderr) == (0, False)
