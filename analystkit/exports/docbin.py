"""spaCy's DocBin: the Doc with `doc.ents`, `doc.spans` and the records in `doc._`.

What `doc._` says is what the way back reads, as does `analystkit.pipeline.from_doc`; `doc.ents` and `doc.spans`
are the same marks widened to whole tokens, for other spaCy code. A file from elsewhere is taken apart here
without building a Doc, because spaCy trusts the arrays in it; nothing in it is pickled.

Source: spaCy's documentation of DocBin and its serialization (spacy/tokens/_serialize.py of spaCy 3.8).
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from analystkit.errors import FormatError
from analystkit.exports import outside
from analystkit.exports.formats import Data, Format, Parts, from_json, needed, to_json

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from analystkit.analysis import Analysis

MAX_UNPACKED = 256_000_000
"""Largest DocBin that is read, in bytes, once unpacked."""
ATTRIBUTES = ["LEMMA", "TAG", "POS", "MORPH", "HEAD", "DEP", "SENT_START", "ENT_IOB", "ENT_TYPE"]
LAYERS = ("entities", "quotes", "stances", "dates", "amounts")
REST = "analystkit"
"""Key of `doc.user_data` under which the rest of an analysis stands, as JSON."""


def _dump(analysis: Analysis) -> dict[str, bytes]:
    from spacy.tokens import DocBin

    packed = DocBin(attrs=ATTRIBUTES, store_user_data=True)
    try:
        packed.add(to_doc(analysis))
        return {"": packed.to_bytes()}
    except OverflowError as error:
        raise FormatError("The analysis holds a whole number of more than 64 bits, which a DocBin cannot.") from error


def to_doc(analysis: Analysis) -> Doc:
    """A new Doc that holds an analysis: `doc._`, `doc.ents`, `doc.spans`; with the parse, if the analysis has one."""
    from analystkit.exports.tokens import tokenize
    from analystkit.layers import extensions

    extensions.register()
    data, source = analysis.to_dict(), analysis.doc
    doc = source.copy() if source is not None and source.text == analysis.text else tokenize(analysis.text)
    doc.user_data = {}
    for layer in LAYERS:
        if layer in data:
            doc._.set(layer, data[layer])
    doc._.article = data["article"]
    rest = {key: value for key, value in data.items() if key not in (*LAYERS, "article", "text")}
    doc.user_data[REST] = to_json(rest)
    _mark(doc, data)
    return doc


def _mark(doc: Doc, data: Data) -> None:
    """Put the marks on tokens."""
    from analystkit.exports.tokens import apart, widened

    doc.spans.clear()
    groups: defaultdict[str, list[Any]] = defaultdict(list)
    names = []
    for group, label, start, end in _spans(data):
        span = widened(doc, start, end, label)
        if span is not None:
            groups[group].append(span)
            names += [span] if group == "names" else []
    for group, spans in groups.items():
        doc.spans[group] = spans
    doc.set_ents(list(apart(names)))


def _spans(data: Data) -> Iterator[tuple[str, str, int, int]]:
    """Group, label, start and end of every mark."""
    yield from (("furniture", "furniture", start, end) for start, end in data["furniture"])
    for entity in data["entities"]:
        for mention in entity["mentions"]:
            group = f"{mention['kind']}s"
            yield group, entity["label"], mention["start"], mention["end"]
    for quote in data["quotes"]:
        yield from (("quotes", quote["kind"], start, end) for start, end in quote["content"])
        yield from (("cues", "cue", start, end) for start, end in quote["cue"])
        yield from (("sources", "source", start, end) for start, end in quote["source"])
    yield from (("stances", stance["polarity"], *stance["evidence"]) for stance in data["stances"])
    yield from (("dates", "date", date["start"], date["end"]) for date in data["dates"])
    yield from (("amounts", amount["kind"], amount["start"], amount["end"]) for amount in data.get("amounts", ()))


def _load(parts: Parts, given: Data | None, notes: list[str]) -> Data:
    packed = _unpacked(needed(parts, "", "The file"))
    if len(packed["lengths"]) != 4:  # one 32-bit number for each Doc
        raise FormatError(f"The file holds {len(packed['lengths']) // 4} Docs; give each as a file of its own.")
    columns, text = _tokens(packed)
    user = _user_data(packed)
    kept = {
        key[1]: value for key, value in user.items() if isinstance(key, tuple) and len(key) == 4 and key[0] == "._."
    }
    if not any(kept.get(layer) is not None for layer in LAYERS):
        return _from_ents(packed, columns, text, given, notes)
    rest = from_json(user[REST], REST) if isinstance(user.get(REST), str) else {}
    if not isinstance(rest, dict):
        raise FormatError(f"{REST} in the user data should be an object.")
    data = outside.base(given, text, "spaCy") | rest | {"text": text}
    if isinstance(kept.get("article"), dict):
        data["article"] = _plain(kept["article"])
    for layer in LAYERS:
        if kept.get(layer) is not None:
            data[layer] = _plain(kept[layer])
    return data


def _unpacked(content: bytes) -> dict[str, Any]:
    import srsly

    unzip = zlib.decompressobj()
    try:
        message = unzip.decompress(content, MAX_UNPACKED)
        if unzip.unconsumed_tail:
            raise FormatError(f"The file unpacks to more than {MAX_UNPACKED // 1_000_000} MB, and is not read.")
        packed = srsly.msgpack_loads(message)
    except FormatError:
        raise
    except Exception as error:  # msgpack has many ways to fail, none of them documented
        raise FormatError(f"The file is not a DocBin of spaCy: {error or type(error).__name__}") from error
    kinds = {"attrs": list, "tokens": bytes, "spaces": bytes, "lengths": bytes, "strings": list}
    wrong = [
        key for key, kind in kinds.items() if not isinstance(packed, dict) or not isinstance(packed.get(key), kind)
    ]
    if wrong:
        raise FormatError(f"The file is not a DocBin of spaCy: {wrong[0]} is missing.")
    return dict(packed)


def _tokens(packed: dict[str, Any]) -> tuple[dict[int, list[int]], str]:
    """Columns of the token table by their attribute, and the text."""
    import numpy as np
    from spacy.attrs import ORTH
    from spacy.strings import StringStore

    attrs, strings = packed["attrs"], StringStore([word for word in packed["strings"] if isinstance(word, str)])
    if ORTH not in attrs or len(packed["tokens"]) != 8 * len(attrs) * len(packed["spaces"]):
        raise FormatError("The file is not a DocBin of spaCy: its tokens do not fit its columns.")
    table = np.frombuffer(packed["tokens"], dtype="uint64").reshape((-1, len(attrs)))
    columns = {attr: table[:, i].tolist() for i, attr in enumerate(attrs) if isinstance(attr, int)}
    words = {number: _word(strings, number) for number in set(columns[ORTH])}
    if None in words.values():
        raise FormatError("The file is not a DocBin of spaCy: it lacks the words of some tokens.")
    pairs = zip(columns[ORTH], packed["spaces"], strict=True)
    return columns, "".join(f"{words[number]}{' ' if space else ''}" for number, space in pairs)


def _word(strings: Any, number: int) -> str | None:
    """The string with a number; None where the store has none."""
    return strings[number] if number in strings else None  # noqa: SIM401  # a StringStore has no get


def _user_data(packed: dict[str, Any]) -> dict[Any, Any]:
    import srsly

    stored = packed.get("user_data") or [None]
    if not isinstance(stored[0], bytes):
        return {}
    try:
        found = srsly.msgpack_loads(stored[0], use_list=False)
    except Exception as error:  # see _unpacked
        raise FormatError(f"The user data of the Doc cannot be read: {error or type(error).__name__}") from error
    return found if isinstance(found, dict) else {}


def _plain(value: Any) -> Any:
    """A copy made of lists where msgpack gives tuples; refuses what JSON does not have."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if value is not None and type(value) not in (str, int, float, bool):
        raise FormatError(f"The user data hold a {type(value).__name__}, which no analysis holds.")
    return value


