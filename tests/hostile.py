"""Strings that mean harm, and an analysis that holds them wherever it holds words."""

from itertools import cycle

STRINGS = [
    "<img src=x onerror=window.hacked=1>",
    "</script><script>window.hacked=1</script><!--",
    "</style><style>*{display:none}</style>",
    "</title></textarea><svg onload=window.hacked=1>",
    "\" onmouseover=window.hacked=1 autofocus onfocus=window.hacked=1 x=\"",
    "' style='position:fixed;inset:0' onclick='window.hacked=1",
    "javascript:window.hacked=1",
    "<a href=javascript:window.hacked=1>click</a><iframe src=javascript:window.hacked=1></iframe>",
    "&lt;b&gt;&#x3c;script&#x3e;",
    "<b>bold</b>{{7*7}}${7*7}<%= 7*7 %>",
    "\u202egnp.exe\u2066 said \u2028 and \u2029",
    "a\0b\ud800c\x1b[31mred\x07\r\n",
    "Пaypal.com раypal.com",
    "$\\frac{1}{0}$ _x_ **y** `z` ]]>",
]  # fmt: skip
"""One of each trick: elements, ends of elements, attributes, addresses, entities, templates, unicode, formulas."""

_KEPT = {"id", "kind", "label", "polarity", "strength", "certainty", "holder", "target", "speaker", "quote", "schema"}
_KEPT |= {"text", "published", "iso_start", "iso_end", "via", "analystkit"}


def poison(value, strings=None):
    """The same analysis with hostile strings in every place that holds words, in turn; still of the schema."""
    strings = cycle(STRINGS) if strings is None else strings
    if isinstance(value, dict):
        return {key: item if key in _KEPT else poison(item, strings) for key, item in value.items()}
    if isinstance(value, list):
        return [poison(item, strings) for item in value]
    return next(strings) if isinstance(value, str) else value


def poisoned(sample):
    """A poisoned copy of a whole analysis, its text included, with an address that is no address."""
    data = poison(sample)
    data["text"] += "\n\n" + "\n\n".join(STRINGS) + "\n"
    data["article"]["url"] = "javascript:window.hacked=1"
    data["article"]["title"] = STRINGS[1]
    return data
