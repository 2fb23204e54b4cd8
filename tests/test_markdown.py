"""Markdown: its title, summary, sections, prose and links, with their lines.

By specimens, by documents composed of known parts, and beside another parser.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from graph.reading.markdown import read_markdown
from graph.reading.prose import count_words

TITLES = {
    "# A walk": "A walk",
    "A walk\n======": "A walk",
    "# A walk ##": "A walk",
    "# A walk {#walk}": "A walk",
    "# A walk {#walk .x}": "A walk",
    "# A walk {: #walk }": "A walk",
    "# **A** [walk](x.md) with `code`": "A walk with code",
    "# A &amp; B &#8211; C": "A & B – C",
    "# A {{ site.title }} walk": "A walk",
    "# [[A walk]]": "A walk",
    "# ![logo](x.svg) A walk": "A walk",
    "# <span class='x'>A</span> walk": "A walk",
    "# A \\*walk\\*": "A *walk*",
    "<h1 align='center'>A <b>walk</b></h1>": "A walk",
    "<h1 align='center'>\n  <a href='x.md'><img alt='A walk' src='x.svg'></a>\n</h1>": "A walk",
    "<div>\n<h1><picture><source srcset='x.png'><img src='x.svg' alt='A walk Logo'></picture></h1>\n</div>": "A walk",
    "# ![A walk](x.svg)": "A walk",
    "# ![](x.svg) [![A *walk*](x.svg)](https://a.example) ![build](y.svg)": "A walk",
    "# <img src='x.svg' alt='A walk'>": "A walk",
    "# ![logo](x.svg)": None,
    "# ![logo of another](x.svg)\n\n# A walk": "A walk",
    "<h1><img alt='build' src='x.svg'></h1>\n\n# A walk": "A walk",
    "## ![A walk](x.svg)": None,
    "<h2><img alt='A walk' src='x.svg'></h2>": None,
    "Some text.\n\n# ![A walk](x.svg)": None,
    "![a](x.svg)\n\n# A walk": "A walk",
    "[![a](x.svg)](https://ci.example/) [![b](y.svg)](https://b.example)\n\n# A walk": "A walk",
    "<p align='center'><img src='logo.png'></p>\n\n# A walk": "A walk",
    "<!-- a comment\n\nof two -->\n\n# A walk": "A walk",
    "<!-- a -->\n# A walk": "A walk",
    "[//]: # (a comment)\n\n# A walk": "A walk",
    "import Tabs from '@theme/Tabs';\nimport {A} from \"b\";\n\n# A walk": "A walk",
    "export const meta = {\n  a: 1,\n};\n\n# A walk": "A walk",
    "{/* a comment */}\n\n# A walk": "A walk",
    "{% include head.html %}\n\n# A walk": "A walk",
    "{{< toc >}}\n\n# A walk": "A walk",
    "[TOC]\n\n# A walk": "A walk",
    "{: .no_toc }\n\n# A walk": "A walk",
    "---\n\n# A walk": "A walk",
    "[back](index.md)\n\n# A walk": "A walk",
    "```\n# no\n```\n\n# A walk": "A walk",
    "## A walk": None,
    "Some text.\n\n# A walk": None,
    "    # A walk": None,
    "#A walk": None,
    "#": None,
    "Text": None,
}
"""What begins a document, and the title that it gives."""


@pytest.mark.parametrize("text", TITLES)
def test_titles(text: str) -> None:
    """The title is the first heading of the first level, with nothing but signs, comments and programs before it.

    If that is a picture and there is no other, the title is the picture's alternative text.
    """
    for end in ("", "\n\nText with some words.\n\n# Later\n\n## Last\n"):
        prose = read_markdown(text + end)
        assert prose.title == TITLES[text]


EXCERPTS = {
    "The text\nof *two* lines.\n\nMore.": "The text of two lines.",
    "[![a](x.svg)](https://ci.example/)\n\nThe text.": "The text.",
    "![A picture](x.png)\n\nThe text.": "The text.",
    "> [!NOTE]\n> The text.": "The text.",
    "> [!custom]- \n> The text.": "The text.",
    "::: tip\nThe text.\n:::": "The text.",
    ":::note\n\nThe text.\n\n:::": "The text.",
    "!!! note\n\n    The text.": "The text.",
    "[[TOC]]\n\nThe text.": "The text.",
    "[Home](/) [About](/about)\n\nThe text.": "The text.",
    "* [Home](/)\n* [About](/about)\n\nThe text.": "The text.",
    "- One item of many.\n\n  More of it.\n\nThe text.": "The text.",
    "| a | b |\n|---|---|\n| c d e f | g |\n\nThe text.": "The text.",
    "```\ncode of some words\n```\n\nThe text.": "The text.",
    "    code of some words\n\nThe text.": "The text.",
    "<!-- a comment -->\n\nThe text.": "The text.",
    "***\n\nThe text.": "The text.",
    "...\n\nThe text.": "The text.",
    "status:: done\nup:: [[b]]\n\nThe text.": "The text.",
    "import A from 'a';\n\nThe text.": "The text.",
    "The text{{ x }}. {% y %}": "The text.",
    "<p>The <b>text</b>.</p>": "The text.",
    "{% comment %}\nNot this.\n{% endcomment %}\n\nThe text.": "The text.",
    "The `x` &mdash; text.": "The x — text.",
    "The text.[^1]\n\n[^1]: Not this.": "The text.",
    "- Only a list.\n\n  With text.": "Only a list.",
    "%% not this %%\n\nThe text.": "The text.",
    "{: .lead }\nThe text.": "The text.",
    "~~~": None,
    "# A": None,
}


@pytest.mark.parametrize("text", EXCERPTS)
@pytest.mark.parametrize("before", ["", "# A title\n\n"])
def test_excerpts(before: str, text: str) -> None:
    """The summary is the first paragraph that tells something, never a badge, a menu, a table, a marker or code."""
    assert read_markdown(before + text).excerpt == EXCERPTS[text]


def test_a_long_excerpt_is_cut_at_a_word() -> None:
    """A long paragraph is cut at a word, and says so."""
    excerpt = read_markdown("word " * 1_000).excerpt or ""
    assert excerpt.endswith("word…")
    assert len(excerpt) <= 500


LINKS: dict[str, list[tuple[str, bool, bool]]] = {
    "[a](b.md)": [("b.md", False, False)],
    "[a](<b c.md> 'title')": [("b c.md", False, False)],
    "[a](b.md#c)": [("b.md#c", False, False)],
    "[a](b\\_c.md)": [("b_c.md", False, False)],
    "[a](b%20c.md)": [("b%20c.md", False, False)],
    "[a](b(c).md)": [("b(c).md", False, False)],
    "[a](b?x=1&amp;y=2)": [("b?x=1&y=2", False, False)],
    "[a][r]\n\n[r]: b.md 'title'": [("b.md", False, False)],
    "[r][]\n\n[r]: <b.md>": [("b.md", False, False)],
    "[r]\n\n[r]: b.md": [("b.md", False, False)],
    "<https://a.example/>": [("https://a.example/", False, False)],
    "[[b]]": [("b", True, True)],
    "[[b|words]]": [("b", True, True)],
    "[[b#c|words]]": [("b#c", True, True)],
    "[[in/b]]": [("in/b", True, True)],
    "![[b]]": [("b", True, True)],
    "![[b#c]]": [("b#c", True, True)],
    "![[b.png]] ![[b.png|100]] [[c.pdf]]": [],
    "[x]([[b]])": [("b", True, True)],
    "[x]([[b c]])": [("b c", True, True)],
    "| x |\n|---|\n| [[b\\|words]] |": [("b", True, True)],
    "| [b](c.md) | d |\n|---|---|": [("c.md", False, False)],
    "[![a](p.png)](b.md)": [("b.md", False, False)],
    "[**a** `b`](c.md)": [("c.md", False, False)],
    "- [ ] [a](b.md)": [("b.md", False, False)],
    "> [a](b.md)": [("b.md", False, False)],
    "# [a](b.md)": [("b.md", False, False)],
    "a[^1]\n\n[^1]: [a](b.md)": [("b.md", False, False)],
    "~~[a](b.md)~~": [("b.md", False, False)],
    '<a href="b.html">a</a>': [("b.html", False, False)],
    'x <a class="y"\nhref=b.html>a</a> z': [("b.html", False, False)],
    "<div>\n\n[a](b.md)\n\n</div>": [("b.md", False, False)],
    '<div><a href="b.html">a</a></div>': [("b.html", False, False)],
    "<details><summary>s</summary>\n\n[a](b.md)\n</details>": [("b.md", False, False)],
    '<iframe src="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?x=1"></iframe>': [
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", False, False)
    ],
    'x <iframe src="//youtube.com/embed/dQw4w9WgXcQ"></iframe>': [
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", False, False)
    ],
    "![a](https://youtu.be/dQw4w9WgXcQ)": [("https://www.youtube.com/watch?v=dQw4w9WgXcQ", False, False)],
    '<iframe src="https://maps.example/"></iframe>': [],
    "[a](#b) [c](mailto:a@b.example) <a@b.example> [d](javascript:x) [e](data:,x) [f]() [g](<>) [h](tel:1)": [],
    "![a](b.png)": [],
    "`[a](b.md)` ``[[b]]`` `https://a.example`": [],
    "```\n[a](b.md)\n[[b]]\nhttps://a.example\n```": [],
    "    [a](b.md)": [],
    "<pre>\n[a](b.md) https://a.example\n</pre>": [],
    "<code>https://a.example</code> x": [],
    "<!-- [a](b.md) -->": [],
    "\\[a](b.md) [a] (b.md) [a]": [],
    "%%[[b]] [a](b.md)%%": [],
    "[x]: b.md": [],
    "[[PDF]](https://o.example/a)": [("https://o.example/a", False, False)],
    "[[1]](#cite) [[2]](../b.md) `[[3]](c.md)`": [("../b.md", False, False)],
    "[[Note]](an aside)": [("Note", True, True)],
    "[`a.b()`](`a.b`) [](`~a.b`) [a](:py:class:`b`)": [],
}
"""What stands in a text, and its links: the target, whether it is a name, and whether that of a note."""


@pytest.mark.parametrize("text", LINKS)
def test_links(text: str) -> None:
    """Each way to link is a link, and what only looks like one is none."""
    found = [(link.target, link.by_name, link.is_note) for link in read_markdown(text).links]
    assert (
        found == [(unquote(target) if "%" in target else target, *kind) for target, *kind in LINKS[text]]
        or found == LINKS[text]
    )


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("See https://a.example/b.", "https://a.example/b"),
        ("See https://a.example/b, or", "https://a.example/b"),
        ("(See https://a.example/b)", "https://a.example/b"),
        ("See https://a.example/b_(c) x", "https://a.example/b_(c)"),
        ("(https://a.example/b_(c))", "https://a.example/b_(c)"),
        ("https://a.example/?q=a&b=c&hl; x", "https://a.example/?q=a&b=c"),
        ("*https://a.example/b*", "https://a.example/b"),
        ("https://a.example/b_c_d", "https://a.example/b_c_d"),
        ('"https://a.example/b"', "https://a.example/b"),
        ("HTTPS://A.example/b!?", "HTTPS://A.example/b"),
        ("<b>https://a.example/b</b>", "https://a.example/b"),
        ("| https://a.example/b |\n|---|", "https://a.example/b"),
    ],
)
def test_bare_addresses(text: str, address: str) -> None:
    """An address that nobody marked is a link, without the punctuation after it, by the rules of GitHub."""
    assert [link.target for link in read_markdown(text).links] == [address]


@pytest.mark.parametrize(
    "text", ["https://", "xhttps://a.example", "ftp://a.example", "a.example", "[https://a.example](b.md)"]
)
def test_what_is_no_bare_address(text: str) -> None:
    """What has no scheme or no host is no address, and the words of a link are no second link."""
    assert [link.target for link in read_markdown(text).links if link.target != "b.md"] == []


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("up:: [[b]]", "up"),
        ("- up:: [[b]]", "up"),
        ("**Part of**:: [[b]]", "part of"),
        ("x (see also:: [[b]]) y", "see also"),
        ("x [up:: [[b]]] y", "up"),
        ("a:: [[c]], [[b]]", "a"),
        ("std::vector [[b]]", "std"),
        ("x [[b]]", ""),
    ],
)
def test_fields_in_texts(text: str, field: str) -> None:
    """A link in the value of a field of Dataview knows the field's name."""
    link = next(link for link in read_markdown(text).links if link.target == "b")
    assert link.field == field


