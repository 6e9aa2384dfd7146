"""The forms by which a line of a news page gives itself away. Each function looks at one line alone."""

from __future__ import annotations

import re

from analystkit.newsdates import DAY_OF_MONTH, WEEKDAY

PADDING = " \t\u00a0\u2002\u2003\u2009\u200b\u3000\ufeff"
"""Characters around a line that are not part of what it says."""

CAPTION_REASONS = frozenset({"photo counter", "photo credit", "caption with a credit"})

_CREDITED = (
    r"(?:Getty(?:\s+Images)?|AP(?:\s+Photo)?|AFP|Reuters|REUTERS|UPI|EPA(?:-EFE)?|Bloomberg|Shutterstock|TASS|Xinhua"
    r"|Associated\s+Press|Kyodo|Yonhap|PA(?:\s+(?:Media|Wire|Images))?|NurPhoto|ZUMA(?:\s+Press)?|iStock|Alamy"
    r"|Sputnik|Anadolu(?:\s+Agency)?|KCNA|SIPA|Sipa(?:\s+USA)?|HuffPost|Pool)"
)
_NAME_WORD = r"(?:[A-Z][\w'’.&-]*|de|da|van|von|der|den|al|bin|el|la|of|the|and|for|via|/)"
_NAMES = rf"{_NAME_WORD}(?:[\s/,]+{_NAME_WORD}){{0,9}}"
_PICTURE = r"(?:[Pp]hoto(?:graph)?s?|PHOTO|[Ii]mages?|IMAGE|[Pp]ictures?|[Ii]llustrations?|[Gg]raphics?|[Vv]ideos?|VIDEO)"
_BY = r"(?:\s+(?:by|BY|courtesy|via|from)\b(?:\s+of)?:?|\s*(?:[Cc]redit|CREDIT|[Ss]ource)\s*:|\s*:)"

