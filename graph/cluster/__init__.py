"""One graph on many machines: the stages of a build as passes over rows, run by Spark or Sail."""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.cluster.building import Build
from graph.cluster.sessions import ENGINES, open_session
from graph.errors import OutputError
from graph.generations import Staging, staging
from graph.info import Info
from graph.publishing.exports import INFO_FILE
from graph.publishing.table_files import PROBLEMS_FOLDER, read_problems
from graph.publishing.updating import no_documents
from graph.reading import Progress, Sources, list_documents, source_paths
from graph.writing import unwritable

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

__all__ = ["ENGINES", "build_on", "build_with_engine", "open_session"]

_FILES_OF_A_PARTITION = 500
_MOST_PARTITIONS = 10_000
_FEWEST_PARTITIONS = 2
_WORK = "passes"


def build_with_engine(
    sources: Sources,
    out: str | os.PathLike[str],
    engine: str,
    master: str | None = None,
    **options: Any,  # noqa: ANN401 - those of `build_on`
) -> Info:
    """Build the graph of sources on the engine `spark` or `sail` at an address, as `open_session` and `build_on` do."""
    with open_session(engine, master) as session:
        return build_on(session, sources, out, **options)


def build_on(  # noqa: PLR0913 - named, and none needed
    session: SparkSession,
    sources: Sources,
    out: str | os.PathLike[str],
    *,
    base: str | None = None,
    title: str | None = None,
    published_only: bool = False,
    partitions: int | None = None,
    progress: Progress | None = None,
) -> Info:
    """Build the graph of one or several sources into a folder with a session of Spark, or of a compatible engine.

    The graph is the one that `build` gives. Sources and folder must be at the same paths for all workers, and all must
    have the same version of article-graph. Writes `nodes/*.parquet`, `edges/*.parquet`, `triples/*.nt`,
    `problems/*.jsonl` and `info.json`; they become current together, in place of an earlier build in the folder, or not
    at all. The work is divided into `partitions`: by default about one for 500 documents.

    Raises:
        NoDocumentsError: No source contains a document.
        SourceError: A source does not exist, or a worker does not see it or has another version of the code.
        OutputError: The folder cannot be written to or contains something else, or the engine failed.
    """
    from graph.cluster.frames import Frames

    folder = Path(os.path.abspath(out))  # noqa: PTH100 - a worker may run elsewhere, and links stay links
    paths = source_paths(sources)
    listing = list_documents(paths, base=base, title=title, without=folder)
    files = sum(len(one.files or ()) for one in listing.sources)
    parts = partitions or max(_FEWEST_PARTITIONS, min(files // _FILES_OF_A_PARTITION, _MOST_PARTITIONS))
    is_new = _check_replaceable(folder)
    try:
        with staging(folder) as staged:
            work = staged.path / _WORK
            work.mkdir()
            build = Build(Frames(session, work, parts), listing, work, published_only=published_only)
            if (info := _write(build, staged, progress)) is not None:
                return info
        raise no_documents(paths, build.reading)  # noqa: TRY301 - so that the folder is removed
    except BaseException as error:
        if is_new:
            shutil.rmtree(folder, ignore_errors=True)
        if isinstance(error, OSError):
            raise unwritable(folder, error) from error
        raise


def _check_replaceable(folder: Path) -> bool:
    """Return whether there is no such folder; raise OutputError if it contains something that is not a build."""
    try:
        found = [path.name for path in folder.iterdir() if not path.name.startswith(".")]
    except FileNotFoundError:
        return True
    except OSError as error:
        raise unwritable(folder, error) from error
    if found and INFO_FILE not in found:
        raise OutputError(f"{folder}: contains something that is not a build. Name another folder with --out.")
    return False


def _write(build: Build[Any], staged: Staging, progress: Progress | None) -> Info | None:
    """Build, and make the files current in place of all before; return `None` if there was no document."""
    if (built := build.run(progress)) is None:
        return None
    table, truth, tally = built
    build.engine.write(table, staged.path)
    shutil.rmtree(staged.path / _WORK)
    problems = read_problems((staged.path / PROBLEMS_FOLDER).iterdir())
    info = tally.info(truth, Counter(problem.kind for problem in problems))
    names = [path.name for path in staged.path.iterdir() if path.is_dir()]
    numbers = {**info.to_dict(), "exports": sorted(names)}
    (staged.path / INFO_FILE).write_text(json.dumps(numbers, ensure_ascii=False, indent=1) + "\n", "utf-8")
    before = staged.before.files if staged.before is not None else {}
    generation = staged.commit()
    for name in before.keys() - generation.files.keys():
        (staged.folder / name).unlink(missing_ok=True)
    return info
