"""What was found in texts is remembered only for the same texts and the same names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from graph.truth.mention_memory import MentionMemory
from graph.truth.mentions import Finder, Name
from graph.truth.phrases import Phrases

NAMES = {"ex:k": [Name("Kubernetes")], "ex:rd": [Name("R&D")], "ex:go": [Name("Go")]}
TEXTS = {"ex:1": "We run Kubernetes here.", "ex:2": "All of R&D is written in Go today.", "ex:3": "Nothing."}


@pytest.fixture
def searched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """List the texts that are searched, as it happens."""
    texts: list[str] = []
    real = Phrases.find

    def search(self: Phrases[object], text: str) -> object:
        texts.append(text)
        return real(self, text)

    monkeypatch.setattr(Phrases, "find", search)
    return texts


def find(
    path: Path, texts: Mapping[str, str] = TEXTS, names: Mapping[str, list[Name]] = NAMES
) -> dict[str, tuple[str, ...]]:
    """Find the topics of texts, with a memory that is saved."""
    memory = MentionMemory(path)
    found = Finder(names).find([(iri, text, ()) for iri, text in texts.items()], memory)
    memory.save()
    return found


def test_only_other_texts_are_searched_again(tmp_path: Path, searched: list[str]) -> None:
    """A text that was changed is searched, and what was found in the others counts."""
    path = tmp_path / "memory"
    first = find(path)
    assert first == {"ex:1": ("ex:k",), "ex:2": ("ex:go", "ex:rd")}
    assert len(searched) == 3
    assert find(path) == first
    assert len(searched) == 3
    assert find(path, {**TEXTS, "ex:3": "Kubernetes again."}) == {**first, "ex:3": ("ex:k",)}
    assert searched[3:] == ["Kubernetes again."]
    turned = {topic: NAMES[topic] for topic in reversed(NAMES)}
    assert find(path, names=turned) == first
    assert searched[4:] == ["Nothing."]


def test_other_names_are_searched_for_in_all_texts(tmp_path: Path, searched: list[str]) -> None:
    """After a name was added, nothing is recalled."""
    path = tmp_path / "memory"
    find(path)
    assert find(path, names={**NAMES, "ex:n": [Name("Nothing", is_described=True)]})["ex:3"] == ("ex:n",)
    assert len(searched) == 6


@pytest.mark.parametrize("content", [b"", b"short", b"\x80" * 100], ids=["empty", "short", "other"])
def test_a_damaged_file_is_passed_over(tmp_path: Path, content: bytes) -> None:
    """A file that is not what was written is as good as none."""
    path = tmp_path / "memory"
    first = find(path)
    path.write_bytes(content)
    assert find(path) == first
    assert find(tmp_path / "no" / "folder") == first
