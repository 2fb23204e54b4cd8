"""Builds exports again whenever a document changes."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from graph.errors import GraphError, NoDocumentsError
from graph.publishing.updating import Update, update
from graph.reading import Sources, source_paths

if TYPE_CHECKING:
    from watchfiles import Change

    _Changes: TypeAlias = set[tuple[Change, str]]

_QUIET = 300
"""Milliseconds without a further change before building: editors save in several steps."""
_LONGEST = 3_000
"""Milliseconds after which a build begins even if changes go on."""
_TICK = 200
"""How often to check whether to stop, in milliseconds. The first build waits as long, as watching begins first."""


def watch(
    sources: Sources,
    out: str | os.PathLike[str] = "exports",
    *,
    stop: threading.Event | None = None,
    **options: Any,  # noqa: ANN401 - those of `update`, which checks them
) -> Iterator[Update | GraphError]:
    """Update the exports now and after every change of the sources, and yield the result of each update.

    Changes in quick succession cause one update. If an update fails, or if the sources contain no document yet, the
    error is yielded and the next change is waited for. Ends when `stop` is set, or on an interrupt. `options` are those
    of `update`.

    Raises:
        GraphError: The first update fails for another reason.
    """
    import watchfiles

    paths = source_paths(sources)
    outputs = os.path.realpath(out)
    places = [Path(path) for path in paths]

    def matters(_change: watchfiles.Change, path: str) -> bool:
        inside = os.path.realpath(path).startswith(outputs + os.sep)
        return not (inside or any(part.startswith(".") for part in _below(path, places)))

    changes = _until_interrupted(
        watchfiles.watch(
            *places,
            watch_filter=matters,
            step=_QUIET,
            debounce=_LONGEST,
            rust_timeout=_TICK,
            yield_on_timeout=True,
            stop_event=stop,
        )
    )
    unwatched: OSError | None = None
    try:
        first = next(changes, None)  # from here on no change is missed
    except OSError as error:
        unwatched = error
    else:
        if first is None and not (stop and stop.is_set()):
            return
    try:
        yield update(paths, out, **options)
    except NoDocumentsError as error:
        yield error
    if unwatched is not None:
        raise unwatched
    for some in changes:
        if not some:
            continue
        try:
            yield update(paths, out, **options)
        except GraphError as error:
            yield error


def _until_interrupted(changes: Iterable[_Changes]) -> Iterator[_Changes]:
    """Yield changes until an interrupt, which watchfiles would report as a warning if it ended by itself."""
    with contextlib.suppress(KeyboardInterrupt):
        yield from changes


def _below(path: str, places: Sequence[Path]) -> tuple[str, ...]:
    """Return the parts of a path below the source that contains it."""
    for place in places:
        resolved = os.path.realpath(place)
        if path == resolved or path.startswith(resolved + os.sep):
            return Path(path[len(resolved) :].lstrip(os.sep)).parts
    return (Path(path).name,)