def _from_ents(packed: Data, columns: dict[int, list[int]], text: str, given: Data | None, notes: list[str]) -> Data:
    """The entities of a Doc that analystkit has not seen: its `doc.ents`."""
    from spacy.attrs import ENT_IOB, ENT_TYPE, ORTH
    from spacy.strings import StringStore

    if ENT_TYPE not in columns or ENT_IOB not in columns:
        raise FormatError("The Doc holds neither records of analystkit nor entities of spaCy.")
    strings = StringStore([word for word in packed["strings"] if isinstance(word, str)])
    names: list[outside.Name] = []
    at, left_out, open_kind = 0, 0, 0
    for orth, space, kind, iob in zip(
        columns[ORTH], packed["spaces"], columns[ENT_TYPE], columns[ENT_IOB], strict=True
    ):
        end = at + len(strings[orth])
        label = outside.label(_word(strings, kind)) if kind else None
        if label and iob == 1 and kind == open_kind and names:  # inside
            names[-1] = (names[-1][0], end, label, {})
        elif label:
            names.append((at, end, label, {}))
        elif kind and iob == 3:
            left_out += 1
        open_kind = kind if label else 0
        at = end + bool(space)
    if left_out:
        notes.append(f"{left_out} entities were left out, because analystkit has no such label.")
    data = outside.base(given, text, "spaCy")
    if data["text"] != text:
        raise FormatError("The Doc and the given article differ; the marks would stand at wrong words.")
    data["entities"] = outside.entities(text, names, outside.Ids("e", ()), "an entity of the spaCy Doc")
    return data


FORMAT = Format(
    name="docbin",
    suffix=".spacy",
    about="spaCy DocBin: doc.ents, doc.spans and the records in doc._",
    losses=(),
    dump=_dump,
    load=_load,
)
