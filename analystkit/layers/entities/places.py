"""Places that stand for those who govern there: "Moscow and Pyongyang have drawn closer"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analystkit import lexicons
from analystkit.layers.entities import countries

if TYPE_CHECKING:
    from analystkit.layers.entities.mentions import Mention
    from analystkit.layers.entities.scene import Scene


def mark_metonyms(scene: Scene, names: list[Mention]) -> None:
    """Set `metonym` and the country on capitals that act as governments do.

    Only where the article also names the country or its people: without that, the capital may be meant as a
    town, or belong to some other country. The dateline is never a metonym.
    """
    spoken_of = {name.country for name in names if name.country}
    for name in names:
        if name.label not in {"GPE", "ORG", "LOC"} or name.country or "dateline" in name.why:
            continue
        known = countries.find(name.text)
        if known is None or known[1] != "capital" or known[0].code not in spoken_of:
            continue
        reason = _acts(scene, scene.head(name.start, name.end))
        if reason:
            name.label, name.metonym = "GPE", True
            name.country, name.role = known[0].code, "capital"
            name.why = f"the capital stands for the government: {reason}"
            name.confidence = min(name.confidence, 0.75)


def _acts(scene: Scene, i: int) -> str:
    """Why a place acts as a government does here; "" where it is just a place."""
    lexicon, syntax = lexicons.load("metonyms"), scene.syntax
    governor = scene.governor(i)
    preposition = scene.preposition(i)
    if preposition:
        party = preposition in lexicon["between"] and syntax.lemmas[governor] in lexicon["relations"]
        return f"“{syntax.words[governor]} {preposition} …”" if party else ""
    if syntax.deps[i] == "nmod:poss" or syntax.base(i) == "compound":
        owned = governor > i and syntax.lemmas[governor] in lexicon["acts"]
        return f"“…’s {syntax.words[governor]}”" if owned else ""
    if scene.role(i) == "subject" and not syntax.is_passive(governor):
        copular = bool(syntax.with_dep(governor, "cop")) or syntax.lemmas[governor] == "be"
        if not copular and syntax.lemmas[governor] not in lexicon["not_acts"]:
            return f"subject of “{syntax.words[governor]}”"
    return ""
