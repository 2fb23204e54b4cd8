"""One page, many addresses: what publishers, platforms and campaigns make of it, and what only looks like that."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from graph.hosts import in_unicode
from graph.urls import clean_url, domain_of, match_key

WORDS = st.text("abcdefghijklnoqrstuvwxyz0123456789-_é日", min_size=1, max_size=8)
HOSTS = st.sampled_from(["s.example", "news.s.example", "bücher.example", "例え.テスト", "s.co.uk"])
PAGES = st.tuples(HOSTS, st.lists(WORDS, min_size=1, max_size=4).map("/".join))
VIDEOS = st.text("abcXYZ019-_", min_size=1, max_size=11)
TRACKERS = (
    "utm_source=a fbclid=1 _hsenc=1 mc_cid=2 s_cid=3 cmpid=4 smid=tw ref_src=x igsh=1 trk=1 mkt_tok=1 ocid=1".split()
)


def key(url: str) -> str:
    """Return the key of a URL as it stands in a document."""
    cleaned = clean_url(url)
    assert cleaned is not None, url
    return match_key(cleaned)


def in_punycode(host: str) -> str:
    """Return a host with its labels in Punycode."""
    return ".".join(
        label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii") for label in host.split(".")
    )


VARIANTS: list[Callable[[str, str], str]] = [
    lambda host, path: f"https://{host}/{path}/amp",
    lambda host, path: f"https://{host}/{path}/amp/",
    lambda host, path: f"https://{host}/amp/{path}",
    lambda host, path: f"https://amp.{host}/{path}",
    lambda host, path: f"https://m.{host}/{path}?m=",
    lambda host, path: f"https://{host}/{path}.amp",
    lambda host, path: f"https://{host}/{path}?amp=1",
    lambda host, path: f"https://{host}/{path}/?amp",
    lambda host, path: f"https://{host}/{path}?view=amp",
    lambda host, path: f"https://{host}/{path}?outputType=amp",
    lambda host, path: f"https://{host}/{path}/index.html",
    lambda host, path: f"https://{host}/{path}/index.htm?amp=1",
    lambda host, path: f"https://{host}/{path}/amp/index.html",
    lambda host, path: f"https://www.google.com/amp/s/{host}/{path}",
    lambda host, path: f"https://google.co.uk/amp/{host}/{path}/amp/",
    lambda host, path: f"https://www.google.de/amp/s/amp.{host}/{path}%3famp",
    lambda host, path: f"https://www.bing.com/amp/s/{host}/{path}?amp=1",
    lambda host, path: f"https://s-example.cdn.ampproject.org/c/s/{host}/{path}?view=amp&usqp=mq331AQ",
    lambda host, path: f"https://cdn.ampproject.org/v/s/{host}/{path}?amp_js_v=0.1",
    lambda host, path: f"https://{host}/x/../{path}",
    lambda host, path: f"https://{host}/./{path}/.",
    lambda host, path: f"https://{host}/%2e%2E/{path}",
    lambda host, path: f"https://{host}//{path}//",
    lambda host, path: f"https://{in_punycode(host)}/{path}",
    lambda host, path: f"http://www.{in_punycode(host).upper()}:80/{path}/#part",
]


@given(PAGES, st.sampled_from(VARIANTS), st.lists(st.sampled_from(TRACKERS), max_size=3))
def test_variants_of_any_page_are_that_page(
    page: tuple[str, str], variant: Callable[[str, str], str], trackers: list[str]
) -> None:
    """Pages of AMP, files that stand for a folder, dots, slashes, hosts and campaigns do not make another page."""
    address = variant(*page).removesuffix("?m=")
    address += "".join(("&" if "?" in address else "?") + tracker for tracker in trackers) if "#" not in address else ""
    assert key(address) == key("https://{}/{}".format(*page))


@pytest.mark.parametrize(
    "address",
    [
        *("https://youtu.be/{}", "https://youtu.be/{}?si=Q&t=5", "https://youtu.be/{}/", "http://youtu.be/watch?v={}"),
        *("https://www.youtube.com/watch?v={}", "https://m.youtube.com/watch/?list=PL1&index=2&v={}&t=1m"),
        *("https://youtube.com/shorts/{}?feature=share", "https://www.youtube.com/live/{}?si=x"),
        *("https://www.youtube.com/embed/{}?start=7&rel=0", "https://www.youtube-nocookie.com/embed/{}"),
        *("https://music.youtube.com/watch?v={}&feature=share", "https://youtube.com/v/{}", "//youtu.be/{}#t=3"),
        "https://www.youtube.com/watch?feature=youtu.be&amp;v={}",
    ],
)
@given(VIDEOS, VIDEOS)
@example("abc", "ABC")
def test_all_addresses_of_a_video_are_one(address: str, video: str, other: str) -> None:
    """Wherever a video of YouTube is shown, and from which second on, it is that video, and no other."""
    assert key(address.format(video)) == f"youtube.com/watch?v={video}"
    assert (key(address.format(other)) == key(address.format(video))) == (other == video)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://n.substack.com/p/x", "https://n.substack.com/p/x?r=2mgxo2&triedRedirect=true"),
        ("https://n.substack.com/p/x", "https://n.substack.com/p/x?s=r&publication_id=1&post_id=2&isFreemail=true"),
        (
            "https://n.substack.com/p/x",
            "https://open.substack.com/pub/n/p/x?r=abc&utm_campaign=post&showWelcomeOnShare=1",
        ),
        ("https://letters.example/p/x", "https://letters.example/p/x?r=2mgxo2&utm_medium=ios&triedRedirect=true"),
        ("https://medium.com/@a/b-1a2b3c4d5e6f", "https://medium.com/@a/b-1a2b3c4d5e6f?source=rss----98111c9905da---4"),
        ("https://a.medium.com/b-1a2b3c4d5e6f", "https://a.medium.com/b-1a2b3c4d5e6f?sk=9f&gi=0c"),
        (
            "https://words.example/b-1a2b3c4d5e6f",
            "https://words.example/b-1a2b3c4d5e6f?gi=0c3e&source=friends_link&sk=9",
        ),
        ("https://www.forbes.com/sites/a/", "https://www.forbes.com/sites/a/?sh=5f3d6fd24f1b"),
        ("https://twitter.com/a/status/1", "https://mobile.twitter.com/a/status/1?s=20&t=x&ref_src=twsrc%5Etfw"),
        ("https://s.example/a?b=1&c=2", "https://s.example/a?b=1&amp;c=2"),
        ("https://s.example/", "https://s.example/index.php"),
        ("https://s.example/", "https://s.example/Default.aspx"),
        ("https://s.example/?p=1", "https://s.example/index.php?p=1"),
        ("https://s.example/a.html", "https://s.example/a.amp.html"),
        ("https://ΟΔΟΣ.example/", "https://" + in_punycode("οδοσ.example")),
        ("https://straße.example/", "https://xn--strae-oqa.example/"),
        ("https://bu\u0308cher.example/", "https://bücher.example/"),
    ],
)
def test_what_platforms_and_sites_add_is_no_other_page(one: str, other: str) -> None:
    """Medium's and Substack's own parameters, also on domains of their authors, and other habits are passed over."""
    assert key(one) == key(other)


APART = [
    ("https://s.example/a?page=2", "https://s.example/a"),
    ("https://s.example/a?id=5", "https://s.example/a?id=6"),
    ("https://s.example/?p=123", "https://s.example/"),
    ("https://s.example/a?amp=5", "https://s.example/a"),
    ("https://s.example/a?view=list", "https://s.example/a"),
    ("https://s.example/amp-up-your-life", "https://s.example/-up-your-life"),
    ("https://s.example/camp/", "https://s.example/c"),
    ("https://s.example/a/camp", "https://s.example/a"),
    ("https://s.example/amp", "https://s.example/"),
    ("https://s.example/a/AMP", "https://s.example/a"),
    ("https://amp.example/a", "https://example/a"),
    ("https://lamp.example/a", "https://example/a"),
    ("https://github.com/amp/x", "https://github.com/x"),
    ("https://github.com/x/amp", "https://github.com/x"),
    ("https://s.example/index.html.md", "https://s.example/"),
    ("https://s.example/a/my-index.html", "https://s.example/a"),
    ("https://s.example/a.html", "https://s.example/a"),
    ("https://s.example/a..b", "https://s.example/b"),
    ("https://s.example/...", "https://s.example/"),
    ("https://s.example/a?r=1", "https://s.example/a"),
    ("https://s.example/a?source=rss", "https://s.example/a"),
    ("https://s.example/a?s=word", "https://s.example/a"),
    ("https://s.example/2020-01-02-20200102?source=x", "https://s.example/2020-01-02-20200102"),
    ("https://substack.com/app-link/post?publication_id=1&post_id=2", "https://substack.com/app-link/post"),
    ("https://s.example/watch?v=a", "https://s.example/watch?v=b"),
    ("https://youtube.com/embed/videoseries?list=A", "https://youtube.com/embed/videoseries?list=B"),
    ("https://youtube.com/playlist?list=A", "https://youtube.com/playlist?list=B"),
    ("https://youtu.be/playlist?list=A", "https://youtu.be/playlist?list=B"),
    ("https://youtube.com/@a", "https://youtube.com/@b"),
    ("https://google.com/amp/stories", "https://stories/"),
    ("https://google.com/amp/s/s.example%2Fa/b", "https://s.example/a/b"),
    ("https://google.com.example/amp/s/s.example/a", "https://s.example/a"),
    ("https://strasse.example/", "https://straße.example/"),
    ("https://xn--z1g.example/", "https://a/c.example"),
    ("https://xn--xn--bcher-kva.example/", "https://bücher.example/"),
]


@pytest.mark.parametrize(("one", "other"), APART)
def test_what_only_looks_like_a_variant_is_a_page_of_its_own(one: str, other: str) -> None:
    """Words, parameters and hosts that hold the name of a variant without being one tell pages apart."""
    assert key(one) != key(other)


@given(st.text())
@example("https://xn--\ud800.example/")
@example("https://www.google.com/amp/s/\ud800./%3F")
@example("https://" + "xn--" * 500 + ".example/")
def test_any_text_has_a_key(text: str) -> None:
    """A key is asked for without fear, whatever stands there."""
    for address in (text, f"https://{text}", f"https://{text}.example/", f"https://www.google.com/amp/s/{text}"):
        assert isinstance(match_key(address), str)


@given(st.text("abcdefghijklmnopqrstuvwxyz0123456789-", max_size=12))
@example("z1g")
@example("0ca24w")
def test_punycode_is_read_only_where_it_names_a_proper_host(text: str) -> None:
    """What Punycode hides can be neither a path nor a space, nor what no file can hold; else it stays as it is."""
    label = f"xn--{text}"
    read = in_unicode(f"{label}.example")
    read.encode()
    assert read.endswith(".example")
    name = read.removesuffix(".example")
    assert name == label or (f"xn--{name.encode('punycode').decode()}" == label and clean_url(f"https://{read}/"))
    assert in_unicode(read) == read


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("https://s.example/b/../a", "https://s.example/a"),
        ("https://s.example/a/./b/..", "https://s.example/a/"),
        ("https://s.example/../../a", "https://s.example/a"),
        ("https://s.example/%2e%2e/a", "https://s.example/a"),
        ("https://s.example/a/..b/.c", "https://s.example/a/..b/.c"),
        ("https://s.example/a?b=../c", "https://s.example/a?b=../c"),
        ("https://n.substack.com/p/x?r=2&triedRedirect=true", "https://n.substack.com/p/x"),
        ("https://youtu.be/abc?si=Q&t=5", "https://youtu.be/abc?t=5"),
        ("https://s.example/a?amp=1", "https://s.example/a?amp=1"),
        ("https://s.example/a/index.html", "https://s.example/a/index.html"),
        ("https://xn--bcher-kva.example/a", "https://xn--bcher-kva.example/a"),
    ],
)
def test_the_address_shown_leads_to_the_page_as_it_was_stated(written: str, shown: str) -> None:
    """Dot segments are resolved and tracking is left out; a page of AMP, a file and a host are shown as stated."""
    assert clean_url(written) == shown


def test_a_domain_is_one_in_both_spellings() -> None:
    """A provider's domain is in Unicode, whichever way it is written."""
    assert domain_of("xn--bcher-kva.example") == domain_of("https://www.BÜCHER.example/") == "bücher.example"
    assert domain_of("xn--z1g.example") == "xn--z1g.example"


@pytest.mark.slow
@pytest.mark.parametrize(
    "address",
    [
        "https://s.example" + "/.." * 300_000,
        "https://s.example" + "/amp" * 300_000,
        "https://s.example" + "/" * 1_000_000,
        "https://s.example/-" + "0123456789" * 100_000 + "?a=b",
        "https://s.example/?" + "amp&" * 300_000,
        "https://www.youtube.com/watch?" + "v&" * 300_000,
        "https://" + "é" * 60 + ("." + "é" * 60) * 10_000 + "/",
        "https://" + "a." * 300_000 + "cdn.ampproject.org/c/s/",
    ],
    ids=["dots", "amp", "slashes", "number", "parameters", "videos", "labels", "cache"],
)
def test_a_long_address_takes_no_longer_than_its_length(address: str) -> None:
    """Keys of addresses of a megabyte come within seconds."""
    begun = time.process_time()
    match_key(clean_url(address) or address)
    assert time.process_time() - begun < 5
