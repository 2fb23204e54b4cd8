"""The least that any build takes: `python -m benchmarks.floors bytes|json FOLDER`, or `prepare FOLDER OUT`.

`bytes` reads every file. `json` reads and parses the same front matter, one JSON file for each document, as `prepare`
wrote it; orjson is the fastest parser that makes Python objects.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

__all__ = ["load_json", "prepare_json", "read_bytes"]


def read_bytes(folder: Path) -> int:
    """Read every file below a folder; return how many bytes there are."""
    return sum(len(path.read_bytes()) for path in _files(folder))


def load_json(folder: Path) -> int:
    """Parse every JSON file below a folder; return how many there are."""
    import orjson

    return sum(1 for path in _files(folder) if orjson.loads(path.read_bytes()) is not None)


def prepare_json(folder: Path, out: Path) -> None:
    """Write the data of each file below a folder as JSON."""
    import frontmatter
    import orjson
    import yaml

    out.mkdir(parents=True)
    for number, path in enumerate(_files(folder)):
        if path.suffix in {".yaml", ".yml"}:
            data = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
        else:
            post = frontmatter.load(str(path))
            data = {**post.metadata, "content": post.content}
        (out / f"{number}.json").write_bytes(orjson.dumps(data, default=str, option=orjson.OPT_NON_STR_KEYS))


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def main() -> None:
    """Do what the command line says."""
    what, folder, *rest = sys.argv[1:]
    if what == "prepare":
        prepare_json(Path(folder), Path(rest[0]))
    else:
        print((read_bytes if what == "bytes" else load_json)(Path(folder)))


if __name__ == "__main__":
    main()
