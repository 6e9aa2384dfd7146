"""Pictures of an analysis: whose words it is made of, who is mentioned where, who stands where, and when.

`quoted`, `stances_over_time` and `co_mentions` are pictures of a corpus, drawn from the tables of those names.

Each function draws on the matplotlib Axes it is given, or on a new figure of the size that its content needs,
and returns the Axes; none shows or saves anything. `alt_text` gives the picture in words. A notebook shows a figure
in its own theme, with its words for those who do not see it. As a file it is an opaque sheet, so that it can be read
on any page or slide. What stands for entities or stances has their ids, with blanks between, as its `gid`.
"""

from analystkit.plots.across import co_mentions, quoted, stances_over_time
from analystkit.plots.matrix import stances
from analystkit.plots.mentions import entities
from analystkit.plots.sheet import Theme, alt_text, style, subplots
from analystkit.plots.timeline import timeline
from analystkit.plots.voices import speakers

__all__ = [
    "Theme",
    "alt_text",
    "co_mentions",
    "entities",
    "quoted",
    "speakers",
    "stances",
    "stances_over_time",
    "style",
    "subplots",
    "timeline",
]
