"""`analystkit_entities`: who and what an article is about, each with all its mentions.

Writes `doc._.entities`, the records of the JSON form, and `doc.spans["mentions"]` (label = kind of entity,
id = the entity's id). Needs an entity recogniser; nominal and pronoun mentions need a tagger and a parser.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from spacy.language import Language
from spacy.tokens import Span, SpanGroup

from analystkit.layers import extensions

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from analystkit.layers.entities.linking import Cluster
    from analystkit.layers.entities.mentions import Mention
    from analystkit.layers.entities.scene import Scene
    from analystkit.layers.roles import Syntax

extensions.register()

MENTIONS = "mentions"


@Language.factory(
    "analystkit_entities", assigns=["doc._.entities", "doc.spans"], requires=["doc.ents"], retokenizes=False
)
def make_entities(nlp: Language, name: str) -> Entities:
    """The factory behind `nlp.add_pipe("analystkit_entities")`."""
    return Entities()


class Entities:
    """The component; it has no state and no settings."""

    def __call__(self, doc: Doc) -> Doc:
        """Find the entities of an article and mark all their mentions."""
        from analystkit.layers.entities import discourse, linking, places, recognition
        from analystkit.layers.entities.scene import Scene

        if not len(doc):
            doc._.entities, doc.spans[MENTIONS] = [], SpanGroup(doc, name=MENTIONS)
            return doc
        scene = Scene(doc)
        names = recognition.find_names(scene)
        scene.learn_nations(names)
        places.mark_metonyms(scene, names)
        clusters = discourse.read(scene, linking.join(doc, names))
        clusters.sort(key=lambda cluster: cluster.first)
        ids = {id(cluster): f"e{number}" for number, cluster in enumerate(clusters, start=1)}
        peoples = {
            cluster.country: ids[id(cluster)] for cluster in clusters if cluster.country and cluster.label == "GPE"
        }
        doc._.entities = [_record(scene, cluster, ids[id(cluster)], peoples) for cluster in clusters]
        doc.spans[MENTIONS] = SpanGroup(doc, name=MENTIONS, spans=_spans(doc, clusters, ids))
        return doc


def _spans(doc: Doc, clusters: list[Cluster], ids: dict[int, str]) -> list[Span]:
    """The mentions of some entities as spans, in the order of the text; ids by `id(cluster)`."""
    add, found = doc.vocab.strings.add, []
    for cluster in clusters:
        label, ref = add(cluster.label), add(ids[id(cluster)])
        found += [(mention.start, mention.end, label, ref) for mention in cluster.mentions]
    return [Span(doc, start, end, label, span_id=ref) for start, end, label, ref in sorted(found)]


def _record(scene: Scene, cluster: Cluster, ref: str, countries: dict[str, str]) -> dict[str, Any]:
    """An entity in the JSON form."""
    mentions = sorted(cluster.mentions, key=lambda mention: (mention.start, mention.end))
    name, aliases = _names(cluster, proper=scene.syntax.pos[cluster.first] == "PROPN")
    record: dict[str, Any] = {
        "id": ref,
        "name": name,
        "label": cluster.label,
        "aliases": aliases,
        "mentions": [_mention(scene.syntax, mention) for mention in mentions],
        "confidence": round(max((m.confidence for m in mentions if m.kind == "name"), default=_sure(mentions[0])), 2),
        "why": _why(cluster),
    }
    if cluster.label == "NORP" and cluster.country and cluster.country in countries:
        record["country"] = countries[cluster.country]
    return record


def _mention(syntax: Syntax, mention: Mention) -> dict[str, Any]:
    start, end = syntax.offsets(mention.start, mention.end)
    record: dict[str, Any] = {"start": start, "end": end, "kind": mention.kind}
    if mention.metonym:
        record["metonym"] = True
    if mention.why:
        record["why"] = mention.why
    return record | {"confidence": round(_sure(mention), 2)}


def _sure(mention: Mention) -> float:
    """How often mentions like this one are right, as measured (training/ENTITIES.md).

    The scores by which descriptions and pronouns are resolved rank well but are too modest.
    """
    return mention.confidence if mention.kind == "name" else 0.6 + 0.4 * mention.confidence


def _names(cluster: Cluster, *, proper: bool) -> tuple[str, list[str]]:
    """The best name and the others, in the order of the text; shouted ones only where there are no others.

    What has no name goes by its first mention, in lower case unless that begins with a `proper` noun.
    """
    from analystkit.layers.entities.linking import longest_name
    from analystkit.layers.entities.names import is_acronym, plain

    own = [
        " ".join(m.text.split())
        for m in sorted(cluster.mentions, key=lambda m: m.start)
        if m.kind == "name" and not m.metonym
    ]
    names = own or [" ".join(name.split()) for name in cluster.names]
    if not names:
        first = min(cluster.mentions, key=lambda m: m.start)
        words = " ".join(first.text.split())
        return words if proper else words[0].lower() + words[1:], []
    best = longest_name(names)
    if cluster.label == "GPE" and cluster.country:
        best = _usual_country_name(names, best)
    if cluster.label in {"GPE", "PERSON", "LOC"} and best.isupper() and (not is_acronym(best) or len(best) > 4):
        best = best.title()  # the dateline's "SEOUL", a shouted headline
    seen, aliases = {plain(best)}, []
    for name in [*names, *(m.text for m in cluster.mentions if m.metonym)]:
        if plain(name) not in seen and not (name.isupper() and not is_acronym(name)):
            seen.add(plain(name))
            aliases.append(name)
    return best, aliases


def _usual_country_name(names: list[str], best: str) -> str:
    """A country goes by its everyday name where the article uses it ("North Korea", not its formal name)."""
    from analystkit.layers.entities.countries import find

    for name in names:
        known = find(name)
        if known and known[0].name == name:
            return name
    return best


def _why(cluster: Cluster) -> str:
    kinds = [mention.kind for mention in cluster.mentions]
    counts = {kind: kinds.count(kind) for kind in ("name", "nominal", "pronoun")}
    said = ", ".join(f"{count} {kind}{'s' if count > 1 else ''}" for kind, count in counts.items() if count)
    return "; ".join([said, *cluster.reasons])
