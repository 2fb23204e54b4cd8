"""Loads the triples of a build into an endpoint, in batches, and resumes where an earlier push was interrupted."""

from __future__ import annotations

import contextlib
import hashlib
import json
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Literal

from graph.errors import FormatError, OutputError, SourceError
from graph.publishing.exports import Exports
from graph.reading import Progress
from graph.store.connection import Connection, Credentials, EndpointReply
from graph.writing import write_text

PUSH_FILE = ".article-graph.push"
"""The file beside the exports that records the progress of a push; it can be deleted at any time."""

Protocol = Literal["auto", "store", "update"]
"""How triples are sent: by the SPARQL 1.1 Graph Store Protocol, by updates, or by whichever the endpoint takes."""

_BATCHES = {"store": 20_000, "update": 1_000}
ATTEMPTS = 6
"""How often a request is sent to a server that does not answer."""
_OTHERWISE = frozenset({400, 404, 405, 406, 415, 501})
"""The statuses of an address that does not take this kind of request but may take the other."""
_LONGEST_QUOTED = 200
"""Characters of an address that a message quotes."""

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Pushed:
    """The result of a push."""

    triples: int
    """The number of triples of the build, all of which the endpoint has accepted."""
    resumed: int
    """How many of these an earlier push had sent."""
    protocol: str
    """`store` or `update`."""


@dataclass(frozen=True, slots=True)
class _PushTarget:
    """Where triples are sent."""

    connection: Connection
    name: str | None
    """The IRI of the graph; `None` for the endpoint's default graph."""
    protocol: str

    def send(self, lines: list[bytes], *, replace: bool) -> EndpointReply:
        """Add triples; with `replace`, remove those of the graph first."""
        if self.protocol == "store":
            return self.connection.send(
                "PUT" if replace else "POST",
                _with(self.connection.endpoint, "default" if self.name is None else _named("graph", self.name)),
                body=b"".join(lines),
                headers={"Content-Type": "text/turtle"},  # every server accepts it, and N-Triples are Turtle
            )
        data = b"".join(lines)
        clear = b""
        if self.name is not None:
            data = b"GRAPH <%s> {\n%s}" % (self.name.encode(), data)
        if replace:
            what = b"DEFAULT" if self.name is None else b"GRAPH <%s>" % self.name.encode()
            clear = b"CLEAR SILENT %s ;\n" % what
        return self.connection.send(
            "POST",
            self.connection.endpoint,
            body=b"%sINSERT DATA {\n%s}" % (clear, data),
            headers={"Content-Type": "application/sparql-update"},
        )


def push(  # noqa: PLR0913 - one parameter for each choice
    exports: Exports,
    endpoint: str,
    *,
    into: str | None = None,
    replace: bool = False,
    protocol: Protocol = "auto",
    batch: int | None = None,
    credentials: Credentials | None = None,
    progress: Progress | None = None,
) -> Pushed:
    """Load a build's N-Triples into an endpoint, and return when it has accepted them all.

    `into` is the IRI of the graph to load into, by default the endpoint's default graph; with `replace` the content of
    that graph is removed first, otherwise the triples are added. `endpoint` is the address of a graph store, or of
    updates; the protocol `auto` finds out which. Each request contains `batch` triples, or fewer if the endpoint calls
    that too large. An interrupted push is resumed by the next one with the same build and target. `credentials` are
    those of the environment unless given. Until the push ends, readers of the endpoint see only some of the triples.

    Raises:
        SourceError: The build wrote no N-Triples, or the endpoint does not answer or refuses access.
        FormatError: `into` is not an IRI.
        OutputError: The endpoint does not accept the triples.
    """
    _check_name(into)
    connection = Connection(endpoint, credentials, attempts=ATTEMPTS)
    target = _PushTarget(connection, into, _protocol(connection, into) if protocol == "auto" else protocol)
    state = exports.folder / PUSH_FILE
    with exports.open_ntriples() as stream:
        digest, total = _digest(stream)
        push_of: list[object] = [endpoint, into, replace, target.protocol, digest]
        offset, done = _recall(state, push_of)
        stream.seek(offset)
        resumed = done
        for lines in _batches(stream, batch or _BATCHES[target.protocol]):
            if progress is not None:
                progress("sending triples", done, total)
            _send(target, lines, replace=replace and not done)
            done += len(lines)
            offset += sum(map(len, lines))
            with contextlib.suppress(OutputError):  # a push from read-only exports cannot be resumed
                write_text(state, [json.dumps({"push": push_of, "offset": offset, "triples": done}) + "\n"])
    with contextlib.suppress(OSError):
        state.unlink(missing_ok=True)
    return Pushed(done, resumed, target.protocol)


