"""What each format looks like to the tools that read it, and what comes back after they changed it."""

import csv
import io
import json
import re
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from made_up import analyses

import analystkit as ak
from analystkit import exports
from analystkit.analysis import Analysis
from analystkit.exports.brat.fragments import BREAKS

quick = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def dumped(data, name):
    return exports.FORMATS[name].dump(Analysis.from_dict(data))


def annotations(data, name):
    document = json.loads(dumped(data, name)[""])
    return document if isinstance(document, list) else document["first"]["items"]


# W3C Web Annotation


def test_a_collection_has_what_the_model_requires(sample):
    collection = json.loads(dumped(sample, "webannotation")[""])
    assert "http://www.w3.org/ns/anno.jsonld" in collection["@context"]
    assert collection["type"] == "AnnotationCollection"
    assert collection["first"]["type"] == "AnnotationPage"
    assert collection["total"] == len(collection["first"]["items"])
    assert collection["label"] == sample["article"]["title"]


@quick
@given(data=analyses())
def test_every_annotation_has_what_the_model_requires(data):
    found = annotations(data, "webannotation")
    assert len({annotation["id"] for annotation in found}) == len(found)
    motivations = {"assessing", "classifying", "describing", "identifying"}
    for annotation in found:
        assert annotation["type"] == "Annotation"
        assert re.fullmatch(r"urn:[\w:.%~-]+", annotation["id"], re.ASCII), "an IRI"
        assert annotation["motivation"] in motivations
        for body in annotation["body"]:
            assert body["type"] == "TextualBody"
            assert isinstance(body["value"], str)
        assert annotation["target"]
        for target in annotation["target"]:
            assert target["source"]
            quote, position = target["selector"]
            assert (quote["type"], position["type"]) == ("TextQuoteSelector", "TextPositionSelector")
            start, end = position["start"], position["end"]
            assert data["text"][start:end] == quote["exact"]
            assert data["text"][:start].endswith(quote["prefix"])
            assert data["text"][end:].startswith(quote["suffix"])


@quick
@given(data=analyses())
def test_recogito_finds_the_quoted_words_where_it_counts_utf16(data):
    units = data["text"].encode("utf-16-le")
    for annotation in annotations(data, "recogito"):
        for target in annotation["target"]:
            quote, position = target["selector"]
            assert units[2 * position["start"] : 2 * position["end"]].decode("utf-16-le") == quote["exact"]


def changed(sample, tmp_path, change, name="recogito"):
    """What comes back when the annotations were changed in another tool."""
    found = annotations(sample, name)
    change(found)
    path = tmp_path / "marks.recogito.json"
    path.write_text(json.dumps(found), encoding="utf-8")
    return exports.read(path, article=Analysis.from_dict(sample))


def by_id(found, end):
    return next(annotation for annotation in found if annotation["id"].endswith(f":{end}"))


def test_a_tag_and_a_comment_changed_in_another_tool_come_in(sample, tmp_path):
    def change(found):
        by_id(found, "e3:1")["body"][0]["value"] = "PRODUCT"
        by_id(found, "q1")["body"].append({"type": "TextualBody", "purpose": "commenting", "value": "Check the tape."})

    analysis = changed(sample, tmp_path, change)
    assert analysis.entity("e3").label == "PRODUCT"
    assert analysis.quote("q1").to_dict()["note"] == "Check the tape."


def test_a_mark_moved_or_deleted_in_another_tool_is_moved_or_gone(sample, tmp_path):
    def change(found):
        found.remove(by_id(found, "e3:1"))
        [target] = by_id(found, "q2")["target"]
        target["selector"] = [{"type": "TextQuoteSelector", "exact": "a trap"}]

    analysis = changed(sample, tmp_path, change)
    assert analysis.entity("e3") is None
    assert analysis.quote("q2").text == "a trap"
    assert analysis.quote("q2").via == ()
    assert "1 references" in analysis.warnings[0]


def test_marks_made_in_another_tool_come_in_and_unknown_ones_are_told(sample, tmp_path):
    def mark(tag, words):
        return {
            "type": "Annotation",
            "id": "https://example.org/anno",
            "body": [{"type": "TextualBody", "purpose": "tagging", "value": tag}],
            "target": {"source": "x", "selector": {"type": "TextQuoteSelector", "exact": words}},
        }

    def change(found):
        found[:] = [mark("Person", "Ali Noor"), mark("quote", "“a trap”"), mark("todo", "boats")]

    analysis = changed(sample, tmp_path, change)
    assert [(entity.name, entity.label) for entity in analysis.entities] == [("Ali Noor", "PERSON")]
    assert [quote.text for quote in analysis.quotes] == ["“a trap”"]
    assert analysis.warnings == ("1 annotations carry no tag that is known here, and were left out.",)


