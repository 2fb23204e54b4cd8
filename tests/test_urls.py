"""One address, many spellings: what is shown for a URL, and which URLs are the same page."""

from __future__ import annotations

import pyoxigraph
import pytest
import rdflib
from hypothesis import example, given
from hypothesis import strategies as st

from graph.urls import clean_url, domain_of, encode_iri, is_platform, is_web_address, match_key

UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
NASTY = st.text(st.characters(codec="utf-8") | st.sampled_from(" %#?&=/\\<>\"'{}|^`[]@:;+é日\u200f\u0301"))
LABELS = st.text("abcdefghijklmnopqrstuvwxyz0123456789é日", min_size=1, max_size=8).filter(
    lambda label: label not in {"www", "m", "mobile"}
)
SEGMENTS = st.text(UNRESERVED + "é日 ()%", min_size=1, max_size=8)
VALUES = st.text(UNRESERVED + "é日 ", min_size=1, max_size=6)
TRACKERS = st.sampled_from(
    "utm_source utm_medium UTM_Campaign itm_x fbclid gclid ocid WT.mc_id mc_cid mc_eid CMP".split()
)


def key(url: str) -> str:
    """Return the key of a URL as it stands in a document."""
    cleaned = clean_url(url)
    assert cleaned is not None, url
    return match_key(cleaned)


@st.composite
def spellings(draw: st.DrawFn) -> tuple[str, str]:
    """Draw two spellings of one address."""
    labels = draw(st.lists(LABELS, min_size=2, max_size=4))
    segments = draw(st.lists(SEGMENTS, max_size=4))
    parameters = draw(st.lists(st.tuples(VALUES, VALUES), max_size=4))
    return draw(written(labels, segments, parameters)), draw(written(labels, segments, parameters))


@st.composite
def written(draw: st.DrawFn, labels: list[str], segments: list[str], parameters: list[tuple[str, str]]) -> str:
    """Draw one way to write an address."""
    case = draw(st.sampled_from([str.lower, str.upper]))
    host = draw(st.sampled_from(["", "www.", "m.", "mobile.", "www.m."])) + ".".join(labels)
    scheme, port = draw(
        st.sampled_from([("http", ""), ("https", ""), ("HTTPS", ":443"), ("http", ":80"), ("http", ":")])
    )
    path = "".join("/" + draw(escaped(segment)) for segment in segments) + draw(st.sampled_from(["", "/"]))
    pairs = [f"{draw(escaped(name))}={draw(escaped(value))}" for name, value in parameters]
    pairs += [f"{tracker}={value}" for tracker, value in draw(st.lists(st.tuples(TRACKERS, VALUES), max_size=2))]
    query = "&".join(draw(st.permutations(pairs)))
    fragment = draw(st.sampled_from(["", "#", "#part", " #!/a?b=c", "#a#b"]))
    return f"{scheme}://{case(host)}{port}{path}{'?' + query if query else ''}{fragment}"


@st.composite
def escaped(draw: st.DrawFn, text: str) -> str:
    """Draw a spelling of a text, in which any character may be percent-encoded, in either case."""
    parts = []
    for character in text:
        must = character == "%"
        if must or draw(st.booleans()):
            style = draw(st.sampled_from(["%{:02x}", "%{:02X}"]))
            parts.append("".join(style.format(byte) for byte in character.encode()))
        else:
            parts.append(character)
    return "".join(parts).replace("(", "%28").replace(")", "%29")


@pytest.mark.slow
@given(spellings())
def test_spellings_of_one_address_are_one_page(pair: tuple[str, str]) -> None:
    """Scheme, `www.`, `m.`, port, host's case, trailing slash, fragment, tracking, order and escapes do not count."""
    assert key(pair[0]) == key(pair[1])


@given(st.lists(SEGMENTS, min_size=1, max_size=3), st.lists(st.tuples(VALUES, VALUES), min_size=1, max_size=3))
def test_other_words_are_another_page(segments: list[str], parameters: list[tuple[str, str]]) -> None:
    """The case of a path, each of its parts, and each parameter count."""
    path = "/".join(encode_iri(segment.replace("%", "%25")) for segment in segments)
    query = "&".join(f"{encode_iri(name)}={encode_iri(value)}" for name, value in parameters)
    url = f"https://example.com/x{path}?{query}"
    others = [f"https://example.com/X{path}?{query}", f"https://example.com/x/{path}?{query}", f"{url}&one=more"]
    assert key(url) not in {key(other) for other in others}


