"""The commands export, import and formats; and analyses kept as JSON in the place of articles."""

import json

import pytest
from typer.testing import CliRunner

from analystkit import cli, exports


def run(*arguments, stdin=None):
    return CliRunner().invoke(cli.app, [str(argument) for argument in arguments], input=stdin)


@pytest.fixture
def saved(sample, tmp_path):
    path = tmp_path / "saved.json"
    path.write_text(json.dumps(sample), encoding="utf-8")
    return path


def test_an_analysis_goes_out_and_comes_back(sample, saved, tmp_path):
    result = run("export", saved, "-o", tmp_path / "story.jsonld")
    assert result.exit_code == 0, result.output
    assert result.stdout == ""
    assert result.stderr.startswith("Wrote ")
    result = run("import", tmp_path / "story.jsonld", "-o", tmp_path / "back.json")
    assert result.exit_code == 0, result.output
    assert json.loads((tmp_path / "back.json").read_text(encoding="utf-8")) == sample
    assert "4 entities, 3 quotes, 2 stances" in result.stderr


def test_export_says_what_the_format_does_not_keep(saved, tmp_path):
    result = run("export", saved, "-o", tmp_path / "names", "--format", "conll")
    assert result.exit_code == 0
    for loss in exports.losses("conll"):
        assert f"Not kept by conll: {loss}." in result.stderr


def test_marks_come_back_into_the_article_they_belong_to(sample, saved, tmp_path):
    run("export", saved, "-o", tmp_path / "marks.recogito.json")
    result = run("import", tmp_path / "marks.recogito.json", "-o", tmp_path / "back.json")
    assert result.exit_code == 1
    assert "--article" in result.stderr
    assert not (tmp_path / "back.json").exists()
    result = run("import", tmp_path / "marks.recogito.json", "-o", tmp_path / "back.json", "--article", saved)
    assert result.exit_code == 0, result.output
    assert json.loads((tmp_path / "back.json").read_text(encoding="utf-8")) == sample


def test_what_the_user_knows_better_is_in_the_export(saved, tmp_path):
    arguments = ("--title", "Another", "--published", "2024-05-06", "--url", "https://x.example/")
    assert run("export", saved, "-o", tmp_path / "story.json", *arguments).exit_code == 0
    article = json.loads((tmp_path / "story.json").read_text(encoding="utf-8"))["article"]
    assert (article["title"], article["published"], article["url"]) == ("Another", "2024-05-06", "https://x.example/")


def test_a_kept_analysis_is_taken_by_the_other_commands_and_through_standard_input(sample, saved, tmp_path):
    assert json.loads(run("analyze", saved, "--json").stdout) == sample
    assert "Harbour accord" in run("read", saved).stdout
    assert run("share", saved, "-o", tmp_path / "page.html").exit_code == 0
    line = json.dumps(sample).encode()
    assert run("export", "-", "-o", tmp_path / "story.ann", stdin=line).exit_code == 0
    assert exports.read(tmp_path / "story.ann").text == sample["text"]


@pytest.mark.parametrize("content", ["{}", "[", "", "not json"])
def test_a_file_that_is_no_analysis_is_named_and_nothing_is_written(content, tmp_path):
    (tmp_path / "bad.json").write_text(content)
    result = run("export", tmp_path / "bad.json", "-o", tmp_path / "story.ann")
    assert result.exit_code == 1
    assert "bad.json" in result.stderr
    assert "Traceback" not in result.output
    assert [path.name for path in tmp_path.iterdir()] == ["bad.json"]


def test_several_analyses_in_one_file_are_too_many(sample, tmp_path):
    lines = f"{json.dumps(sample)}\n" * 2
    (tmp_path / "two.jsonl").write_text(lines, encoding="utf-8")
    result = run("export", tmp_path / "two.jsonl", "-o", tmp_path / "story.ann")
    assert result.exit_code == 1
    assert "holds 2 analyses, one a line" in result.stderr


def test_a_format_that_is_none_is_wrong_usage(saved, tmp_path):
    assert run("export", saved, "-o", tmp_path / "story.xyz").exit_code == 2
    assert run("import", saved, "-o", tmp_path / "back.json", "--format", "word").exit_code == 2


def test_formats_lists_all_with_what_they_lose():
    text = run("formats").stdout
    for form in exports.FORMATS.values():
        assert f"{form.name} ({form.suffix}): {form.about}\n" in text
        for loss in form.losses:
            assert f"    does not keep {loss}\n" in text