def test_an_answer_of_hypothesis_comes_in_with_who_and_what_they_noted(sample, tmp_path):
    selector = [
        {"type": "TextPositionSelector", "start": 0, "end": 3},
        {"type": "TextQuoteSelector", "exact": "Ali Noor"},
    ]
    row = {
        "id": "h",
        "uri": "x",
        "user": "acct:mara@h",
        "text": "Chair?",
        "tags": ["person"],
        "target": [{"selector": selector}],
    }
    path = tmp_path / "answer.json"
    path.write_text(json.dumps({"total": 2, "rows": [row, row | {"text": "Yes.", "tags": ["indirect"]}]}))
    analysis = exports.read(path, "webannotation", article=Analysis.from_dict(sample))
    [entity], [quote] = analysis.entities, analysis.quotes
    assert (entity.name, entity.to_dict()["note"], entity.to_dict()["by"]) == ("Ali Noor", "Chair?", "acct:mara@h")
    assert (quote.text, quote.kind, quote.to_dict()["note"]) == ("Ali Noor", "indirect", "Yes.")


def test_words_that_moved_are_found_by_their_context(sample, tmp_path):
    moved = json.loads(json.dumps(sample))
    shift = "Corrected. 🙂 "
    path = tmp_path / "marks.recogito.json"
    exports.write(sample, path)
    moved["text"] = shift + sample["text"]
    for layer in ("entities", "quotes", "stances", "dates"):
        moved[layer] = []
    moved["furniture"] = []
    found = exports.read(path, article=Analysis.from_dict(moved))
    assert [m.text for m in found.entity("e1").mentions] == ["Zoë 🙂 Ødegård", "the port minister", "Ødegård"]
    assert found.quote("q1").text == Analysis.from_dict(sample).quote("q1").text


# brat


@quick
@given(data=analyses())
def test_every_mark_is_one_that_brat_takes(data):
    parts = dumped(data, "brat")
    text = parts["txt"].decode()
    ann = parts["ann"].decode()
    assert ann.splitlines() == ann.split("\n")[:-1], "a line is a line by any reading"
    marks = [line for line in ann.splitlines() if line.startswith("T")]
    for line in marks:
        head, words = re.fullmatch(r"T\d+\t([\w-]+ [\d ;]+)\t(.*)", line).groups()
        spans = [tuple(map(int, pair.split())) for pair in head.split(" ", 1)[1].split(";")]
        assert all(end < start for (_, end), (start, _) in pairwise(spans)), "apart and in order"
        marked = " ".join(text[start:end] for start, end in spans)
        assert words == marked or (not words.strip() and not BREAKS.sub("", marked).strip())
    refs = {line.split("\t")[0] for line in ann.splitlines()}
    assert len(refs) == len(ann.splitlines())
    for ref in re.findall(r"(?:Arg\d:|^A\d+\t\w+ )(T\d+)", ann, re.MULTILINE):
        assert ref in refs


def test_annotation_conf_names_all_that_is_used_and_stays_if_there_is_one(sample, tmp_path):
    exports.write(sample, tmp_path / "story.ann")
    conf = (tmp_path / "annotation.conf").read_text()
    for line in (tmp_path / "story.ann").read_text(encoding="utf-8").splitlines():
        if line[0] in "TRA":
            assert f"\n{line.split()[1]}" in conf, line
    (tmp_path / "annotation.conf").write_text("[entities]\nMine\n")
    exports.write(sample, tmp_path / "story.ann")
    assert (tmp_path / "annotation.conf").read_text() == "[entities]\nMine\n"


