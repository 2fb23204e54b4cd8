"""HTML: what a page states in its head, what its body says, and where its links stand."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.reading.html_text import looks_like_html, read_fragment, read_html
from graph.reading.markdown import read_markdown


def head(*tags: str, title: str = "") -> dict[str, object]:
    """Return the fields of a page with these tags in its head."""
    named = f"<title>{title}</title>" if title else ""
    return read_html(f"<!doctype html><html><head>{named}{''.join(tags)}</head><body><p>T</p></body></html>")[0]


def meta(name: str, content: str) -> str:
    """Return a tag that states a property."""
    return f'<meta property="{name}" content="{content}">'


@pytest.mark.parametrize("sign", [" - ", " | ", " · ", " – ", " — ", " :: ", ": "])
def test_the_name_of_the_site_is_no_title(sign: str) -> None:
    """Where a page states its site and its own title, the title that joins the two is not preferred."""
    own = (meta("og:title", "A walk"), meta("og:site_name", "The Garden"))
    for title in ("A walk", f"A walk{sign}The Garden", f"The Garden{sign}A walk"):
        assert head(*own, title=title)["title"] == "A walk"
    assert head(*own, title="Another walk | The Garden")["title"] == "Another walk | The Garden"
    assert head(own[0], title=f"A walk{sign}The Garden")["title"] == f"A walk{sign}The Garden"
    assert head(own[0])["title"] == "A walk"
    joined = (meta("og:title", f"A walk{sign}The Garden"), own[1])
    assert head(*joined, title="A walk – The Garden")["title"] == head(*joined)["title"] == "A walk"
    data = '{"headline": "A walk", "publisher": {"name": "The Garden"}}'
    script = f'<script type="application/ld+json">{data}</script>'
    assert head(script, title=f"A walk{sign}The Garden")["title"] == "A walk"


def test_tags_of_the_head_are_fields() -> None:
    """What the tags of a head state has the names that front matter gives it."""
    fields = head(
        meta("og:description", "An evening"),
        '<meta name="author" content="Ann">',
        '<meta name="keywords" content="sea, , sand">',
        meta("article:published_time", "2021-02-03"),
        meta("article:modified_time", "2021-02-04"),
        meta("article:tag", "sea") + meta("article:tag", "salt") + meta("article:tag", "sea"),
        meta("og:image", "/a.png"),
        "<link rel='shortlink canonical' href='https://a.example/x'>",
        "<link rel=amphtml href='https://a.example/x/amp'>",
        title="A\n walk",
    )
    assert fields == {
        "title": "A walk",
        "excerpt": "An evening",
        "author": "Ann",
        "keywords": ["sea", "sand"],
        "tags": ["sea", "salt"],
        "date": "2021-02-03",
        "modified": "2021-02-04",
        "image": "/a.png",
        "webUrl": "https://a.example/x",
        "ampWebUrl": "https://a.example/x/amp",
    }


def test_several_authors_are_several() -> None:
    """Repeated `article:author` names several people; an address of a profile is no name."""
    tags = (meta("article:author", name) for name in ("Ann", "Bo", "https://www.facebook.com/ann"))
    assert head(*tags)["author"] == ["Ann", "Bo"]


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ('<article><time datetime="2021-02-03">3 Feb</time></article>', {"date": "2021-02-03"}),
        (
            '<main><time datetime="2020"></time><time class="dt-published" datetime="2021-02-03"></time></main>',
            {"date": "2021-02-03"},
        ),
        (
            '<p>By <a rel="author" href="/ann">Ann</a> and <a rel="nofollow author" href="/bo">Bo</a></p>',
            {"author": ["Ann", "Bo"]},
        ),
        ('<p>By <a class="p-author" href="/ann">Ann</a></p>', {"author": "Ann"}),
        ('<p class="p-summary">A\nwalk.</p>', {"excerpt": "A walk."}),
        ('<p class="p-summary">A walk.</p><p class="p-summary">A rest.</p>', {}),
        ('<p class="p-summary"> </p>', {}),
        ('<p><a class="p-canonical" href="https://a.example/x">Canonical</a></p>', {"webUrl": "https://a.example/x"}),
        (
            '<article><a rel="tag" href="/sea">Sea</a> <a class="p-category">Wind</a> <a rel="tag">Sea</a></article>',
            {"tags": ["Sea", "Wind"]},
        ),
        ("<p>T <time>3 Feb</time></p>", {}),
    ],
)
def test_bylines_are_fields(body: str, fields: dict[str, object]) -> None:
    """The day, the authors and the true address that a page shows in its text count where its head is silent."""
    assert read_html(f"<!doctype html><html><body>{body}</body></html>")[0] == fields


DATA = {
    "@type": "BlogPosting",
    "headline": "A walk",
    "datePublished": "2021-02-03",
    "dateModified": "2021-02-04",
    "author": [{"@type": "Person", "name": "Ann"}, "Bo"],
    "publisher": {"name": "The Garden"},
    "keywords": "sea, sand",
    "image": [{"url": "https://a.example/a.png"}],
}


@pytest.mark.parametrize(
    "stated", [DATA, [DATA], {"@graph": [{"@type": "WebSite", "name": "x"}, DATA]}, [{"@type": "x"}, DATA]]
)
def test_linked_data_is_fields(stated: object) -> None:
    """The article of a page's JSON-LD, wherever it stands in it, gives fields."""
    assert head(f'<script type="application/ld+json">{json.dumps(stated)}</script>') == {
        "title": "A walk",
        "date": "2021-02-03",
        "modified": "2021-02-04",
        "author": ["Ann", "Bo"],
        "provider": "The Garden",
        "keywords": ["sea", "sand"],
        "image": "https://a.example/a.png",
    }


