"""The page of a node: its facts, and its relations in both directions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote, unquote, urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from graph import __version__
from graph.errors import DamagedBuildError, QueryError
from graph.explorer.quotes import MOST_QUOTED, quote_of
from graph.explorer.safe_text import to_line
from graph.markup import Content, Markup, tag
from graph.names import expand
from graph.records import Evidence
from graph.serving.data import ServedData, data_for
from graph.serving.pages.assets import asset_address
from graph.serving.pages.facts import (
    Incoming,
    Node,
    ShownTerm,
    describe_query,
    facts_of,
    incoming_query,
    outgoing_query,
    select,
)
from graph.serving.pages.frame import address, mark, page
from graph.serving.pages.linked import LINKED_FORMS, PAGE, send_data, wanted_form
from graph.serving.pages.plain_words import (
    FACT_NAMES,
    KIND_NAMES,
    RELATION_HEADINGS,
    plain_day,
    plain_duration,
    plain_number,
    prefixed,
)
from graph.serving.protocol import Refusal
from graph.serving.replies import to_tag, unchanged, validators
from graph.serving.thread_pool import in_thread
from graph.urls import is_iri, is_web_address
from graph.vocabulary import PREDICATES

_SHOWN_APART = frozenset(
    map(
        expand,
        "rdf:type schema:name schema:headline skos:prefLabel schema:abstract schema:description skos:definition "
        "rdfs:label ag:stub ag:publishedOn skos:inScheme".split(),
    )
)
_CITATION = expand("schema:citation")
_LINKS = expand(PREDICATES["links"])
_TOLD = tuple(expand(PREDICATES[name]) for name in ("publisher", "author", "affiliation"))
_SUBJECTS = tuple(expand(PREDICATES[name]) for name in ("about", "expertise"))
_FEW = 12
"""Up to this many targets of a relation are shown above, not in a list."""
_SUMMARIES = tuple(map(expand, ("schema:abstract", "schema:description", "skos:definition")))
_NUMBERS = frozenset(map(expand, ("xsd:decimal", "xsd:double", "xsd:float")))
_DAYS = frozenset(map(expand, ("xsd:date", "xsd:dateTime")))
_MINTED = ("article", "topic", "person", "provider")
_ENCODED = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")
_ENDINGS = {"ttl": "ttl", "jsonld": "jsonld", "nt": "nt", "rdf": "rdfxml"}
_LONG_LIST = 60


async def show_node(request: Request) -> Response:
    """Answer `/node?iri=IRI` with a page, or with data if `format` or the Accept header asks for it."""
    iri = request.query_params.get("iri", "").strip()
    form = wanted_form(request)
    if not is_iri(iri) or "://" not in iri:  # no node is called urn:x, and a query would have to ask for it
        raise Refusal(400, "There is no valid IRI. Give one, percent-encoded: /node?iri=https%3A%2F%2F...")
    if form is not PAGE:
        return await send_data(request, iri, form)
    site = data_for(request)
    stated = "" if site.evidence is None else site.evidence.version
    words = repr((site.relation_names, site.fact_names))
    tag_of_page = to_tag(site.version, stated, iri, __version__, asset_address("page.css"), address(request, ""), words)
    if known := unchanged(request, tag_of_page, site.modified):
        return known
    node = await facts_of(request, iri, _names_of(site).keys() - {*_TOLD, *_SUBJECTS})
    if node is None:
        raise Refusal(404, f"{iri}: not found. Search for it by name.")
    links = [
        tag("link", rel="alternate", type=offer.media_type, href=address(request, "/node", iri=iri, format=name))
        for name, offer in LINKED_FORMS.items()
        if offer is not PAGE
    ]
    said = await _quotes_of(request, node)
    answer = page(request, node.label, *_content(request, node, said), head=links, scripts=["node.js"])
    answer.headers.update(validators(tag_of_page, site.modified))
    return answer


async def show_at_itself(request: Request) -> Response:
    """Answer at the IRI of a node below BASE: 303 to its page or data; with an ending such as `.ttl`, data.

    IRIs that we mint are answered under every host name, so that the server may be behind a proxy; others only if the
    request names the host of BASE.
    """
    base = urlsplit(data_for(request).base)
    path = quote(request.scope["path"], safe="/%:@!$&'()*+,;=~-._")
    is_minted = path.startswith(tuple(f"{base.path.rstrip('/')}/{name}/" for name in _MINTED))
    if is_minted or request.headers.get("host", "").lower() == base.netloc.lower():
        query = f"?{request.url.query}" if request.url.query else ""
        for iri in _spellings(f"{base.scheme}://{base.netloc}{path}{query}"):
            if await _is_known(request, iri):
                return _elsewhere(request, iri)
            stem, _, ending = iri.rpartition(".")
            if ending in _ENDINGS and await _is_known(request, stem):
                return await send_data(request, stem, LINKED_FORMS[_ENDINGS[ending]])
    raise Refusal(404, "There is no such page.")


def _spellings(url: str) -> list[str]:
    """Return the possible IRIs for an address: with letters beyond ASCII percent-encoded or not."""
    try:
        plain = _ENCODED.sub(lambda found: unquote(found[0], errors="strict"), url)
    except UnicodeDecodeError:
        plain = url
    return [spelling for spelling in dict.fromkeys((plain, url)) if is_iri(spelling)]


async def _is_known(request: Request, iri: str) -> bool:
    if not is_iri(iri):
        return False
    try:
        return bool(await select(request, f"SELECT ?object WHERE {{ <{iri}> ?predicate ?object }} LIMIT 1"))
    except QueryError:  # the engine is stricter about IRIs
        return False


def _elsewhere(request: Request, iri: str) -> Response:
    form = wanted_form(request)
    place = address(request, "/node", iri=iri, format=None if form is PAGE else form.format)
    return RedirectResponse(place, 303, headers={"Vary": "Accept"})


@dataclass(frozen=True, slots=True)
class _Quotes:
    """The sentences that first state the links of a node."""

    outward: Mapping[str, Evidence | None] = field(default_factory=dict)
    """By the target of the link."""
    inward: Mapping[str, Evidence | None] = field(default_factory=dict)
    """By the source of the link."""
    trouble: str = ""
    """Why they cannot be shown, if the file is damaged."""


async def _quotes_of(request: Request, node: Node) -> _Quotes:
    """Return the sentences of the links that a page lists, if the build has them."""
    site = data_for(request)
    if (evidence := site.evidence) is None:
        return _Quotes()
    outward = [term.value for predicate, terms in node.facts if predicate == _LINKS for term in terms]
    inward = [term.value for found in node.incoming if found.predicate == _LINKS for term in found.first]

    def look_up() -> _Quotes:
        try:
            first = {other: evidence.first(node.iri, "links", other) for other in outward[:MOST_QUOTED]}
            back = {other: evidence.first(other, "links", node.iri) for other in inward[:MOST_QUOTED]}
        except DamagedBuildError as error:
            return _Quotes(trouble=f"Where links are stated cannot be shown. {error}")
        return _Quotes(first, back)

    return await in_thread(request, "nodes", look_up)


def _quoted(said: Evidence | None) -> Markup | None:
    """Return the line and the sentence of a link, with its words emphasised, or `None` if neither is known.

    The tooltip of the line names the document.
    """
    quote = None if said is None else quote_of(said.line, said.words, said.sentence)
    if said is None or quote is None:
        return None
    line, before, words, behind = quote
    text = tag("q", before, tag("em", words) if words else None, behind, dir="auto") if any(quote[1:]) else None
    place = tag("span", f"line {line:,}", title=to_line(f"{said.path}:{line}")) if line else None
    return tag("p", place, ": " if place and text else None, text, class_="quote")


def _content(request: Request, node: Node, said: _Quotes) -> list[Content]:
    summary = node.first(*_SUMMARIES)
    published = node.first(expand("schema:datePublished"))
    beginning = [
        _badges(node),
        tag("h1", node.label, dir="auto"),
        _byline(request, node, published),
        _subjects(request, node),
        tag("p", summary, dir="auto", class_="excerpt") if summary else None,
        _actions(request, node),
    ]
    relations = _relations(request, node, said)
    if said.trouble:
        relations.append(tag("p", said.trouble, class_="more"))
    return [
        tag("article", beginning, tag("div", relations, class_="relations"), class_="node"),
        tag("aside", _facts(request, node), _ways(request, node), class_="facts", aria_label="Facts"),
    ]


def _badges(node: Node) -> Markup:
    status = node.first(expand("schema:creativeWorkStatus"))
    kind = tag("span", mark(node.kind or "other", stub=node.stub), KIND_NAMES.get(node.kind, "Resource"), class_="kind")
    words = [node.first(expand("ag:type")), node.first(expand("schema:genre"))]
    badges = [tag("span", word, class_="badge") for word in words if word and word != node.kind]
    if node.stub:
        badges.append(tag("span", "stub: only linked to", class_="badge dashed"))
    if status:
        badges.append(tag("span", status, class_="badge loud" if status == "unpublished" else "badge"))
    return tag("p", kind, badges, class_="badges")


def _names_of(site: ServedData) -> dict[str, tuple[str, str]]:
    """Return for each relation the headings of its outward and inward list, in the order shown."""
    return {**site.relation_names, **RELATION_HEADINGS}


def _told(node: Node, predicates: Sequence[str]) -> list[ShownTerm]:
    """Return what these relations lead to, if that is little enough to show above the lists."""
    outward = dict(node.facts)
    return [term for predicate in predicates if _is_told(node, predicate) for term in outward.get(predicate, ())]


def _is_told(node: Node, predicate: str) -> bool:
    few = len(dict(node.facts).get(predicate, ())) <= _FEW and predicate not in node.left_out
    return few and predicate in {*_TOLD, *_SUBJECTS}


def _byline(request: Request, node: Node, published: str | None) -> Markup | None:
    """Return who published or wrote a node, and when."""
    parts: list[Content] = [_node_link(request, term, plain=True) for term in _told(node, _TOLD)]
    if published:
        parts.append(tag("time", plain_day(published), datetime=published))
    spaced = [(" · ", part) if place else part for place, part in enumerate(parts)]
    return tag("p", spaced, class_="byline") if parts else None


def _subjects(request: Request, node: Node) -> Markup | None:
    """Return the topics of a node."""
    topics = [tag("li", _node_link(request, term)) for term in _told(node, _SUBJECTS)]
    return tag("ul", topics, class_="topics", aria_label="Topics") if topics else None


def _actions(request: Request, node: Node) -> Markup | None:
    place = node.first(expand("schema:url")) or (node.iri if node.kind in {"article", "image"} else None)
    words = {"article": "Open the article", "provider": "Open the website", "image": "Open the picture"}
    opened = None
    if place and is_web_address(place):
        text = words.get(node.kind, "Open the page")
        opened = tag("a", text, href=place, rel="noopener noreferrer nofollow", class_="button main")
    on_map = None
    if _is_on_map(request.app.state.site, node.iri):
        on_map = tag("a", "Show on the map", href=address(request, "/#" + quote(node.iri, safe="")), class_="button")
    return tag("p", opened, on_map, class_="actions") if opened or on_map else None


def _is_on_map(site: ServedData, iri: str) -> bool:
    """Return whether the explorer shows a node; of a large graph it shows only the best connected."""
    return site.explorer is not None and site.explorer.find(iri) is not None


def _relations(request: Request, node: Node, said: _Quotes) -> list[Markup]:
    """Return a list for each relation, outward and inward, without those shown above.

    What is related both ways is listed once.
    """
    outward = dict(node.facts)
    inward = {found.predicate: found for found in node.incoming}
    lists = []
    site = data_for(request)
    for predicate, (name, name_inward) in _names_of(site).items():
        quotes = said if predicate == _LINKS else _Quotes()
        if (terms := outward.get(predicate, ())) and not _is_told(node, predicate):
            links = [_quoting(request, term, quotes.outward) for term in terms]
            lists.append(_outward_list(request, name, node, predicate, links))
        if found := inward.pop(predicate, None):
            lists.append(_incoming_list(request, name_inward, node, found, quotes.inward))
    if cited := outward.get(_CITATION, ()):
        items = [_outside_link(term) for term in cited]
        lists.append(_outward_list(request, "Links outside", node, _CITATION, items))
    rest = [_incoming_list(request, f"{prefixed(found.predicate)} of", node, found, {}) for found in inward.values()]
    return lists + rest


def _quoting(request: Request, term: ShownTerm, said: Mapping[str, Evidence | None]) -> Content:
    return [_node_link(request, term, aside="both ways" if term.both_ways else None), _quoted(said.get(term.value))]


def _outward_list(request: Request, name: str, node: Node, predicate: str, links: Sequence[Content]) -> Markup:
    number = len(links) + node.left_out.get(predicate, 0)
    return _list(request, name, predicate, links, number, outgoing_query(node.iri, predicate))


def _incoming_list(
    request: Request, name: str, node: Node, found: Incoming, said: Mapping[str, Evidence | None]
) -> Markup:
    links = [_quoting(request, term, said) for term in found.first]
    sparql = incoming_query(node.iri, found.predicate, one_way=found.one_way)
    return _list(request, name, found.predicate, links, found.number, sparql)


def _list(request: Request, name: str, predicate: str, links: Sequence[Content], number: int, sparql: str) -> Markup:
    """Return a list of links; if it is incomplete, `sparql` is the query for all."""
    items = [tag("li", link) for link in links]
    head = tag("h2", name, " ", tag("span", f"{number:,}", class_="count"), title=prefixed(predicate))
    rest = None
    if number > len(items):
        query = address(request, "/query", query=sparql)
        rest = tag("p", tag("a", f"All {number:,}, by a query", href=query), class_="more")
    whole = tag("ul", items[:_LONG_LIST])
    if len(items) > _LONG_LIST:
        summary = tag("summary", f"{len(items) - _LONG_LIST:,} more")
        return tag("section", head, whole, tag("details", summary, tag("ul", items[_LONG_LIST:])), rest)
    return tag("section", head, whole, rest)


def _node_link(request: Request, term: ShownTerm, *, plain: bool = False, aside: str | None = None) -> Markup:
    """Return a link to the page of a node, `plain` without its symbol, with a few words `aside`."""
    if not term.is_iri or not is_iri(term.value):
        return tag("span", term.value, dir="auto")
    return tag(
        "a",
        None if plain else mark(term.kind or "other", stub=term.stub),
        tag("bdi", term.label or prefixed(term.value)),
        (" ", tag("span", aside, class_="aside")) if aside else None,
        href=address(request, "/node", iri=term.value),
        class_=None if plain else "to",
    )


def _outside_link(term: ShownTerm) -> Markup:
    """Return a link to another site; an address that is not of the web becomes text."""
    if not is_web_address(term.value):
        return tag("span", term.value, dir="auto")
    return tag("a", term.value, href=term.value, rel="noopener noreferrer nofollow")


def _facts(request: Request, node: Node) -> Content:
    """Return the literal facts, first those with a label."""
    site = data_for(request)
    names = {**site.fact_names, **FACT_NAMES}
    apart = _SHOWN_APART | _names_of(site).keys() | {_CITATION}
    facts = [(predicate, terms) for predicate, terms in node.facts if predicate not in apart]
    order = [*FACT_NAMES, *site.fact_names]
    facts.sort(key=lambda fact: (order.index(fact[0]) if fact[0] in names else len(order), fact[0]))
    if not facts:
        return None
    rows = [
        (
            tag("dt", names.get(predicate, prefixed(predicate)), title=prefixed(predicate)),
            tag("dd", [tag("div", _fact(request, predicate, term), dir="auto") for term in terms]),
        )
        for predicate, terms in facts
    ]
    return tag("section", tag("h2", "Facts"), tag("dl", rows))


def _fact(request: Request, predicate: str, term: ShownTerm) -> Content:
    if predicate == expand("prov:wasDerivedFrom"):
        return term.value.removeprefix(f"{data_for(request).base}source/")
    if term.is_iri:
        return _outside_link(term)
    if term.datatype in _DAYS:
        return tag("time", plain_day(term.value), datetime=term.value, title=term.value)
    if term.datatype == expand("xsd:duration"):
        return plain_duration(term.value)
    if term.datatype in _NUMBERS:
        return tag("span", plain_number(term.value), title=term.value)
    if term.datatype == expand("xsd:boolean"):
        return "yes" if term.value in {"true", "1"} else "no"
    return term.value


def _ways(request: Request, node: Node) -> list[Markup]:
    names = {"ttl": "Turtle", "jsonld": "JSON-LD", "nt": "N-Triples", "rdfxml": "RDF/XML"}
    data = [
        tag("li", tag("a", text, href=address(request, "/node", iri=node.iri, format=form)))
        for form, text in names.items()
    ]
    copy = tag("button", "Copy IRI", type="button", class_="button", id="copy", data_text=node.iri, hidden=True)
    said = tag("span", id="said", role="status", class_="unseen")
    query = tag("a", "SPARQL for this", href=address(request, "/query", query=describe_query(node.iri)))
    return [
        tag("section", tag("h2", "Data"), tag("ul", data, class_="inline"), tag("p", query)),
        tag("section", tag("h2", "IRI"), tag("p", node.iri, class_="iri"), tag("p", copy, said)),
    ]
