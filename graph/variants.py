"""Normalises addresses of one page: AMP pages, videos, index files, repeated slashes."""

from __future__ import annotations

import re
from urllib.parse import unquote

from graph.expressions import expression
from graph.hosts import is_host, is_platform, site_of

_AMP_CACHE = expression(r"(?:.+\.)?cdn\.ampproject\.org|.+\.bing-amp\.com|.+\.amp\.cloudflare\.com")
_AMP_CACHE_PATH = expression(r"/[a-z]+/(?:s/)?(?=[^/]+\.)", re.IGNORECASE)
_AMP_VIEWER = expression(r"google(?:\.[a-z]{2,3}){1,2}|bing\.com")
_AMP_VIEWER_PATH = expression(r"/amp/(?:s/)?(?=[^/]+\.)")
_AMP_ENDING = expression(r"(?<=[^/])(?:/amp$|\.amp(?=(?:\.html?)?$))")
_AMP_PARAMETERS = frozenset(
    {
        f"{name}{value}"
        for name in ("amp", "_amp", "isamp", "nonamp")
        for value in ("", "=", "=0", "=1", "=true", "=yes")
    }
    | {"amp=amp", "amp=false", "view=amp", "output=amp", "outputtype=amp"}
)
_OF_NAMES = frozenset("gitlab.com bitbucket.org codeberg.org npmjs.com pypi.org crates.io".split())
"""Sites, besides the platforms, on which any part of a path may be a name."""

_INDEX_FILES = frozenset(
    "index.html index.htm index.xhtml index.shtml index.php index.md index.asp index.aspx default.htm default.html "
    "default.asp default.aspx".split()
)

_YOUTUBE = frozenset({"youtube.com", "youtu.be", "youtube-nocookie.com", "music.youtube.com"})
_VIDEO_PATH = expression(r"/(?:watch|shorts|embed|live|v|e)/([\w-]+)", re.ASCII)
_SHORT_PATH = expression(r"/([\w-]+)", re.ASCII)
_VIDEO_PARAMETER = expression(r"(?:^|&)(?:amp;)?v=([\w-]+)(?=&|$)", re.ASCII)
_NO_VIDEOS = frozenset({"live_stream", "playlist", "videoseries", "watch"})

_SHARED_POST = expression(r"/pub/([a-z0-9-]+)(?=/)", re.IGNORECASE)
_SLASHES = expression(r"//+")


def canonical_page(host: str, path: str, query: str) -> tuple[str, str, str]:
    """Return the host, path and query of a page, the same for all its addresses.

    `host` comes from `site_of`; path and query have canonical escapes. The path does not end in a slash.
    """
    if "amp" in path or "amp" in host:
        host, path, query = _unwrapped(host, path, query)
    if host in _YOUTUBE and (video := _video(host, path, query)) is not None:
        return "youtube.com", "/watch", f"v={video}"
    if host == "open.substack.com" and (found := _SHARED_POST.match(path)):
        host, path = f"{found[1].lower()}.substack.com", path[found.end() :]
    if "//" in path:
        path = _SLASHES.sub("/", path)
    path = path.rstrip("/")
    if "." in path:
        path = _without_index(path)
    if "amp" in path and not is_platform(host) and host not in _OF_NAMES:
        path = _without_index(_AMP_ENDING.sub("", path.removeprefix("/amp") if path.startswith("/amp/") else path))
    if query and "amp" in query.lower():
        query = "&".join(part for part in query.split("&") if part.lower().removeprefix("amp;") not in _AMP_PARAMETERS)
    return host, path, query


def _unwrapped(host: str, path: str, query: str) -> tuple[str, str, str]:
    """Return the page within an address of an AMP cache or viewer, otherwise the address itself."""
    inner = None
    if _AMP_CACHE.fullmatch(host):
        inner = _AMP_CACHE_PATH.match(path)
    elif _AMP_VIEWER.fullmatch(host):
        inner = _AMP_VIEWER_PATH.match(path)
    if inner is None:
        return host, path, query
    wrapped, _, more = path[inner.end() :].partition("%3F")
    wrapped, slash, rest = wrapped.partition("/")
    wrapped = unquote(wrapped)
    if not is_host(wrapped):
        return host, path, query
    more = more.replace("%3D", "=").replace("%26", "&")
    return site_of(wrapped), slash + rest, f"{more}&{query}" if more and query else more or query


def _video(host: str, path: str, query: str) -> str | None:
    """Return the identifier of the video that an address of YouTube shows, if it shows one."""
    path = path.rstrip("/")
    if path == "/watch":
        found = _VIDEO_PARAMETER.search(query)
    else:
        found = _VIDEO_PATH.fullmatch(path) or (_SHORT_PATH.fullmatch(path) if host == "youtu.be" else None)
    return found[1] if found is not None and found[1] not in _NO_VIDEOS else None


def _without_index(path: str) -> str:
    folder, _, file = path.rpartition("/")
    return folder if file.lower() in _INDEX_FILES else path
