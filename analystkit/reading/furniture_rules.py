"""The forms by which a line of a news page gives itself away. Each function looks at one line alone."""

from __future__ import annotations

import re

from analystkit import lexicons
from analystkit.reading.newsdates import DAY_OF_MONTH, WEEKDAY

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
_PICTURE = (
    r"(?:[Pp]hoto(?:graph)?s?|PHOTO|[Ii]mages?|IMAGE|[Pp]ictures?|[Ii]llustrations?|[Gg]raphics?|[Vv]ideos?"
    r"|VIDEO)"
)
_BY = r"(?:\s+(?:by|BY|courtesy|via)\b(?:\s+of)?:?|\s*(?:[Cc]redit|CREDIT|[Ss]ource)\s*:|\s*:)"
_SENTENCE_OVER = r"(?:^|[.!?][)”\"’]{0,2}\s+|\|\s*)"
# "in the U.S. News via Reuters": after an abbreviation a sentence may go on
_SURELY_OVER = r"(?:^|(?<![A-Z])[.!?][)”\"’]{0,2}\s+|\|\s*)"

_COUNTER = re.compile(r"\d{1,3}\s*(?:of|/)\s*\d{1,3}\s*\||\d{1,3}\s+of\s+\d{1,3}$")
_LICENSE = re.compile(r"(?:^|\|)\s*License Photo$")
_CREDIT_AT_END = re.compile(
    rf"""
    (?: (?:{_SENTENCE_OVER}|\)\s+) (?:(?:AP|File|FILE|Handout)\s+)? {_PICTURE}{_BY}\s+ (?:@?{_NAMES})
      | \(\s*(?:(?:AP|File|FILE|Handout|Pool|Reuters|REUTERS)\s+)?
          (?:Photo|Image|Photograph|Picture)(?:{_BY}|/|\s*\)|,)[^()]{{0,100}}\)?
      | [(\[][^()\[\]]{{1,80}}?(?:/|\s+via\s+){_CREDITED}[^()\[\]]{{0,40}}[)\]]
      | {_SENTENCE_OVER} {_NAMES}/{_CREDITED}(?:\s+via\s+{_CREDITED})?
      | {_SURELY_OVER} {_NAMES}(?:\s+via\s+|,\s+){_CREDITED}(?:\s+via\s+{_CREDITED})?
      | {_SENTENCE_OVER} (?:REUTERS|AFP|AP|EPA|UPI|Reuters)/{_NAMES}
      | {_SENTENCE_OVER} (?:File|FILE)\s+(?:photo|Photo|PHOTO|image|picture)
    ) \s* \.? (?:\s*\|.*)? $
    """,
    re.VERBOSE,
)
_CREDIT_LINE = re.compile(
    rf"""
    (?: (?i:(?:photo|image|picture|illustration|graphic|video)s?\s*
          (?:credit|source|courtesy|by)s?\s*:\s*\S.{{0,80}})
      | (?i:(?:photo|image|picture|illustration|graphic|video)s?\s+(?:by|credit))\s+@?{_NAMES}
      | (?i:(?:photo|image|picture|illustration|graphic|video)s?\s+courtesy\b)\s+[^.,;!?]{{2,70}}
      | (?i:credit)\s*(?::|\.{{3}}|…)\s*\S.{{0,80}}
      | (?i:(?:file\s+)?(?:photo|picture|image))
      | (?i:file|(?:the\s+)?associated\s+press)
      | {_CREDITED}
    ) \.?
    """,
    re.VERBOSE,
)
_FILE_CAPTION = re.compile(
    r"(?:FILE(?:\s+(?:PHOTO|IMAGE|PICTURE))?|File\s+(?:photo|image|picture))(?:\s+(?:--|[-–—])\s+|\s*:\s+)\S"
)

