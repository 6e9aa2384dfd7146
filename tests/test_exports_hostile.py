"""Files that are broken, or that somebody broke on purpose: refused with a clear error, and nothing else happens."""

import json
import os
import zlib
from contextlib import suppress

import pytest
import srsly
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analystkit import exports
from analystkit.analysis import Analysis
from analystkit.errors import AnalystkitError, FormatError
from analystkit.exports import docbin, files

pytestmark = pytest.mark.slow

READABLE = [name for name, form in exports.FORMATS.items() if form.load]


def place(name, folder):
    return folder / f"story{exports.FORMATS[name].suffix}"


def exported(sample, name, folder):
    """An export and its files."""
    path = place(name, folder)
    exports.write(sample, path, name)
    form = exports.FORMATS[name]
    return path, [part for key, part in form.parts(path).items() if part.exists() and key not in form.once]


@pytest.mark.parametrize("name", READABLE)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_file_with_some_bytes_changed_is_read_or_refused(name, sample, tmp_path, data):
    path, parts = exported(sample, name, tmp_path)
    part = data.draw(st.sampled_from(parts))
    content = bytearray(part.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=9) | st.just(b"99999"))
    part.write_bytes(content)
    try:
        found = exports.read(path, name, article=Analysis.from_dict(sample))
    except AnalystkitError:
        return
    assert Analysis.from_dict(found.to_dict()) == found


@pytest.mark.parametrize("name", READABLE)
@pytest.mark.parametrize(
    "content", [b"", b"\0" * 99, b"\xff\xfe{", b"null", b"[1]", b"{}", b"PAR1 PAR1", b'"a",b\n\n"']
)
def test_garbage_is_refused(name, content, sample, tmp_path):
    path, parts = exported(sample, name, tmp_path)
    for part in parts:
        part.write_bytes(content)
    with pytest.raises(AnalystkitError, match="story"):
        exports.read(path, name)


def values(value):
    """Every place in JSON data."""
    if isinstance(value, dict | list):
        for key in value if isinstance(value, dict) else range(len(value)):
            yield value, key
            yield from values(value[key])


