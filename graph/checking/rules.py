"""The rules: one table of everything that can be found, with its code, severity, explanation and remedy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, TypeAlias, get_args

Severity: TypeAlias = Literal["error", "warning", "note"]
"""How severe a finding is."""

SEVERITIES: tuple[Severity, ...] = get_args(Severity)
"""All severities, the most severe first."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that documents are checked by."""

    code: str
    """A stable code, such as `AG404`, whose first digit is that of its chapter."""
    name: str
    """A stable name; that of a `Problem` is its kind."""
    severity: Severity
    """How severe a finding is, unless the settings say otherwise."""
    meaning: str
    """What is wrong, in one sentence without a full stop; code is between backticks."""
    remedy: str
    """What to do about it, in the same form."""
    is_default: bool = True
    """Whether it is checked unless the settings say otherwise."""

    @property
    def is_problem(self) -> bool:
        """Whether every build reports it, as a problem, and not only `check`."""
        return self.code[-2:] < "50"


CHAPTERS: Mapping[str, str] = MappingProxyType(
    {
        "AG1": "Files",
        "AG2": "Front matter",
        "AG3": "Dates",
        "AG4": "Addresses and links",
        "AG5": "Topics, people and providers",
        "AG6": "Titles, excerpts and pictures",
        "AG7": "Feeds, lists and other forms",
        "AG8": "Knowledge bundles and settings",
    }
)
"""What the rules of a chapter are about, by the beginning of their codes."""

_E: Severity = "error"
_W: Severity = "warning"
_N: Severity = "note"