def test_a_link_knows_its_words_its_sentence_and_its_line() -> None:
    """Words and sentence are plain text, and the line is that of the address in the file."""
    text = "First. The *big* [blue\nboat](b.md) has `x`!\nA\nthird <https://a.example/> one."
    first, second = read_markdown(text, 10).links
    assert (first.words, first.sentence, first.line) == ("blue boat", "The big blue boat has x!", 11)
    assert (second.words, second.sentence, second.line) == ("https://a.example/", "A third https://a.example/ one.", 13)


@pytest.mark.parametrize("opening", [":::note Read this", "::: {.callout-note}", "> [!NOTE] \n>"])
def test_a_sentence_holds_no_instructions(opening: str) -> None:
    """The line that opens a container belongs to no sentence, unless the link stands in it."""
    (link,) = read_markdown(f"{opening}\nSee [a boat](b.md).\n:::").links
    assert link.sentence == "See a boat."
    (link,) = read_markdown(":::note[See [a boat](b.md)]\nText\n:::").links
    assert "See a boat" in link.sentence


def test_what_a_block_is_called_is_no_prose() -> None:
    """Obsidian's `^identifier` behind a paragraph, an item or a heading is not shown; powers are."""
    prose = read_markdown("# A walk ^top\n\nAlong the sea [b](b.md) ^first-1\n\n- up ^x\n\n10 ^2 and x^2 ^ y\n")
    assert (prose.title, prose.excerpt) == ("A walk", "Along the sea b")
    assert prose.links[0].sentence == "Along the sea b"
    assert prose.text.split("\n") == ["A walk", "Along the sea b", "up", "10 ^2 and x^2 ^ y"]