_COUNTER = re.compile(r"\d{1,3}\s*(?:of|/)\s*\d{1,3}\s*(?:\||$)")
_LICENSE = re.compile(r"(?:^|\|)\s*License Photo$")
_CREDIT_AT_END = re.compile(
    rf"""
    (?: (?:^|[.!?)”"’|]\s+) (?:(?:AP|File|FILE|Handout)\s+)? {_PICTURE}{_BY}\s+ (?:@?{_NAMES})
      | \(\s*(?:(?:AP|File|FILE|Handout|Pool|Reuters|REUTERS)\s+)?(?:Photo|Image|Photograph|Picture)\b[^()]{{0,100}}\)
      | \([^()]{{1,80}}?(?:/|\s+via\s+){_CREDITED}[^()]{{0,40}}\)
      | (?:^|[.!?)”"’|]\s+) {_NAMES}(?:/|\s+via\s+|,\s+){_CREDITED}(?:\s+via\s+{_CREDITED})?
      | (?:^|[.!?)”"’|]\s+) (?:REUTERS|AFP|AP|EPA|UPI|Reuters)/{_NAMES}
      | (?:^|[.!?)”"|]\s+) (?:File|FILE)\s+(?:photo|Photo|PHOTO|image|picture)
    ) \s* \.? (?:\s*\|.*)? $
    """,
    re.VERBOSE,
)
_CREDIT_LINE = re.compile(
    rf"""
    (?: (?:photo|image|picture|illustration|graphic|video)s?\s*(?:credit|source|courtesy|by)s?\b\s*(?:of\b)?\s*:?\s*\S.{{0,80}}
      | credit\s*(?::|\.{{3}}|…)\s*\S.{{0,80}}
      | (?:file\s+)?(?:photo|picture|image)
      | file
      | (?:the\s+)?associated\s+press
      | {_CREDITED}
    ) \.?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_FILE_CAPTION = re.compile(r"(?:FILE|File)(?:\s+(?:PHOTO|photo|Photo|IMAGE|PICTURE))?\s*(?:--|[-–—:])\s*\S")

_LIST_HEADINGS = frozenset({
    "also in the news", "also read", "around the web", "don't miss", "editor's picks", "editors' picks",
    "from around the web", "in case you missed it", "keep reading", "latest headlines", "latest news",
    "latest stories", "more for you", "more from this section", "more headlines", "more news",
    "more on this story", "more on this topic", "more stories", "more top stories", "most popular", "most read",
    "most viewed", "most watched", "next article", "other news", "other stories", "popular now",
    "popular stories", "previous article", "promoted stories", "read also", "read more", "read next",
    "recent posts", "recommended", "recommended articles", "recommended for you", "recommended reading",
    "recommended stories", "related", "related articles", "related content", "related coverage",
    "related headlines", "related links", "related news", "related posts", "related reading",
    "related stories", "related topics", "see also", "sponsored stories", "suggested articles", "the latest",
    "today's headlines", "top headlines", "top stories", "trending", "trending news", "trending now",
    "trending stories", "up next", "what to read next", "you may also like", "you may like",
    "you might also like",
})  # fmt: skip
_LABELS = frozenset({
    "ad", "ad feedback", "add a comment", "advertisement", "advertisement - scroll to continue", "advertising",
    "article continues after advertisement", "article continues below", "article continues below advertisement",
    "article continues below this ad", "back to top", "comment", "comments", "continue reading",
    "continue reading below", "continue reading the main story", "copy link", "email this article",
    "follow us", "full text", "hide caption", "leave a comment", "leave a reply", "license photo",
    "listen to this article", "listen to article", "load more", "loading", "loading...", "main menu", "menu",
    "newsletter", "newsletters", "photo gallery", "post a comment", "print", "print this article", "promoted",
    "read full article", "read full story", "read the full article", "read the full story", "save article",
    "scroll to continue", "see all comments", "share", "share article", "share on facebook",
    "share on twitter", "share on x", "share this", "share this article", "share this page", "share this post",
    "share this story", "show caption", "show comments", "show more", "sign in", "sign up",
    "sign up for our newsletter", "skip advertisement", "skip ad", "skip to content", "skip to main content",
    "sponsor message", "sponsored", "sponsored by", "sponsored content", "story continues",
    "story continues after advertisement", "story continues below", "story continues below advertisement",
    "subscribe", "subscribe now", "tags", "toggle caption", "view comments", "view gallery", "view photos",
})  # fmt: skip

_SHARE_WORDS = (
    r"(?:share|tweet|e-?mail|print|facebook|twitter|x|linkedin|whatsapp|reddit|pinterest|flipboard|telegram|threads"
    r"|bluesky|messenger|pocket|tumblr|copy\s+link|link|save|comments?|\d+)"
)
_SHARE_LINE = re.compile(rf"{_SHARE_WORDS}(?:[\s|,•·/]+{_SHARE_WORDS})+", re.IGNORECASE)
_NOT_NUMBER = re.compile(r"[^\W\d_]{4}")

_SEE = re.compile(
    r"(?:\(?)(?:READ\s+(?:MORE|ALSO|NEXT)|Read\s+(?:more|also|next)|(?:ALSO|Also)\s+(?:READ|read)|RELATED"
    r"(?:\s+(?:STORY|STORIES|ARTICLE|NEWS|COVERAGE))?|Related(?:\s+(?:story|stories|article|news|coverage))?"
    r"|SEE\s+ALSO|See\s+also|MORE|WATCH|LISTEN|PHOTOS|GALLERY|UP\s+NEXT|DON['’]T\s+MISS|RECOMMENDED|Recommended"
    r"|MORE\s+(?:FROM|ON)\s[^:|]{2,40}|More\s+(?:from|on)\s[^:|]{2,40})\s*[:|»>]\s*\S.{0,240}"
)
_INVITATION = re.compile(
    r"""
    (?: (?:please\s+)?(?:sign\s+up|subscribe|click|tap|register)\b .{0,120} \b(?:newsletters?|inbox|podcast|alerts?|app|updates|subscribe|here)\b
      | (?:get|download|try)\s+(?:our|the)\b .{0,80} \b(?:newsletters?|app)\b
      | (?:join|follow|like|find)\s+us\s+(?:on|at)\b
      | follow\s+.{2,60}\s+on\s+(?:twitter|facebook|x|instagram|threads|bluesky|linkedin|tiktok|youtube|mastodon)\b .{0,80} $
      | (?:on\s+)?(?:twitter|facebook|instagram)\s*:\s*@\S+ \s* $
      | @\w{2,30} \.? $
      | (?:have|got)\s+a\s+(?:news\s+)?tip\b
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_COPYRIGHT = re.compile(
    r"(?:©|(?:\(c\)|copyright)\s*(?:©|\(c\)|(?:19|20)\d\d\b|by\b)|.{0,80}\ball\s+rights\s+reserved\b"
    r"|this\s+material\s+may\s+not\s+be\s+published,?\s+broadcast)",
    re.IGNORECASE,
)
_CLOCK = r"(?:\d{1,2}(?::\d\d)?\s*[ap]\.?\s?m\.?|\d{1,2}:\d\d)(?:\s*\(?(?:[ECMP][SD]?T|GMT|UTC|BST|CET|local\s+time)\)?)?"
_ISO = r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?"
_DATE = rf"(?:{WEEKDAY},?\s+)?(?:{DAY_OF_MONTH}(?:,?\s+\d{{4}})?|\d{{1,2}}/\d{{1,2}}/\d{{4}}|{_ISO})"
_WHEN = rf"(?:{_DATE}|{_CLOCK}|\d{{1,2}}\s+(?:minutes?|hours?|days?|weeks?)\s+ago)"
_STAMP_WORD = (
    r"(?:(?:first|last|originally)\s+)?(?:published|updated|posted|modified|created)(?:\s+(?:on|at))?|publication\s+date"
    r"|date\s+published|issued"
)
_AND = r"(?:\s*[,|•·/–—-]\s*|\s+(?:at\s+|on\s+)?)"
_STAMP = re.compile(
    rf"(?:(?:{_STAMP_WORD})\s*:?\s*{_WHEN}|{_CLOCK}|{_DATE}{_AND}{_CLOCK}|{_CLOCK}{_AND}{_DATE}"
    rf"|\d{{1,2}}\s+(?:minutes?|hours?|days?|weeks?)\s+ago|\d{{1,2}}[\s-]+min(?:ute)?s?\s+read)"
    rf"(?:{_AND}(?:(?:{_STAMP_WORD})\s*:?\s*)?{_WHEN})*[.:]?",
    re.IGNORECASE,
)
_DATE_LINE = re.compile(rf"{_DATE}\.?", re.IGNORECASE)
_UPDATE = re.compile(r"\s*(?:last\s+)?(?:updated|modified)\b", re.IGNORECASE)
_RULE_LINE = re.compile(r"[-_=*~•·.–—―#|\s]+")

_PERSON = (
    r"(?!(?i:mon|tues|wednes|thurs|fri|satur|sun)day\b)"
    r"[A-Z][\w'’.-]*(?:\s+(?:[A-Z][\w'’.-]*|de|da|del|van|von|der|den|bin|al|el|la|du)){1,4}"
)
_BYLINE = re.compile(
    rf"""
    (?:By|BY|by|Written\s+by|Reported\s+by|Story\s+by|Words\s+by)\s+
    (?P<who>{_PERSON}(?:(?:,\s+|\s+and\s+|\s+AND\s+|,\s+and\s+|\s+&\s+|\s+with\s+){_PERSON})*)
    (?:\s*(?:,|\||/|•|·|–|—|\s-\s|\s+for\s+|\s+in\s+|\s+of\s+)\s*[^.!?]{{2,80}} | \s*\([^()]{{2,40}}\))?
    """,
    re.VERBOSE,
)
_SIGN_OFF = re.compile(
    rf"""
    (?: \(?(?:Additional\s+)?[Rr]eporting\s+by\s+[A-Z].{{2,300}}
      | \((?:Writing|Editing|Compiled|Edited|Written)\s+by\s+[A-Z].{{2,200}}\)
      | .{{3,160}}\bcontributed\s+(?:reporting|to\s+this\s+(?:report|story|article|column|post)).{{0,80}}
      | {_PERSON}(?:\s+and\s+{_PERSON})?\s+reported\s+from\s+[A-Z][\w\s,.'’]{{2,60}}
      | [A-Z][\w'’-]+\s+reported\s+from\s+[A-Z][\w\s,.'’]{{2,40}}
    )
    """,
    re.VERBOSE,
)

_SENTENCE_END = re.compile(r"[.!?]['\"”’)]*\s+[\"“‘'(]?[A-Z]")
_ABBREVIATED_END = re.compile(
    r"(?:\b[A-Z]\.|\.\.\.|\b(?:Inc|Co|Corp|Ltd|Jr|Sr|Calif|Fla|Tex|Mass|Pa|Va|St)\.)$"
)
_QUOTED_SENTENCE = re.compile(r"[,.!?]['’]?[\"”]")


def reason(line: str) -> str | None:
    """Return why this line is not reporting, or None. The line comes without white space around it."""
    if _COUNTER.match(line):
        return "photo counter"
    if _CREDIT_LINE.fullmatch(line):
        return "photo credit"
    if _CREDIT_AT_END.search(line) or _LICENSE.search(line) or _FILE_CAPTION.match(line):
        return "caption with a credit"
    if len(line) > 300:
        return None
    label = folded(line)
    if label in _LIST_HEADINGS:
        return "list heading"
    if label in _LABELS or (_SHARE_LINE.fullmatch(label) and _NOT_NUMBER.search(label)):
        return "page label"
    if _RULE_LINE.fullmatch(line):
        return "no words"
    if _STAMP.fullmatch(line):
        return "time stamp"
    if _COPYRIGHT.match(line):
        return "copyright"
    if _SENTENCE_END.search(line):
        return None  # the rules below are for a single line of invitation, not for prose
    if _SEE.fullmatch(line) or _INVITATION.match(line):
        return "points elsewhere"
    return None


def folded(line: str) -> str:
    """Bring a line to the form in which two printings of the same headline are equal."""
    return " ".join(line.split()).rstrip(".:…»> ").strip("*|").strip().replace("’", "'").casefold()


def byline(line: str) -> str | None:
    """Return the names in a line such as "By Jane Doe, Reporter", or None if it is no byline."""
    match = _BYLINE.fullmatch(line)
    if match is None:
        return None
    return " ".join(match["who"].split()).rstrip(",")


def is_headline(line: str) -> bool:
    """Whether a line could be a headline: some words, no sentence that ends in a full stop, no quoted speech.

    A full stop is let pass after an abbreviation, and where the words are in title case.
    """
    if not 2 <= len(line.split()) <= 32 or line[0].islower() or _SENTENCE_END.search(line):
        return False
    if line.endswith((",", ";", ":", "-", "–", "—")) or _QUOTED_SENTENCE.search(line):
        return False
    if line.endswith(".") and not _ABBREVIATED_END.search(line):
        long_words = [word for word in re.findall(r"[^\W\d_]+", line) if len(word) > 3]
        return len(long_words) >= 3 and all(word[0].isupper() for word in long_words)
    return True


def is_date_line(line: str) -> bool:
    """Whether the line is a date and nothing else."""
    return _DATE_LINE.fullmatch(line) is not None


def is_update(line: str) -> bool:
    """Whether a time stamp tells of a change, not of the first publication."""
    return _UPDATE.match(line) is not None


def is_sign_off(line: str) -> bool:
    """Whether the line credits those who helped to report; to be asked of the last lines only."""
    return len(line) <= 400 and _SIGN_OFF.fullmatch(line) is not None