RULES: tuple[Rule, ...] = (
    Rule("AG101", "unreadable", _E, "a file or link cannot be read", "make it readable, or remove it"),
    Rule("AG102", "empty-file", _W, "a file is empty", "write something in it, or remove it"),
    Rule(
        *("AG103", "binary-file", _W, "a file has the extension of a text file but is binary"),
        "remove it, or list it in `exclude`",
    ),
    Rule("AG104", "invalid-utf8", _W, "a file is not UTF-8; its encoding was guessed", "save it as UTF-8"),
    Rule("AG105", "control-characters", _W, "invisible characters were replaced by spaces", "remove them"),
    Rule("AG106", "too-long", _W, "a file, a cell or a text exceeds the limit", "shorten it, or split it"),
    Rule(
        *("AG107", "too-deep", _E, "folders of an archive, or values in front matter, are nested too deep"),
        "use fewer levels",
    ),
    Rule(
        *("AG108", "repeated-member", _W, "an archive has several files with the same path; the last is used"),
        "pack it again",
    ),
    Rule(
        *("AG109", "link-not-followed", _W, "a symbolic link leads out of the source"),
        "copy the file, or add its folder as a source",
    ),
    Rule(
        *("AG110", "missing-extra", _W, "a kind of file needs a library that is not installed"),
        "install the extra that the message names",
    ),
    Rule("AG111", "no-documents", _E, "a source has no documents", "choose another folder"),
    Rule(
        *("AG112", "too-many-faults", _W, "a file has more problems than are listed"),
        "fix those listed, and build again",
    ),
    Rule("AG201", "unclosed-front-matter", _E, "the closing line of the front matter is missing", "add it, as `---`"),
    Rule(
        *("AG202", "unknown-front-matter", _E, "the front matter is in a language that is not read"),
        "write YAML between lines of `---`",
    ),
    Rule("AG203", "invalid-yaml", _E, "the YAML cannot be read", "correct the line that the message names"),
    Rule("AG204", "yaml-bomb", _E, "aliases in YAML expand to too much text", "write the values out"),
    Rule("AG205", "unsafe-yaml", _E, "the YAML contains a tag that creates an object", "write plain values"),
    Rule("AG206", "invalid-toml", _E, "the TOML cannot be read", "correct the line that the message names"),
    Rule("AG207", "duplicate-key", _W, "a field occurs twice; the later one is used", "keep one"),
    Rule("AG208", "not-a-mapping", _E, "a value is not a mapping", "write lines such as `name: value`"),
    Rule("AG209", "not-a-list", _E, "the value of a field is not a list", "write it as a list"),
    Rule("AG210", "nested-list", _E, "a list contains a list", "write one flat list"),
    Rule("AG211", "empty-list", _W, "a list is empty", "write a value, or leave the field out"),
    Rule("AG212", "empty-item", _W, "a list contains an empty item", "remove it"),
    Rule(
        *("AG213", "not-a-text", _E, "the value of a field is not a text"),
        "write a text, in quotes if YAML reads it as something else",
    ),
    Rule("AG214", "invalid-number", _E, "the value of a field is not a number", "write a number"),
    Rule(
        *("AG215", "invalid-boolean", _E, "the value of a field is neither true nor false"), "write `true` or `false`"
    ),
    Rule("AG216", "invalid-duration", _E, "the value of a field is not a duration", "write it as `PT14M3S`"),
    Rule("AG251", "missing-field", _E, "a field that the settings require is missing or empty", "add it"),
    Rule(
        *("AG252", "wrong-type", _E, "the value of a field is not of the type that the settings state"),
        "write a value of this type",
    ),
    Rule(
        *("AG253", "value-not-allowed", _E, "the value of a field is not among those that the settings allow"),
        "write one of these",
    ),
    Rule(
        *("AG254", "value-not-matching", _E, "the value of a field does not match the pattern in the settings"),
        "make it match the pattern",
    ),
    Rule("AG301", "invalid-date", _E, "a date cannot be understood", "write it as `2023-05-23T06:51:00Z`"),
    Rule(
        *("AG302", "ambiguous-date", _E, "day and month cannot be distinguished, as in `03/04/2020`"),
        "write `2020-04-03`",
    ),
    Rule(
        *("AG303", "date-without-zone", _W, "a time has no time zone; it is read as UTC"),
        "add the zone, or set `timezone` in the settings",
    ),
    Rule("AG304", "unknown-zone", _W, "a time zone is not known; only the day is kept", "write the offset, or UTC"),
    Rule("AG305", "no-git", _W, "Git is not installed, and `--git-dates` needs it", "install it"),
    Rule("AG306", "no-git-history", _W, "a source has no commits", "omit `--git-dates`"),
    Rule("AG307", "shallow-history", _W, "a clone has only the latest commits", "run `git fetch --unshallow`"),
    Rule("AG308", "git-refused", _W, "Git does not trust the folder", "see the message"),
    Rule("AG309", "git-failed", _W, "Git ended with an error", "repair the repository"),
    Rule(*("AG351", "missing-date", _W, "an article has no date, and nine in ten of its folder have"), "add a `date`"),
    Rule("AG401", "invalid-url", _E, "a value is not an address", "write the full address"),
    Rule("AG402", "invalid-domain", _E, "a value is not a domain", "write it as `example.org`"),
    Rule("AG403", "duplicate-address", _E, "two documents have the same address", "give each its own"),
    Rule(
        *("AG404", "broken-link", _E, "a link leads to a document that does not exist"),
        "correct the link, or add the document",
    ),
    Rule(
        *("AG405", "missing-document", _E, "a related article is named by a path that does not exist"),
        "correct the path",
    ),
    Rule("AG406", "no-address", _E, "a related article has no address", "add one"),
    Rule(
        *("AG407", "not-an-article", _E, "a list of articles contains something else"),
        "write a title, a path or an address",
    ),
    Rule(
        *("AG451", "link-to-unpublished", _W, "a published article points to one that is not published"),
        "publish the other one, or remove the link",
    ),
    Rule(
        *("AG452", "duplicate-article", _W, "two documents state the address of the same article"),
        "keep one, or give each its own address",
    ),
    Rule(*("AG453", "copy", _W, "two articles at different addresses are copies of one text"), "keep one"),
    Rule(
        *("AG454", "orphan", _N, "no other article points to an article, and it points to none"),
        "link it from a page that readers find",
        is_default=False,
    ),
    Rule(
        *("AG501", "title-contradiction", _W, "two documents state different titles for one article"), "make them agree"
    ),
    Rule(
        *("AG502", "date-contradiction", _W, "two documents state different dates for one article"), "make them agree"
    ),
    Rule(
        *("AG503", "provider-spelling", _W, "the name of an organisation is spelled in several ways"),
        "write the name that the message suggests",
    ),
    Rule("AG504", "nameless-topic", _E, "a record of a topic has no name", "add a `name`"),
    Rule("AG505", "nameless-person", _E, "a record of a person has no name", "add a `name`"),
    Rule("AG506", "nameless-provider", _E, "a publisher has neither name nor domain", "add one of them"),
    Rule(
        *("AG551", "unknown-topic", _W, "an article states a topic without a record, although topics have records"),
        "correct the topic, or add a record of it",
    ),
    Rule(
        *("AG552", "topic-spelling", _W, "a topic is not spelled as it usually is"), "write it as the message suggests"
    ),
    Rule(
        *("AG553", "similar-topics", _W, "two topics have nearly the same name"),
        "use one of them, or name them more clearly",
    ),
    Rule(
        *("AG554", "person-spelling", _W, "the name of a person is not spelled as it usually is"),
        "write it as the message suggests",
    ),
    Rule(*("AG555", "similar-people", _W, "two people have nearly the same name"), "write the right name everywhere"),
    Rule(
        "AG651",
        "missing-title",
        _W,
        "an article has neither a title nor a heading, and nine in ten of its folder have",
        "add a `title`",
    ),
    Rule(
        *("AG652", "long-excerpt", _W, "an excerpt is longer than `longest_excerpt` in the settings"),
        "shorten it",
        is_default=False,
    ),
    Rule(
        *("AG653", "picture-without-text", _W, "a picture in a text has no alternative text"),
        'describe it, or write `alt=""` if it is decoration',
    ),
    Rule(
        *("AG654", "picture-without-size", _N, "a picture in front matter has no width and height"),
        "add `width` and `height`",
        is_default=False,
    ),
    Rule(
        *("AG701", "not-a-list-of-articles", _E, "a file that you named is not a list of articles"),
        "see what the message expects",
    ),
    Rule(
        *("AG702", "not-a-feed", _E, "a feed exceeds the limits, such as that of nesting"),
        "save it again, or leave it out",
    ),
    Rule("AG703", "invalid-json", _E, "the JSON cannot be read", "correct it"),
    Rule("AG704", "invalid-xml", _E, "the XML is malformed; it is read as far as possible", "correct it"),
    Rule(
        *("AG705", "xml-entities", _E, "the XML declares entities, which are not allowed"), "save the feed without them"
    ),
    Rule("AG706", "invalid-row", _E, "a row of a table cannot be read", "correct it"),
    Rule("AG707", "empty-row", _W, "a row has neither title nor address", "add one of them"),
    Rule(
        *("AG708", "extra-cells", _W, "a row has more cells than there are columns"),
        "put cells that contain the delimiter in quotes",
    ),
    Rule("AG709", "unclosed-quote", _E, "a quotation mark is not closed", "close it"),
    Rule(
        *("AG710", "sitemap-index", _W, "a sitemap only names other sitemaps"),
        "save those as files, and add them as sources",
    ),
    Rule("AG711", "invalid-notebook", _E, "a notebook cannot be read", "save it again with Jupyter"),
    Rule("AG712", "invalid-rst", _E, "the reStructuredText cannot be read", "correct it"),
    Rule("AG801", "missing-type", _E, "a concept has no `type`", "add it"),
    Rule("AG802", "reserved-name", _E, "a concept has the file name of an index or a log", "rename it"),
    Rule("AG803", "no-actor", _W, "`verified` does not say by whom", "add `by: human:...`"),
    Rule("AG804", "no-resource", _E, "a source has no `resource`", "add it"),
    Rule(
        *("AG805", "invalid-settings", _E, "a value in `article-graph.toml` or in a configuration file is not valid"),
        "see the message",
    ),
    Rule(
        *("AG851", "unknown-rule", _W, "`article_graph_ignore` names something that is not a rule"),
        "write the code of a rule",
    ),
)
"""All rules, by code."""

RULES_BY_NAME: Mapping[str, Rule] = MappingProxyType({rule.name: rule for rule in RULES})
"""All rules by name."""


def sentence_of(text: str) -> str:
    """Return the meaning or the remedy of a rule as a sentence without a full stop; code is in single quotes."""
    return (text[:1].upper() + text[1:]).replace("`", "'")


def rules_called(words: Iterable[str]) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the names of the rules that words refer to, and the words that refer to none.

    A word is a name, a code, or the beginning of a code such as `AG4` or `AG`, in any case.
    """
    names: set[str] = set()
    unknown = []
    for word in words:
        found = {
            rule.name
            for rule in RULES
            if rule.name == word.lower() or (word.upper().startswith("AG") and rule.code.startswith(word.upper()))
        }
        names |= found
        if not found:
            unknown.append(word)
    return frozenset(names), tuple(unknown)