def test_linked_data_may_refer_to_nodes() -> None:
    """Authors and publishers are called as the nodes are that they refer to; sections are keywords."""
    article = {"headline": "A walk", "author": {"@id": "#1", "name": "admin"}, "publisher": {"@id": "#2"}}
    nodes = [{**article, "articleSection": "Hills, mostly", "keywords": "sea"}, {"@id": "#1", "name": "Ann"}]
    nodes.append({"@id": "#2", "name": "The Garden"})
    assert head(f'<script type="application/ld+json">{json.dumps({"@graph": nodes})}</script>') == {
        "title": "A walk",
        "author": "Ann",
        "provider": "The Garden",
        "keywords": ["Hills, mostly", "sea"],
    }


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.floats(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*DATA, "name", "url", "@graph", "@id", "articleSection"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(VALUES)
def test_any_linked_data_is_survived(stated: object) -> None:
    """JSON-LD of any shape gives texts and lists of texts, or nothing."""
    fields = head(f'<script type="application/ld+json">{json.dumps(stated)}</script>')
    for value in fields.values():
        assert isinstance(value, str) or (isinstance(value, list) and all(isinstance(item, str) for item in value))


@pytest.mark.parametrize(
    "text", ["{", "", "[" * 100_000, '{"headline": 1}', '{"headline":"a"' + " " * 2_000_000 + "}", "9" * 10_000, "NaN"]
)
def test_malformed_linked_data_says_nothing(text: str) -> None:
    """JSON-LD that is broken, too deep or too long is ignored."""
    assert head(f'<script type="application/ld+json">{text}</script>') == {}


PAGE = """<!DOCTYPE html>
<html lang="en"><head><title>A</title></head>
<body>
<nav><a href="/menu">Menu</a><p>Not a summary of anything here.</p></nav>
<main>
<nav><a href="/crumbs">Crumbs</a></nav>
<h1>A <em>walk</em></h1>
<p>By the <a
  href="sea.html?a=1&amp;b=2">sea</a> it is
cold, says <code>ls -l</code> and <a href='/menu'>the menu</a>.</p>
<h2>Later</h2>
<pre>&lt;a href="gone.html"&gt;</pre>
<img src="a.png" alt="The  sea">
<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ?rel=0"></iframe>
<script>var a = "<a href='never.html'>x</a>";</script>
<!-- <a href="hidden.html">x</a> -->
<a href="mailto:a@b.example">mail</a> <a href="#top">top</a> <a name="x">y</a> <a href="">z</a>
<footer><a href="/tags">Tags</a></footer>
</main>
<footer><a href="/imprint">Imprint</a></footer>
</body></html>
"""


def test_a_page_says_what_its_main_part_says() -> None:
    """Title, sections, summary, prose, links with their lines and pictures come from the main part alone."""
    fields, prose = read_html(PAGE)
    assert fields == {"lang": "en", "title": "A"}
    assert (prose.title, prose.sections) == ("A walk", ("Later",))
    assert prose.excerpt == "By the sea it is cold, says ls -l and the menu."
    assert prose.text == "A walk\nBy the sea it is cold, says and the menu.\nLater\nmail top y z"
    assert [(link.target, link.line, link.words) for link in prose.links] == [
        ("sea.html?a=1&b=2", 9, "sea"),
        ("/menu", 10, "the menu"),
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", 14, ""),
    ]
    assert prose.links[0].sentence == "By the sea it is cold, says ls -l and the menu."


def test_a_page_without_a_main_part_is_its_body() -> None:
    """Without a main part the body is read, but for navigation, footers and asides."""
    page = "<html><body><aside>x</aside><nav>y</nav><p>The text <a href=a>z</a></p><footer>w</footer></body></html>"
    assert read_html(page)[1].text == "The text z"


def test_a_fragment_in_a_text_is_read_whole() -> None:
    """An aside in a piece of HTML inside Markdown is a note, and no navigation."""
    assert read_fragment("<aside>A note</aside>").prose == "A note"


@given(st.lists(st.sampled_from(["a.html", "/b", "c?x=1&y=2", "ü.html", "https://d.example/"]), max_size=8), st.data())
def test_links_stand_on_their_lines(targets: list[str], data: st.DataObject) -> None:
    """Each link of a page is told with the line on which its address stands, however it is quoted."""
    body, lines = "<!doctype html>\n<body>\n", []
    for target in targets:
        body += data.draw(st.sampled_from(["", "\n", "<p>x\n</p>", "<!-- <a href=n> -->\n", "<b>x</b> "]))
        lines.append(body.count("\n") + 1)
        written = target.replace("&", data.draw(st.sampled_from(["&", "&amp;", "&#38;"])))
        body += data.draw(
            st.sampled_from(['<a href="{}">x</a>', "<A HREF='{}'>x</A>", "<a class=x href={}>x</a>"])
        ).format(written)
    links = read_html(body)[1].links
    assert [(link.target, link.line) for link in links] == list(zip(targets, lines, strict=True))


PIECES = st.sampled_from(
    [
        "<",
        ">",
        "</",
        "a",
        " href=",
        '"',
        "'",
        "<a href='x'>",
        "</a>",
        "<p>",
        "<table>",
        "<td>",
        "<svg>",
        "<!--",
        "-->",
        "<pre>",
        "\x00",
        "\ud800",
        "&",
        "&amp;",
        "<title>",
        "<script>",
        "<main>",
        "<template>",
        "<select>",
        "x",
        "\n",
        "<h1>",
        "<plaintext>",
        "<![CDATA[",
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_anything_is_a_page(text: str) -> None:
    """No bytes and no nesting give an exception, and no text that cannot be written."""
    fields, prose = read_html("<html>" + text)
    read_fragment(text)
    for said in (
        *map(str, fields.values()),
        prose.text,
        prose.title or "",
        prose.excerpt or "",
        *(link.target for link in prose.links),
    ):
        said.encode()


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        "<div>",
        "<a href=x>",
        "<p>",
        "<b>",
        "<table>",
        "<ul><li>",
        "<!--",
        "<a href='",
        '<a href="',
        "href=",
        "</p>",
        "<font><p>",
        "&",
        "\x00",
        "<svg>",
        "<select>",
        "<h1>",
        "<code>",
        "<a href='x'>y</a>\n",
        "<i><b>",
        "<blockquote>",
        "<",
        "<script>",
        "</div>",
        "<time datetime=x>",
    ],
)
def test_a_hundred_thousand_tags_are_read(piece: str) -> None:
    """Deep nesting, unclosed tags and many links take no more than their length in time."""
    text = "<html><body><p>Hello.</p>" + piece * 100_000
    assert looks_like_html(text)
    assert read_html(text)[1].word_count >= 1


def test_ten_megabytes_are_read() -> None:
    """A page of ten megabytes is read whole."""
    text = "<html><body>" + ("<p>" + "Some words. " * 90 + "<a href='page.html'>A link</a>.</p>\n") * 10_000
    prose = read_html(text)[1]
    assert len(text) > 10_000_000
    assert len(prose.links) == 10_000
    assert prose.links[-1].line == 10_000


HOSTILE_PAGES = {
    "mismatched tags": "<div></span>" * 100_000,
    "scopes": "<div><object></div></object>" * 50_000,
    "tags in comments": "<div><!-- </div> -->" * 50_000,
    "tags in raw text": "<div><textarea></div></textarea>" * 50_000,
    "formats opened again": "<p>" + "".join(f"<b a{n}>" for n in range(900)) + "</p>" + "<p>x</p>" * 50_000,
    "attributes": "<a " + " ".join(f"a{n}" for n in range(100_000)) + ">x</a>",
    "a long address": "<p>http://a.example/" + ")" * 500_000,
}


@pytest.mark.parametrize("page", HOSTILE_PAGES.values(), ids=HOSTILE_PAGES)
def test_what_a_parser_would_take_too_long_for_is_read_without_it(page: str) -> None:
    """Pages on which a parser takes time that grows with their square are read all the same, and quickly."""
    _, prose = read_html("<html><body>" + page + " the end")
    assert "end" in prose.text
    read_markdown(page)


def test_an_ordinary_page_is_parsed() -> None:
    """Long pages with open paragraphs, lists and many links are no reason to do without a parser."""
    page = "<html><body>" + "<p>Some <b>words</b> and <a href='x'>a link</a><ul><li>one<li>two</ul>" * 3_000
    _, prose = read_html(page)
    assert len(prose.links) == 3_000


def test_the_caption_of_a_picture_is_no_summary() -> None:
    """The summary is the first paragraph that is not the caption of a figure."""
    figure = "<figure><img src='a.png' alt='A'><figcaption><p>How a boat looks from above.</p></figcaption></figure>"
    assert read_fragment(f"{figure}<p>A boat is made of wood.</p>").paragraph == "A boat is made of wood."
    assert read_fragment(figure).paragraph is None
