"""One address, many spellings: cleaning a URL into the IRI shown, and the key by which two of them are the same page.

Percent-encoding follows RFC 3986, the characters an IRI may hold RFC 3987.
"""

from __future__ import annotations

import contextlib
import ipaddress
import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["clean_url", "domain_of", "encode_iri", "is_platform", "is_web_address", "match_key"]

_URL = re.compile(r"(?i)(https?)://(?:[^/?#@]*@)?([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#.*)?", re.DOTALL)
_WEB = re.compile(
    r"https?://(?:[^\s/?#\\\[\]@]+@)?(?:[^\s/?#\\\[\]@]+|\[[0-9A-Fa-f:.]+\](?::[0-9]*)?)"
    r"(?:[/?#][^\x00-\x20\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]*)?",
    re.IGNORECASE,
)
_HOST = re.compile(
    r"(?:[^\W_](?:[\w-]{0,62}(?<!-))?(?:\.[^\W_](?:[\w-]{0,62}(?<!-))?)*\.?|\[([0-9A-Fa-f:.]+)\])(?::[0-9]{0,5})?"
)
_DOMAIN = re.compile(r"[^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)+")
_ILLEGAL = re.compile(r"[\x00-\x20\x7f-\xa0<>\"{}|\\^`\[\]]|%(?![0-9A-Fa-f]{2})|[^\x00-\x7e]")
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
_NOT_ASCII_URL = re.compile(r"[^!#-;=?-Z_a-z~]")
_SPECIAL = "\ufffc\ufffd"  # RFC 3987 leaves out the whole block; these two alone are assigned, and visible
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")

_LONGEST_DOMAIN = 253  # RFC 1035

_TRACKING = frozenset(
    "fbclid gclid gclsrc dclid gbraid wbraid gad_source gad_campaignid srsltid msclkid yclid ysclid twclid igshid "
    "ttclid igsh mibextid li_fat_id rdt_cid epik ocid wt.mc_id mc_cid mc_eid cmp cmpid icid ncid s_cid s_kwcid "
    "smid smtyp trk mkt_tok ref_src ref_url __twitter_impression _branch_match_id _hsenc _hsmi hsctatracking _ga "
    "_gl _openstat vero_id oly_enc_id oly_anon_id wickedid guccounter guce_referrer guce_referrer_sig ns_campaign "
    "ns_mchannel ns_source triedredirect isfreemail showwelcomeonshare".split()
)
_TRACKING_FAMILIES = ("utm_", "itm_", "hsa_", "mtm_", "matomo_", "pk_", "piwik_")
_TRACKING_OF_HOSTS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "medium.com": frozenset({"source", "sk", "gi"}),
        "substack.com": frozenset({"r", "s", "publication_id", "post_id", "action", "embedded", "showcomments"}),
    }
)
"""Parameters by which a platform tells where a reader comes from, which mean something elsewhere."""

_AMP_CACHE_PATH = re.compile(r"/[a-z]+/(?:s/)?(?=[^/]+\.)", re.IGNORECASE)
_AMP_VIEWER_HOST = re.compile(r"(?:www\.)?google(?:\.[a-z]{2,3}){1,2}")
_AMP_VIEWER_PATH = re.compile(r"/amp/(?:s/)?(?=[^/]+\.)")
_AMP_PATH = re.compile(r"^/amp(?=/[^/])|/amp/?$|\.amp(?=(?:\.html?)?/?$)")
_AMP_PARAMETERS = frozenset({"amp", "amp=1", "amp=true", "view=amp", "outputtype=amp"})
_MOBILE = re.compile(r"^(?:m|mobile|amp)\.(?=[^.]+\.[^.])|(?<=\.)m\.(?=[^.]+\.[^.])")
_INDEX = re.compile(r"/index\.html?$", re.IGNORECASE)
_DOT_SEGMENT = re.compile(r"/\.{1,2}(?:/|$)")
_YOUTUBE = frozenset({"youtube.com", "youtube-nocookie.com"})
_VIDEO_PATH = re.compile(r"/(?:embed|shorts|live|v)/([\w-]+)/?")
_VIDEO_PARAMETER = re.compile(r"(?:^|&)v=([\w-]+)")