_LIST_HEADINGS = frozenset({
    "also in the news", "also read", "around the web", "don't miss", "editor's picks", "editors' picks",
    "from around the web", "in case you missed it", "keep reading", "latest headlines", "latest news",
    "latest stories", "more for you", "more from this section", "more headlines", "more news",
    "more on this story", "more on this topic", "more stories", "more top stories", "most popular",
    "most read", "most viewed", "most watched", "next article", "other news", "other stories",
    "popular now", "popular stories", "previous article", "promoted stories", "read also", "read more",
    "read next", "recent posts", "recommended articles", "recommended for you", "recommended reading",
    "recommended stories", "recommended", "related articles", "related content", "related coverage",
    "related headlines", "related links", "related news", "related posts", "related reading",
    "related stories", "related topics", "related", "see also", "sponsored stories",
    "suggested articles", "today's headlines", "top headlines", "top stories", "trending news",
    "trending now", "trending stories", "trending", "up next", "what to read next", "you may also like",
    "you may like", "you might also like",
})  # fmt: skip
_LABELS = frozenset({
    "abstract", "ad feedback", "ad", "add a comment", "advertisement - scroll to continue",
    "advertisement", "advertising", "article continues after advertisement",
    "article continues below advertisement", "article continues below this ad",
    "article continues below", "back to top", "comment", "comments", "continue reading below",
    "continue reading the main story", "continue reading", "copy link", "email this article",
    "follow us", "for immediate release", "full text", "hide caption", "leave a comment", "leave a reply",
    "license photo",
    "listen to article", "listen to this article", "load more", "loading", "loading...", "main menu",
    "menu", "newsletter", "newsletters", "photo gallery", "post a comment", "print this article",
    "print", "promoted", "save", "read full article", "read full story", "read the full article",
    "read the full story", "save article", "scroll to continue", "see all comments", "share article",
    "share on facebook", "share on twitter", "share on x", "share this article", "share this page",
    "share this post", "share this story", "share this", "share", "show caption", "show comments",
    "show more", "sign in", "sign up for our newsletter", "sign up", "skip ad", "skip advertisement",
    "skip to content", "skip to main content", "sponsor message", "sponsored by", "sponsored content",
    "sponsored", "story continues after advertisement", "story continues below advertisement",
    "story continues below", "story continues", "subscribe now", "subscribe", "tags", "toggle caption",
    "view comments", "view gallery", "view photos",
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
    r"|MORE\s+(?:FROM|ON)\s[^:|a-z]{2,40})\s*[:|»>]\s*\S.{0,240}"
)
_NETWORKS = r"(?:twitter|facebook|x|instagram|threads|bluesky|linkedin|tiktok|youtube|mastodon|telegram|whatsapp)"
_INVITATION = re.compile(
    rf"""
    (?: (?:please\s+)?(?:sign\s+up|subscribe|(?:click|tap)\s+(?:here|on|the))\b
          .{{0,120}} \b(?:newsletters?|inbox|podcast|alerts?|app|updates|subscribe|here|read|more)\b
      | (?:click|tap)\s+here\b
      | listen\s+to\s+this\s+(?:article|story)\b
      | (?:get|download)\s+our\b .{{0,80}} \b(?:newsletters?|app)\b
      | (?:join|follow|like|find)\s+us\s+(?:on|at)\s+(?:@|{_NETWORKS}\b)
      | follow\s+.{{2,60}}\s+on\s+{_NETWORKS}\b .{{0,120}} $
      | (?:on\s+)?{_NETWORKS}\s*:\s*@\S+ \s* $
      | (?:have|got)\s+a\s+(?:news\s+)?tip\s*\?
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_COPYRIGHT = re.compile(
    r"(?:©|(?:\(c\)|copyright)\s*(?:©|\(c\)|(?:19|20)\d\d\b)|.{0,80}\ball\s+rights\s+reserved\b"
    r"|this\s+material\s+may\s+not\s+be\s+published,?\s+broadcast)",
    re.IGNORECASE,
)
_ZONE = r"\s*\(?(?:[ECMP][SD]?T|GMT|UTC|BST|CES?T|IST|local\s+time)\)?"
_CLOCK = rf"(?:(?:\d{{1,2}}(?:[:.]\d\d)?\s*[ap]\.?\s?m\.?|\d{{1,2}}:\d\d)(?:{_ZONE})?|\d{{1,2}}\.\d\d{_ZONE})"
_ISO = r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?"
_DATE = rf"(?:{WEEKDAY},?\s+)?(?:{DAY_OF_MONTH}(?:,?\s+\d{{4}})?|\d{{1,2}}/\d{{1,2}}/\d{{4}}|{_ISO})"
_WHEN = rf"(?:{_DATE}|{_CLOCK}|\d{{1,2}}\s+(?:minutes?|hours?|days?|weeks?)\s+ago)"
_STAMP_WORD = (
    r"(?:(?:first|last|originally)\s+)?(?:published|updated|posted|modified|created)(?:\s+(?:on|at))?|publication\s+date"
    r"|date\s+published|issued(?:\s+on)?"
)
_AND = r"(?:\s*[,|•·/–—-]\s*|\s+(?:at\s+|on\s+)?)"
_STAMP = re.compile(
    rf"(?:(?:{_STAMP_WORD})\s*[:–-]?\s*{_WHEN}|{_CLOCK}|{_DATE}{_AND}{_CLOCK}"
    rf"|\d{{1,2}}\s+(?:minutes?|hours?|days?|weeks?)\s+ago|\d{{1,2}}[\s-]+min(?:ute)?s?\s+read)"
    rf"(?:{_AND}(?:(?:{_STAMP_WORD})\s*:?\s*)?{_WHEN})*(?:\s+[-–]\s+(?:[^\W\d]|\ ){{3,20}})?[.:]?",
    re.IGNORECASE,
)
_DATE_LINE = re.compile(rf"{_DATE}\.?", re.IGNORECASE)
_UPDATE = re.compile(r"\s*(?:last\s+)?(?:updated|modified)\b", re.IGNORECASE)
_RULE_LINE = re.compile(r"[-_=*~•·.–—―#|\s]+")

_PERSON = (
    r"(?!(?i:mon|tues|wednes|thurs|fri|satur|sun)day\b)"
    r"[A-Z][\w'’.-]*(?:\s+(?:[A-Z][\w'’.-]*|de|da|del|van|von|der|den|bin|al|el|la|du)){1,4}"
)
_ROLE = (
    r"(?i:reporters?|correspondents?|writers?|editors?|staff|columnists?|producers?|journalists?|bureau|chief"
    r"|contributors?|analysts?|news|press|post|times|tribune|herald|journal|magazine|service|media|network"
    r"|associated\s+press|reuters|afp|upi|ap|cnn|bbc|npr|bloomberg)"
)
# After a comma only a role: "By Christmas Eve, Aid Reaches the Islands" is a headline.
_BYLINE = re.compile(
    rf"""
    (?:By|BY|by|Written\s+by|Reported\s+by|Story\s+by|Words\s+by)\s+
    (?P<who>{_PERSON}(?:(?:,\s+|\s+and\s+|\s+AND\s+|,\s+and\s+|\s+&\s+|\s+with\s+)(?!{_ROLE}\b){_PERSON})*)
    (?: \s*,\s*(?:[\w'’.&/-]+\s+){{0,4}}{_ROLE}\b[^.!?,;]{{0,40}}
      | (?:\s*[|/•·]\s*|\s+[–—-]+\s+)[^!?]{{2,80}}
      | \s+for\s+[A-Z][^.!?,;]{{1,50}}
      | \s+in\s+[A-Z][\w'’-]*(?:[\s,]+[A-Z][\w'’.-]*){{0,3}}
      | \s*\([^()]{{2,40}}\)
    )?
    """,
    re.VERBOSE,
)
_BARE_NAME = r"[A-Z][\w'’-]*(?:\s+[A-Z]\.)?(?:\s+(?:de|da|del|van|von|der|bin|al|el|la)){0,2}(?:\s+[A-Z][\w'’-]+){1,2}?"
_BARE_BYLINE = re.compile(
    rf"(?P<who>{_BARE_NAME}(?:(?:,\s+and\s+|,\s+|\s+and\s+|\s+&\s+)(?!{_ROLE}\b){_BARE_NAME}){{0,3}}?)"
    rf"(?:,?(?:\s+[A-Z][\w'’-]+){{0,2}}\s+{_ROLE}(?:\s+{_ROLE})?|,(?:\s+[\w'’&-]+){{1,4}}\s+{_ROLE}"
    r"|\s+in\s+[A-Z][\w'’-]*(?:[\s,]+[A-Z][\w'’.-]*){0,3})?"
)
_DESK = re.compile(
    rf"(?:[A-Z][\w'’&-]*\s+(?:(?:[A-Z][\w'’&-]*|of|and|for|the|at)\s+){{0,4}}|(?i:{_ROLE})\s+)(?i:{_ROLE})"
    r"(?:,?(?:\s+in)?\s+[A-Z][\w'’ -]{1,30})?"
    r"|Reporting\s+from\s+[A-Z][\w'’,. -]{1,60}"
)
_FROM = r"\s+from\s+[A-Z][\w\s,.'’-]{2,60}"
_SIGN_OFF = re.compile(
    rf"""
    (?: \((?:(?:Additional\s+)?[Rr]eporting|Writing|Editing|Compiled|Edited|Written)\s+by\s+[A-Z].{{2,300}}\)
      | (?:Additional\s+)?[Rr]eporting\s+by\s+[A-Z].{{2,200}};\s*(?:[Ww]riting|[Ee]diting)\s+by\s.{{2,100}}
      | (?:Additional\s+)?[Rr]eporting\s+by\s+{_NAMES}\.?
      | [A-Z][^"“”:;!?]{{2,160}}\scontributed\s+(?:reporting|to\s+this\s+(?:report|story|article|column|post))
          (?:{_FROM}|\.)?
      | {_PERSON}(?:\s+and\s+{_PERSON})?\s+reported{_FROM}
      | [A-Z][\w'’-]+\s+reported{_FROM}
    )
    """,
    re.VERBOSE,
)

_TITLES = ("Dr", "Mr", "Ms", "St", "Lt", "vs", "Mrs", "Sen", "Rep", "Gov", "Gen")
_NOT_ABBREVIATED = "".join(rf"(?<!\b{word})" for word in (*_TITLES, "[A-Z]", "v"))
_SENTENCE_END = re.compile(rf"{_NOT_ABBREVIATED}[.!?]['\"”’)]*\s+[\"“‘'(]?[A-Z]")
_ABBREVIATED_END = re.compile(r"(?:\b[A-Z]\.|\.\.\.|\b(?:Inc|Co|Corp|Ltd|Jr|Sr|Calif|Fla|Tex|Mass|Pa|Va|St)\.)$")
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


def bare_byline(line: str) -> str | None:
    """Return the names in a line that is nothing but names of people, with what they report on at the most.

    Such a line can be anything; it is a byline where a date stands beside it. "Ana Lund", "Ana Lund and Bo Ek",
    "Ana Lund Health correspondent".
    """
    match = _BARE_BYLINE.fullmatch(line)
    if match is None:
        return None
    who = " ".join(match["who"].split())
    people = re.split(r",\s+and\s+|,\s+|\s+and\s+|\s+&\s+", who)
    known = lexicons.given_names()
    return who if any(folded(person.split()[0]) in known for person in people) else None


def is_desk(line: str) -> bool:
    """Whether a line tells where somebody works or reports from, as one below a byline does."""
    return _DESK.fullmatch(line) is not None


def is_headline(line: str) -> bool:
    """Whether a line could be a headline: some words, no sentence that ends in a full stop, no quoted speech.

    A full stop is let pass after an abbreviation, and where the words are in title case.
    """
    if not 2 <= len(line.split()) <= 32 or line[0].islower():
        return False
    if line.endswith((",", ";", ":", "-", "–", "—")) or _QUOTED_SENTENCE.search(line):
        return False
    sentence = _SENTENCE_END.search(line) or (line.endswith(".") and not _ABBREVIATED_END.search(line))
    return not sentence or _in_title_case(line)


def _in_title_case(line: str) -> bool:
    long_words = [word for word in re.findall(r"[^\W\d_]+", line) if len(word) > 4]
    return len(long_words) >= 3 and all(word[0].isupper() for word in long_words)


def is_date_line(line: str) -> bool:
    """Whether the line is a date and nothing else."""
    return _DATE_LINE.fullmatch(line) is not None


def is_dash(line: str) -> bool:
    """Whether the line is a dash and nothing else."""
    return line in ("—", "–", "-", "--")


def is_update(line: str) -> bool:
    """Whether a time stamp tells of a change, not of the first publication."""
    return _UPDATE.match(line) is not None


def is_sign_off(line: str) -> bool:
    """Whether the line credits those who helped to report; to be asked of the last lines only."""
    return len(line) <= 400 and _SIGN_OFF.fullmatch(line) is not None