def test_what_was_changed_in_brat_comes_in(sample, tmp_path):
    exports.write(sample, tmp_path / "story.ann")
    ann = (tmp_path / "story.ann").read_text(encoding="utf-8")
    ann = ann.replace("QuoteKind T", "QuoteKind T", 1).replace(" mixed\n", " indirect\n")
    ann = re.sub(r"T(\d+)\tORG ", r"T\1\tGPE ", ann)
    quote = re.search(r"(T\d+)\tQuote", ann)[1]
    start = sample["text"].index("small boats")
    ann += f"#900\tAnnotatorNotes {quote}\tHe said so twice.\nT900\tPerson {start} {start + 11}\tsmall boats\n"
    ann += "T901\tVessel 0 7\tHarbour\nA901\tColour T901 red\n"
    (tmp_path / "story.ann").write_text(ann, encoding="utf-8")
    analysis = exports.read(tmp_path / "story.ann")
    assert analysis.quotes[0].to_dict()["note"] == "He said so twice."
    assert analysis.quote("q2").kind == "indirect"
    assert analysis.entity("e3").label == "GPE"
    assert analysis.entities[-1].name == "small boats"
    assert "2 lines" in analysis.warnings[0]


# CoNLL


def test_names_come_back_in_the_given_article(sample, tmp_path):
    path = tmp_path / "story.conll"
    exports.write(sample, path)
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "-DOCSTART- -X- O O"
    assert "🙂 _ O I-PERSON" in lines
    assert all(len(line.split(" ")) == 4 for line in lines if line)
    analysis = exports.read(path, article=Analysis.from_dict(sample))
    assert [(entity.name, entity.label) for entity in analysis.entities] == [
        ("Zoë 🙂 Ødegård", "PERSON"),
        ("Ødegård", "PERSON"),
        ("Ali Noor", "PERSON"),
        ("the Bay Courier", "ORG"),
        ("علي نور", "PERSON"),
    ]
    assert analysis.text == sample["text"]


@quick
@given(data=analyses())
def test_conll_keeps_the_longest_names_at_the_borders_of_tokens(data):
    parts = dumped(data, "conll")
    rows = [line.split(" ") for line in parts[""].decode().split("\n")[2:] if line]
    assert all(len(row) == 4 for row in rows)
    assert "".join(row[0] for row in rows).replace("_", "") == "".join(data["text"].split()).replace("_", "")
    load = exports.FORMATS["conll"].load
    if rows:
        found = Analysis.from_dict(load(parts, data, []))
        assert {"": parts[""]}.keys() == parts.keys()
        assert dumped(found.to_dict(), "conll") == parts


def test_a_conll_line_that_begins_with_a_hash_is_a_comment_unless_it_has_the_columns_of_a_token(tmp_path):
    path = tmp_path / "hash.conll"
    path.write_text("# newdoc id = 1\nC NN O O\n# NN O O\nAda NNP O B-PERSON\n")
    analysis = exports.read(path)
    assert analysis.text == "C # Ada"
    assert [entity.name for entity in analysis.entities] == ["Ada"]


def test_conll_of_others_is_read_without_the_article(tmp_path):
    path = tmp_path / "other.conll"
    path.write_text(
        "EU NNP B-NP I-ORG\nrejects VBZ B-VP O\nGerman JJ B-NP B-MISC\n\nPeter NNP I-NP B-PER\nGo VB O B-PER\n"
    )
    analysis = exports.read(path)
    assert analysis.text == "EU rejects German\nPeter Go"
    assert [(e.name, e.label) for e in analysis.entities] == [("EU", "ORG"), ("Peter", "PERSON"), ("Go", "PERSON")]
    assert analysis.warnings == ("1 names were left out, because analystkit has no such label: MISC.",)


# tables


def test_csv_opens_as_a_spreadsheet_expects_and_runs_nothing(sample):
    sample["entities"][0] |= {"name": '=HYPERLINK("http://x")', "aliases": ["a;=1"], "why": "-1+cmd|' /C calc'!A0"}
    content = dumped(sample, "csv")["entities"]
    assert content.startswith(b"\xef\xbb\xbfid,name,")
    assert b"\r\n" in content
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert rows[0]["name"] == '\'=HYPERLINK("http://x")'
    assert rows[0]["aliases"] == "a;'=1"
    assert rows[0]["why"].startswith("'-1")


def test_what_was_changed_in_a_spreadsheet_comes_in(sample, tmp_path):
    folder = tmp_path / "story.csv"
    exports.write(sample, folder)
    table = (folder / "stances.csv").read_bytes().decode("utf-8-sig").replace("negative", "neutral")
    (folder / "stances.csv").write_text(table, encoding="utf-8", newline="")  # saved without the byte order mark
    assert exports.read(folder).stances[1].polarity == "neutral"


def test_columns_that_count_do_not_look_like_dates_or_times(sample):
    for name, content in dumped(sample, "csv").items():
        if name == "text":
            continue
        for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")):
            readable = {"first", "last", "published", "text"}
            cells = [cell for column, cell in row.items() if column not in readable]
            assert not [cell for cell in cells if re.fullmatch(r"\d+[-/:]\d+(?:[-/:]\d+)?", cell or "")]


