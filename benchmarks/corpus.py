"""A corpus of any size that looks like a real news site: `python -m benchmarks.corpus ARTICLES OUT`.

The site it resembles has 2,000 news articles in 55 MB. Nearly all of those bytes are `related` lists: the articles of a
story each list all others of the story, with title, summary and addresses, so that the same few thousand stubs are
written out seventeen times each. Stories are of very different sizes (log-normal), one publisher has nearly half of
the articles and the others share the rest by Zipf's law, and more than half of the pages listed have no file of their
own. The same size and seed give the same bytes, and a larger corpus begins with the smaller one.
"""

from __future__ import annotations

import argparse
import base64
import math
import os
import random
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from statistics import NormalDist

from benchmarks.words import SYLLABLES, TOPICS, WORDS, WORDS_IN_TEXT

__all__ = ["Shape", "files", "write_folder", "write_tar"]

_WRITTEN_AT = 1_600_000_000  # long ago, so that no file looks as if it had just been changed
_GOLDEN = (math.sqrt(5) - 1) / 2
_SINGLE = 0.47  # stories of one article: 16 % of articles are related to nothing
_MEDIAN_STORY, _STORY_SPREAD, _LARGEST_STORY = 4.9, 1.3, 180
_HAS_FILE = 0.41  # pages of a story that the site has a file of; the rest are only listed
_HEAD_OF_FILES, _HEAD_OF_OTHERS = 0.43, 0.02  # the share of the largest publisher
_ZIPF, _ZIPF_FLAT, _MOST_PUBLISHERS = 1.5, 9.0, 200_000  # rank r has a share like (r + flat) ** -zipf
_AMP, _ORIGINAL, _PICTURE, _PUBLISHED, _HEATED, _COLON = 0.3, 0.64, 0.53, 0.12, 0.5, 0.2
_TOPICS_MORE = (0.284, 0.05, 0.01)  # articles with at least two, three, four topics
_ORGANIZATIONS = 70


@dataclass(frozen=True, slots=True)
class Shape:
    """What corpus to make."""

    articles: int
    """Articles with a file of their own; about as many more are only listed as related."""
    seed: int = 0
    """Another seed gives another corpus of the same statistics."""
    stories: float = 1.0
    """How large stories are, as a multiple of the real site's; bytes and relations grow with it."""


@dataclass(frozen=True, slots=True)
class _Page:
    """One article, with a file of its own or without."""

    code: str
    title: str
    excerpt: str
    published_at: str
    publisher: int
    address: str
    is_amp: bool
    quality: int
    images: str


def files(shape: Shape) -> Iterator[tuple[str, str]]:
    """Yield path and text of each file: the taxonomy, the largest publishers, then articles story by story.

    Memory is that of one story, whatever the size.
    """
    yield from _topic_files()
    yield from _organization_files()
    left = shape.articles
    for story in count():
        if left <= 0:
            return
        for path, text in _story(shape, story, left):
            yield path, text
            left -= 1


def write_folder(shape: Shape, folder: Path) -> None:
    """Write the corpus as files below a folder, all with the same old time of change."""
    made: set[Path] = set()
    for name, text in files(shape):
        path = folder / name
        if path.parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        path.write_bytes(text.encode())
        os.utime(path, (_WRITTEN_AT, _WRITTEN_AT))


def write_tar(shape: Shape, path: Path) -> None:
    """Write the corpus as one uncompressed tar archive, a file at a time.

    Headers are written here because `tarfile` remembers every member it adds: half a gigabyte for a million files.
    """
    with path.open("wb", buffering=1 << 20) as stream:
        for name, text in files(shape):
            data = text.encode()
            member = tarfile.TarInfo(name)
            member.size, member.mtime = len(data), _WRITTEN_AT
            stream.write(member.tobuf(tarfile.PAX_FORMAT))
            stream.write(data)
            stream.write(b"\0" * (-len(data) % tarfile.BLOCKSIZE))
        stream.write(b"\0" * (2 * tarfile.BLOCKSIZE))


