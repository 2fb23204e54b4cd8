"""Reads a folder in one or several processes: `python -m benchmarks.ways JOBS FOLDER`."""

from __future__ import annotations

import sys

from graph.reading import list_documents, read

__all__: list[str] = []


def main() -> None:
    """Read as the command line says."""
    print(len(read(list_documents(sys.argv[2]), jobs=int(sys.argv[1])).statements))


if __name__ == "__main__":
    main()
