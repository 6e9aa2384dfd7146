"""Analyses that nobody would write, but that keep to the schema: for tests of what must hold for all."""

from hypothesis import strategies as st

from analystkit.exports import outside

PIECES = [
    "Ana Ruiz",
    "said",
    " ",
    "  ",
    "\n\n",
    "\r\n",
    "\r",
    "\t",
    "🚢",
    "👩‍👩‍👧",
    "e\u0301",
    "Zoë",
    "قال علي",
    "\u202eabc",
    "\u2028",
    "\x85",
    "\v",
    "“We sail,”",
    '"',
    "'",
    ",",
    ";=1+1",
    "=HYPERLINK(1)",
    "-5",
    "@",
    "+",
    "|",
    "</script>",
    "東京",
    "\ufeff",
    ".",
    "_",
]
texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), min_size=1, max_size=25).map(
    lambda pieces: "".join(("A", *pieces)).replace("\0", "\ufffd")
)
names = (st.lists(st.sampled_from(PIECES), max_size=3).map("".join) | st.text(max_size=8)).map(
    lambda name: name.replace("\0", "\ufffd")
)
scores = st.floats(0, 1) | st.integers(0, 1)
numbers = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(2**53), 2**53)
values = st.recursive(
    st.none() | st.booleans() | numbers | names,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(names, inner, max_size=2),
    max_leaves=4,
)
maybe = st.none() | names


def extras(*taken):
    """What people add to records, and keys that nobody knows."""
    keys = names.filter(lambda key: key not in (*taken, "by", "review", "note"))
    known = st.fixed_dictionaries({}, optional={"by": names.filter(bool), "review": st.just("accepted"), "note": names})
    return st.tuples(st.dictionaries(keys, values, max_size=1), known).map(lambda pair: pair[0] | pair[1])


@st.composite
def records(draw, fixed, taken=()):
    """A record with its known keys and some others."""
    made = draw(st.fixed_dictionaries(fixed))
    return draw(extras(*made, *taken)) | made


@st.composite
def analyses(draw):
    """An analysis in JSON form, with spans anywhere: overlapping, touching, on white space, in no order."""
    text = draw(texts)
    span = st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))).map(
        lambda pair: [pair[0], max(pair[0] + 1, pair[1])]
    )
    spans = st.lists(span, max_size=3)

    def ids(prefix, most):
        found = draw(st.lists(st.integers(1, 999_999_999), max_size=most, unique=True))
        return [f"{prefix}{number}" for number in found]

    def located(made):
        return made | dict(zip(("start", "end"), draw(span), strict=True))

    entity_ids, quote_ids, stance_ids = ids("e", 3), ids("q", 2), ids("s", 2)
    entity = st.sampled_from([None, *entity_ids])
    mention = records({"kind": st.sampled_from(["name", "nominal", "pronoun"])}, ("start", "end")).map(located)
    dated = {"text": names, "iso_start": maybe, "iso_end": maybe}
    common = {"confidence": scores, "why": names}
    data = {
        "schema": "analystkit/analysis@1",
        "article": draw(
            records(
                {
                    "id": names,
                    "title": maybe,
                    "byline": maybe,
                    "published": st.none() | st.dates().map(str),
                    "url": maybe,
                    "dateline": st.none() | st.fixed_dictionaries({"place": names, "date": maybe, "agency": maybe}),
                }
            )
        ),
        "text": text,
        "furniture": draw(spans),
        "entities": [
            {"id": ref}
            | draw(
                records(
                    {
                        "name": names.filter(bool),
                        "label": st.sampled_from(outside.LABELS),
                        "aliases": st.lists(names, max_size=2),
                        "mentions": st.lists(mention, min_size=1, max_size=3),
                        **common,
                    },
                    ("id",),
                )
            )
            for ref in entity_ids
        ],
        "quotes": [
            {"id": ref}
            | draw(
                records(
                    {
                        "kind": st.sampled_from(outside.QUOTE_KINDS),
                        "content": st.lists(span, min_size=1, max_size=3),
                        "cue": spans,
                        "source": spans,
                        "speaker": entity,
                        "via": st.lists(st.sampled_from(entity_ids), max_size=3) if entity_ids else st.just([]),
                        **common,
                    },
                    ("id",),
                )
            )
            for ref in quote_ids
        ],
        "stances": [
            {"id": ref}
            | draw(
                records(
                    {
                        "holder": entity,
                        "holder_span": st.none() | span,
                        "target": entity,
                        "target_span": span,
                        "polarity": st.sampled_from(outside.POLARITIES),
                        "strength": st.sampled_from(outside.STRENGTHS),
                        "certainty": st.sampled_from(outside.CERTAINTIES),
                        "evidence": span,
                        "quote": st.sampled_from([None, *quote_ids]),
                        **common,
                    },
                    ("id",),
                )
            )
            for ref in stance_ids
        ],
        "dates": draw(st.lists(records(dated, ("start", "end")).map(located), max_size=2)),
        "model": draw(records({"pipeline": names, "version": names, "analystkit": names})),
    }
    if draw(st.booleans()):
        amount = {"text": names, "kind": st.sampled_from(["money", "percent", "quantity"]), "value": numbers}
        amounts = records({**amount, "unit": names}, ("start", "end", "to", "modifier")).map(located)
        data["amounts"] = draw(st.lists(amounts, max_size=2))
        for record in data["amounts"]:
            record |= draw(st.fixed_dictionaries({}, optional={"to": numbers, "modifier": names}))
    if draw(st.booleans()):
        reviewed = {"layer": st.sampled_from(["entities", "quotes", "stances"]), "by": names.filter(bool)}
        made = draw(st.lists(st.fixed_dictionaries(reviewed).map(located), max_size=1))
        data["reviewed"] = [{"id": f"r{i}"} | record for i, record in enumerate(made, 1)]
    data |= draw(st.dictionaries(st.just("unheard_of"), values, max_size=1))
    return data


def with_question(data, words, mention, *, label, why):
    """An analysis with a further layer: one question at some words, asked by a mention of the first entity."""
    start, who = data["text"].index(words), data["entities"][0]["mentions"][mention]
    record = {"id": "questions-1", "start": start, "end": start + len(words), "text": words, "label": label,
              "who": [who["start"], who["end"]], "confidence": 0.9, "why": why}  # fmt: skip
    about = {"one": "question", "many": "questions", "about": "what is asked", "marks": [record]}
    return data | {"extra": {"questions": about}}