@pytest.mark.parametrize("name", ["webannotation", "recogito", "json"])
@pytest.mark.parametrize("wrong", [None, -1, 1e300, "x", [], {}, [[]], True])
def test_a_wrong_type_anywhere_is_passed_over_or_refused(name, wrong, sample, tmp_path):
    path, _ = exported(sample, name, tmp_path)
    document = json.loads(path.read_text(encoding="utf-8"))
    places = list(values(document))
    for where, key in places[:: max(len(places) // 40, 1)]:
        was, where[key] = where[key], wrong
        path.write_text(json.dumps(document), encoding="utf-8")
        where[key] = was
        with suppress(AnalystkitError):
            found = exports.read(path, name, article=Analysis.from_dict(sample))
            assert Analysis.from_dict(found.to_dict()) == found


@pytest.mark.parametrize("name", ["webannotation", "json"])
@pytest.mark.parametrize("bomb", ["[" * 200_000, '{"a":' * 900 + "1" + "}" * 900, "9" * 9999, "NaN", "1e999"])
def test_json_that_is_too_deep_or_holds_what_no_json_holds_is_refused(name, bomb, sample, tmp_path):
    path, _ = exported(sample, name, tmp_path)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"article": {', f'"article": {{"bomb": {bomb}, '), encoding="utf-8")
    with pytest.raises(AnalystkitError, match=r"not JSON|nested too deeply|the number inf"):
        exports.read(path, name)


def test_more_marks_than_any_article_has_are_refused_at_once(sample, tmp_path, monkeypatch):
    path, _ = exported(sample, "json", tmp_path)
    monkeypatch.setattr(exports, "MAX_MARKS", 10)
    with pytest.raises(FormatError, match="There are 20 marks; more than 10"):
        exports.read(path)


def test_offsets_outside_the_text_are_refused_by_name(sample, tmp_path):
    far = len(sample["text"]) + 1
    path, _ = exported(sample, "brat", tmp_path)
    ann = path.read_text(encoding="utf-8")
    path.write_text(ann + f"T999\tQuote 0 {far}\tall\n", encoding="utf-8")
    with pytest.raises(FormatError, match=rf"Line \d+ of the \.ann file: the span 0 {far}"):
        exports.read(path)
    path, _ = exported(sample, "csv", tmp_path)
    table = (path / "mentions.csv").read_text(encoding="utf-8-sig")
    (path / "mentions.csv").write_text(table.replace("\ne1,", "\ne7,", 1), encoding="utf-8")
    with pytest.raises(FormatError, match="e7"):
        exports.read(path)
    selector = {"type": "TextPositionSelector", "start": 0, "end": far}
    body = {"type": "TextualBody", "purpose": "tagging", "value": "Person"}
    mark = {"type": "Annotation", "id": "x", "body": body, "target": {"source": "y", "selector": selector}}
    (tmp_path / "marks.jsonld").write_text(json.dumps([mark]))
    with pytest.raises(FormatError, match=f"Annotation x: the position 0:{far} lies outside"):
        exports.read(tmp_path / "marks.jsonld", article=Analysis.from_dict(sample))


def test_marks_of_another_text_are_refused(sample, tmp_path):
    path, [_, text] = exported(sample, "brat", tmp_path)
    text.write_text(sample["text"].replace("Noor", "Moor"), encoding="utf-8")
    with pytest.raises(FormatError, match=r"Ali Noor.*Ali Moor.*edited"):
        exports.read(path)
    path, _ = exported(sample, "conll", tmp_path)
    other = Analysis.from_dict(sample | {"text": sample["text"].replace("accord", "pact00", 1)})
    with pytest.raises(FormatError, match="'accord' is not in the article"):
        exports.read(path, article=other)


def test_a_link_to_somewhere_else_is_not_followed(sample, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("Secret words.")
    for name in ("csv", "brat"):
        path, parts = exported(sample, name, tmp_path)
        text = next(part for part in parts if part.suffix == ".txt")
        text.unlink()
        text.symlink_to(secret)
        with pytest.raises(FormatError, match="not an ordinary file"):
            exports.read(path)


def test_a_pipe_or_a_folder_is_not_read(tmp_path):
    os.mkfifo(tmp_path / "story.jsonld")
    (tmp_path / "folder.json").mkdir()
    for name in ("story.jsonld", "folder.json"):
        with pytest.raises(FormatError, match="not an ordinary file"):
            exports.read(tmp_path / name)


@pytest.mark.parametrize("name", READABLE)
def test_what_is_too_large_is_not_read(name, sample, tmp_path, monkeypatch):
    path, _ = exported(sample, name, tmp_path)
    monkeypatch.setattr(files, "MAX_BYTES", 100)
    with pytest.raises(FormatError, match="too large"):
        exports.read(path)


def test_a_docbin_that_unpacks_without_measure_is_not_read(tmp_path, monkeypatch):
    path = tmp_path / "story.spacy"
    path.write_bytes(zlib.compress(b"\0" * 5_000_000))
    monkeypatch.setattr(docbin, "MAX_UNPACKED", 1_000_000)
    with pytest.raises(FormatError, match="unpacks to more than 1 MB"):
        exports.read(path)


@pytest.mark.parametrize(
    "change",
    [
        {"attrs": [65, 4, 4, 4]},
        {"attrs": []},
        {"lengths": b""},
        {"lengths": b"\xff\xff\xff\xff" * 2},
        {"tokens": b"\xff" * 8},
        {"spaces": b""},
        {"strings": [1, None]},
        {"user_data": [b"\xc1"]},
        {"user_data": [srsly.msgpack_dumps({("._.", "quotes", None, None): [{1: b"x"}]})]},
        {"user_data": [srsly.msgpack_dumps({("._.", "entities", None, None): 5})]},
    ],
    ids=str,
)
def test_a_docbin_with_arrays_that_do_not_fit_is_refused_and_never_becomes_a_doc(change, sample, tmp_path):
    path, _ = exported(sample, "docbin", tmp_path)
    packed = srsly.msgpack_loads(zlib.decompress(path.read_bytes()))
    path.write_bytes(zlib.compress(srsly.msgpack_dumps(packed | change)))
    with pytest.raises(AnalystkitError, match="story"):
        exports.read(path)


def test_a_parquet_file_that_unpacks_without_measure_is_not_read(sample, tmp_path, monkeypatch):
    import pyarrow as pa
    from pyarrow import parquet

    path, _ = exported(sample, "parquet", tmp_path)
    parquet.write_table(pa.table({"id": ["a" * 1000] * 100_000}), path / "quotes.parquet", compression="zstd")
    with pytest.raises(FormatError, match="packed with ZSTD"):
        exports.read(path)
    parquet.write_table(pa.table({"id": pa.nulls(2_000_000)}), path / "quotes.parquet")
    with pytest.raises(FormatError, match=r"more than 1,000,000 rows"):
        exports.read(path)
    parquet.write_table(pa.table({"id": [[{"a": 1}]]}), path / "quotes.parquet")
    with pytest.raises(FormatError, match="quotes"):
        exports.read(path)


def test_a_failed_write_leaves_what_was_there(sample, tmp_path, monkeypatch):
    path, parts = exported(sample, "brat", tmp_path)
    before = {part: part.read_bytes() for part in parts}
    other = sample | {"text": sample["text"] + "More."}
    (tmp_path / "full").mkdir()
    real = type(path).open

    def full(self, *args, **more):
        if ".txt" in self.name and args == ("wb",):
            raise OSError(28, "No space left on device")
        return real(self, *args, **more)

    monkeypatch.setattr(type(path), "open", full)
    with pytest.raises(FormatError, match="No space left"):
        exports.write(other, path)
    assert {part: part.read_bytes() for part in parts} == before
    assert {found.name for found in tmp_path.iterdir()} == {"full", "annotation.conf", *(part.name for part in parts)}


def test_files_that_the_user_did_not_name_are_spared(sample, tmp_path):
    (tmp_path / "story.txt").write_bytes("My notes, caf\xe9".encode("latin-1"))
    with pytest.raises(FormatError, match=r"story\.txt is there already"):
        exports.write(sample, tmp_path / "story.ann")
    with pytest.raises(FormatError, match="something else than tables"):
        exports.write(sample, tmp_path, "csv")
    assert [path.name for path in tmp_path.iterdir()] == ["story.txt"]
    (tmp_path / "story.txt").write_bytes(sample["text"].encode())
    exports.write(sample, tmp_path / "story.ann")
    exports.write(sample | {"text": sample["text"] + "!"}, tmp_path / "story.ann")


def test_a_name_that_tells_no_format_and_a_format_that_is_none_are_refused_with_what_there_is(sample, tmp_path):
    with pytest.raises(FormatError, match=r"story\.xyz.*\.jsonld \(webannotation\)"):
        exports.write(sample, tmp_path / "story.xyz")
    with pytest.raises(FormatError, match="no format 'excel'; choose one of json, webannotation"):
        exports.losses("excel")
    with pytest.raises(FormatError, match="can be written, but not read"):
        exports.read(tmp_path / "story.md")
    (tmp_path / "taken.csv").write_text("x")
    with pytest.raises(FormatError, match="folder of tables"):
        exports.write(sample, tmp_path / "taken.csv")
    with pytest.raises(FormatError, match="There is no"):
        exports.read(tmp_path / "nothing.jsonld")


def test_what_no_file_can_hold_becomes_a_replacement_of_the_same_length(sample, tmp_path):
    sample["entities"][0]["name"] = "a\ud800b\0c"
    for name in READABLE:
        path, _ = exported(sample, name, tmp_path)
        if name != "conll":
            found = exports.read(path, article=Analysis.from_dict(sample))
            assert found.entities[0].name == "a\ufffdb\ufffdc"