def test_links_come_in_order() -> None:
    """Links of lists in lists, of tables and of quotes stand as the text has them."""
    text = "- [a](1)\n  - [b](2)\n    > [c](3)\n  - [d](4) https://x.example/5\n- [e](6)\n\n"
    text += "| [f](7) | [g](8) |\n|--|--|\n| <a href='9'>h</a> | [[10]] |\n"
    targets = [link.target.removeprefix("https://x.example/") for link in read_markdown(text).links]
    assert targets == [str(number) for number in range(1, 11)]


def test_code_is_no_prose() -> None:
    """Code stands in the sentence around a link, but not in the prose; fenced code stands nowhere."""
    prose = read_markdown("Run `rm -rf` on [a](b) now, <kbd>Esc</kbd>.\n\n```\nfenced\n```\n\n    indented\n")
    assert prose.text == "Run on a now, ."
    assert prose.links[0].sentence == "Run rm -rf on a now, Esc."
    assert prose.word_count == 7


@given(st.text("ab9'-’_ \né.“—", max_size=30))
def test_words_are_counted_in_any_script(text: str) -> None:
    """Runs of letters and digits are words, joined by single apostrophes and hyphens, in ASCII and beyond."""
    for some in (text, f"{text}\né", f"{text}é"):
        assert count_words(some) == len(re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", some))


def test_pictures() -> None:
    """What is said in place of a picture is not prose, and a picture is not a link."""
    prose = read_markdown(
        '# A\n\nx ![the *sea*](a.png "t") y\n\n<img src="b.png" alt="B">\n\n'
        "z <img src=c.png> ![[d.png]]\n\n[![e](e.svg)](f.md)"
    )
    assert [link.target for link in prose.links] == ["f.md"]
    assert prose.text == "A\nx y\nz"


@dataclass(frozen=True)
class Part:
    """A part of a document, and what is known of it."""

    text: str
    links: tuple[tuple[str, int], ...] = ()
    """Targets, and the lines of the part on which they stand, from 0."""
    section: str = ""
    paragraph: str = ""


PARTS = (
    Part("Plain words only."),
    Part(
        'See [the *boat*](boat.md) and\n[that](https://a.example/x "t").',
        (("boat.md", 0), ("https://a.example/x", 1)),
        paragraph="See the boat and that.",
    ),
    Part(
        "In [[A note|words]], and\nthen [[Other]].",
        (("A note", 0), ("Other", 1)),
        paragraph="In words, and then Other.",
    ),
    Part("## Fish & `nets` {#fish}", section="Fish & nets"),
    Part("Underlined\n----------", section="Underlined"),
    Part("### The [sea](sea.md)", (("sea.md", 0),), section="The sea"),
    Part("```md\n# No\n[no](no.md) [[No]]\n```"),
    Part("~~~~\n~~~\n[no](no.md)\n~~~~"),
    Part("    [no](no.md)\n    # No"),
    Part("* [one](1.md)\n* two\n  * https://b.example/2, too", (("1.md", 0), ("https://b.example/2", 2))),
    Part("1. one\n\n   [two](2.md)\n\n   ```\n   [no](no.md)\n   ```", (("2.md", 2),)),
    Part("> A quote of [him](him.md).", (("him.md", 0),), paragraph="A quote of him."),
    Part("> [!tip]\n> Take [it](it.md).", (("it.md", 1),), paragraph="Take it."),
    Part("| a | b |\n|---|---|\n| [c](c.md) | [[d\\|e]] |", (("c.md", 2), ("d", 2))),
    Part("![words](p.png)"),
    Part("[![x](q.svg)](ci.html)", (("ci.html", 0),)),
    Part("<div class='x'>\n<a href='h.html'>h</a>\n<img src='r.png'>\n</div>", (("h.html", 1),)),
    Part("<!-- [no](no.md)\n\n# No -->"),
    Part(
        'Inline <a href="i.html">html</a> &amp; `[no](no.md)`.',
        (("i.html", 0),),
        paragraph="Inline html & [no](no.md).",
    ),
    Part("***"),
    Part("{% comment %}\n[no](no.md)\n{% endcomment %}"),
    Part('At [it]({{< ref "r.md" >}}).', (("r.md", 0),), paragraph="At it."),
    Part("!!! note\n\n    Body of [n](n.md).", (("n.md", 2),), paragraph="Body of n."),
    Part("![[Embedded]]\n![[s.png]]", (("Embedded", 0),)),
    Part("Escaped \\[no](no.md) \\`[e](e.md)\\`.", (("e.md", 0),), paragraph="Escaped [no](no.md) `e`."),
)


def paragraph_of(part: Part) -> str:
    """Return the paragraph of a part that may be a summary."""
    return part.paragraph or (part.text if part.text.startswith("Plain") else "")


@given(
    st.sampled_from(["", "# The title\n\n", "The title\n===\n\n"]),
    st.lists(st.sampled_from(PARTS), max_size=12),
    st.integers(1, 50),
)
def test_composed_documents_say_what_their_parts_say(title: str, parts: list[Part], first_line: int) -> None:
    """Whatever parts a document has in whatever order, exactly their title, sections and links come out."""
    text, links = title, []
    for part in parts:
        line = first_line + text.count("\n")
        links += [(target, line + offset) for target, offset in part.links]
        text += part.text + "\n\n<!-- -->\n\n"
    prose = read_markdown(text, first_line)
    assert prose.title == ("The title" if title else None)
    assert [(link.target, link.line) for link in prose.links] == links
    assert list(prose.sections) == [part.section for part in parts if part.section]
    paragraphs = [paragraph_of(part) for part in parts if paragraph_of(part)]
    if paragraphs:
        assert prose.excerpt == paragraphs[0]
    assert "No" not in prose.text.split("\n")
    for link in prose.links:
        assert link.target in text.split("\n")[link.line - first_line]


PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
PIECES = [
    "[",
    "]",
    "(",
    ")",
    "[a](b)",
    "[x](y.md 't')",
    "*",
    "**",
    "_",
    "`",
    "``",
    "<",
    ">",
    "<http://a.example>",
    "!",
    "# ",
    "## ",
    "\n",
    "\n\n",
    "- ",
    "1. ",
    "> ",
    "    ",
    "\\",
    "&amp;",
    "a",
    "b c",
    "é",
    "|",
    "---",
    "===",
    "```\n",
    "[r]: z\n",
    "[r]",
    "![i](p)",
    "<b>",
    "<!-- ",
    " -->",
    "(<u v>)",
    "\t",
    '"',
    "~~",
    "+ ",
    "[a](b ",
]


def tokens(text: str) -> Iterator[Token]:
    """Yield all tokens of a text, those of its paragraphs too."""
    for token in PARSER.parse(text):
        yield token
        yield from token.children or ()


def is_apart(text: str) -> bool:
    """Tell whether a text uses what the two parsers read by different rules.

    We read wikilinks, task lists, footnotes, callouts, admonitions, fields and strikethrough by one tilde, which it
    does not, and links in HTML, which it leaves as they are; tables begin by slightly different rules.
    """
    return bool(re.search(r"\[\[|\[[ xX]\]|\[\^|\||~|<[!/?A-Za-z]|\[!|===\s?[ +!]|::", text.replace("<http:", "")))


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_another_parser_finds_the_same(text: str) -> None:
    """Links and headings are those that markdown-it-py finds, in CommonMark."""
    if is_apart(text):
        return
    found = read_markdown(text)
    links, headings, inside = [], [], False
    for token in PARSER.parse(text):
        if token.type == "heading_open":
            inside = True
        opened = [child for child in token.children or () if child.type == "link_open"]
        links += [unquote(str(child.attrs["href"])) for child in opened]
        if token.type == "inline" and inside:
            shown = "".join(
                " " if child.type in {"softbreak", "hardbreak"} else child.content
                for child in token.children or ()
                if child.type in {"text", "code_inline", "text_special", "softbreak", "hardbreak"}
            )
            if " ".join(shown.split()):
                headings.append(" ".join(shown.split()))
            inside = False
    assert [unquote(link.target) for link in found.links] == [
        link for link in links if link and not link.startswith(("#", "?"))
    ]
    assert [name for name in (found.title, *found.sections) if name] == [
        heading.removesuffix(":") for heading in headings
    ]


HOSTILE = [
    "[",
    "]",
    "![",
    "[[",
    "*",
    "**a",
    "_a ",
    "> ",
    "- ",
    "\n- a",
    "  - a\n",
    "`",
    "` `` ",
    "```\n",
    "~~~",
    "<",
    "<a>",
    "<a href=b>",
    "<div>",
    "<div>\n\n",
    "</div>\n\n",
    "[a](",
    "[a](b 'c ",
    "| a ",
    "|a|b|\n|-|-|\n",
    "[^a]",
    "[^a]: b\n",
    "[a]: b\n",
    "# a\n",
    "\\",
    "&amp;",
    "!!! a\n    ",
    "{{ x }}",
    "{% raw %}",
    "%%",
    "1. ",
    "\n\n    a",
    "<!--",
    "a\n===\n",
    "https://a.b/)))",
    "![[a]]",
    "<code>",
    "> [!x]\n",
    "::: a\n",
    "\0",
    "\ud800",
    "a:: ",
    "https://",
    "<b a='",
    "- [ ] a\n",
    "{:a} ",
    "import a\n",
    "<% ",
    "<%= link_to 'a', ",
    "[[!meta ",
    "[[!a ]",
    "<A.B ",
    "<A.B/>",
    "</A.B",
    "\r",
    "\u2028",
]


@pytest.mark.slow
@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hundred_thousand_of_anything_are_read(piece: str) -> None:
    """Whatever stands in a text again and again, and never closes, the text is read, and can be written.

    Of long pieces 400 kB are enough: if time grew with the square of the length, they too would take minutes.
    """
    began = time.process_time()
    prose = read_markdown((piece * 100_000)[:400_000])
    assert time.process_time() - began < 20
    for said in (prose.text, prose.title or "", prose.excerpt or "", *prose.sections):
        said.encode()
    assert len(prose.sections) <= 200


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "count"), [("[a](b.md) ", 1), ("[[b]]\n", 1), ("https://a.example/b, [c](d.md) ", 2), ("- [a](b.md)\n", 1)]
)
def test_ten_thousand_links_are_all_found(text: str, count: int) -> None:
    """All links of a file are found, the last on its line."""
    links = read_markdown(text * 10_000).links
    assert len(links) == 10_000 * count
    assert links[-1].line == (text * 10_000).rstrip("\n").count("\n") + 1


