"""Names: the IRIs of articles, topics, people and providers, and the slugs and texts they are made of."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from hypothesis import example, given
from hypothesis import strategies as st

from graph.names import (
    DEFAULT_BASE,
    PREFIXES,
    article_iri,
    concept_scheme_iri,
    expand,
    person_iri,
    provider_iri,
    slug,
    source_iri,
    to_text,
    topic_iri,
)

BASE = DEFAULT_BASE
TEXTS = st.text() | st.text(st.sampled_from('aA.+#♯-_ éÉ日\u0301\u200f\x00\ud800/\\<>"{}|^`%?'))


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("Developer Tools", "developer-tools"),
        ("Developer tools", "developer-tools"),
        ("  developer_tools! ", "developer-tools"),
        ("C", "c"),
        ("C#", "c-sharp"),
        ("C♯", "c-sharp"),
        ("C++", "c-plus-plus"),
        ("F#", "f-sharp"),
        (".NET", "dot-net"),
        ("ASP.NET", "asp-net"),
        ("#azure", "azure"),
        ("Café", "café"),
        ("Cafe\u0301", "café"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("日本語", "日本語"),
        ("ﬁn", "fin"),
        ("AT&T", "at-t"),
    ],
)
def test_slugs_are_what_a_reader_expects(text: str, short: str) -> None:
    """Case, spacing and composition do not count, letters of every script stay, `C`, `C#` and `C++` are three."""
    assert slug(text) == short


@given(TEXTS)
@example("")
@example("!!!")
@example("x" * 500)
def test_slugs_are_never_empty_and_always_fit_an_iri(text: str) -> None:
    """Every text has a slug, of bounded length, that an IRI can hold as it is."""
    short = slug(text)
    assert 0 < len(short) <= 130
    iri = topic_iri(BASE, short)
    assert iri == BASE + "topic/" + short
    assert pyoxigraph.NamedNode(iri).value == iri
    assert rdflib.URIRef(iri).n3() == f"<{iri}>"


@given(TEXTS)
def test_slugs_do_not_depend_on_surrounding_space_or_ascii_case(text: str) -> None:
    """A label with other spacing or other ASCII capitals has the same slug where it has letters at all."""
    if not slug(text).startswith("x-"):
        assert slug(f"  {text}\t") == slug(text)
        capitals = "".join(character.upper() if character.isascii() else character for character in text)
        assert slug(capitals) == slug(text)


@given(st.text(min_size=130, max_size=200, alphabet="abc "), st.text(min_size=1, max_size=3, alphabet="xyz"))
def test_long_texts_keep_different_slugs(text: str, end: str) -> None:
    """Cutting a long text does not make two topics one."""
    assert slug(text + end) != slug(text)


def test_texts_without_letters_keep_different_slugs() -> None:
    """Texts of signs alone are told apart."""
    assert len({slug(text) for text in ("!", "!!", "?", "", "🙂", "🙃")}) == 6


def test_slugs_do_not_depend_on_the_process() -> None:
    """Another process, with other string hashes, mints the same names."""
    program = "from graph.names import slug; print(slug('!!!'), slug('x' * 300), slug('C#'))"
    folder = Path(__file__).resolve().parent.parent
    printed = {
        subprocess.run(
            [sys.executable, "-c", program],
            check=True,
            capture_output=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(folder)},
        ).stdout
        for seed in ("1", "2")
    }
    assert printed == {f"{slug('!!!')} {slug('x' * 300)} {slug('C#')}\n".encode()}


@given(TEXTS)
def test_texts_are_one_clean_line(text: str) -> None:
    """A text for display holds no control characters, line ends or lone surrogates, and stays as it is."""
    clean = to_text(text)
    assert to_text(clean) == clean == clean.strip()
    assert "  " not in clean
    assert not [character for character in clean if ord(character) < 32 or "\ud800" <= character <= "\udfff"]
    clean.encode()


def test_texts_keep_emoji_and_reading_directions() -> None:
    """Emoji and right-to-left text are content, not control characters."""
    assert to_text("عنوان\u200f 👩‍💻\r\nnext\x07line") == "عنوان\u200f 👩‍💻 next line"


@pytest.mark.parametrize(
    ("domain", "name", "iri"),
    [
        ("forbes.com", "", "https://forbes.com/#organization"),
        ("forbes.com", "Forbes Media", "https://forbes.com/#forbes-media"),
        ("forbes.com", "Organization", "https://forbes.com/#organization_"),
        ("youtube.com", "Microsoft Azure", "https://youtube.com/#microsoft-azure"),
        (None, "The Daily", BASE + "provider/the-daily"),
    ],
)
def test_providers_are_named_by_domain(domain: str | None, name: str, iri: str) -> None:
    """A domain's organisation needs no name, and no other name of the domain gives its IRI."""
    assert provider_iri(BASE, domain, name) == iri


