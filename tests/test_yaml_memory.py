"""What is remembered means exactly what PyYAML's safe C loader says."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
import yaml

from graph.reading.yaml_memory import YamlMemory
from graph.reading.yaml_text import Loaded, YamlError, load_yaml

SEEDS = sorted((Path(__file__).parent.parent / "seeds").glob("00[02]*.txt"))

SPECIMENS = {
    "plain values": "title: Hello\nheat: -1\nquality: 0x1F\nnone: ~\nempty:\nyes: no\nday: 2020-02-03\n",
    "a day that does not exist": "when: 2020-02-30\n",
    "a number without end": "a: 1" + "0" * 5_000 + "\nb:\n  - 2" + "1" * 5_000 + "\n",
    "numbers": "a: 0o17\nb: 017\nc: 1_000\nd: 1:30\ne: 1e3\nf: .5\ng: +1\nh: -.inf\ni: 0b11\nj: 1.\n",
    "quoted": "a: \"x # y: z\"\nb: 'it''s'\nc: 'x'\nd: \"a\\nb\"\ne: \"\"\nf: ''\ng: \"x\" # note\n",
    "stub": "related:\n  - title: A\n    provider:\n      name: P\n  - title: B\n",
    "stub again, deeper": "related:\n    - title: A\n      provider:\n        name: P\n    - title: B\n",
    "list without indent": "topics:\n- A\n- B\nrelated:\n- title: A\n  provider:\n    name: P\n",
    "lists in lists": "a:\n  - - x\n    - y\n  - z\n",
    "dash values": "a: -\nb: -x\nc: --\n",
    "a dash that is wrong": "a: - x\n",
    "folded": "a: >\n  x\n  y\n\nb: |+\n  z\n\n\nc: |-\n  q\n",
    "kept line ends in items": "a:\n  - b: |+\n      x\n\n\n  - c: |+\n      y\n\n",
    "comments between": "a:\n  - x: 1\n  # note\n  - y: 2\n# note\nb: 3\n",
    "comment after a value": "a: b # c\nd: 'e' # f\n",
    "text over lines": "a: one\n  two\n  three\nb: \"one\n  two\"\nc: 'one\n\n  two'\n",
    "quoted text that looks like entries": 'a: "one\nb: two\n  - three"\nc: d\n',
    "quoted text that looks like items": 'a:\n  - b: "one\n  - two: three"\n  - c: d\n',
    "flow": "a: {b: 1, c: [d, e]}\nf: [1,\n  2]\n",
    "flow over top-level lines": "a: [1,\nb,\n2]\nc: d\n",
    "everything in flow": "{a: 1,\nb: 2}\n",
    "anchor and alias": "a: &x 1\nb: *x\n",
    "anchor within an item": "a:\n  - b: &x 1\n    c: *x\n  - d: 2\n",
    "anchor in one item, alias in the next": "a:\n  - b: &x 1\n  - c: *x\n",
    "anchor made again": "a:\n  - b: &x 1\n  - b: &x 2\nc: *x\n",
    "merge key": "a: &x {p: 1}\nb:\n  <<: *x\n  q: 2\n",
    "tags": "a: !!str 1\nb: !!int '2'\nc:\n  - !!str 3\n",
    "unsafe tag": "a:\n  - !!python/object:os.system x\n",
    "repeated key": "a: 1\nb: 2\na: 3\n",
    "repeated key in an item": "a:\n  - b: 1\n    b: 2\n  - b: 1\n    b: 2\n",
    "key that is no text": "yes: 1\nnull: 2\n3: 4\ntrue: 5\n",
    "complex key": "? a\n: b\n",
    "two documents": "a: 1\n---\nb: 2\n",
    "document end": "a: 1\n...\n",
    "tab": "a:\n\t- b\n",
    "tab after a value": "a: b\t\nc: d\n",
    "carriage returns": "a: 1\r\nb:\r\n  - c\r\n",
    "lines of spaces": "a: b\n   \nc:\n  - d\n     \n  - e\n",
    "less indented line": "a:\n    - b: 1\n  - c: 2\n",
    "list, then mapping": "a:\n  - b\n  c: d\n",
    "mapping, then list": "a:\n  b: c\n  - d\n",
    "colons": "a: b: c\nd: http://x.org/?q=a:b#c\ne: x:y\nf: x :y\ng: 12:30:45\n",
    "hash signs": "a: b#c\nd: '#x'\ne: #x\n",
    "indicators": "a: @x\nb: `y\n",
    "percent": "a: %x\n",
    "strange spaces": "a: \u00a0b\u00a0\nc: d\u2003e\nf:\u00a0g\n",
    "line separators": "a: b\u2028c: d\n",
    "next line": "a: b\u0085c: d\n",
    "byte order mark": "\ufeffa: b\n",
    "emoji and scripts": 'a: "😀"\nb: سلام\nc: 日本: 語\n',
    "no line end": "a:\n  - b: |\n      x",
    "nothing": "\n\n",
    "only a comment": "# x\n",
    "no mapping": "- a\n- b\n",
    "only text": "hello\n",
    "equals sign": "a: =\nb: =x\n",
    "timestamps": "a: 2020-01-01T00:00:00Z\nb: 2020-01-01 10:00:00 +02:00\nc: 2020-1-1\n",
    "timestamps with fractions": "a: 2001-12-14t21:59:43.10-05:00\n",
    "empty items": "a:\n  -\n  - b\n  - \n",
    "items with wide dashes": "a:\n  -   b: 1\n      c: 2\n  - d: 3\n",
    "an entry in an item's place": "a:\n  - b: c: d\n",
    "explicit indent": "a: |2\n    x\n   y\nb: c\n",
    "anchor made twice": "a:\n  - b: &x 1\n  - b: &x 2\n",
    "item after a note": "a:\n  - # note\n    b: 1\n  -\n    c: 2\n",
    "deep": "".join("  " * level + f"k{level}:\n" for level in range(20)) + "  " * 20 + "x: 1\n",
}

_QUOTED = re.compile(r"(?m)(?<=[ ])\b(?:yes|no|\d+(?::\d\d)+)$|^yes\b")
"""What YAML 1.1 takes for a truth value or a number, and we, as YAML 1.2 does, for a text."""

PIECES = [
    *("\n", " ", "  ", "- ", ": ", ":", "#", " # x", "'", '"', "\\", "|", ">", "|+\n", "&x ", "*x", "!!str ", "{", "}"),
    *("[", "]", ",", "? ", "\t", "\r", "\n\n", "---\n", "...\n", "<<: ", "~", "yes", "1", "-", "a: b\n", "  - a\n"),
    *("\u2028", "\u00a0", "é"),
]


def outcome(load: object, text: str) -> object:
    """Return what loading gives, in a form that tells 1 from True, and shows errors as such."""
    try:
        loaded = load(text)  # type: ignore[operator]
    except YamlError as error:
        return error.kind, error.fact, error.line
    assert isinstance(loaded, Loaded)
    lines = {key: list(found) for key, found in loaded.item_lines.items()}
    return repr(loaded.value), dict(loaded.key_lines), lines, sorted(loaded.duplicates), loaded.control_characters


@pytest.fixture(scope="module")
def warm() -> YamlMemory:
    """Make a memory that has seen every specimen, so that what could leak from one text into another has the chance."""
    memory = YamlMemory()
    for text in SPECIMENS.values():
        outcome(memory.load, text)
    return memory


@pytest.mark.parametrize("text", SPECIMENS.values(), ids=SPECIMENS.keys())
def test_specimens_mean_the_same(text: str, warm: YamlMemory) -> None:
    """A text means the same to a fresh memory, to a full one, and to the plain loader, down to lines and errors."""
    plain = outcome(load_yaml, text)
    assert outcome(YamlMemory().load, text) == plain
    assert outcome(warm.load, text) == plain


@pytest.mark.parametrize("text", SPECIMENS.values(), ids=SPECIMENS.keys())
def test_the_plain_loader_is_pyyaml(text: str) -> None:
    """Where PyYAML's own safe C loader gives a value, the guarded loader gives the same one, but for yes and 12:30."""
    try:
        value = yaml.load(_QUOTED.sub(r"'\g<0>'", text), Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, ValueError):
        return
    assert repr(load_yaml(text).value) == repr(value)