_PLATFORMS = frozenset(
    "youtube.com youtu.be vimeo.com medium.com substack.com linkedin.com github.io github.com gitlab.io wordpress.com "
    "blogspot.com tumblr.com facebook.com twitter.com x.com instagram.com tiktok.com reddit.com hashnode.dev dev.to "
    "ghost.io wixsite.com weebly.com netlify.app vercel.app pages.dev buttondown.email sites.google.com soundcloud.com "
    "spotify.com podbean.com slideshare.net".split()
)


def clean_url(text: str, base: str | None = None) -> str | None:
    """Return the IRI shown for a URL: without fragment and tracking, percent-encoded only where an IRI demands it.

    An address that starts with one `/` is read as a path of the site, below `base` (an absolute IRI ending in `/`).
    `None` for everything that is no http or https address.
    """
    text = text.partition("#")[0].strip()
    if text.startswith("//"):
        text = "https:" + text
    elif text.startswith("/") and base:
        text = base + text.lstrip("/")
    found = _URL.fullmatch(text)
    if found is None:
        return None
    scheme, host, path, query = found.groups()
    if not _is_host(host):
        return None
    if "/." in path:
        path = _without_dot_segments(path)
    kept = "&".join(part for part in query.split("&") if part and not _is_tracking(part)) if query else ""
    address = f"{scheme.lower()}://{host}{encode_iri(path)}"
    return f"{address}?{encode_iri(kept)}" if kept else address


def encode_iri(text: str) -> str:
    """Percent-encode what a path or query of an IRI may not hold; everything else stays as written.

    White space, directional marks and other invisible characters beyond ASCII are encoded as well.
    """
    return _ILLEGAL.sub(_encode_illegal, text) if _NOT_ASCII_URL.search(text) or "%" in text else text


def match_key(url: str) -> str:
    """Return the key under which a URL is the same page as another: equal keys, one article.

    Expects what `clean_url` returns. Ignored are the scheme, `www.`, mobile and AMP hosts (`m.`, `mobile.`, `amp.`),
    the spelling of a host (Unicode or Punycode), a default port, a trailing slash, `index.html`, dot segments, the
    order of parameters and the spelling of percent-encoding; an address of an AMP cache or viewer, and the AMP form of
    a page (`/amp`, `?amp=1`), stand for the page. All addresses of a YouTube video are one.
    """
    found = _URL.fullmatch(url)
    if found is None:
        return url
    _, host, path, query = found.groups()
    host, path = _unwrapped(_plain(host), path)
    host = _MOBILE.sub("", _without_www(host), count=1)
    if not host.isascii() or "xn--" in host:
        host = _in_unicode(host)
    if host in _YOUTUBE or host == "youtu.be":
        video = _video(host, path, query or "")
        if video:
            return f"youtube.com/watch?v={video}"
    path = _canonical_escapes(path)
    if "/." in path:
        path = _without_dot_segments(path)
    if "amp" in path:
        path = _AMP_PATH.sub("", path)
    if "/index." in path:
        path = _INDEX.sub("", path)
    key = host + path.rstrip("/")
    if query:
        own = _TRACKING_OF_HOSTS.get(".".join(host.rsplit(".", 2)[-2:]), frozenset())
        kept = sorted(part for part in _canonical_escapes(query).split("&") if part and _tells_apart(part, own))
        if kept:
            key += "?" + "&".join(kept)
    return key


def domain_of(text: str) -> str | None:
    """Return the domain that a text names, lower-cased and without `www.`; a full URL counts by its host.

    `None` where the text names no domain.
    """
    text = text.strip().lower()
    if "://" in text or text.startswith("//"):
        found = _URL.fullmatch(text if "://" in text else "https:" + text)
        text = found.group(2) if found else ""
    text = _without_www(re.split("[/?#:]", text, maxsplit=1)[0].removesuffix("."))
    return text if _DOMAIN.fullmatch(_without_marks(text)) and len(text) <= _LONGEST_DOMAIN else None


def is_platform(domain: str, more: frozenset[str] = frozenset()) -> bool:
    """Tell whether a domain hosts many publishers, so that the name and not the domain says who publishes."""
    return domain in _PLATFORMS or domain in more