def test_other_names_are_minted_under_the_base() -> None:
    """Articles without a URL are named by their path without its ending, people and topics by their slug."""
    assert article_iri(BASE, "notes/A first note.md") == BASE + "article/notes-a-first-note"
    assert article_iri(BASE, "notes/A first note.md", apart=True).startswith(BASE + "article/notes-a-first-note-")
    assert article_iri(BASE, "a.md", apart=True) != article_iri(BASE, "a.txt", apart=True)
    assert person_iri(BASE, "Ann Lee") == BASE + "person/ann-lee"
    assert concept_scheme_iri(BASE) == BASE + "topic/"


@given(st.text(min_size=1).filter(lambda text: not any("\ud800" <= character <= "\udfff" for character in text)))
@example("100% [draft]? #1.md")
@example("caf\u00e9/日本 語.md")
def test_sources_have_valid_iris_of_their_own(path: str) -> None:
    """Each path has a valid IRI, and no two paths share one."""
    iri = source_iri(BASE, path)
    assert pyoxigraph.NamedNode(iri).value == iri
    assert source_iri(BASE, path + "#") != source_iri(BASE, path + "%23") != iri


@pytest.mark.parametrize("prefix", PREFIXES)
def test_prefixed_names_expand(prefix: str) -> None:
    """Every prefix stands for its namespace."""
    assert expand(f"{prefix}:about") == PREFIXES[prefix] + "about"


def test_unknown_prefixes_are_an_error() -> None:
    """A prefix that is not declared expands to nothing."""
    with pytest.raises(KeyError):
        expand("foaf:name")


LETTERS = st.text("aBİ\u0131ßΣςщЩé日I\u0307\u0301क्ष #+", min_size=1, max_size=8)
UNSEEN = st.sampled_from("\u00ad\u200b\u200d\u200e\u200f\u2060\ufe0e\ufe0f\ufeff\U000e0100")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("İstanbul", "istanbul"),
        ("ISTANBUL", "I\u0307stanbul"),
        ("Straße", "STRASSE"),
        ("Море", "море"),  # noqa: RUF001 - Russian
        ("Οδός", "ΟΔΌΣ"),
        ("\u2764\ufe0f", "\u2764"),
        ("\u2764\ufe0f Rust", "rust"),
        ("a\u00adb", "ab"),
        ("葛\U000e0100飾", "葛飾"),
        ("ශ්\u200dරී", "ශ්රී"),
        ("C\u200e#", "C#"),
        ("e\ufe0f\u0301", "é"),
    ],
)
def test_what_only_looks_different_has_one_slug(one: str, other: str) -> None:
    """Case in every script, variation selectors, soft hyphens and marks of direction do not tell labels apart."""
    assert slug(one) == slug(other)


@given(LETTERS, UNSEEN, st.integers(0, 8))
def test_what_is_not_seen_changes_no_slug(text: str, unseen: str, position: int) -> None:
    """Wherever a mark without a shape of its own stands between letters, the label is the same."""
    assert slug(text[:position] + unseen + text[position:]) == slug(text) or not any(map(str.isalnum, text))


@pytest.mark.parametrize(
    ("one", "other"), [("\u0131", "i"), ("👩\u200d💻", "👩💻"), ("é", "e"), ("می\u200cشود", "میشود"), ("日", "月")]
)
def test_what_reads_differently_has_slugs_of_its_own(one: str, other: str) -> None:
    """A letter without its dot, one emoji of two, an accent and a gap within a word count."""
    assert slug(one) != slug(other)


def test_texts_are_without_soft_hyphens() -> None:
    """Where a line might have been broken is no part of a text."""
    assert to_text("Daten\u00adbank \ufeff für\u2060 alle ❤\ufe0f") == "Datenbank für alle ❤\ufe0f"