@pytest.mark.parametrize("number", range(120))
def test_mutations_mean_the_same(number: int, warm: YamlMemory) -> None:
    """However a text is damaged, remembering changes nothing about what it means."""
    chance = random.Random(number)  # noqa: S311 - damage, not secrets
    texts = [*SPECIMENS.values(), *(seed.read_text().split("---\n")[1] for seed in SEEDS)]
    for _ in range(100):
        text = chance.choice(texts)
        for _ in range(chance.randint(1, 4)):
            text = mutated(text, chance)
        plain = outcome(load_yaml, text)
        assert outcome(warm.load, text) == plain, text
        assert outcome(YamlMemory().load, text) == plain, text


def mutated(text: str, chance: random.Random) -> str:
    """Return a text with one small piece of damage."""
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    match chance.randrange(6):
        case 0:
            del lines[at]
        case 1:
            lines.insert(at, chance.choice(lines))
        case 2:
            lines[at] = " " * chance.randint(1, 3) + lines[at]
        case 3:
            lines[at] = lines[at].removeprefix(" " * chance.randint(1, 3))
        case _:
            place = chance.randint(0, len(text))
            return text[:place] + chance.choice(PIECES) + text[place + chance.choice([0, 0, 1]) :]
    return "\n".join(lines)


def test_what_is_remembered_is_bounded() -> None:
    """A full memory forgets, says so, and goes on giving the same values."""
    forgotten: list[int] = []
    memory = YamlMemory(2_000, lambda: forgotten.append(memory.characters))
    for number in range(300):
        text = f"related:\n  - title: number {number}\n    provider:\n      name: P{number}\n"
        assert memory.load(text).value == load_yaml(text).value
        assert 0 < memory.characters <= 2_000
    assert forgotten
