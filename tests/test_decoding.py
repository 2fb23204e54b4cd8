"""Bytes become text, whatever encoding they were saved in, and damage costs no more than what is damaged."""

# ruff: noqa: RUF001 - texts in other scripts are what is tested

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.reading.decoding import decode
from graph.reading.faults import Faults

LEGACY = [
    ("cp1252", "---\ntitle: Café\n---\nUne journée à l'école, ça va très bien. Élève."),
    ("cp1252", "---\ntitle: Café\n---\nWords here."),
    ("cp1252", "---\ntitle: It\u2019s\n---\nHe said \u201cwords\u201d \u2013 here."),
    ("cp1251", "---\ntitle: Привет мир\n---\nЭто текст на русском языке, очень простой."),
    ("cp1251", "---\ntitle: Привет\n---\nТекст."),
    ("koi8_r", "---\ntitle: Привет мир\n---\nЭто текст на русском языке, очень простой."),
    ("gb18030", "---\ntitle: 知识图谱\n---\n这是一个关于知识的文章。"),
    ("big5", "---\ntitle: 知識圖譜\n---\n這是一個關於知識的文章。"),
    ("shift_jis", "---\ntitle: 日本語の記事\n---\nこれはテストです。"),
    ("euc_jp", "---\ntitle: 日本語の記事\n---\nこれはテストです。"),
    ("euc_kr", "---\ntitle: 한국어 기사\n---\n이것은 시험입니다."),
    ("cp1250", "---\ntitle: Příliš žluťoučký kůň\n---\nÚpěl ďábelské ódy."),
    ("cp1253", "---\ntitle: Καλημέρα κόσμε\n---\nΑυτό είναι ένα κείμενο."),
    ("cp1256", "---\ntitle: مرحبا بالعالم\n---\nهذا نص بسيط للاختبار."),
]


@pytest.mark.parametrize(("encoding", "text"), LEGACY)
def test_older_encodings_are_recognised(encoding: str, text: str) -> None:
    """A text in an encoding of its language is read as it was written, and reported once."""
    faults = Faults("a.md")
    assert decode(text.encode(encoding), faults) == text
    assert [problem.kind for problem in faults.problems] == ["invalid-utf8"]


@pytest.mark.parametrize(
    "declaration",
    ['<meta charset="{}">', "<meta http-equiv=content-type content='text/html; charset={}'>", '<?xml encoding="{}"?>'],
)
def test_a_declared_encoding_comes_first(declaration: str) -> None:
    """What a page declares beats what it looks like."""
    text = declaration.format("windows-1251") + "<p>Да</p>"
    assert decode(text.encode("cp1251"), Faults("a.html")) == text


@pytest.mark.parametrize("name", ["no-such", "base64", "utf-8", "rot13", "idna", "unicode_escape", "\udcff", "x" * 99])
def test_a_declared_encoding_that_holds_no_text_is_passed_over(name: str) -> None:
    """A false declaration does no harm."""
    data = f'<meta charset="{name}">caf'.encode("utf-8", "surrogateescape") + b"\xe9 words"
    assert (decode(data, Faults("a.html")) or "").endswith("café words")


def test_one_stray_byte_costs_one_character() -> None:
    """A byte of another encoding in a text that is otherwise UTF-8 leaves the rest as it is."""
    faults = Faults("a.md")
    assert decode("Łódź: it".encode() + b"\x92s", faults) == "Łódź: it\u2019s"
    assert faults.problems[0].fact == "byte 0x92 is not UTF-8, so 1 such byte was read as Windows-1252"


def test_a_long_word_takes_no_time() -> None:
    """A text that is one long word of ASCII letters, but for one byte, is read at once."""
    began = time.process_time()
    assert (decode(b"a" * 65_000 + b" caf\xe9", Faults("a.md")) or "").endswith("a café")
    assert time.process_time() - began < 3


@given(st.binary(max_size=300))
def test_any_bytes_are_a_text_or_a_fault(data: bytes) -> None:
    """No bytes raise; what is no text is told."""
    faults = Faults("a.md")
    text = decode(data, faults)
    assert text is not None or faults.problems


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_utf_8_is_read_as_it_is(text: str) -> None:
    """Text in UTF-8 comes back unchanged, without a fault."""
    faults = Faults("a.md")
    if "\0" not in text and not text.startswith("\ufeff"):
        assert decode(text.encode(), faults) == text
        assert not faults.problems