def _send(target: _PushTarget, lines: list[bytes], *, replace: bool) -> None:
    """Send a batch, in halves if the endpoint calls it too large."""
    reply = target.send(lines, replace=replace)
    with contextlib.closing(reply.body):
        if reply.is_good:
            return
        if reply.status != 413 or len(lines) == 1:  # noqa: PLR2004 - what HTTP means by too large
            raise OutputError(target.connection.refusal(reply, _elsewhere(target.name)))
    middle = len(lines) // 2
    _send(target, lines[:middle], replace=replace)
    _send(target, lines[middle:], replace=False)


def _protocol(connection: Connection, into: str | None) -> str:
    """Find out which protocol an address supports, without changing anything.

    An address that answers queries usually takes updates too. So a query is sent first: one server was seen to hang
    forever on triples that were sent to its address for updates.
    """
    answer = connection.send("GET", _with(connection.endpoint, _named("query", "ASK {}")))
    with contextlib.closing(answer.body):
        if answer.status in {401, 403}:
            raise SourceError(connection.refusal(answer, ""))
        if answer.is_good and "sparql-results" in answer.media_type:
            return "update"
    for protocol in ("store", "update"):
        reply = _PushTarget(connection, into, protocol).send([], replace=False)
        with contextlib.closing(reply.body):
            if reply.is_good:
                return protocol
            if reply.status not in _OTHERWISE:
                raise OutputError(connection.refusal(reply, _elsewhere(into)))
    raise OutputError(f"{connection.endpoint}: accepts neither triples nor updates. {_elsewhere(into)}.")


def _elsewhere(into: str | None) -> str:
    """Return what to do if an endpoint does not accept triples."""
    remedy = "Name the address of its graph store, or of updates"
    return remedy if into else f"{remedy}, or name a graph to load into: some have no default graph"


def _batches(stream: IO[bytes], size: int) -> Iterator[list[bytes]]:
    while lines := list(islice(stream, size)):
        yield lines


def _digest(stream: IO[bytes]) -> tuple[str, int]:
    digest, triples = hashlib.sha256(), 0
    while chunk := stream.read(_CHUNK):
        digest.update(chunk)
        triples += chunk.count(b"\n")
    return digest.hexdigest(), triples


def _recall(state: Path, push_of: list[object]) -> tuple[int, int]:
    """Return the offset and the number of triples up to which an earlier, equal push has come."""
    try:
        told = json.loads(state.read_bytes())
        return (int(told["offset"]), int(told["triples"])) if told["push"] == push_of else (0, 0)
    except (OSError, ValueError, KeyError, TypeError):
        return 0, 0


def _check_name(into: str | None) -> None:
    import pyoxigraph

    if into is not None:
        try:
            pyoxigraph.NamedNode(into)
        except ValueError as error:
            message = f"{into[:_LONGEST_QUOTED]!r}: is not an IRI. Name the graph as https://host/path."
            raise FormatError(message) from error


def _named(name: str, value: str) -> str:
    return urllib.parse.urlencode({name: value})


def _with(address: str, parameter: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}{parameter}"
