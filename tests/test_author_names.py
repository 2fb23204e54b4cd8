"""One text names as many people as it means, by their names alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import graph
from graph.reading.author_names import names_in
from tests.folders import write_files

TEXTS = {
    "Name Surname <jo@mail.example>": ["Name Surname"],
    "Name Surname (jo@mail.example)": ["Name Surname"],
    "jo@mail.example": [],
    "Name Surname, Other Surname": ["Name Surname", "Other Surname"],
    "Name Surname; Other Surname": ["Name Surname", "Other Surname"],
    "Name Surname and Other Surname": ["Name Surname", "Other Surname"],
    "Name Surname & Other Surname": ["Name Surname", "Other Surname"],
    "Ann Bee, Cy Dee, and Eve Eff": ["Ann Bee", "Cy Dee", "Eve Eff"],
    "Ann, Ben and Cy": ["Ann", "Ben", "Cy"],
    "Ludwig van Beethoven and Guido van Rossum": ["Ludwig van Beethoven", "Guido van Rossum"],
    "Jean-Luc Picard et Émile Zola": ["Jean-Luc Picard", "Émile Zola"],
    "张三、李四": ["张三", "李四"],
    "jdoe, asmith": ["jdoe", "asmith"],
    "Knuth, Donald": ["Donald Knuth"],
    "Knuth, Donald E.": ["Donald E. Knuth"],
    "van Rossum, Guido": ["Guido van Rossum"],
    "Doe, J., Roe, A. B.": ["J. Doe", "A. B. Roe"],
    "Name Surname, PhD": ["Name Surname"],
    "Name Surname, Jr.": ["Name Surname Jr."],
    "by Name Surname": ["Name Surname"],
    "@jdoe": ["jdoe"],
    "[[Name Surname]]": ["Name Surname"],
    "[[People/Name Surname|Name]]": ["Name Surname"],
    "[Name Surname](https://a.example)": ["Name Surname"],
    "Smith and Sons Ltd": ["Smith and Sons Ltd"],
    "Johnson & Johnson": ["Johnson & Johnson"],
    "Simon & Schuster": ["Simon & Schuster"],
    "Department of Health and Human Services": ["Department of Health and Human Services"],
    "National Archives and Records Administration": ["National Archives and Records Administration"],
    "Bill and Melinda Gates Foundation": ["Bill and Melinda Gates Foundation"],
    "José Ortega y Gasset": ["José Ortega y Gasset"],
    "Name Surname, Example Inc.": ["Name Surname, Example Inc."],
    "The Release Team": ["The Release Team"],
    "research and development": ["research and development"],
    "none": [],
}


@pytest.mark.parametrize(("text", "names"), TEXTS.items(), ids=TEXTS.keys())
def test_texts(text: str, names: list[str]) -> None:
    """A text is taken apart where each part looks like a person, and nowhere else."""
    assert list(names_in(text)) == names


def test_lists() -> None:
    """A text that stands for a list holds single names, and an item of a list is one person or one organisation."""
    assert names_in("Ann, Ben", is_list=True) == ("Ann", "Ben")
    assert names_in("Knuth, Donald E.", is_list=True) == ("Donald E. Knuth",)
    assert names_in("Name Surname and Other Surname", is_item=True) == ("Name Surname and Other Surname",)
    assert names_in("Surname, Name", is_item=True) == ("Name Surname",)
    assert names_in("Name Surname <jo@mail.example>", is_item=True) == ("Name Surname",)


_name = st.from_regex(r"[A-Z][a-z]{2,7}", fullmatch=True).filter(
    lambda name: len(names_in(f"{name} Xu and Li Bo")) == 2
)


@pytest.mark.slow
@given(
    st.lists(st.tuples(_name, _name), min_size=1, max_size=5, unique=True),
    st.sampled_from([", ", "; ", " and ", " & "]),
)
def test_people_joined_in_any_way(people: list[tuple[str, str]], sign: str) -> None:
    """People of two names, joined by any sign, are these people."""
    names = [f"{given} {family}" for given, family in people]
    wanted = [name for name in names if len(names_in(f"{name} and Li Bo")) == 2]
    assert names_in(sign.join(wanted)) == tuple(dict.fromkeys(wanted)) or not wanted


@given(st.text(max_size=80) | st.text("A a,;&<@>()[]|. ", max_size=80), st.booleans(), st.booleans())
def test_any_text(text: str, is_list: bool, is_item: bool) -> None:  # noqa: FBT001 - hypothesis gives them
    """Whatever a text holds, no name is empty, and none is a mail address."""
    for name in names_in(text, is_list=is_list, is_item=is_item):
        assert name or not text
    assert not any("@mail.example" in name for name in names_in(f"{text} <jo@mail.example>", is_list=is_list))


def people_of(folder: Path, files: dict[str, str]) -> list[tuple[str, list[str]]]:
    """Return the title of each article of a small source with its authors."""
    knowledge = graph.build(write_files(folder, files))
    label = {iri: person.label for iri, person in knowledge.people.items()}
    assert not any("@" in str(person) for person in knowledge.people.values())
    return sorted((article.label, [label[iri] for iri in article.authors]) for article in knowledge.articles.values())


POST = "---\ntitle: A\nauthors: [jdoe]\n---\nWords.\n"
RECORD = "name: Name Surname\n{0}url: https://jo.example\n{0}email: jo@mail.example\n"
FILES = {
    "Docusaurus": {"blog/authors.yml": "jdoe:\n  " + RECORD.format("  "), "blog/a.md": POST},
    "Material for MkDocs": {
        "docs/blog/.authors.yml": "authors:\n  jdoe:\n    " + RECORD.format("    "),
        "docs/blog/posts/a.md": POST,
    },
    "Jekyll": {"_data/authors.yml": "jdoe:\n  " + RECORD.format("  "), "_posts/2020-01-01-a.md": POST},
    "Jekyll's names alone": {"_data/authors.yml": "jdoe: Name Surname\n", "_posts/2020-01-01-a.md": POST},
    "Hugo's data": {"data/authors/jdoe.yaml": RECORD.format(""), "content/a.md": POST},
    "Hugo's pages": {"content/author/jdoe/_index.md": f"---\n{RECORD.format('')}---\n", "content/a.md": POST},
    "a list": {"_data/authors.yml": "- id: jdoe\n  " + RECORD.format("  "), "_posts/2020-01-01-a.md": POST},
    "a handle": {
        "authors.yml": "jdoe:\n  " + RECORD.format("  "),
        "a.md": POST.replace("[jdoe]", '"@jdoe"'),
    },
}


@pytest.mark.parametrize("files", FILES.values(), ids=FILES.keys())
def test_keys_of_authors(files: dict[str, str], tmp_path: Path) -> None:
    """An author who is named by a key is called as the site's record of them says, without their mail address."""
    assert people_of(tmp_path, files) == [("A", ["Name Surname"])]


@pytest.mark.parametrize(
    "author",
    [
        "author: {name: {given: Name, family: Surname}}",
        "author:\n- given: Name\n  family: Surname",
        "author:\n- name: {literal: Name Surname}\n  email: jo@mail.example",
        "author: {name: Name Surname <jo@mail.example>}",
        "author: [[Name Surname]]",
        "params: {author: Name Surname}",
        "Created by:\n- Name Surname",
    ],
)
def test_names_in_parts(author: str, tmp_path: Path) -> None:
    """Names in parts, as Quarto and citations have them, are whole."""
    assert people_of(tmp_path, {"a.md": f"---\ntitle: A\n{author}\n---\n"}) == [("A", ["Name Surname"])]


@pytest.mark.parametrize("text", ["- 1\n- [a]\n", "jdoe:\n", "just text\n", "jdoe: [a, b]\n", "{", "a: &x [*x]\n"])
def test_bad_files_of_authors(text: str, tmp_path: Path) -> None:
    """A file of authors that holds anything else costs nobody else anything."""
    assert people_of(tmp_path, {"authors.yml": text, "a.md": POST}) == [("A", ["jdoe"])]
