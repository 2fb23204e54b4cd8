"""A file's bytes become statements: what kind of record it holds is judged by its content, then by its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from graph.expressions import line_ends
from graph.names import DEFAULT_BASE
from graph.reading.bundles import INDEX, LOG, bundle_of, is_attachment, is_repository_file
from graph.reading.date_paths import date_from_path
from graph.reading.decoding import decode
from graph.reading.faults import Faults
from graph.reading.files import is_list
from graph.reading.folder_data import is_folder_data
from graph.reading.front_matter import FrontMatter, load_record_file, split_front_matter
from graph.reading.html_text import looks_like_html, read_html
from graph.reading.kinds import ending_of, to_document_text
from graph.reading.languages import language_of
from graph.reading.logseq_text import blocks_in
from graph.reading.markdown import read_markdown
from graph.reading.myst import has_comments, has_myst, labels_in, without_comments
from graph.reading.nested_fields import with_nested
from graph.reading.not_articles import why_no_article
from graph.reading.note_names import is_drawing, names_of_day, note_name_of, with_note_name
from graph.reading.okf import as_concept, concept_prose, listing, path_links, plain_fields, report_missing_type
from graph.reading.places import has_page_without_fields, places_of, with_defaults
from graph.reading.plain_text import read_plain_text
from graph.reading.post_tables import names_told
from graph.reading.prose import UNSURE, Prose
from graph.reading.record_kinds import kind_in_file, kind_of, records_by_key
from graph.reading.stating import Stater
from graph.reading.templates import fenced_code
from graph.reading.visibility import with_visibility
from graph.statements import StatedArticle, StatedCollection, StatedPerson, StatedProvider, StatedTopic, Statement
from graph.urls import clean_url

if TYPE_CHECKING:
    from graph.reading.lists import ArticleRow

_SECURED_LINE = re.compile(r"^.{0,100}\bsecured\b[\"']?[ \t]*[:=].*[\w+/=;]{24}.*\n?", re.IGNORECASE | re.MULTILINE)
"""An encrypted blob in a text."""

_NO_PROSE = Prose()

_NAMES = ("name", "title", "display_name", "key", "given", "family", "literal", "first_name", "last_name")
"""Fields by which a record is called."""

_PLACES = ("path", "permalink", "url", "slug")
"""Fields that hold the address of a document on its site."""


def read_document(
    path: str, data: bytes, stater: Stater, faults: Faults, *, is_named: bool = False
) -> Iterator[Statement]:
    """Yield what one file states, usually one article; nothing, with a fault, if it holds nothing usable.

    A file that could be a list of articles but is not one is a fault only if `is_named` by the user.
    """
    if is_attachment(path) and not is_named and bundle_of(path, stater.settings.bundles) is not None:
        faults.pass_over("beside the concepts of a bundle")
        return
    if not is_list(path):
        yield from _read_one(path, data, stater, faults)
        return
    from graph.reading.lists import read_list  # most sources hold no lists

    rows = read_list(path, data, stater.settings.article, faults, is_named=is_named)
    if rows is None and not is_folder_data(path, stater.settings.site.generator):
        faults.pass_over(ending_of(path))
    told = names_told(path, stater.settings)
    for row in rows or ():
        if row.name in told:
            continue
        yield _from_row(path, row, stater, faults)


_WITHOUT_NOTES = frozenset({"docusaurus", "mdbook", "vitepress", "vuepress"})
"""Generators that have no `[[notes]]` unless a plugin adds them, so that `[[Prototype]]` may be meant as it stands."""


def _read_one(path: str, data: bytes, stater: Stater, faults: Faults) -> Iterator[Statement]:
    if (text := decode(data, faults)) is None:
        return
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        faults.add("empty-file", "the file is empty", "Write something in it, or remove it")
        return
    if path.lower().endswith((".yaml", ".yml")):
        yield from _read_records(path, text, stater, faults)
        return
    if has_comments(text) and _is_myst(path, text, stater):
        text = without_comments(text, fenced_code(text))
    converted = to_document_text(path, text, faults, text_is_rst=stater.settings.site.text_is_rst)
    taken = split_front_matter(converted, faults, stater.memory) if converted is not None else None
    if taken is None:
        return
    if converted is not text:  # its lines are not those of the file
        faults.locate({}, {})
    yield from _read(path, taken, stater, faults, has_lines=converted is text)


def _is_myst(path: str, text: str, stater: Stater) -> bool:
    """Return whether a text is MyST, the Markdown of Sphinx: in a Sphinx site, or with syntax that only MyST has."""
    if not path.endswith((".md", ".markdown")):
        return False
    site = stater.settings.site
    return has_myst(text) or (site.generator == "sphinx" and path.startswith(tuple(one.folder for one in site.roots)))


def _read_records(path: str, text: str, stater: Stater, faults: Faults) -> Iterator[Statement]:
    """Yield the records of a YAML file: one, a list of them, or many by their keys."""
    kind = kind_in_file(path)
    is_list, records = load_record_file(text, faults)
    for line, fields in records:
        if kind is None:
            if is_list:
                faults.locate(dict.fromkeys((*fields, "name"), line), {})
            yield from _record(path, line, fields, stater, faults)
            continue
        found = records_by_key(kind, fields, faults, is_item=is_list)
        for begin, key, said in [(faults.line_of((key,)) or line, key, said) for key, said in found.items()]:
            faults.locate(dict.fromkeys((*said, "name"), begin), {})
            if (subject := stater.descriptions.record(kind, said, faults)) is not None:
                names = tuple(dict.fromkeys(name for name in (key, *subject.names) if name and name != subject.name))
                yield Statement(path, begin, replace(subject, names=names))


def _read(path: str, taken: FrontMatter, stater: Stater, faults: Faults, *, has_lines: bool) -> Iterator[Statement]:
    name = path.rpartition("/")[2]
    is_bundled = name.endswith(".md") and bundle_of(path, stater.settings.bundles) is not None
    if is_bundled and name in {INDEX, LOG}:
        yield from _structure(path, taken, stater, faults)
        return
    is_concept = is_bundled and taken.fields is not None and taken.fields.get("type")
    if not is_concept and (reason := why_no_article(path, taken.fields, taken.text)):
        faults.pass_over(reason)
        return
    body = _SECURED_LINE.sub(line_ends, taken.text) if "secured" in taken.text.lower() else taken.text
    told = stater.settings.site.posts.get(path)
    if taken.fields is None:
        if is_bundled and not is_repository_file(name):
            report_missing_type(faults)
        stated, prose = _read_text(path, body)
        stated = {**stated, **told} if told else stated
        if stater.watch is not None:
            stater.watch(path, None, prose, faults)
        article = replace(stater.article(stated, faults), type="article") if stated else StatedArticle(type="article")
        article = with_visibility(_dated(_with_prose(article, prose), path, told or {}), told or {}, path)
        article = with_note_name(article, path, stater.settings.site.generator)
        yield _stated(path, 1, article, told, prose, stater, faults)
        return
    fields = with_defaults(path, {**taken.fields, **told} if told else taken.fields, stater.settings)
    prose = _read_body(body, taken.line)
    if not has_lines:
        links = tuple(msgspec.structs.replace(link, line=0) for link in prose.links)
        prose = msgspec.structs.replace(prose, links=links, unnamed_pictures=(0,) * len(prose.unnamed_pictures))
    if is_drawing(path):
        prose = msgspec.structs.replace(prose, title=None, sections=())
    if stater.watch is not None:
        stater.watch(path, fields, prose, faults)
    declared = next((kind for folder, kind in stater.settings.kinds if path.startswith(folder)), "article")
    if is_bundled and declared == "article":
        yield _concept(path, fields, prose, (body, taken.line), stater, faults)
        return
    fields = with_nested(fields, stater.settings.article, faults)
    if kind_of(path, fields, stater.settings.kinds) is not None:
        yield from _record(path, 1, fields, stater, faults, prose)
    else:
        article = with_visibility(_dated(stater.article(fields, faults), path, fields), fields, path)
        article = with_note_name(_with_prose(article, prose), path, stater.settings.site.generator)
        yield _stated(path, 1, article, fields, prose, stater, faults)


def _structure(path: str, taken: FrontMatter, stater: Stater, faults: Faults) -> Iterator[Statement]:
    """Yield what the index of a bundle states; its log is passed over."""
    if path.endswith(LOG):
        faults.pass_over("history of a bundle")
        return
    prose = _read_body(taken.text, taken.line)
    yield _stated(path, 1, listing(path, taken.fields, faults), {}, prose, stater, faults)


def _concept(
    path: str, fields: Mapping[str, object], prose: Prose, body: tuple[str, int], stater: Stater, faults: Faults
) -> Statement:
    """Return what a concept of a bundle states; a body is its text and its first line."""
    plain = plain_fields(fields)
    prose = concept_prose(prose)
    article = with_visibility(_dated(stater.concept(fields, faults), path, plain), plain, path)
    article = as_concept(article, fields, prose, body, stater.settings.article, stater.zone, faults)
    prose = msgspec.structs.replace(prose, links=(*path_links(fields, faults), *prose.links))
    return _stated(path, 1, _with_prose(article, prose), plain, prose, stater, faults)


def _from_row(path: str, row: ArticleRow, stater: Stater, faults: Faults) -> Statement:
    """State the article of one row of a list; its links get the line of the row."""
    faults.locate(dict.fromkeys(row.fields, row.line), {})
    prose = _NO_PROSE
    if row.body:
        prose = read_html(row.body)[1] if row.is_html else read_markdown(row.body)
    article = _with_prose(stater.article(row.fields, faults), prose)
    links = tuple(
        msgspec.structs.replace(link, line=row.line) for link in (*stater.links(row.fields, faults), *prose.links)
    )
    base = stater.settings.base if stater.settings.base != DEFAULT_BASE else None
    places = () if article.url or not row.place else (clean_url(row.place, base) or row.place,)
    names = () if "." in row.name else (row.name,)
    lines = stater.lines(row.fields, faults)
    return Statement(path, row.line, article, prose.text, links, places, names, lines, row.name)


def _stated(
    path: str,
    line: int,
    subject: StatedArticle | StatedTopic | StatedProvider | StatedPerson | StatedCollection,
    fields: Mapping[str, object] | None,
    prose: Prose,
    stater: Stater,
    faults: Faults,
) -> Statement:
    """Return a statement with the links, places and names of its document; `fields` is `None` without front matter."""
    has_page = fields is not None or has_page_without_fields(path, stater.settings.site)
    fields = fields or {}
    links, published_at = prose.links, None
    if isinstance(subject, StatedArticle):
        links = (*stater.links(fields, faults), *links)
        if subject.language is None and (language := language_of(path, stater.settings.site)):
            subject = replace(subject, language=language)
        title, published_at = subject.title, subject.published_at
    else:
        title = subject.name
    found = places_of(path, fields, stater.settings, faults, published_at=published_at, title=title)
    if isinstance(subject, StatedArticle) and found.names:
        subject = replace(subject, names=found.names)
    places = found.addresses if has_page else ()
    if stater.settings.site.generator in _WITHOUT_NOTES and any(link.is_note for link in links):
        links = tuple(
            msgspec.structs.replace(link, target=link.target + UNSURE) if link.is_note else link for link in links
        )
    names = (*found.link_names, *prose.labels, *names_of_day(path, stater.settings.site.generator))
    lines = stater.lines(fields, faults)
    return Statement(path, line, subject, prose.text, links, places, names, lines, tags=prose.tags)


def _record(
    path: str, line: int, fields: Mapping[str, object], stater: Stater, faults: Faults, prose: Prose = _NO_PROSE
) -> Iterator[Statement]:
    if prose is not _NO_PROSE and not any(fields.get(name) for name in _NAMES):
        fields = {**fields, "name": prose.title or note_name_of(path)}
    kind = kind_of(path, fields, stater.settings.kinds)
    subject = stater.descriptions.record(kind, fields, faults) if kind else None
    if subject is not None:
        if subject.description is None and prose.excerpt:
            subject = replace(subject, description=prose.excerpt)
        yield _stated(path, line, subject, fields, prose, stater, faults)


def _dated(article: StatedArticle, path: str, fields: Mapping[str, object]) -> StatedArticle:
    """Add the day in the document's address or file name if it states no time."""
    if article.published_at or article.starts_at:
        return article
    places = (fields.get(name) for name in _PLACES)
    named = (place for place in places if isinstance(place, str) and "://" not in place)
    day = next(filter(None, map(date_from_path, (*named, path))), None)
    return article if day is None else replace(article, published_at=day)


def _with_prose(article: StatedArticle, prose: Prose) -> StatedArticle:
    """Add title, excerpt and sections from the text where fields have none; these do not make a statement fuller."""
    if not prose.word_count:
        return article
    title = article.title or prose.title
    return replace(
        article,
        title=title,
        excerpt=article.excerpt or prose.excerpt,
        sections=tuple(section for section in prose.sections if section != title),
        word_count=prose.word_count,
    )


def _read_body(text: str, first_line: int) -> Prose:
    if looks_like_html(text):
        return read_html(text, first_line)[1]
    prose, labels = read_markdown(text, first_line), (*labels_in(text), *blocks_in(text))
    return msgspec.structs.replace(prose, labels=labels) if labels else prose


def _read_text(path: str, text: str) -> tuple[Mapping[str, object], Prose]:
    """Read a file without front matter by its ending and beginning; an HTML page also states fields."""
    if looks_like_html(text) or path.lower().endswith((".html", ".htm")):
        return read_html(text)
    return {}, read_plain_text(text) if path.lower().endswith(".txt") else _read_body(text, 1)