@pytest.mark.slow
@given(
    NASTY
    | NASTY.map("http://example.com/{}".format)
    | NASTY.map("https://{}".format)
    | spellings().map(lambda pair: pair[0])
)
@example("http://example.com:\uff11/x")
@example("http://[:::::]/x")
@example("http://example.com/\ud800")
@example("http://हिन्दी.भारत/कहानी")
@example("http://example.com/\U000e0001\U0010ffff\ue000\u200b\ufdd0")
def test_what_is_shown_is_a_valid_iri(text: str) -> None:
    """A cleaned URL is an IRI that RDF engines accept, and cleaning it again changes nothing."""
    cleaned = clean_url(text)
    if cleaned is None:
        return
    assert clean_url(cleaned) == cleaned
    assert match_key(cleaned) == match_key(clean_url(cleaned) or "")
    node = pyoxigraph.NamedNode(cleaned)
    line = f"<{cleaned}> <{cleaned}> <{cleaned}> ."
    assert [triple.subject for triple in pyoxigraph.parse(line, format=pyoxigraph.RdfFormat.TURTLE)] == [node]
    assert rdflib.URIRef(cleaned).n3() == f"<{cleaned}>"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("https://example.com/a?utm_source=x&b=1&fbclid=2#part", "https://example.com/a?b=1"),
        ("https://example.com/a?b=1&amp;utm_source=x", "https://example.com/a?b=1"),
        ("https://example.com/?utm%5Fsource=x", "https://example.com/"),
        ("https://example.com/A/b/", "https://example.com/A/b/"),
        ("HTTP://Example.COM/A", "http://Example.COM/A"),
        ("https://apnews.com/PR Newswire/1", "https://apnews.com/PR%20Newswire/1"),
        ('https://example.com/<"quoted">', "https://example.com/%3C%22quoted%22%3E"),
        ("https://example.com/é/日本", "https://example.com/é/日本"),
        ("https://example.com/%C3%A9", "https://example.com/%C3%A9"),
        ("https://example.com/100%", "https://example.com/100%25"),
        (
            "https://example.com/image.png?resize=9%2C6&strip=all",
            "https://example.com/image.png?resize=9%2C6&strip=all",
        ),
        ("https://user:word@example.com/", "https://example.com/"),
        ("//example.com/a", "https://example.com/a"),
        ("  https://example.com/a \n", "https://example.com/a"),
        ("http://[2001:db8::1]:8080/a", "http://[2001:db8::1]:8080/a"),
    ],
)
def test_only_what_an_iri_may_not_hold_is_encoded(written: str, shown: str) -> None:
    """The shown address is the written one without fragment and tracking, encoded only where an IRI demands it."""
    assert clean_url(written) == shown


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            " ",
            "example.com",
            "/a",
            "mailto:a@example.com",
            "javascript:alert(1)",
            "data:text/html,x",
            "ftp://example.com",
        ),
        *(
            "http://",
            "http:///a",
            "http://a b/",
            "http://-a.com/",
            "http://a..com/",
            'http://a"b.com/',
            "http://<a>/",
            "https:/a",
        ),
        *("http://[::1/", "http://example.com:port/", "http://exa\\mple.com/"),
    ],
)
def test_what_is_no_web_address_has_none(text: str) -> None:
    """Other schemes, relative paths and broken hosts are no addresses."""
    assert clean_url(text) is None


