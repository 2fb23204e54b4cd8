"""Kill builds at random moments, and print how often readers saw a single build: `python -m benchmarks.kill`.

With `--disk FOLDER`, a small separate file system such as a tmpfs, it also builds onto a disk that is full after each
tenth of the way.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from benchmarks.generations import fill_disk, kill_builds


def main() -> None:
    """Print how often readers saw a single build."""
    parser = argparse.ArgumentParser(description="Kill builds at random moments, and ask every interface after each.")
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--disk", type=Path, metavar="FOLDER")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(f"{chosen.kills} builds killed:", dict(kill_builds(Path(folder), chosen.kills)))
    if chosen.disk:
        with tempfile.TemporaryDirectory() as folder:
            print("builds onto a full disk:", dict(fill_disk(Path(folder), chosen.disk)))


if __name__ == "__main__":
    main()
