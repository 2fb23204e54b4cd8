"""Where a build's time goes: `python -m benchmarks.stages SOURCE OUT` prints CPU seconds by stage, as JSON."""

from __future__ import annotations

import json
import os
import sys

__all__ = ["Stages"]


class Stages:
    """Adds up CPU seconds between the steps that a build reports; the time between two stages is a stage, too."""

    def __init__(self) -> None:
        """Begin with what this process has used so far."""
        self.seconds: dict[str, float] = {"starting": _used()}
        self._last = self.seconds["starting"]
        self._stage = ""

    def tell(self, stage: str, _done: int, _total: int | None) -> None:
        """Take note that a stage goes on, as `Progress` of the library."""
        if stage == self._stage:
            self._add(stage)
        elif not self._stage:
            self._add(f"before {stage}")
        elif self._stage.startswith("writing"):
            self._add(self._stage)
        else:
            self._add(f"between {self._stage} and writing")
        self._stage = stage

    def end(self) -> None:
        """Take note that all is done."""
        self._add("after the last file")

    def _add(self, stage: str) -> None:
        now = _used()
        self.seconds[stage] = self.seconds.get(stage, 0.0) + now - self._last
        self._last = now


def _used() -> float:
    """Return the CPU seconds of this process and of those it has waited for."""
    return sum(os.times()[:4])


def main() -> None:
    """Build from a source into a new folder, and print what each stage took."""
    from graph import update

    stages = Stages()
    update([sys.argv[1]], sys.argv[2], progress=stages.tell)
    stages.end()
    json.dump(stages.seconds, sys.stdout)


if __name__ == "__main__":
    main()
