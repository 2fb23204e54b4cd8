"""HTTP requests to an endpoint, with credentials and retries. Needs the extra `remote`."""

from __future__ import annotations

import io
import os
import re
import time
import urllib.parse
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING

from graph.errors import GraphError, SourceError

if TYPE_CHECKING:
    from requests import Response
    from requests.auth import AuthBase

USER_VARIABLE = "ARTICLE_GRAPH_ENDPOINT_USER"
"""The environment variable that names the user of an endpoint."""
PASSWORD_VARIABLE = "ARTICLE_GRAPH_ENDPOINT_PASSWORD"  # noqa: S105 - a name, not a password
"""The environment variable that holds the user's password."""
TOKEN_VARIABLE = "ARTICLE_GRAPH_ENDPOINT_TOKEN"  # noqa: S105 - a name, not a token
"""The environment variable that holds a token, sent instead of user and password."""

_ADDRESS = re.compile(r"https?://(?![/?#:])[!-~]+", re.IGNORECASE)
_BUSY = frozenset({429, 502, 503, 504})
_LONGEST_WAIT = 60.0
_LONGEST_MESSAGE = 300
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Credentials:
    """User and password, or a token. Never shown, not even in a traceback."""

    user: str | None = field(default=None, repr=False)
    """Sent with the password as HTTP Basic or Digest, once the endpoint asks for it."""
    password: str | None = field(default=None, repr=False)
    """The password."""
    token: str | None = field(default=None, repr=False)
    """A bearer token, sent with every request."""

    @classmethod
    def of_environment(cls) -> Credentials:
        """Read the three environment variables."""
        return cls(*(os.environ.get(name) or None for name in (USER_VARIABLE, PASSWORD_VARIABLE, TOKEN_VARIABLE)))


@dataclass(frozen=True, slots=True)
class EndpointReply:
    """What an endpoint sent back."""

    status: int
    """The HTTP status."""
    media_type: str
    """The media type of the body, in lower case and without parameters."""
    body: IO[bytes]
    """The body, which can be read once; reading raises `OSError` if the connection breaks off."""
    location: str | None = None
    """The absolute address to which the endpoint redirects."""

    @property
    def is_good(self) -> bool:
        """Whether the request succeeded."""
        return 200 <= self.status < 300  # noqa: PLR2004 - what HTTP means by success

    def words(self) -> str:
        """Return the beginning of the body as one printable line, empty for an HTML page, and close the body."""
        try:
            with self.body:
                text = "" if "html" in self.media_type else self.body.read(_LONGEST_MESSAGE).decode("utf-8", "replace")
        except OSError:
            return ""
        return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


