"""What all pages share: the head, the bar at the top, and the page of an error."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import wraps
from typing import TypeAlias
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from graph.errors import GraphError
from graph.markup import Content, Markup, tag
from graph.search import RANKING
from graph.serving.endpoint import to_refusal
from graph.serving.pages.assets import asset_address
from graph.serving.protocol import Refusal

Handler: TypeAlias = Callable[[Request], Awaitable[Response]]
"""A function that answers a request."""

_PER_VISIT = {"Cache-Control": "no-cache", "Vary": "Accept, Accept-Encoding"}
_TITLES = {
    400: "Bad request",
    404: "Not found",
    406: "Not available in this form",
    413: "Too large",
    503: "Not available now",
}


def address(request: Request, path: str, **asked: str | int | None) -> str:
    """Return the path of a page with its parameters, also behind a proxy that serves it below another path.

    What is `None` or empty is left out.
    """
    query = urlencode({name: value for name, value in asked.items() if value}, errors="replace")
    return f"{request.scope.get('root_path', '').rstrip('/')}{path}{query and f'?{query}'}"


def page(
    request: Request,
    title: str,
    *content: Content,
    here: str = "",
    words: str = "",
    scripts: Sequence[str] = (),
    head: Content = None,
    status: int = 200,
) -> HTMLResponse:
    """Return a whole page; `here` is its entry in the bar, `words` the text of the search box."""
    name = request.app.state.site.title
    document = tag(
        "html",
        tag(
            "head",
            tag("meta", charset="utf-8"),
            tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
            tag("meta", name="color-scheme", content="light dark"),
            tag("title", f"{title} · {name}" if title != name else name),
            tag("link", rel="icon", href="data:,"),
            tag("link", rel="stylesheet", href=address(request, asset_address("page.css"))),
            head,
            [tag("script", src=address(request, asset_address(script)), defer=True) for script in scripts],
        ),
        tag("body", _bar(request, name, here, words), tag("main", *content, id="content")),
        lang="en",
    )
    return HTMLResponse(f"<!DOCTYPE html>\n{document}\n", status, headers=_PER_VISIT)


def mark(kind: str, *, stub: bool = False) -> Markup:
    """Return the symbol of a kind, as in the explorer."""
    return tag("span", class_=f"mark {'stub' if stub else kind}", aria_hidden="true")


def with_error_page(handler: Handler) -> Handler:
    """Let a handler send its errors as pages to browsers."""

    @wraps(handler)
    async def answer(request: Request) -> Response:
        try:
            return await handler(request)
        except GraphError as error:
            refusal = to_refusal(error)
        except Refusal as error:
            refusal = error
        if "text/html" not in request.headers.get("accept", ""):
            raise refusal
        return _failure(request, refusal)

    return answer


def _failure(request: Request, refusal: Refusal) -> Response:
    title = _TITLES.get(refusal.status, "Error")
    text = tag("div", tag("h1", title), tag("p", refusal.reason, role="alert"), class_="narrow")
    answer = page(request, title, text, status=refusal.status)
    answer.headers.update({**refusal.headers, "Cache-Control": "no-store"})
    return answer


def _bar(request: Request, name: str, here: str, words: str) -> Markup:
    places = (("/", "Map"), ("/search", "Search"), ("/query", "Query"))
    links = [
        tag("a", text, href=address(request, path), aria_current="page" if path == here else None)
        for path, text in places
    ]
    search = tag(
        "form",
        tag("label", "Search articles, topics, providers and people", for_="words", class_="unseen"),
        tag(
            "input",
            id="words",
            type="search",
            name="q",
            value=words,
            maxlength=RANKING.longest,
            autocomplete="off",
            placeholder="Search…",
        ),
        action=address(request, "/search"),
        role="search",
    )
    return tag(
        "header",
        tag("a", "Skip to content", href="#content", class_="skip"),
        tag("a", tag("bdi", name), href=address(request, "/"), class_="name"),
        tag("nav", *links, aria_label="Pages"),
        search,
    )
