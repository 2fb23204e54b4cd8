"""What differs between the records of the previous build and of this one, so that only that is written again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec

from graph.errors import SourceError
from graph.evidence import EvidenceTable
from graph.generations import Generation, current_generation
from graph.publishing.exports import EVIDENCE_FILE, RECORDS_FILE
from graph.publishing.record_file import KINDS_OF_RECORDS, RecordFile
from graph.records import Record
from graph.truth import Truth


class Differences(msgspec.Struct, frozen=True):
    """The records that two builds do not share; everything else of the two is the same."""

    generation: Generation
    """The previous build, whose files are undamaged as far as they were read."""
    before: Truth
    """The previous build with those of its records that were changed or removed, and no others."""
    now: Truth
    """This build with those of its records that were changed or added, and no others."""

    @property
    def iris(self) -> list[str]:
        """The IRIs of all these records, sorted."""
        return sorted(
            {iri for truth in (self.before, self.now) for name in KINDS_OF_RECORDS for iri in getattr(truth, name)}
        )

    @property
    def nodes_before(self) -> dict[str, Record]:
        """The articles, providers, topics and people that were changed or removed, as they were, by IRI."""
        truth = self.before
        return {**truth.articles, **truth.providers, **truth.topics, **truth.people}

    def restated(self) -> set[str] | None:
        """Return the nodes whose relations are stated differently than before.

        Returns `None` if the evidence of the previous build is missing or damaged.
        """
        if EVIDENCE_FILE not in self.generation.files:
            return None
        try:
            before = self.generation.open(EVIDENCE_FILE, EvidenceTable.open, is_whole=True)
            return self.now.evidence.changed_since(before)
        except SourceError:
            return None


def find_differences(folder: Path, name: object, truth: Truth) -> Differences | None:
    """Compare the records of the build of this name in a folder with a truth of the same base, title and vocabulary.

    Returns `None` if the build is not the current one, or if its records are missing or damaged. Linear in the records;
    only those that differ are decoded.
    """
    try:
        generation = current_generation(folder)
        if generation is None or generation.name != name or RECORDS_FILE not in generation.files:
            return None
        records = generation.open(RECORDS_FILE, RecordFile, is_whole=True)
        changed = [(kind, *records.changed(kind, getattr(truth, kind))) for kind in KINDS_OF_RECORDS]
    except SourceError:
        return None
    before: dict[str, Any] = {kind: records for kind, records, _ in changed}
    now: dict[str, Any] = {kind: records for kind, _, records in changed}
    return Differences(generation, replace(truth, **before), replace(truth, **now))
