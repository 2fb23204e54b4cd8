"""What an HTML page states of itself, by the names of front matter: in its head, its JSON-LD and its byline."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from selectolax.lexbor import LexborHTMLParser, LexborNode

from graph.names import to_text

_META = {
    "description": "excerpt",
    "og:description": "excerpt",
    "og:title": "title",
    "og:url": "url",
    "article:published_time": "date",
    "datepublished": "date",
    "article:modified_time": "modified",
    "datemodified": "modified",
    "author": "author",
    "article:author": "author",
    "article:tag": "tags",
    "keywords": "keywords",
    "og:site_name": "provider",
    "og:image": "image",
}
"""The names under which pages state fields, the preferred one first."""

_LISTED = frozenset({"article:author", "article:tag", "keywords"})
"""Those of which a page states several."""

_SITE_SIGNS = (" - ", " | ", " · ", " – ", " — ", " :: ", " • ", " « ", " » ", ": ")
"""Separators between the title of a page and the name of its site."""

_PUBLISHED = re.compile(r"publish|pubdate|dateCreated|entry-date", re.IGNORECASE)
_LONGEST_NAME = 100
_MOST_SCRIPTS = 20
_LONGEST_SCRIPT = 1_000_000
_MOST_BRACKETS = 10_000


def stated_fields(tree: LexborHTMLParser, main: LexborNode | None) -> dict[str, object]:
    """Return what a page states of itself, by the names of front matter: its JSON-LD, then what its tags say."""
    fields = dict(_linked_data(tree))
    root = tree.root
    if root is not None and root.attributes.get("lang"):
        fields["lang"] = root.attributes["lang"]
    said: dict[str, list[str]] = {}
    for node in tree.css("meta[content]"):
        attributes = node.attributes
        content = to_text(attributes.get("content") or "")
        name = (attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or "").lower()
        if content and name in _META:
            said.setdefault(name, []).append(content)
    for name, field in _META.items():
        if name in said and name not in _LISTED:
            fields.setdefault(field, said[name][0])
    named = tree.css_first("title")
    stated = to_text(named.text()) if named is not None else ""
    own, site = (
        said.get(name, [to_text(str(fields.get(field) or ""))])[0]
        for name, field in (("og:title", "title"), ("og:site_name", "provider"))
    )
    if title := _without_site(stated, own, site):
        fields["title"] = title
    fields |= _listed(said, fields)
    for relation, field in (("canonical", "webUrl"), ("amphtml", "ampWebUrl")):
        for node in tree.css(f'link[rel~="{relation}" i][href]'):
            if address := node.attributes.get("href"):
                fields[field] = address
                break
    return {**fields, **_byline(main, fields)}


def _listed(said: Mapping[str, list[str]], fields: Mapping[str, object]) -> dict[str, object]:
    """Return fields with several values: tags, keywords and, if nothing else names them, authors."""
    keywords = [word.strip() for word in said.get("keywords", [""])[0].split(",") if word.strip()]
    authors = [name for name in said.get("article:author", ()) if "://" not in name]
    found: dict[str, object] = {"tags": list(dict.fromkeys(said.get("article:tag", ()))), "keywords": keywords}
    if "author" not in fields:
        found["author"] = authors if len(authors) > 1 else "".join(authors)
    return {field: value for field, value in found.items() if value}


def _byline(main: LexborNode | None, fields: Mapping[str, object]) -> dict[str, object]:
    """Return date, summary, authors, tags and address from the text of a page whose head has none (microformats2)."""
    found: dict[str, object] = {}
    if main is None:
        return found
    if "date" not in fields:
        times = main.css("time[datetime]")
        marked = [node for node in times if _PUBLISHED.search(_marks_of(node))]
        if (marked or times) and (time := (marked or times)[0].attributes.get("datetime")):
            found["date"] = time
    summaries = [] if "excerpt" in fields else [to_text(node.text()) for node in main.css(".p-summary")]
    if len(summaries) == 1 and summaries[0]:  # a page with several is a list of others
        found["excerpt"] = summaries[0]
    if "author" not in fields:
        names = [to_text(node.text()) for node in main.css('[rel~="author" i], .p-author, [itemprop~="author" i]')]
        if names := list(dict.fromkeys(name for name in names if 0 < len(name) <= _LONGEST_NAME)):
            found["author"] = names if len(names) > 1 else names[0]
    if fields.keys().isdisjoint({"tags", "keywords"}):
        tags = [to_text(node.text()) for node in main.css('a[rel~="tag" i], .p-category')]
        if kept := list(dict.fromkeys(tag for tag in tags if 0 < len(tag) <= _LONGEST_NAME)):
            found["tags"] = kept
    if "webUrl" not in fields and (node := main.css_first("a.p-canonical[href], a.u-url[rel~=canonical][href]")):
        found["webUrl"] = node.attributes.get("href")
    return found


def _marks_of(node: LexborNode) -> str:
    attributes = node.attributes
    return f"{attributes.get('class') or ''} {attributes.get('itemprop') or ''} {'pubdate' * ('pubdate' in attributes)}"


def _without_site(title: str, own: str, site: str) -> str:
    """Remove the site's name from a title such as `A walk | The Garden`, if the page states both.

    Its own title may be stated with the name of the site, too.
    """
    if not site or not own:
        return title or own
    names = {own, *(own.removesuffix(sign + site) for sign in _SITE_SIGNS)}
    for name in sorted(names - {site}, key=len):
        if title == name or any(title in {name + sign + site, site + sign + name} for sign in _SITE_SIGNS):
            return name
    return title or min(names, key=len)


def _linked_data(tree: LexborHTMLParser) -> Iterator[tuple[str, object]]:
    """Yield the fields of the first article in a page's JSON-LD; malformed data is ignored."""
    for node in tree.css('script[type="application/ld+json" i]')[:_MOST_SCRIPTS]:
        text = node.text() or ""
        if len(text) > _LONGEST_SCRIPT or text.count("[") + text.count("{") > _MOST_BRACKETS:
            continue
        try:
            stated = json.loads(text)
        except (ValueError, RecursionError):
            continue
        article, named = _article_in(stated)
        if article is not None:
            yield from _fields_of(article, named)
            return


