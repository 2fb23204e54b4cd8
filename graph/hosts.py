"""Hosts: which texts are valid hosts, their normalised form, and the platforms that many publishers share."""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from functools import lru_cache

_HOST = re.compile(
    r"(?:[^\W_](?:[\w-]{0,62}(?<!-))?(?:\.[^\W_](?:[\w-]{0,62}(?<!-))?)*\.?|\[([0-9A-Fa-f:.]+)\])(?::[0-9]{0,5})?"
)
_LABEL = re.compile(r"[^\W_](?:[\w-]*[^\W_])?")
_DOMAIN = re.compile(rf"{_LABEL.pattern}(?:\.{_LABEL.pattern})+")
_VARIANT = re.compile(r"^(?:m|mobile|amp)\.(?=[^.]+\.[^.])|(?<=\.)m\.(?=[^.]+\.[^.])")

_LONGEST_DOMAIN = 253  # RFC 1035
_LONGEST_LABEL = 63
_MOST_SITES = 1_000
_PUNYCODE = "xn--"

_PLATFORMS = frozenset(
    "youtube.com youtu.be vimeo.com medium.com substack.com linkedin.com github.io github.com gitlab.io wordpress.com "
    "blogspot.com tumblr.com facebook.com twitter.com x.com instagram.com tiktok.com reddit.com hashnode.dev dev.to "
    "ghost.io wixsite.com weebly.com netlify.app vercel.app pages.dev buttondown.email sites.google.com soundcloud.com "
    "spotify.com podbean.com slideshare.net".split()
)


@lru_cache(_MOST_SITES)
def is_host(text: str) -> bool:
    """Return whether a text is a valid host, with or without a port."""
    found = _HOST.fullmatch(_without_marks(text))
    if found is None or found[1] is None:
        return found is not None
    try:
        ipaddress.IPv6Address(found[1])
    except ValueError:
        return False
    return True


def is_domain(text: str) -> bool:
    """Return whether a text is a domain name of at least two labels."""
    return len(text) <= _LONGEST_DOMAIN and _DOMAIN.fullmatch(_without_marks(text)) is not None


def is_platform(domain: str, more: frozenset[str] = frozenset()) -> bool:
    """Return whether a domain hosts many publishers, so that the name and not the domain identifies them."""
    return domain in _PLATFORMS or domain in more


def without_www(host: str) -> str:
    """Return a host without `www.`, unless only the last label would be left."""
    rest = host.removeprefix("www.")
    return rest if "." in rest else host


@lru_cache(_MOST_SITES)
def site_of(host: str) -> str:
    """Return the normalised form of a host and port, the same for all that show the same pages.

    It is lower-cased and in Unicode, without a default port, `www.`, and the labels of pages for phones and of AMP
    (`m.`, `mobile.`, `amp.`).
    """
    host = host.lower().removesuffix(":443").removesuffix(":80").removesuffix(":").removesuffix(".")
    return _VARIANT.sub("", in_unicode(without_www(host)), count=1)


def in_unicode(host: str) -> str:
    """Return a lower-cased host with Punycode (RFC 3492) decoded.

    Letters are folded as in browsers (UTS 46), so `ß` is not `ss`. A label with invalid Punycode stays as it is.
    """
    if host.isascii() and _PUNYCODE not in host:
        return host
    name, colon, port = host.partition(":")
    return ".".join(map(_readable, name.split("."))) + colon + port


def _readable(label: str) -> str:
    if label.isascii() and (not label.startswith(_PUNYCODE) or len(label) > _LONGEST_LABEL):
        return label
    if label.isascii():
        try:
            read = label.removeprefix(_PUNYCODE).encode("ascii").decode("punycode")
            is_proper = read == _folded(read) and _PUNYCODE + read.encode("punycode").decode("ascii") == label
        except (UnicodeError, ValueError, OverflowError):
            return label
    else:
        read, is_proper = _folded(label), True
    return read if is_proper and _LABEL.fullmatch(_without_marks(read)) else label


def _folded(label: str) -> str:
    """Return a label in NFKC and lower case, letter by letter, so that a final Greek sigma is not special."""
    return unicodedata.normalize("NFKC", "".join(map(str.lower, unicodedata.normalize("NFKC", label))))


def _without_marks(text: str) -> str:
    """Return a text without vowel signs and accents, which a host may contain, but not alone."""
    if text.isascii():
        return text
    return "".join(character for character in text if unicodedata.category(character)[0] != "M")
