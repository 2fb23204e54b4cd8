"""The query page: an editor, the prefixes, example queries, and the answer."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from graph.markup import Markup, tag
from graph.names import PREFIXES
from graph.serving.pages.frame import address, page

_PLACES = (Path(__file__).parent / "examples", Path(__file__).parents[3] / "examples" / "queries")
"""The folders of example queries: in an installed package, and in a clone of the project."""
_LONGEST_SHOWN = 65_536


@dataclass(frozen=True, slots=True)
class Example:
    """An example query."""

    title: str
    """The first comment of the file, or its name."""
    sparql: str
    """The query with its comments."""


@cache
def examples() -> tuple[Example, ...]:
    """Return the example queries of the package, sorted by file name."""
    folder = next(place for place in _PLACES if place.is_dir())
    return tuple(map(_to_example, sorted(folder.glob("*.rq"))))


async def show_query(request: Request) -> Response:
    """Answer `/query`, with the query of `?query=`, or an example, in the editor."""
    sparql = request.query_params.get("query", "")[:_LONGEST_SHOWN] or examples()[0].sparql
    answer = tag("section", id="answer", aria_label="Answer", hidden=True)
    content = [
        tag("h1", "Query", class_="unseen"),
        tag("div", _editor(request, sparql), answer, class_="asking"),
        tag("aside", _examples(request), _prefixes(), class_="help", aria_label="Help"),
    ]
    return page(request, "Query", content, here="/query", scripts=["highlight.js", "answer.js", "query.js"])


def _editor(request: Request, sparql: str) -> Markup:
    field = tag(
        "textarea",
        "\n" + sparql,
        id="query",
        name="query",
        spellcheck="false",
        autocapitalize="off",
        autocomplete="off",
        autocorrect="off",
        rows=8,
        aria_describedby="keys",
    )
    buttons = [
        tag("button", "Run", type="submit", id="run", class_="button main"),
        tag("button", "Stop", type="button", id="stop", class_="button", hidden=True),
        tag("button", "Copy link", type="button", id="share", class_="button", hidden=True),
        tag("span", "Ctrl+Enter runs the query", id="keys", class_="hint"),
    ]
    return tag(
        "form",
        tag("label", "SPARQL query", for_="query", class_="unseen"),
        tag("div", tag("pre", id="paint", aria_hidden="true"), field, class_="editor"),
        tag("p", buttons, class_="actions"),
        tag("p", id="said", role="status", class_="unseen"),
        id="asking",
        action=address(request, "/sparql"),
        method="get",
        data_node=address(request, "/node"),
    )


def _examples(request: Request) -> Markup:
    links = [
        tag("li", tag("a", example.title, href=address(request, "/query", query=example.sparql)))
        for example in examples()
    ]
    return tag("details", tag("summary", "Examples"), tag("ul", links, id="examples"), id="examples-box", open=True)


def _prefixes() -> Markup:
    rows = [(tag("dt", f"{prefix}:"), tag("dd", iri)) for prefix, iri in PREFIXES.items()]
    note = "Already declared here; write them out for queries elsewhere."
    insert = tag("button", "Write them out", type="button", id="declare", class_="button", hidden=True)
    return tag("details", tag("summary", "Prefixes"), tag("p", note), tag("dl", rows, id="prefixes"), insert)


def _to_example(path: Path) -> Example:
    sparql = path.read_text(encoding="utf-8")
    first = sparql.lstrip().partition("\n")[0]
    title = first.lstrip("# ").strip() if first.startswith("#") else ""
    return Example(title or path.stem.replace("-", " "), sparql)
