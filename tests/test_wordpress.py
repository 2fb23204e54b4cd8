"""The text of WordPress's posts: paragraphs between blank lines, shortcodes, and addresses by number."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

import graph
from graph.reading.lists.wordpress import to_paragraphs
from tests.folders import write_files

EXPORT = """<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Walks</title><link>https://w.example</link>
<item><title>Up</title><link>https://w.example/up/</link><guid isPermaLink="false">https://w.example/?p=11</guid>
<content:encoded><![CDATA[[caption id="a" width="300"]<img src="p.png" />The top[/caption]

We went up.

Then <a href="https://w.example/?p=12">down</a>.]]></content:encoded>
<wp:post_name>up</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>
<item><title>Down</title><link>https://w.example/down/</link><guid isPermaLink="false">https://w.example/?p=12</guid>
<content:encoded><![CDATA[We went down.

It rained.]]></content:encoded>
<wp:post_name>down</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>
</channel></rss>"""


def test_posts_link_by_their_numbers_and_have_paragraphs(tmp_path: Path) -> None:
    """The address with a number is another one of the post, and a post without `<p>` has a first paragraph."""
    write_files(tmp_path, {"export.xml": EXPORT})
    knowledge = graph.build(tmp_path)
    up, down = (knowledge.articles[f"https://w.example/{name}/"] for name in ("up", "down"))
    assert up.links == (down.iri,)
    assert not up.cites
    assert down.excerpt == "We went down."
    assert up.excerpt == "The top"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("A.\n\nB.", "<p>A.</p>\n\n<p>B.</p>"),
        ("A.\r\n \r\nB.", "<p>A.</p>\n\n<p>B.</p>"),
        ("<p>A.</p>\n\n<h2>B</h2>", "<p>A.</p>\n\n<h2>B</h2>"),
        ("<!-- wp:paragraph -->\n<p>A.</p>", "<!-- wp:paragraph -->\n<p>A.</p>"),
        ("<b>A.</b>", "<p><b>A.</b></p>"),
        ('A [caption id="a"]b[/caption].', "<p>A b.</p>"),
        ("A [gallery] [x-form id=1 title='b c'] [sic] [1].", "<p>A   [sic] [1].</p>"),
        ("", ""),
    ],
)
def test_a_text_becomes_paragraphs(text: str, html: str) -> None:
    """Blank lines end paragraphs outside of blocks; shortcodes go, and brackets in prose stay."""
    assert to_paragraphs(text) == html


@pytest.mark.parametrize("piece", ["[a ", '[a b="', "[a b=c ", "[caption ", "\n ", "<p", "[/a", "[a b='c' "])
def test_hostile_posts_take_no_time(piece: str) -> None:
    """Time grows with the length of a text, whatever it begins and never ends."""
    began = time.process_time()
    to_paragraphs(piece * 100_000)
    assert time.process_time() - began < 5
