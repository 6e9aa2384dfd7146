"""W3C Web Annotations: one annotation a mark, for Recogito, Hypothes.is and the like.

Bodies say for every tool what a mark is (tags, the speaker, the reason); targets say where, by position and by
quoted words. What only an analysis knows stands under two keys of our own, `analystkit:analysis` and
`analystkit:mark`, which other tools keep or pass over. On the way back the targets, tags and comments count
more than those, so that what was changed in the other tool comes in.

Sources: Web Annotation Data Model, W3C Recommendation of 23 February 2017; the annotations that
@recogito/text-annotator reads and writes (both selectors in every target; positions in UTF-16 units).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from analystkit.errors import FormatError
from analystkit.exports import outside
from analystkit.exports.anchors import Anchors, Units
from analystkit.exports.formats import Data, Format, Parts, decoded, from_json, needed, to_json

if TYPE_CHECKING:
    from analystkit.analysis import Analysis

CONTEXT = [
    "http://www.w3.org/ns/anno.jsonld",
    {
        "analystkit": "urn:analystkit:",
        "analystkit:mark": {"@type": "@json"},
        "analystkit:analysis": {"@type": "@json"},
    },
]
MARK, ANALYSIS = "analystkit:mark", "analystkit:analysis"

#: Which key of a record its targets stand for, and what an annotation of the layer is for.
_PLACES = {"quotes": "content", "stances": "evidence"}
_MOTIVATIONS = {"entities": "identifying", "quotes": "describing", "stances": "assessing"}
_LINES = ",\n"
_RECORDS = ("furniture", "dates", "amounts")


def _dump_collection(analysis: Analysis) -> dict[str, bytes]:
    data = analysis.to_dict()
    items = list(_annotations(data, "code points"))
    iri = _iri(data)
    about = {key: value for key, value in data.items() if key not in (*_MOTIVATIONS, "furniture", "dates", "amounts")}
    about["layers"] = [layer for layer in (*_MOTIVATIONS, *_RECORDS) if layer in data]
    collection = {
        "@context": CONTEXT,
        "id": iri,
        "type": "AnnotationCollection",
        "label": data["article"]["title"] or data["article"]["id"],
        "total": len(items),
        "first": {"id": f"{iri}:page", "type": "AnnotationPage", "startIndex": 0, "items": items},
        ANALYSIS: about,
    }
    return {"": to_json(collection).encode()}


def _dump_list(analysis: Analysis) -> dict[str, bytes]:
    items = [{"@context": CONTEXT, **item} for item in _annotations(analysis.to_dict(), "utf-16")]
    return {"": f"[{_LINES.join(map(to_json, items))}]\n".encode()}


def _iri(data: Data) -> str:
    return f"urn:analystkit:article:{quote(data['article']['id'], safe='')}"


def _annotations(data: Data, units: Units) -> Iterator[Data]:
    """Annotations of all marks, layer by layer in the order of the analysis."""
    anchors, iri = Anchors(data["text"]), _iri(data)
    names = {entity["id"]: entity["name"] for entity in data["entities"]}
    source = data["article"]["url"] or iri

    def annotation(ref: str, layer: str, spans: list[list[int]], bodies: list[Data], mark: Data) -> Data:
        record = mark["record"] if isinstance(mark["record"], dict) else {}
        if isinstance(note := record.get("note"), str) and note:
            bodies.append(_body("commenting", note))
        made = {
            "id": f"{iri}:{ref}",
            "type": "Annotation",
            "motivation": _MOTIVATIONS.get(layer, "classifying"),
            "body": bodies,
            "target": [{"source": source, "selector": anchors.selectors(start, end, units)} for start, end in spans],
            MARK: {"layer": layer, "units": units, **mark},
        }
        if isinstance(by := record.get("by"), str) and by:
            made["creator"] = {"id": f"urn:analystkit:annotator:{quote(by, safe='')}", "type": "Person", "name": by}
        return made

    for i, entity in enumerate(data["entities"]):
        record = {key: value for key, value in entity.items() if key != "mentions"}
        for j, mention in enumerate(entity["mentions"]):
            bodies = [
                _body("tagging", entity["label"]),
                _body("identifying", entity["name"]),
                _body("describing", mention["kind"]),
            ]
            rest = {key: value for key, value in mention.items() if key not in ("start", "end")}
            mark = {"place": [i, j], "record": record, "mention": rest}
            yield annotation(f"{entity['id']}:{j + 1}", "entities", [[mention["start"], mention["end"]]], bodies, mark)
    for i, record in enumerate(data["quotes"]):
        bodies = [
            _body("tagging", record["kind"]),
            _body("describing", f"speaker: {names.get(record['speaker'], 'unknown')}"),
            *(_body("describing", f"via: {names[ref]}") for ref in record["via"]),
            _body("describing", record["why"]),
        ]
        yield annotation(record["id"], "quotes", record["content"], bodies, _kept("quotes", i, record))
    for i, record in enumerate(data["stances"]):
        bodies = [_body("tagging", record["polarity"])]
        for end in ("holder", "target"):
            span = record[f"{end}_span"]
            words = names.get(record[end]) or (data["text"][slice(*span)] if span else "the article itself")
            bodies.append(_body("describing", f"{end}: {words}"))
        bodies.append(_body("describing", f"{record['strength']}, {record['certainty']}; {record['why']}"))
        yield annotation(record["id"], "stances", [record["evidence"]], bodies, _kept("stances", i, record))
    for layer in _RECORDS:
        for i, record in enumerate(data.get(layer, ())):
            start, end = record if layer == "furniture" else (record["start"], record["end"])
            tag = {"furniture": "furniture", "dates": "date", "amounts": "amount"}[layer]
            kept = _kept(layer, i, {} if layer == "furniture" else record)
            yield annotation(f"{tag}:{i + 1}", layer, [[start, end]], [_body("tagging", tag)], kept)


def _body(purpose: str, value: str) -> Data:
    return {"type": "TextualBody", "purpose": purpose, "value": value, "format": "text/plain"}


def _kept(layer: str, place: int, record: Data) -> Data:
    """Our own key: the record without what the targets say."""
    said = (_PLACES[layer],) if layer in _PLACES else ("start", "end")
    return {"place": [place, 0], "record": {key: value for key, value in record.items() if key not in said}}


def _load(parts: Parts, given: Data | None, notes: list[str]) -> Data:
    document = from_json(decoded(needed(parts, "", "The file"), "The file"), "The file")
    items, about = _items(document)
    if about is not None:
        layers = about.pop("layers", ())
        data = about | {layer: [] for layer in (*_MOTIVATIONS, *_RECORDS) if layer in layers}
    elif given is not None:
        data = outside.emptied(given) | {"furniture": []} | ({"amounts": []} if "amounts" in given else {})
    else:
        raise FormatError(
            "The annotations do not hold the text they speak of. Give the article, too: read(…, article=…), --article."
        )
    if not isinstance(data.get("text"), str):
        raise FormatError("The text of the article is missing.")
    _Reading(data, notes).take(items)
    if given is not None and about is None and not data["furniture"]:
        data["furniture"] = given["furniture"]
    return data


def _items(document: Any) -> tuple[list[Any], Data | None]:
    """The annotations, and what is said of the analysis, from a list, a page, a collection or an answer of a search."""
    about = None
    if isinstance(document, dict):
        about = document.get(ANALYSIS)
        for key in ("first", "items", "rows"):
            inner = document.get(key)
            document = inner if isinstance(inner, dict | list) else document
            if isinstance(document, list):
                break
    if isinstance(document, dict) and document.get("type") == "Annotation":
        document = [document]
    if not isinstance(document, list) or not isinstance(about, dict | None):
        raise FormatError("The file holds no Web Annotations: neither a list of them nor an AnnotationCollection.")
    return document, about


class _Reading:
    """Annotations on their way into the layers of an analysis."""

    def __init__(self, data: Data, notes: list[str]) -> None:
        self._data = data
        self._notes = notes
        self._anchors = Anchors(data["text"])
        self._placed: defaultdict[str, list[tuple[list[int], Any]]] = defaultdict(list)
        self._mentions: defaultdict[str, list[tuple[list[int], Data, Data, bool]]] = defaultdict(list)
        self._names: list[outside.Name] = []
        self._quotes: list[Data] = []

    def take(self, items: list[Any]) -> None:
        """Take all annotations in."""
        unknown = sum(not self._one(item) for item in items)
        if unknown:
            self._notes.append(f"{unknown} annotations carry no tag that is known here, and were left out.")
        entities = []
        for mentions in self._mentions.values():
            mentions.sort(key=lambda mention: mention[0])
            place, record, _, _ = max(mentions, key=lambda mention: mention[3])  # the first that was changed, if any
            entities.append((place, {**record, "mentions": [mention for _, _, mention, _ in mentions]}))
        self._placed["entities"] = entities
        for layer, placed in self._placed.items():
            placed.sort(key=lambda pair: pair[0])
            self._data[layer] = [record for _, record in placed]
        ids = outside.Ids("e", (entity.get("id") for entity in self._data["entities"]))
        self._data["entities"] += outside.entities(self._data["text"], self._names, ids, "marked in another tool")
        quote_ids = outside.Ids("q", [record.get("id") for record in self._data["quotes"]])
        for record in self._quotes:
            self._data["quotes"].append({"id": quote_ids.new(), **record})

    def _one(self, item: Any) -> bool:
        """Take one annotation in; false if it is of no kind that is known."""
        if not isinstance(item, dict):
            raise FormatError(f"An annotation is {str(item)[:60]!r}; it should be an object.")
        what = f"Annotation {str(item.get('id'))[:80]}"
        mark = item.get(MARK)
        units: Units = "code points" if not isinstance(mark, dict) or mark.get("units") != "utf-16" else "utf-16"
        bodies = item.get("body", [])
        bodies = [body for body in (bodies if isinstance(bodies, list) else [bodies]) if isinstance(body, dict)]
        tags = [
            body["value"] for body in bodies if body.get("purpose") == "tagging" and isinstance(body.get("value"), str)
        ]
        tags += [tag for tag in item.get("tags", ()) if isinstance(tag, str)]
        if not isinstance(mark, dict) and not self._known(tags):
            return False
        targets = item.get("target")
        spans = [
            self._anchors.span(target.get("selector") if isinstance(target, dict) else None, units, what)
            for target in (targets if isinstance(targets, list) and targets else [targets])
        ]
        comments = [str(body.get("value")) for body in bodies if body.get("purpose") == "commenting"]
        if not isinstance(mark, dict):
            self._new(tags, spans, _added(item, comments))
            return True
        record = dict(_object(mark.get("record"), what))
        _comment(record, comments)
        self._own(mark, record, tags, spans, what)
        return True

    def _own(self, mark: Data, record: Data, tags: list[str], spans: list[list[int]], what: str) -> None:
        """A mark that was exported from an analysis, as it is now."""
        layer, place = mark.get("layer"), mark.get("place")
        if not (isinstance(place, list) and [type(number) for number in place] == [int, int]):
            raise FormatError(f"{what}: its place {str(place)[:60]} should be two whole numbers.")
        if layer == "entities":
            _retag(record, "label", outside.LABELS, tags)
            [[start, end], *_] = spans
            mention = {"start": start, "end": end, **_object(mark.get("mention"), what)}
            self._mentions[str(record.get("id"))].append((place, record, mention, record != mark["record"]))
        elif layer == "quotes":
            _retag(record, "kind", outside.QUOTE_KINDS, tags)
            self._placed[layer].append((place, record | {"content": spans}))
        elif layer == "stances":
            _retag(record, "polarity", outside.POLARITIES, tags)
            self._placed[layer].append((place, record | {"evidence": spans[0]}))
        elif layer == "furniture":
            self._placed[layer].append((place, spans[0]))
        elif layer in ("dates", "amounts"):
            [[start, end], *_] = spans
            self._placed[layer].append((place, {"start": start, "end": end, **record}))
        else:
            raise FormatError(f"{what}: its layer {str(layer)[:60]!r} is not known.")

    def _known(self, tags: list[str]) -> bool:
        return any(outside.label(tag) or tag.lower() in ("quote", *outside.QUOTE_KINDS) for tag in tags)

    def _new(self, tags: list[str], spans: list[list[int]], added: Data) -> None:
        """A mark that was made in another tool."""
        label = next(filter(None, map(outside.label, tags)), None)
        if label:
            self._names += [(start, end, label, added) for start, end in spans]
            return
        kind = next((tag.lower() for tag in tags if tag.lower() in outside.QUOTE_KINDS), "direct")
        self._quotes.append(
            {
                "kind": kind,
                "content": spans,
                "cue": [],
                "source": [],
                "speaker": None,
                "via": [],
                "confidence": 1,
                "why": "marked in another tool",
                **added,
            }
        )


def _added(item: Data, comments: list[str]) -> Data:
    """Who made an annotation and what they noted: W3C's `creator` and comments, Hypothes.is' `user` and `text`."""
    creator = item.get("creator", item.get("user"))
    by = creator.get("name") or creator.get("id") if isinstance(creator, dict) else creator
    note = "\n".join([*comments, *([item["text"]] if isinstance(item.get("text"), str) else [])]).strip()
    return ({"by": by} if isinstance(by, str) and by else {}) | ({"note": note} if note else {})


def _object(value: Any, what: str) -> Data:
    if not isinstance(value, dict):
        raise FormatError(f"{what}: {str(value)[:60]!r} should be an object.")
    return value


def _retag(record: Data, key: str, allowed: tuple[str, ...], tags: list[str]) -> None:
    """Let a changed tag count more than what was exported."""
    known = [tag for tag in tags if tag in allowed]
    if len(known) == 1:
        record[key] = known[0]


def _comment(record: Data, comments: list[str]) -> None:
    """Let changed comments count more than the note that was exported."""
    note = record.get("note")
    if comments != ([note] if isinstance(note, str) and note else []):
        record.pop("note", None)
        if comments:
            record["note"] = "\n".join(comments)


COLLECTION = Format(
    name="webannotation",
    suffix=".jsonld",
    about="W3C Web Annotation (JSON-LD), one annotation a mark, positions in code points",
    losses=(),
    dump=_dump_collection,
    load=_load,
)
RECOGITO = Format(
    name="recogito",
    suffix=".recogito.json",
    about="the same as a bare list, positions in UTF-16 units as Recogito reads them",
    losses=(
        "the article: text, title, byline, date, address, pipeline and keys of the whole "
        "(give the article on the way back)",
    ),
    dump=_dump_list,
    load=_load,
)
