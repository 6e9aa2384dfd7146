"""Mentions settled in the order of reading: who is in focus when a surname or a pronoun comes."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from analystkit.layers.entities import descriptions, nominals, pronouns, recurring
from analystkit.layers.entities.focus import Focus
from analystkit.layers.entities.linking import Cluster
from analystkit.layers.entities.mentions import Mention
from analystkit.layers.entities.names import gender_of_given_name, gender_of_title, plain
from analystkit.layers.entities.speaking import Speaking

if TYPE_CHECKING:
    from analystkit.layers.entities.descriptions import Description
    from analystkit.layers.entities.linking import Linked
    from analystkit.layers.entities.scene import Scene


def read(scene: Scene, linked: Linked) -> list[Cluster]:
    """Go through the article once and settle what words alone left open; returns all clusters."""
    return _Reader(scene, linked).read()


#: How much less a bare surname speaks for somebody whom the article calls a relative: those keep their full names.
_RELATIVE = 1.0
_NOUNS = frozenset({"NOUN", "PROPN"})


class _Reader:
    """One reading of one article."""

    def __init__(self, scene: Scene, linked: Linked) -> None:
        self.scene = scene
        self.clusters = list(linked.clusters)
        self.focus = Focus(scene)
        settled = [(name, [cluster]) for cluster in linked.clusters for name in cluster.mentions]
        self.names = {name.start: (name, fitting) for name, fitting in [*settled, *linked.open]}
        self.described: dict[int, tuple[Cluster, Description]] = {}
        self.about: dict[int, set[Cluster]] = defaultdict(set)  # by position, whose description it stands in
        self._describe(descriptions.learn(scene, self.clusters))
        self.inside = frozenset(i for name, _ in self.names.values() for i in range(name.start, name.end))
        self.sure = {
            i: fitting[0]
            for name, fitting in self.names.values()
            if len(fitting) == 1
            for i in range(name.start, name.end)
        }
        self.things = recurring.Things(scene, self.inside)
        self.speaking = Speaking(scene)
        self.unnamed: dict[str, Cluster] = {}

    def read(self) -> list[Cluster]:
        syntax, nouns = self.scene.syntax, nominals.nouns()
        for i, (word, pos) in enumerate(zip(syntax.words, syntax.pos, strict=True)):
            noun = pos in _NOUNS or word in nouns
            if not (noun or word in pronouns.PRONOUNS or i in self.names or i in self.described):
                continue
            if i in self.names:
                self._name(*self.names[i])
            elif syntax.blank[i] or i in self.inside:
                continue
            elif i in self.described:
                cluster, description = self.described[i]
                self._add(cluster, description, 0.85, "set beside the name")
            elif word in pronouns.PRONOUNS:
                self._pronoun(i)
            elif noun:
                self._noun(i)
        return [cluster for cluster in self.clusters if not cluster.thing or len(cluster.mentions) > 1]

    def _describe(self, found: dict[int, tuple[Cluster, Description]]) -> None:
        """Take in what is said of entities beside their names."""
        self.described |= found
        for cluster, description in found.values():
            for i in range(description.start, description.end):
                self.about[i].add(cluster)

    def _name(self, name: Mention, fitting: list[Cluster]) -> None:
        cluster = fitting[0]
        if len(fitting) > 1:
            cluster = self._most_in_focus(name, fitting)
            rivals = ", ".join(other.fullest for other in fitting if other is not cluster)
            name.confidence = min(name.confidence, 0.7)
            name.why = f"{name.why}; {cluster.fullest} is in focus here, not {rivals}"
            cluster.add(name, f"“{name.text}” could also be {rivals}; given to whom the text speaks of")
            said = descriptions.learn_from(self.scene, cluster, name)
            self._describe({description.head: (cluster, description) for description in said})
        if "in the dateline" not in name.why:  # nobody speaks of the agency that sends the report
            self.focus.note(cluster, name.start, name.end)

    def _most_in_focus(self, name: Mention, fitting: list[Cluster]) -> Cluster:
        """Of several who share a name, the one whom the words before it fit, then the one in focus.

        A relative ("his wife, Ana Cole") comes behind: news goes on with the full or the first name of those.
        Nobody has been read of yet at the first word of a headline; there it is the one mentioned most.
        """
        country = descriptions.nationality_before(self.scene, name)
        gender = gender_of_title(name.title)

        def fit(cluster: Cluster) -> tuple[bool, float, int]:
            clash = bool(country and cluster.nationality and country not in cluster.nationality)
            known = cluster.gender or gender_of_given_name(cluster.person)
            clash |= bool(gender and known and gender != known)
            behind = _RELATIVE * bool(cluster.called & descriptions.relatives())
            return not clash, self.focus.salience(cluster, name.start) - behind, len(cluster.mentions)

        return max(fitting, key=fit)

    def _noun(self, i: int) -> None:
        description = nominals.candidate(self.scene, i)
        found = description and nominals.resolve(description, self.clusters, self.focus)
        if description and found:
            cluster, confidence, why = found
            descriptions.note(cluster, description)
            self._add(cluster, description, confidence, why)
            return
        kin = nominals.relative(self.scene, i, self.clusters)
        if kin:
            if kin[0] not in self.clusters:
                self.clusters.append(kin[0])
            self._add(*kin, 0.7, f"the only {kin[1].noun} of the article")
            return
        thing = self.things.resolve(i, self.clusters, self.focus)
        if thing:
            cluster, description, confidence, why = thing
            if cluster not in self.clusters:
                self.clusters.append(cluster)
            descriptions.note(cluster, description)
            self._add(cluster, description, confidence, why)
            return
        unnamed = nominals.unnamed_speaker(self.scene, i)
        if unnamed:
            description, label = unnamed
            description = recurring.with_complement(self.scene, description)
            many = self.scene.syntax.tags[i] == "NNS"
            words = plain(self.scene.syntax.text_of(description.start, description.end))
            known = self.unnamed.get(words) if many else None
            cluster = known or Cluster(label, many=many)
            if known is None:
                self.unnamed[words] = cluster
                self.clusters.append(cluster)
            descriptions.note(cluster, description)
            self._add(
                cluster,
                description,
                0.6,
                "the same words before" if known else "speaks, and has no name in the article",
            )

    def _pronoun(self, i: int) -> None:
        excluded = set(self.about[i])
        others = [*self.speaking.reported_by(i), *pronouns.below(self.scene, i)]
        excluded |= {cluster for at in others if (cluster := self._named(at)) is not None}
        quoted = i in self.scene.quoted
        speaker = self._at(self.speaking.of_quotation(i) if quoted else self.speaking.before(i))
        if quoted and speaker is not None:
            excluded.add(speaker)
        ahead = self._named(pronouns.looks_ahead_to(self.scene, i))
        found = pronouns.resolve(self.scene, i, self.clusters, self.focus, excluded, speaker, ahead)
        if found is None:
            return
        cluster, confidence, why = found
        pronouns.agree(self.scene.syntax.words[i], cluster, confidence)
        confidence -= 0.1 if i in self.scene.quoted else 0.0
        text = self.scene.texts[i]
        cluster.add(Mention(i, i + 1, cluster.label, text, "pronoun", why, round(confidence, 2)))
        self.focus.note(cluster, i, i + 1)

    def _add(self, cluster: Cluster, description: Description, confidence: float, why: str) -> None:
        cluster.add(nominals.mention(self.scene, description, cluster.label, confidence, why))
        self.focus.note(cluster, description.head, description.head + 1)

    def _at(self, i: int | None) -> Cluster | None:
        """The entity that a word belongs to: one read already, or one whose name leaves no doubt."""
        return None if i is None else self.focus.at(i) or self._named(i)

    def _named(self, i: int | None) -> Cluster | None:
        """The entity whose name a word stands in, where the name leaves no doubt."""
        return None if i is None else self.sure.get(i)