def test_tables_are_those_of_tables(sample):
    import pandas as pd

    stored = pd.read_parquet(io.BytesIO(dumped(sample, "parquet")["quotes"]))
    shown = ak.tables.quotes(Analysis.from_dict(sample))
    assert stored[list(shown.columns)].astype(str).equals(shown.astype(str))


def test_a_table_left_by_an_earlier_analysis_goes(sample, tmp_path):
    folder = tmp_path / "story.csv"
    exports.write(sample | {"amounts": []}, folder)
    assert (folder / "amounts.csv").exists()
    exports.write(sample, folder)
    assert "amounts" not in exports.read(folder).to_dict()


# DocBin


def test_docbin_is_a_doc_for_other_spacy_code(sample, tmp_path):
    import spacy
    from spacy.tokens import DocBin

    from analystkit.pipeline import from_doc

    exports.write(sample, tmp_path / "story.spacy")
    [doc] = DocBin().from_disk(tmp_path / "story.spacy").get_docs(spacy.blank("en").vocab)
    assert doc.text == sample["text"]
    assert [(ent.text, ent.label_) for ent in doc.ents][:2] == [("Zoë 🙂 Ødegård", "PERSON"), ("Ødegård", "PERSON")]
    assert [span.text for span in doc.spans["cues"]] == ["said", "told", "قال"]
    assert from_doc(doc).to_dict()["quotes"] == sample["quotes"]


def test_docbin_keeps_the_parse_of_an_analysed_doc(tmp_path):
    import spacy
    from spacy.tokens import DocBin

    analysis = ak.analyze(ak.Article("“We sail at dawn,” said Ana Ruiz, the mayor.\n"))
    before = dict(analysis.doc.user_data), list(analysis.doc.ents), dict(analysis.doc.spans)
    exports.write(analysis, tmp_path / "story.spacy")
    [doc] = DocBin().from_disk(tmp_path / "story.spacy").get_docs(spacy.blank("en").vocab)
    assert [token.dep_ for token in doc] == [token.dep_ for token in analysis.doc]
    assert exports.read(tmp_path / "story.spacy") == analysis
    after = dict(analysis.doc.user_data), list(analysis.doc.ents), dict(analysis.doc.spans)
    assert after == before, "the analysis' own Doc is left as it was"


def test_docbin_of_others_gives_its_entities(tmp_path):
    import spacy
    from spacy.tokens import DocBin, Span

    doc = spacy.blank("en")("Ana Ruiz left Porto for NATO at 5.")
    doc.set_ents([Span(doc, 0, 2, "PERSON"), Span(doc, 3, 4, "GPE"), Span(doc, 7, 8, "CARDINAL")])
    DocBin(docs=[doc]).to_disk(tmp_path / "other.spacy")
    analysis = exports.read(tmp_path / "other.spacy")
    assert [(e.name, e.label) for e in analysis.entities] == [("Ana Ruiz", "PERSON"), ("Porto", "GPE")]
    assert analysis.warnings == ("1 entities were left out, because analystkit has no such label.",)


# brief


def test_brief_names_who_said_what_via_whom_and_leaves_the_grades_to_the_analyst(sample):
    text = dumped(sample, "brief")[""].decode()
    row = next(line for line in text.splitlines() if "“a trap” for small boats" in line)
    assert row == (
        "| Ali Noor | that the accord was “a trap” for small boats | Bay Courier | negative (hedged) on the accord "
        "| told; “a trap” for small boats | 71% |  |  |"
    )
    assert "F cannot be judged" in text
    assert "6 cannot be judged" in text


def test_nothing_in_a_brief_is_markup(sample):
    bad = "|x| <img src=x onerror=alert(1)> [a](javascript:b) `c` **d** &lt; $e$ http://f www.g\n# h \u202ereversed"
    sample["article"]["title"] = sample["entities"][0]["name"] = bad
    text = dumped(sample, "brief")[""].decode()
    from markdown_it import MarkdownIt

    html = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(text)
    assert not re.search(r"<(?!/?(?:h1|h2|ul|li|p|table|thead|tbody|tr|th|td)\b)", html)
    assert (
        "&lt;img src=x onerror=alert(1)&gt; [a](javascript:b) `c` **d** &amp;lt; $e$ http://f www.g # h reversed"
        in html
    )