def _article_in(stated: object) -> tuple[Mapping[str, object] | None, Mapping[str, str]]:
    """Return the first node with a headline, in a node, a list or a `@graph`, and the names of all nodes by `@id`."""
    nodes = []
    for node in stated if isinstance(stated, list) else [stated]:
        if isinstance(node, dict):
            inner = node.get("@graph")
            nodes += [one for one in (node, *(inner if isinstance(inner, list) else ())) if isinstance(one, dict)]
    named = {node["@id"]: node["name"] for node in nodes if _is_text(node.get("@id")) and _is_text(node.get("name"))}
    return next((node for node in nodes if isinstance(node.get("headline"), str)), None), named


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _fields_of(article: Mapping[str, object], named: Mapping[str, str]) -> Iterator[tuple[str, object]]:
    for name, field in (("headline", "title"), ("datePublished", "date"), ("dateModified", "modified")):
        value = article.get(name)
        if isinstance(value, str) and value.strip():
            yield field, value
    if authors := _names_in(article.get("author"), named):
        yield "author", authors if len(authors) > 1 else authors[0]
    if publishers := _names_in(article.get("publisher"), named):
        yield "provider", publishers[0]
    section = article.get("articleSection")
    words = [*_words_in([section] if isinstance(section, str) else section), *_words_in(article.get("keywords"))]
    if words:
        yield "keywords", list(dict.fromkeys(words))
    image = article.get("image")
    image = image[0] if isinstance(image, list) and image else image
    image = image.get("url") if isinstance(image, dict) else image
    if isinstance(image, str) and image:
        yield "image", image


def _words_in(value: object) -> list[str]:
    words = value.split(",") if isinstance(value, str) else value
    return [word.strip() for word in words if isinstance(word, str) and word.strip()] if isinstance(words, list) else []


def _names_in(value: object, named: Mapping[str, str]) -> list[str]:
    """Return the names of people or organisations: of the nodes that they refer to, otherwise as stated."""
    items = value if isinstance(value, list) else [value]
    names = [named.get(str(item.get("@id")), item.get("name")) if isinstance(item, dict) else item for item in items]
    return [name for name in names if isinstance(name, str) and name.strip() and "://" not in name]