def _story(shape: Shape, number: int, most: int) -> Iterator[tuple[str, str]]:
    """Yield the files of one story, `most` at most."""
    chance = random.Random((shape.seed << 40) + number)
    size = _size(shape, number)
    day = int(chance.random() * 3650)
    pages, own = [], []
    for position in range(size + 1):
        has_file = position == 0 or chance.random() < _HAS_FILE
        pages.append(_page(chance, f"{number:x}-{position:x}", day, has_file=has_file))
        own.append(has_file)
    stubs = [_stub(page) for page in pages]
    best_first = sorted(range(len(pages)), key=lambda place: (-pages[place].quality, place))
    wanted = [place for place, has_file in enumerate(own) if has_file][:most]
    for place in wanted:
        related = "".join([stubs[other] for other in best_first if other != place])
        yield _article_file(chance, pages[place], related)


def _size(shape: Shape, number: int) -> int:
    """Return how many other pages a story has.

    Sizes vary so much that drawing them would give corpora of very different means. They are taken from quantiles that
    a golden-ratio sequence spreads evenly (Weyl, 1916), so that every stretch of stories is like every other.
    """
    place = (number * _GOLDEN + shape.seed * math.sqrt(2)) % 1
    if place < _SINGLE:
        return 0
    spread = NormalDist().inv_cdf(max((place - _SINGLE) / (1 - _SINGLE), 1e-9))
    size = min(_MEDIAN_STORY * math.exp(_STORY_SPREAD * spread), _LARGEST_STORY)
    return max(1, round(shape.stories * size))


def _page(chance: random.Random, code: str, day: int, *, has_file: bool) -> _Page:
    publisher = _publisher(chance, _HEAD_OF_FILES if has_file else _HEAD_OF_OTHERS)
    date = _date(day + int(_normal(chance) * 6))
    title = _sentence(chance, WORDS, 6 + int(chance.random() * 8), 3)
    address = f"https://www.{_domain(publisher)}/{date[:4]}/{date[5:7]}/{_slug(title)}-{code}/"
    images = ""
    if chance.random() < _PICTURE:
        width, height = 200 + int(chance.random() * 1000), 150 + int(chance.random() * 600)
        images = (
            f'url: "https://media.{_domain(publisher)}/{date[:4]}/{date[5:7]}/{code}.jpg?w={width}"\n'
            f"width: {width}\nheight: {height}\nisCached: true\n"
        )
    return _Page(
        code=code,
        title=title,
        excerpt=_sentence(chance, WORDS_IN_TEXT, 20 + int(chance.random() * 24), 9) + " ...",
        published_at=f"{date}T{int(chance.random() * 24):02}:{int(chance.random() * 60):02}:00Z",
        publisher=publisher,
        address=address,
        is_amp=chance.random() < _AMP,
        quality=1 + int(100 * chance.random() ** 1.5),
        images=images,
    )


def _stub(page: _Page) -> str:
    """Return a page as an item of another article's list."""
    images = page.images.rstrip("\n").replace("\n", "\n        ")
    return (
        f'  - title: "{page.title}"\n    excerpt: "{page.excerpt}"\n    publishedDateTime: {page.published_at}\n'
        f'    webUrl: "{page.address}"\n{_amp_lines(page, "    ")}    type: article\n    provider:\n'
        f"      name: {_name(page.publisher)}\n      domain: {_domain(page.publisher)}\n    quality: {page.quality}\n"
        + (f"    images:\n      - {images}\n" if images else "")
    )


def _article_file(chance: random.Random, page: _Page, related: str) -> tuple[str, str]:
    """Return path and text of a page's own file."""
    original = f'originalUrl: "{page.address}"\n' if chance.random() < _ORIGINAL else ""
    published = "true" if chance.random() < _PUBLISHED else "false"
    heat = page.quality if chance.random() < _HEATED else -1
    topics = [TOPICS[0]]
    draw = chance.random()
    for share in _TOPICS_MORE:
        if draw < share:
            other = TOPICS[1 + int((len(TOPICS) - 1) * chance.random() ** 1.6)]
            topics += [] if other in topics else [other]
    images = page.images.rstrip("\n").replace("\n", "\n    ")
    images = f'images:\n  - {images}\n    title: "{page.title}"\n\n' if images else ""
    related = f"related:\n{related}\n" if related else ""
    blob = base64.b64encode(chance.randbytes(16 * (16 + int(chance.random() * 6)))).decode()
    text = (
        f'---\ncategory: news\ntitle: "{page.title}"\nexcerpt: "{page.excerpt}"\n'
        f'publishedDateTime: {page.published_at}\n{original}webUrl: "{page.address}"\n{_amp_lines(page, "")}'
        f"type: article\nquality: {page.quality}\nheat: {heat}\npublished: {published}\n\n"
        f"provider:\n  name: {_name(page.publisher)}\n  domain: {_domain(page.publisher)}\n\n"
        "topics:\n" + "".join([f"  - {_topic(topic)}\n" for topic in topics]) + "\n"
        f'{images}{related}secured: "{blob};{blob[:22]}=="\n---\n\n'
    )
    return f"_news/{page.published_at[:10]}-{_slug(page.title)[:60]}-{page.code}.md", text