@given(st.text("[]()!*_`<>#-\n &;:|{}%\\/\ud800\x00a.é=\"'", max_size=80))
def test_anything_is_markdown(text: str) -> None:
    """No text gives an exception, and nothing is read that cannot be written."""
    prose = read_markdown(text)
    said = [
        prose.text,
        prose.title or "",
        prose.excerpt or "",
        *prose.sections,
    ]
    said += [part for link in prose.links for part in (link.target, link.words, link.sentence, link.field)]
    for part in said:
        part.encode()
    for link in prose.links:
        assert link.target
        assert 1 <= link.line <= text.count("\n") + 1


def test_a_sentence_does_not_end_at_an_abbreviation() -> None:
    """The sentence around a link goes on after `e.g.` and `i.e.`."""
    (link,) = read_markdown("One. See e.g. [two](b.md) here, i.e. there. Three.").links
    assert link.sentence == "See e.g. two here, i.e. there."


def test_places_in_the_same_note_are_no_links() -> None:
    """`[[#heading]]` and a table of contents lead to no other document."""
    assert not read_markdown("[[#here]] [[toc]] [[_TOC_]]").links


@pytest.mark.parametrize(
    "written",
    [
        '[x](a.md){:target="_blank"}',
        "[x](a.md){: .btn .btn--big}",
        "[x](a.md){ .md-button }",
        "[x](a.md)![p](p.png){ width=300 loading=lazy }",
        "[x](a.md)`c`{.python}",
        "[x](a.md)**c**{#id}",
    ],
)
def test_attributes_behind_a_link_are_not_prose(written: str) -> None:
    """Attributes of kramdown, Python-Markdown and pandoc are nothing that readers see; other braces are."""
    prose = read_markdown(f"Read {written} now, in {{braces}}, f(x){{y}}.")
    assert prose.excerpt is not None
    assert prose.excerpt.replace("xc", "x") == "Read x now, in {braces}, f(x){y}."
    assert [link.target for link in prose.links] == ["a.md"]


