"""The search page: results, best first, as HTML or JSON."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from graph.displays import counted
from graph.markup import Content, Markup, tag
from graph.search import Found, Highlighted, Match, SearchIndex, to_object
from graph.search.ranking import RANKING
from graph.serving.pages.frame import address, mark, page
from graph.serving.pages.plain_words import KIND_NAMES, KINDS_NAMES, plain_day
from graph.serving.protocol import Refusal
from graph.serving.thread_pool import in_thread

_PER_PAGE = 20
_MOST_PAGES = 500


async def show_search(request: Request) -> Response:
    """Answer `/search?q=WORDS`, optionally with `kind`, `page` and `format`.

    Raises:
        Refusal: There is no such format, or in JSON no such page.
        FormatError: In JSON, there is no such kind.
    """
    index: SearchIndex | None = request.app.state.site.search
    words = request.query_params.get("q", "")
    as_json = _wants_json(request)
    kind = request.query_params.get("kind") or None
    number = _page_number(request.query_params.get("page") or "1")
    if not as_json:  # a person gets an answer whatever is in the address
        kind, number = kind if kind in RANKING.kinds else None, number or 1
    elif number is None:
        raise Refusal(400, f"A page is a number from 1 to {_MOST_PAGES}.")
    if index is None:
        text = "This graph was built without a search index. Build it with --format search, or all."
        if as_json:
            return JSONResponse({"error": text}, 404)
        content = tag("div", tag("h1", "Search"), tag("p", text), class_="narrow")
        return page(request, "Search", content, here="/search", status=404)
    offset = (number - 1) * _PER_PAGE
    found = await in_thread(request, "search", lambda: index.find(words, kind=kind, limit=_PER_PAGE, offset=offset))
    if as_json:
        return JSONResponse(
            {"q": words, "page": number, **to_object(found)},
            headers={"Vary": "Accept, Accept-Encoding", "Cache-Control": "no-cache"},
        )
    title = f"{words} · Search" if words.strip() else "Search"
    return page(request, title, _results(request, found, words, kind, number), here="/search", words=words)


def _wants_json(request: Request) -> bool:
    if (wanted := request.query_params.get("format")) is not None:
        if wanted not in {"html", "json"}:
            raise Refusal(400, "Results are available as html and json.")
        return wanted == "json"
    accepted = request.headers.get("accept", "")
    return "application/json" in accepted and "text/html" not in accepted


def _page_number(text: str) -> int | None:
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(_MOST_PAGES)) else 0
    return number if 0 < number <= _MOST_PAGES else None


def _results(request: Request, found: Found, words: str, kind: str | None, number: int) -> Markup:
    def to(**changes: str | int | None) -> str:
        return address(request, "/search", **{"q": words, "kind": kind, **changes})

    if not words.strip():
        note: Content = "Type words above. The beginning of a word is enough; accents and case do not matter."
    elif not found.kinds:
        note = "Nothing found. Try fewer or other words."
    elif found.guessed:
        note = f"No exact match; these names are similar. {counted(found.total, 'node')} found."
    elif not found.every_word:
        note = f"No match for all words. {counted(found.total, 'node matches', 'nodes match')} some of them."
    else:
        note = f"{counted(found.total, 'node')} found."
    everything = sum(count for _, count in found.kinds)
    choices = [(None, "All", everything), *((name, KINDS_NAMES[name], count) for name, count in found.kinds)]
    kinds = [
        tag(
            "a",
            text,
            " ",
            number_of,
            href=to(kind=name),
            class_="button",
            aria_current="true" if name == kind else None,
        )
        for name, text, count in choices
        for number_of in [tag("span", f"{count:,}", class_="count")]
    ]
    more = number * _PER_PAGE < found.total and number < _MOST_PAGES
    pages = [
        tag("a", "← Better matches", href=to(page=number - 1), rel="prev", class_="button") if number > 1 else None,
        tag("a", "More →", href=to(page=number + 1), rel="next", class_="button") if more else None,
    ]
    return tag(
        "div",
        tag("h1", "Search", class_="unseen"),
        tag("p", note, role="status", class_="note"),
        tag("nav", kinds, aria_label="Kinds", class_="actions") if len(found.kinds) > 1 or kind else None,
        tag("ol", (_result(request, one) for one in found.matches), class_="found", start=(number - 1) * _PER_PAGE + 1),
        tag("nav", pages, aria_label="More results", class_="actions") if any(pages) else None,
        class_="narrow",
    )


def _result(request: Request, match: Match) -> Markup:
    kind = "Stub" if match.stub else KIND_NAMES[match.kind]
    line = (kind, match.provider, match.published_at and plain_day(match.published_at))
    place = address(request, "/node", iri=match.iri)
    text = [
        tag("h2", tag("a", _marked(match.title), href=place), dir="auto"),
        tag("p", tag("bdi", " · ".join(filter(None, line))), class_="about"),
        tag("p", _marked(match.text), dir="auto", class_="excerpt") if match.text else None,
    ]
    return tag("li", mark(match.kind, stub=match.stub), tag("div", text))


def _marked(pieces: Highlighted) -> list[Content]:
    return [tag("mark", text) if is_word else text for text, is_word in pieces]