def _amp_lines(page: _Page, indent: str) -> str:
    if not page.is_amp:
        return ""
    host, _, rest = page.address.removeprefix("https://").partition("/")
    cached = f"{host.replace('-', '--').replace('.', '-')}.cdn.ampproject.org/c/s/{host}/{rest}amp/"
    return f'{indent}ampWebUrl: "{page.address}amp/"\n{indent}cdnAmpWebUrl: "https://{cached}"\n'


def _publisher(chance: random.Random, head: float) -> int:
    """Draw a publisher's rank: 0 for the largest, the others by Zipf's law with a flattened beginning."""
    if chance.random() < head:
        return 0
    least = (1 + _MOST_PUBLISHERS / _ZIPF_FLAT) ** (1 - _ZIPF)
    share = least + (1 - least) * (1.0 - chance.random())
    return 1 + int(_ZIPF_FLAT * (share ** (1 / (1 - _ZIPF)) - 1))


def _name(rank: int) -> str:
    first, second = divmod(rank * 37 % (len(SYLLABLES) ** 2), len(SYLLABLES))
    words = f"{SYLLABLES[first]}{SYLLABLES[second]}".capitalize()
    return f"{words} {('News', 'Post', 'Wire', 'Times', 'Weekly', 'Insider')[rank % 6]} {rank}"


def _domain(rank: int) -> str:
    return f"{_name(rank).lower().replace(' ', '')}.example"


def _topic(word: str) -> str:
    return word.replace("-", " ")


def _date(day: int) -> str:
    """Return the day so many days after the beginning of 2014, of years of twelve months of 28 days."""
    year, rest = divmod(max(day, 0), 336)
    return f"{2014 + year}-{1 + rest // 28:02}-{1 + rest % 28:02}"


def _sentence(chance: random.Random, words: list[str], length: int, colon: int) -> str:
    """Return so many words, the first with a capital, sometimes with a colon after the one at `colon`."""
    chosen = [words[int(chance.random() * len(words))] for _ in range(length)]
    if length > colon + 1 and chance.random() < _COLON:
        chosen[colon] += ":"
    text = " ".join(chosen)
    return text[0].upper() + text[1:]


def _slug(title: str) -> str:
    return title.lower().replace(":", "").replace(" ", "-")


def _normal(chance: random.Random) -> float:
    """Draw from the standard normal distribution (Box and Muller, 1958)."""
    return math.sqrt(-2 * math.log(1.0 - chance.random())) * math.cos(2 * math.pi * chance.random())


def _topic_files() -> Iterator[tuple[str, str]]:
    for number, word in enumerate(TOPICS):
        name, code = _topic(word), word.lower()
        parent = f"parent: {_topic(TOPICS[0])}\n" if number else ""
        words = f'keywords:\n  - {name.lower()}\nhashtags:\n  - "#{code.replace("-", "")}"\n'
        yield f"_data/topics/{number:02}-{code}.yaml", f"taxonomy: topic\n_id: {code}\nname: {name}\n{parent}{words}"


def _organization_files() -> Iterator[tuple[str, str]]:
    for rank in range(_ORGANIZATIONS):
        domain = _domain(rank)
        text = f"taxonomy: organization\n_id: {domain}\nname: {_name(rank)}\ndomain: {domain}\n"
        logo = f"images:\n  - url: /assets/images/organizations/{domain}-50x50.jpg\n    width: 50\n    height: 50\n"
        yield f"_data/organizations/{domain}.md", f"---\n{text}{logo}---\n"


def main() -> None:
    """Write a corpus as the command line says."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.corpus", description="Write a generated corpus.")
    parser.add_argument("articles", type=int, help="articles with a file of their own")
    parser.add_argument("out", type=Path, help="a folder, or an archive that ends in .tar")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--stories", type=float, default=1.0, help="how large stories are, times the real site's")
    given = parser.parse_args()
    write = write_tar if given.out.suffix == ".tar" else write_folder
    write(Shape(given.articles, given.seed, given.stories), given.out)


if __name__ == "__main__":
    main()
