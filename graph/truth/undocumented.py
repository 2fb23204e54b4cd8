"""What has no document, so that a link which leads to it is not broken: generated pages, folders, other files."""

from __future__ import annotations

import re

from graph.expressions import expression
from graph.reading.bundles import is_attachment
from graph.reading.not_articles import reason_in_name
from graph.reading.prose import UNSURE
from graph.reading.sphinx_links import LABEL_MARK
from graph.statements import Link
from graph.truth.labels import is_day
from graph.truth.pages import DOCUMENT, Page
from graph.truth.resolver import Resolver

_DOTTED = expression(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+(?:\(\))?", re.ASCII)
"""The name of a part of a program, such as `numpy.ndarray`, for which other tools make a page or a label."""

_LISTING = expression(
    r"/(?:[^/]+/){0,2}(?:archives?|authors?|categor(?:y|ies)|feed|page|rss|search|series|tags?|topics?)(?:/[^/]+(?P<deep>/[^/]+)?)?/?$",
    re.IGNORECASE,
)
"""The path of a page that sites generate from other documents, such as `/tags/sea/` and `/en/categories/`."""


def may_have_no_document(link: Link, source: Page, resolver: Resolver, *, knows_site: bool) -> bool:
    """Return whether what a link in `source` leads to may exist although no page is found.

    It may be a page that the site generates, a folder of documents, a file that is never a document such as a licence,
    or the note of a day that is yet to be written. Of a site that is not known, any rooted path may exist.
    """
    path = link.target.partition("#")[0].partition("?")[0]
    in_bundle, is_rooted = resolver.is_in_bundle(source), path.startswith("/")
    if is_day(path) and (link.by_name or is_day(source.path)):
        return True
    if not link.by_name and (
        reason_in_name(path.rpartition("/")[2]) or ((in_bundle or not is_rooted) and resolver.is_folder(path, source))
    ):
        return True
    if in_bundle:
        return not link.by_name and is_attachment(path)
    if link.by_name or not is_rooted:
        is_dotted = not link.by_name and _DOTTED.fullmatch(path) is not None and not DOCUMENT.search(path)
        return is_dotted or link.target.startswith(LABEL_MARK) or link.target.endswith(UNSURE)
    if not knows_site or not path.strip("/") or resolver.is_section(path, source):
        return True
    found = _LISTING.match(path)
    return found is not None and not (found["deep"] and resolver.is_section(path[: found.start("deep")], source))
