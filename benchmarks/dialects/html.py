"""Pages of HTML, as written by hand or by some program: what `<head>` says, and what only the text says."""

from __future__ import annotations

from html import escape

from benchmarks.dialects.common import authors_of, topics_of
from benchmarks.dialects.shape import Draft, Site, Style, relative, written
from benchmarks.dialects.subjects import DAYS, SUBJECTS

__all__ = ["site"]

_ROOT = "https://html.example"
_OUTSIDE = (
    (
        "<a href='https://almanac.example/2021?page=2&amp;from=3'>Almanac</a>",
        "https://almanac.example/2021?page=2&from=3",
    ),
    ('<a\n href="https://ropes.example/hemp" rel="nofollow"><b>Hemp</b></a>', "https://ropes.example/hemp"),
    ("<A HREF=https://rules.example/sea>The rules</A>", "https://rules.example/sea"),
    (
        '<iframe src="https://www.youtube.com/embed/a1B2c3D4e5F"></iframe>',
        "https://www.youtube.com/watch?v=a1B2c3D4e5F",
    ),
)
_LOST = ('<a href="lost-at-sea.html">Lost</a>', '<a href="../lost/at-sea.html#deep">Lost</a>')
_DECOYS = (
    '<!-- <a href="gone.html">x</a> -->',
    "<script>document.write(\"<a href='gone.html'>x</a>\");</script>",
    "<pre>&lt;a href='gone.html'&gt;x&lt;/a&gt;</pre>",
    '<a href="mailto:crew@boats.example">Write</a>',
    '<a href="#top">Up</a>',
    '<a name="here">Here</a>',
    '<img src="/boat.png" alt="A boat">',
)


def site() -> Site:
    """Return pages in folders, published at an address that a build is told."""
    drafts = [_page(number) for number in range(len(SUBJECTS))]
    forms = (
        lambda here, there: f'<a href="{relative(here, there)}">About {there.words}</a>',
        lambda here, there: f"<li><a href='{relative(here, there)}#end'>The end of <i>{there.words}</i></a>",
        lambda _, there: f'<a href="/{there.path}">About {there.words}</a>',
        lambda _, there: f'<a href="{there.address}?utm_source=log">{there.words}</a>',
    )
    style = Style(forms, _OUTSIDE, _LOST, _DECOYS, paragraph=lambda text: f"<p>{text}</p>", end="</body></html>\n")
    files, expected = written(drafts, style)
    return Site(f"{_ROOT}/", files, expected)


def _page(number: int) -> Draft:
    subject, day = SUBJECTS[number], DAYS[number]
    title = escape(subject.title)
    authors, topics = authors_of(number)[:1], topics_of(number)
    head = [f"<title>{title}</title>", f"<title>{title} | The log</title>", f"<title>The log &mdash; {title}</title>"][
        number % 3
    ]
    if number % 3:
        head += f'\n<meta property="og:title" content="{title}"><meta property="og:site_name" content="The log">'
    head += f'\n<meta name="keywords" content="{", ".join(topics)}">\n<meta name="author" content="{authors[0]}">'
    said = ""
    if number % 2:
        head += f'\n<meta property="article:published_time" content="{day}T08:00:00+00:00">'
    else:
        said = f'<p><time datetime="{day}">{day}</time></p>\n'
    address = f"{_ROOT}/{('log', 'log/old', 'letters')[number % 3]}/{subject.slug}.html"
    if number % 4 == 2:
        address = f"{_ROOT}/canonical/{subject.slug}/"
        head += f'\n<link rel="canonical" href="{address}">'
    return Draft(
        f"{('log', 'log/old', 'letters')[number % 3]}/{subject.slug}.html",
        subject.title,
        f"<!DOCTYPE html>\n<html><head><meta charset='utf-8'>\n{head}\n</head><body><h1>{title}</h1>\n{said}",
        f"{subject.sentence}",
        subject.words,
        day=day,
        authors=authors,
        topics=topics,
        provider="The log" if number % 3 else None,
        address=address,
    )
