"""Speaking HTTP with an endpoint: who asks, how patiently, and what came back."""

from __future__ import annotations

import http.client
import io
import os
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message
from typing import IO

from graph.errors import SourceError

__all__ = ["PASSWORD_VARIABLE", "TOKEN_VARIABLE", "USER_VARIABLE", "Connection", "Credentials", "Reply"]

USER_VARIABLE = "ARTICLE_GRAPH_ENDPOINT_USER"
"""The environment variable that names the user of an endpoint."""
PASSWORD_VARIABLE = "ARTICLE_GRAPH_ENDPOINT_PASSWORD"  # noqa: S105 - a name, not a password
"""The environment variable that holds the user's password."""
TOKEN_VARIABLE = "ARTICLE_GRAPH_ENDPOINT_TOKEN"  # noqa: S105 - a name, not a token
"""The environment variable that holds a token, sent instead of user and password."""

_BUSY = frozenset({429, 502, 503, 504})
_LONGEST_WAIT = 60.0
_MOST_TOLD = 300


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who asks. Never shown, not even in a traceback."""

    user: str | None = field(default=None, repr=False)
    """A name, proved by a password: HTTP Basic or Digest, as the endpoint wants it."""
    password: str | None = field(default=None, repr=False)
    """The password."""
    token: str | None = field(default=None, repr=False)
    """A bearer token."""

    @classmethod
    def of_environment(cls) -> Credentials:
        """Return what the environment says."""
        return cls(*(os.environ.get(name) or None for name in (USER_VARIABLE, PASSWORD_VARIABLE, TOKEN_VARIABLE)))


@dataclass(frozen=True, slots=True)
class Reply:
    """What an endpoint sent back."""

    status: int
    """The HTTP status."""
    media_type: str
    """Of what follows, in lower case and without parameters."""
    body: IO[bytes]
    """What follows, to be read once; reading fails where it breaks off."""
    location: str | None = None
    """The address that the endpoint names instead, absolute."""
    wait: float | None = None
    """Seconds after which a busy endpoint wants to be asked again."""

    @property
    def is_good(self) -> bool:
        """Whether the request was carried out."""
        return 200 <= self.status < 300  # noqa: PLR2004 - what HTTP means by success

    def words(self) -> str:
        """Return the beginning of what follows, on one printable line, or nothing where it is a page; then close it."""
        try:
            with self.body:
                told = "" if "html" in self.media_type else self.body.read(_MOST_TOLD).decode("utf-8", "replace")
        except (OSError, http.client.HTTPException):
            return ""
        return " ".join("".join(letter if letter.isprintable() else " " for letter in told).split())


class Connection:
    """An endpoint's address, and what it takes to be heard there."""

    def __init__(
        self, endpoint: str, credentials: Credentials | None = None, *, timeout: float = 60.0, attempts: int = 1
    ) -> None:
        """Take an address; nothing is sent yet.

        `credentials` are those of the environment unless given. An endpoint that is busy or does not answer is asked
        `attempts` times in all; each waits for `timeout` seconds of silence at most.

        Raises:
            SourceError: This is no HTTP address, or it holds a password.
        """
        if "@" in endpoint.partition("?")[0]:
            message = "The address of the endpoint holds credentials. Put them into the environment, as "
            message += f"{USER_VARIABLE} and {PASSWORD_VARIABLE}."
            raise SourceError(message)
        try:
            parts = urllib.parse.urlsplit(endpoint)
            is_http = parts.scheme in {"http", "https"} and bool(parts.hostname) and endpoint.isprintable()
        except ValueError:
            is_http = False
        if not is_http or " " in endpoint or not endpoint.isascii():
            message = f"{endpoint[:_MOST_TOLD]!r}: is no address of an endpoint. Write it as https://host/path."
            raise SourceError(message)
        self.endpoint = endpoint
        """The address."""
        self._credentials = credentials or Credentials.of_environment()
        self._timeout, self._attempts = timeout, attempts
        self._digest = _digest_of(endpoint, self._credentials)
        self._challenge: tuple[str, Mapping[str, str]] | None = None
        self._opener = urllib.request.build_opener(_Stay)

    def send(
        self, method: str, url: str, *, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Reply:
        """Send a request, again where the endpoint is busy, and return whatever came back.

        Redirects are not followed: they could take credentials elsewhere.

        Raises:
            SourceError: Nothing came back.
        """
        for attempt in range(1, self._attempts + 1):
            try:
                reply = self._ask(method, url, body, headers or {})
            except (OSError, http.client.HTTPException) as error:
                if attempt < self._attempts:
                    time.sleep(min(2.0**attempt / 2, _LONGEST_WAIT))
                    continue
                reason = getattr(error, "reason", None) or error
                message = f"{self.endpoint}: does not answer ({reason}). Check the address and whether it is running."
                raise SourceError(message) from error
            if reply.status not in _BUSY or attempt == self._attempts:
                break
            reply.body.close()
            time.sleep(min(2.0**attempt / 2 if reply.wait is None else reply.wait, _LONGEST_WAIT))
        return reply

    def refusal(self, reply: Reply, remedy: str) -> str:
        """Return why a request was not carried out and what to do: `remedy`, where the status does not say."""
        told = f": {words}" if (words := reply.words()) else ""
        if reply.status in {401, 403}:
            names = f"{USER_VARIABLE} and {PASSWORD_VARIABLE}, or {TOKEN_VARIABLE}"
            return f"{self.endpoint}: refuses access ({reply.status}{told}). Set {names}."
        if reply.status in _BUSY:
            return f"{self.endpoint}: is busy ({reply.status}{told}). Try again later."
        if reply.location:
            return f"{self.endpoint}: has moved. Use {reply.location}"
        kind = "" if told or not reply.media_type else f" {reply.media_type}"
        return f"{self.endpoint}: answers {reply.status}{kind}{told}. {remedy}."

    def _ask(self, method: str, url: str, body: bytes | None, headers: Mapping[str, str]) -> Reply:
        """Send a request once, or twice where the endpoint first wants to know who asks."""
        for _ in range(2):
            request = urllib.request.Request(url, body, {"User-Agent": "article-graph", **headers}, method=method)  # noqa: S310 - http or https, as checked
            authorization = self._authorization(request)
            if authorization:
                request.add_unredirected_header("Authorization", authorization)
            try:
                response = self._opener.open(request, timeout=self._timeout)
            except urllib.error.HTTPError as refused:
                if refused.code == http.HTTPStatus.UNAUTHORIZED and self._learns(refused.headers):
                    refused.close()
                    continue
                return _reply(refused.code, refused.headers, refused, url)
            return _reply(response.status, response.headers, response, url)
        return _reply(401, Message(), io.BytesIO(), url)

    def _learns(self, headers: Message) -> bool:
        """Take what the endpoint wants to know, and tell whether that is new and can be answered."""
        if self._credentials.token or not (self._credentials.user and self._credentials.password):
            return False
        challenges = {}
        for challenge in headers.get_all("WWW-Authenticate", []):
            scheme, _, rest = challenge.partition(" ")
            items = [item for item in urllib.request.parse_http_list(rest) if "=" in item]
            challenges[scheme.lower()] = urllib.request.parse_keqv_list(items)
        known = self._challenge
        for scheme in ("digest", "basic"):
            if scheme in challenges:
                self._challenge = scheme, challenges[scheme]
                return self._challenge != known
        return False

    def _authorization(self, request: urllib.request.Request) -> str | None:
        import base64

        who = self._credentials
        if who.token:
            return f"Bearer {who.token}"
        if self._challenge is None:
            return None
        scheme, told = self._challenge
        if scheme == "digest":
            return f"Digest {self._digest.get_authorization(request, told)}"
        return "Basic " + base64.b64encode(f"{who.user}:{who.password}".encode()).decode()


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_rest: object) -> None:
        """Go nowhere."""