def is_web_address(value: object) -> bool:
    """Tell whether a browser may open `value` as a web page; `javascript:` and its like may not."""
    return isinstance(value, str) and _WEB.fullmatch(value) is not None


def _is_host(text: str) -> bool:
    found = _HOST.fullmatch(_without_marks(text))
    if found is None or found[1] is None:
        return found is not None
    try:
        ipaddress.IPv6Address(found[1])
    except ValueError:
        return False
    return True


def _without_marks(text: str) -> str:
    """Leave out the vowel signs and accents that many scripts write with: a host may hold them, but not alone."""
    if text.isascii():
        return text
    return "".join(character for character in text if unicodedata.category(character)[0] != "M")


def _without_www(host: str) -> str:
    rest = host.removeprefix("www.")
    return rest if "." in rest else host


def _plain(host: str) -> str:
    return host.lower().removesuffix(":443").removesuffix(":80").removesuffix(":").removesuffix(".")


def _unwrapped(host: str, path: str) -> tuple[str, str]:
    """Return the host and path of the page that an address of an AMP cache or viewer wraps, else its own."""
    inner = None
    if host.endswith(".cdn.ampproject.org"):
        inner = _AMP_CACHE_PATH.match(path)
    elif "google." in host and _AMP_VIEWER_HOST.fullmatch(host):
        inner = _AMP_VIEWER_PATH.match(path)
    if inner is None:
        return host, path
    host, _, path = path[inner.end() :].partition("/")
    return _plain(host), "/" + path


def _tells_apart(parameter: str, own: frozenset[str]) -> bool:
    """Tell whether a parameter tells pages apart; `own` are those that do not on this host."""
    if _is_tracking(parameter) or parameter.lower() in _AMP_PARAMETERS:
        return False
    return not own or parameter.partition("=")[0].lower() not in own


def _video(host: str, path: str, query: str) -> str | None:
    """Return the identifier of the video that an address of YouTube shows."""
    if host == "youtu.be":
        return path.strip("/") or None
    found = _VIDEO_PARAMETER.search(query) if path.rstrip("/") == "/watch" else _VIDEO_PATH.fullmatch(path)
    return found[1] if found else None


def _in_unicode(host: str) -> str:
    """Return a host with its Punycode labels (RFC 3492) decoded, so that both spellings of it are one."""
    labels = []
    for label in host.split("."):
        if label.startswith("xn--"):
            with contextlib.suppress(UnicodeError, ValueError, OverflowError):
                labels.append(label[len("xn--") :].encode("ascii").decode("punycode"))
                continue
        labels.append(label)
    return unicodedata.normalize("NFKC", ".".join(labels)).lower()


def _without_dot_segments(path: str) -> str:
    """Resolve `.` and `..` in a path (RFC 3986, section 5.2.4)."""
    if not _DOT_SEGMENT.search(path):
        return path
    kept: list[str] = []
    parts = path.split("/")
    for part in parts:
        if part == "..":
            del kept[max(1, len(kept) - 1) :]
        elif part != ".":
            kept.append(part)
    if parts[-1] in {".", ".."}:
        kept.append("")
    return "/".join(kept)


def _is_tracking(parameter: str) -> bool:
    name = _canonical_escapes(parameter.partition("=")[0]).lower().removeprefix("amp;")
    return name in _TRACKING or name.startswith(_TRACKING_FAMILIES)


def _encode_illegal(found: re.Match[str]) -> str:
    character = found.group()
    if (
        "\xa0" < character < "\U000e0000"
        and unicodedata.category(character)[0] not in "CZ"
        and character not in _SPECIAL
    ):
        return character
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "replace"))


def _canonical_escapes(text: str) -> str:
    if not _NOT_ASCII_URL.search(text) and "%" not in text:
        return text
    text = _NOT_ASCII_URL.sub(
        lambda found: "".join(f"%{byte:02X}" for byte in found.group().encode("utf-8", "replace")), text
    )
    return _ESCAPE.sub(_canonical_escape, text)


def _canonical_escape(found: re.Match[str]) -> str:
    character = chr(int(found.group()[1:], 16))
    return character if character in _UNRESERVED else found.group().upper()