def test_an_address_within_the_site_is_completed() -> None:
    """A path that begins with one slash belongs to the site."""
    assert clean_url("/topics/ai", "https://example.org/blog/") == "https://example.org/blog/topics/ai"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.forbes.com/sites/a/", "https://www-forbes-com.cdn.ampproject.org/c/s/www.forbes.com/sites/a/"),
        ("https://www.forbes.com/sites/a/amp/", "https://www.google.com/amp/s/www.forbes.com/sites/a/amp/"),
        ("https://en.wikipedia.org/wiki/Graph", "https://en.m.wikipedia.org/wiki/Graph"),
        ("https://example.com", "http://www.example.com/?"),
        ("https://example.com/~a", "https://example.com/%7Ea"),
        ("https://example.com/a|b", "https://example.com/a%7cb"),
        ("https://example.com/?b=2&a=1", "https://example.com/?a=1&b=2&mc_cid=3"),
        ("https://s.example/a/", "https://s.example/a/amp/"),
        ("https://s.example/a", "https://s.example/b/../a"),
        ("https://bücher.example/a", "https://xn--bcher-kva.example/a"),
        ("https://youtube.com/watch?v=abc", "https://youtu.be/abc?si=Q"),
        ("https://www.youtube.com/embed/abc?x=1", "https://m.youtube.com/watch?list=1&v=abc&t=3"),
        ("https://s.example/a", "https://s.example/a?_hsenc=1&mc_cid=2&s_cid=3&cmpid=4&smid=tw-share"),
        ("https://s.example/a", "https://s-example.cdn.ampproject.org/c/s/s.example/a?view=amp"),
        ("https://s.example/a/", "https://s.example/a/index.html"),
        ("https://n.substack.com/p/x", "https://n.substack.com/p/x?r=2mgxo2&triedRedirect=true"),
        ("https://medium.com/a/b?source=x---y", "https://medium.com/a/b"),
        ("https://www.google.co.uk/amp/s/s.example/a", "https://s.example/a"),
        ("https://google.com/amp/s.example/a", "https://s.example/a"),
        ("https://amp.s.example/a", "https://s.example/a"),
        ("https://s.example/", "https://s.example/index.html"),
        ("https://straße.example/", "https://xn--strae-oqa.example/"),
        ("https://s.example/amp/news/a", "https://s.example/news/a"),
        ("https://s.example/a.amp.html", "https://s.example/a.html"),
        ("https://s.example/a?outputType=amp", "https://s.example/a"),
    ],
)
def test_variants_of_a_page_are_that_page(one: str, other: str) -> None:
    """Addresses of AMP, caches, viewers, phones, campaigns, videos and directories stand for the page they show."""
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.com/a", "https://example.com/A"),
        ("https://example.com/a", "https://example.org/a"),
        ("https://example.com/a", "https://blog.example.com/a"),
        ("https://example.com/a/amps", "https://example.com/a"),
        ("https://example.com/a?id=1", "https://example.com/a?id=2"),
        ("https://example.com/a%2Fb", "https://example.com/a/b"),
        ("https://example.com:8080/a", "https://example.com/a"),
        ("https://www.com/a", "https://m.com/a"),
        ("https://s.example/a?page=2", "https://s.example/a"),
        ("https://s.example/camp/", "https://s.example/c"),
        ("https://amp.example/a", "https://example/a"),
        ("https://youtube.com/watch?v=a", "https://youtube.com/watch?v=b"),
        ("https://youtube.com/c/a", "https://youtube.com/c/b"),
        ("https://s.example/amp-up", "https://s.example/-up"),
        ("https://s.example/a?r=1", "https://s.example/a"),
        ("https://s.example/index.html.md", "https://s.example/"),
    ],
)
def test_different_pages_stay_apart(one: str, other: str) -> None:
    """Paths, hosts, ports and parameters that differ name different pages."""
    assert key(one) != key(other)


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("forbes.com", "forbes.com"),
        ("WWW.Forbes.com", "forbes.com"),
        ("https://www.forbes.com/sites?x#y", "forbes.com"),
        ("forbes.com/sites", "forbes.com"),
        ("//forbes.com:443", "forbes.com"),
        ("हिन्दी.भारत", "हिन्दी.भारत"),
        ("www.com", "www.com"),
        ("Forbes", None),
        ("Forbes Media, Inc.", None),
        ("-a.com", None),
        ("a@forbes.com", None),
        ("", None),
        ("a." * 200 + "com", None),
    ],
)
def test_a_domain_is_read_from_what_people_write(text: str, domain: str | None) -> None:
    """A provider's domain is lower-cased and without `www.`; a full URL counts by its host; anything else is none."""
    assert domain_of(text) == domain


def test_platforms_host_many_publishers() -> None:
    """The known platforms are platforms, other domains are not, and a site may name more."""
    assert is_platform("youtube.com")
    assert is_platform("medium.com")
    assert not is_platform("forbes.com")
    assert is_platform("forbes.com", frozenset({"forbes.com"}))


@pytest.mark.parametrize(
    ("value", "opens"),
    [
        ("https://example.org", True),
        ("HTTP://example.org/a b?c".replace(" ", "%20"), True),
        ("https://user@example.org:8080/a?b#c", True),
        ("http://[::1]:80/x", True),
        ("https://例え.jp/パス", True),
        ("javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("https:///nowhere", False),
        ("https://exa mple.org", False),
        ("https://example.org/\u202egpj.exe", False),
        ("https://example.org/a\nb", False),
        ("//example.org", False),
        ("data:text/html,x", False),
        ("", False),
        (None, False),
        (7, False),
    ],
)
def test_a_browser_may_open_web_addresses_only(value: object, *, opens: bool) -> None:
    """A link leads to http and https pages, and to nothing that could run or pretend."""
    assert is_web_address(value) is opens