class _Whole(io.RawIOBase):
    """A body that does not end without saying so where the connection broke off."""

    def __init__(self, stream: IO[bytes], length: int | None) -> None:
        self._stream, self._left = stream, length

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        try:
            chunk = self._stream.read(len(view))
        except (OSError, http.client.HTTPException) as error:
            message = f"the connection broke off ({error})"
            raise OSError(message) from error  # without a number: it is not the fault of whoever is written to
        view[: len(chunk)] = chunk
        if self._left is not None:
            self._left -= len(chunk)
            if not chunk and view and self._left > 0:
                message = f"the connection broke off {self._left:,} bytes too early"
                raise OSError(message)
        return len(chunk)

    def close(self) -> None:
        self._stream.close()
        super().close()


def _reply(status: int, headers: Message, stream: IO[bytes], url: str) -> Reply:
    length, wait = headers.get("Content-Length", ""), headers.get("Retry-After", "")
    location = headers.get("Location") if 300 <= status < 400 else None  # noqa: PLR2004 - what HTTP means by elsewhere
    return Reply(
        status,
        headers.get_content_type() if "Content-Type" in headers else "",
        io.BufferedReader(_Whole(stream, int(length) if length.isdecimal() else None), 1 << 16),
        urllib.parse.urljoin(url, location) if location else None,
        float(wait) if wait.isdecimal() else None,
    )


def _digest_of(endpoint: str, credentials: Credentials) -> urllib.request.AbstractDigestAuthHandler:
    passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
    if credentials.user and credentials.password:
        passwords.add_password(None, endpoint, credentials.user, credentials.password)
    return urllib.request.AbstractDigestAuthHandler(passwords)