@pytest.mark.parametrize(
    "written",
    [
        "# :octicons-gear-24: Sails\n\n/// tip | Mind\n\nSet ==the jib== :material-check:{ .x }now.\n\n///\n",
        "# Sails\n\n--8<-- 'parts/a.md'\n\nSet the ==jib== now.\n",
        "# Sails\n\n{* ../src/a.py hl[1] *}\n\nSet the jib now.\n",
        "# Sails\n\n*[jib]: a sail\nSet the jib now.\n",
        "# Sails\n\n::note{icon=x}\n---\ncolor: red\n---\n#title\nSet the :badge[jib] now.\n::\n",
    ],
)
def test_what_programs_replace_is_not_prose(written: str) -> None:
    """Icons, marks of highlighted text, and lines that begin blocks or include files are nothing that readers see."""
    prose = read_markdown(written)
    assert (prose.title, prose.excerpt) == ("Sails", "Set the jib now.")


def test_signs_that_only_resemble_marks_stay() -> None:
    """Comparisons, times and code are not changed."""
    assert read_markdown("If a == b and c==d at 10:30:45, `==x==`.").excerpt == "If a == b and c==d at 10:30:45, ==x==."
    assert (
        read_markdown("Write `:material-boat:` and `a==b or c==d`.").excerpt
        == "Write :material-boat: and a==b or c==d."
    )


def test_an_icon_in_a_list_leaves_its_text() -> None:
    """Text behind the icon of a card is no code, and its links are links."""
    prose = read_markdown("-   :material-sail-boat:{ .lg } __Boats__\n\n    ---\n\n    See [oars](oars.md).\n")
    assert [link.target for link in prose.links] == ["oars.md"]


def test_the_notice_in_a_drawing_is_no_summary() -> None:
    """What Excalidraw writes above the text of each drawing is not what the drawing says."""
    text = "==⚠  Switch to EXCALIDRAW VIEW in the MORE OPTIONS menu of this document. ⚠==\n\nA harbour ^abc\n"
    excerpt = read_markdown(text).excerpt
    assert excerpt is not None
    assert excerpt.startswith("A harbour")