class Connection:
    """The address of an endpoint, and a session of HTTP requests to it."""

    def __init__(
        self, endpoint: str, credentials: Credentials | None = None, *, timeout: float = 60.0, attempts: int = 1
    ) -> None:
        """Prepare requests; nothing is sent yet.

        `credentials` are those of the environment unless given. A request is sent up to `attempts` times while the
        endpoint is busy or does not answer; `timeout` is in seconds without a byte. Proxies are those of the
        environment.

        Raises:
            SourceError: This is not an HTTP address, or it holds a password.
            GraphError: The extra `remote` is not installed.
        """
        if "@" in endpoint.partition("?")[0]:
            message = "The address of the endpoint holds credentials. Put them into the environment, as "
            raise SourceError(message + f"{USER_VARIABLE} and {PASSWORD_VARIABLE}.")
        if not _ADDRESS.fullmatch(endpoint):
            message = f"{endpoint[:_LONGEST_MESSAGE]!r}: is not the address of an endpoint. "
            raise SourceError(message + "Write it as https://host/path.")
        try:
            import requests
        except ModuleNotFoundError as error:
            message = f"Asking an endpoint needs {error.name}, which is not installed. "
            raise GraphError(message + "Run: pip install 'article-graph[remote]'") from error
        self.endpoint = endpoint
        """The address."""
        self._timeout, self._attempts = timeout, attempts
        self._session = requests.Session()
        self._session.headers["User-Agent"] = "article-graph"
        self._session.auth = lambda request: request  # not None: requests would look into ~/.netrc
        # Otherwise a redirect that is not followed is prepared, and its whole body read.
        self._session.get_redirect_target = lambda resp: None  # type: ignore[method-assign] # noqa: ARG005
        self._basic: AuthBase | None = None
        who = credentials or Credentials.of_environment()
        if who.token:
            self._session.headers["Authorization"] = f"Bearer {who.token}"
        elif who.user and who.password:
            self._session.auth = requests.auth.HTTPDigestAuth(who.user, who.password)  # sends nothing until asked
            self._basic = requests.auth.HTTPBasicAuth(who.user.encode(), who.password.encode())

    def send(
        self, method: str, url: str, *, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> EndpointReply:
        """Send a request, again while the endpoint is busy, and return the last reply.

        Redirects are not followed: they could take credentials elsewhere.

        Raises:
            SourceError: The endpoint does not answer, or asks for credentials in a way that is not supported.
        """
        for attempt in range(1, self._attempts + 1):
            wait = 2.0**attempt / 2
            try:
                response = self._request(method, url, body, headers)
            except OSError as error:  # the base class of all errors of requests
                if attempt == self._attempts:
                    message = f"{self.endpoint}: does not answer ({_cause(error)}). "
                    raise SourceError(message + "Check the address and whether it is running.") from error
            except (KeyError, TypeError, ValueError) as error:  # an unknown kind of Digest, or letters beyond Latin-1
                message = f"{self.endpoint}: the credentials cannot be sent as it asks for them. Set {TOKEN_VARIABLE}."
                raise SourceError(message) from error
            else:
                if response.status_code not in _BUSY or attempt == self._attempts:
                    break
                response.close()
                after = response.headers.get("Retry-After", "")
                wait = float(after) if after.isdecimal() else wait
            time.sleep(min(wait, _LONGEST_WAIT))
        return EndpointReply(
            response.status_code,
            response.headers.get("Content-Type", "").partition(";")[0].strip().lower(),
            io.BufferedReader(_Body(response), _CHUNK),
            _location(response, url),
        )

    def _request(self, method: str, url: str, body: bytes | None, headers: Mapping[str, str] | None) -> Response:
        """Send a request once, or twice if the endpoint then asks for HTTP Basic; Digest is up to the session."""
        response = self._session.request(
            method, url, data=body, headers=headers, timeout=self._timeout, stream=True, allow_redirects=False
        )
        asks = response.headers.get("WWW-Authenticate", "").lower() if response.status_code == 401 else ""  # noqa: PLR2004
        if self._basic is None or "basic" not in asks or "digest" in asks:
            return response
        response.close()
        self._session.auth, self._basic = self._basic, None
        return self._request(method, url, body, headers)

    def refusal(self, reply: EndpointReply, remedy: str) -> str:
        """Return why a request failed and what to do: `remedy`, unless the status says it."""
        said = f": {words}" if (words := reply.words()) else ""
        if reply.status in {401, 403}:
            names = f"{USER_VARIABLE} and {PASSWORD_VARIABLE}, or {TOKEN_VARIABLE}"
            return f"{self.endpoint}: refuses access ({reply.status}{said}). Set {names}."
        if reply.status in _BUSY:
            return f"{self.endpoint}: is busy ({reply.status}{said}). Try again later."
        if reply.location:
            return f"{self.endpoint}: has moved. Use {reply.location}"
        kind = "" if said or not reply.media_type else f" {reply.media_type}"
        return f"{self.endpoint}: answers {reply.status}{kind}{said}. {remedy}."


class _Body(io.RawIOBase):
    """The decompressed body of a response; a truncated body is an error."""

    def __init__(self, response: Response) -> None:
        self._response = response
        self._chunks = response.iter_content(_CHUNK)
        self._held = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            self._held = self._held or next(self._chunks, b"")
        except OSError as error:
            message = f"the connection broke off ({_cause(error)})"
            raise OSError(message) from error  # without an errno, unlike an error of the file that is written to
        size = min(len(buffer), len(self._held))
        buffer[:size], self._held = self._held[:size], self._held[size:]
        return size

    def close(self) -> None:
        self._response.close()
        super().close()


def _location(response: Response, url: str) -> str | None:
    """Return the absolute address to which a response to a request to `url` redirects, if it is one."""
    location = response.headers["Location"] if response.is_redirect else ""
    try:
        return urllib.parse.urljoin(url, location) if location else None
    except ValueError:
        return None


def _cause(error: BaseException) -> BaseException:
    """Return the error below those that the layers of the library wrap around it."""
    while inner := error.__cause__ or error.__context__:
        error = inner
    return error
