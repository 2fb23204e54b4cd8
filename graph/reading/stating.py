"""A document's fields become statements: what it is about, who published it, what it is related to."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from graph.errors import Problem
from graph.names import to_text
from graph.reading.faults import Faults
from graph.reading.fields import IMAGE, PERSON, PROVIDER, TOPIC, Fields
from graph.reading.settings import Settings
from graph.reading.values import (
    LONGEST_TEXT,
    Where,
    to_boolean,
    to_duration,
    to_integer,
    to_label,
    to_labels,
    to_number,
    to_time,
)
from graph.reading.yaml_memory import YamlMemory
from graph.records import Image, Scalar
from graph.statements import Reference, StatedArticle, StatedPerson, StatedProvider, StatedTopic
from graph.urls import clean_url, domain_of, match_key

__all__ = ["Stater"]

T = TypeVar("T")

_LONGEST_URL = 4_000
_LONGEST_EXTRA = 1_000
_MOST_EXTRA = 100
_MOST_STUBS = 100_000
_LARGEST_INTEGER = 2**53


@dataclass(frozen=True, slots=True)
class _Stub:
    """What one raw stub states; holding the raw object keeps its identity from being used again."""

    raw: dict[object, object]
    stated: StatedArticle | None
    problems: tuple[Problem, ...]
    unmapped: tuple[str, ...]

    @property
    def says_nothing_else(self) -> bool:
        """Whether recalling it takes no more than taking the stub."""
        return not self.problems and not self.unmapped


class Stater:
    """Turns raw fields into statements, under one source's settings.

    `unmapped` counts the fields that no table row knows, by name; `memory` loads its YAML, so that a stub that stands
    in many documents is one object, which is stated once.
    """

    def __init__(self, settings: Settings) -> None:
        """Read by `settings`."""
        self.settings = settings
        self.unmapped: dict[str, int] = {}
        self.memory = YamlMemory()
        self._stubs: dict[tuple[int, str], _Stub] = {}
        self._providers: dict[int, tuple[object, StatedProvider]] = {}

    def article(self, raw: Mapping[str, object], faults: Faults, where: Where = ()) -> StatedArticle:
        """State an article from its fields; `where` leads to a stub inside another document."""
        known = Fields(raw, self.settings.article)

        def take(field: str, read: Callable[[object, Faults, Where], T | None]) -> T | None:
            value, name = known.get(field)
            return None if value is None else read(value, faults, (*where, name))

        url = self._url(known, "url", faults, where)
        original = self._url(known, "original_url", faults, where)
        amp_urls = _without_repeats(self._url(known, field, faults, where) for field in ("amp_url", "cdn_amp_url"))
        url = url or original or next(iter(amp_urls), None)
        amp_urls = tuple(address for address in amp_urls if address != url)
        aliases = (original,) if original and original != url and original not in amp_urls else ()
        draft = take("draft", to_boolean)
        published = take("published", to_boolean)
        ratings = known.get("ratings")[0]
        count, average = self._ratings(ratings, faults, where)
        stated = {
            "title": take("title", to_label),
            "excerpt": take("excerpt", _to_excerpt),
            "type": take("type", to_label),
            "category": take("category", _to_category),
            "published_at": take("published_at", to_time),
            "modified_at": take("modified_at", to_time),
            "starts_at": take("starts_at", to_time),
            "ends_at": take("ends_at", to_time),
            "quality": take("quality", to_integer),
            "heat": take("heat", to_integer),
            "published": published if draft is None or published is not None else not draft,
            "price": take("price", to_label),
            "duration": take("duration", to_duration),
            "levels": self._labels(known, "levels", faults, where),
            "rating_average": average,
            "rating_count": count,
            "language": take("language", to_label),
            "images": self._images(*known.get("images"), faults, where),
            "provider": self._provider(*known.get("provider"), faults, where),
            "topics": self._labels(known, "topics", faults, where),
            "authors": self._authors(known, faults, where),
            "related": () if where else self._references(known, "related", faults),
            "parts": () if where else self._references(known, "parts", faults),
            "secured": known.get("secured")[0] is not None,
            "extra": self._extra(known),
        }
        addresses = [address for address in (url, *amp_urls, *aliases) if address]
        fullness = sum(1 for value in stated.values() if value not in (None, (), False)) + len(addresses)
        return StatedArticle(
            keys=tuple(dict.fromkeys(match_key(address) for address in addresses)),
            url=url,
            amp_urls=amp_urls,
            aliases=aliases,
            fullness=fullness,
            **stated,  # type: ignore[arg-type]
        )

    def provider(self, raw: Mapping[str, object], faults: Faults, where: Where = ()) -> StatedProvider | None:
        """State a provider from its own record, or from the mapping an article names it by."""
        known = Fields(raw, PROVIDER)
        value, name = known.get("name")
        label = to_label(value, faults, (*where, name)) or ""
        known.get("id")
        value, name = known.get("domain")
        domain = domain_of(value) if isinstance(value, str) else None
        if value is not None and domain is None and name == "domain":
            fact = f"the domain is none: {faults.quote(value)}"
            faults.add("invalid-domain", fact, "Write it as example.org", where=(*where, name))
        if not label and domain is None:
            faults.add("nameless-provider", "the provider has neither name nor domain", "Name it", where=where)
            return None
        known.get("kind")
        known.get("secured")
        return StatedProvider(
            name=label,
            domain=domain,
            names=self._labels(known, "names", faults, where),
            url=self._url(known, "url", faults, where),
            description=_to_excerpt(known.get("description")[0], faults, (*where, "description")),
            images=self._images(*known.get("images"), faults, where),
            extra=self._extra(known),
        )

    def topic(self, raw: Mapping[str, object], faults: Faults) -> StatedTopic | None:
        """State a topic from its own record."""
        known = Fields(raw, TOPIC)
        value, name = known.get("name")
        label = to_label(value, faults, (name or "name",))
        if label is None:
            faults.add("nameless-topic", "the topic has no name", "Write 'name: ...'; the record was left out", line=1)
            return None
        short = [to_label(known.get(field)[0], faults, (field,)) for field in ("shortname", "id")]
        known.get("kind")
        known.get("secured")
        parents, stated_as = known.get("parent")
        names = self._labels(known, "names", faults, ())
        return StatedTopic(
            name=label,
            names=tuple(dict.fromkeys(other for other in (*short, *names) if other and other != label)),
            parents=to_labels(parents if isinstance(parents, list) else [parents], faults, (stated_as,))
            if parents
            else (),
            description=_to_excerpt(known.get("description")[0], faults, ("description",)),
            keywords=self._labels(known, "keywords", faults, ()),
            hashtags=self._labels(known, "hashtags", faults, ()),
            images=self._images(*known.get("images"), faults, ()),
            extra=self._extra(known),
        )

    def person(self, raw: Mapping[str, object], faults: Faults, where: Where = ()) -> StatedPerson | None:
        """State a person from their own record, or from the mapping an article names them by."""
        known = Fields(raw, PERSON)
        value, name = known.get("name")
        label = to_label(value, faults, (*where, name or "name"))
        if label is None:
            faults.add(
                "nameless-person", "the person has no name", "Write 'name: ...'; the record was left out", line=1
            )
            return None
        identifier = to_label(known.get("id")[0], faults, (*where, "id"))
        names = self._labels(known, "names", faults, where)
        profiles = [self._profile(value, faults, (*where, field)) for value, field in known.all("profiles")]
        url = self._url(known, "url", faults, where)
        affiliation = self._provider(*known.get("affiliation"), faults, where)
        value, name = known.get("heat")
        known.get("kind")
        return StatedPerson(
            name=label,
            names=tuple(dict.fromkeys(other for other in (identifier, *names) if other and other != label)),
            description=_to_excerpt(known.get("description")[0], faults, (*where, "bio")),
            location=to_label(known.get("location")[0], faults, (*where, "location")),
            url=url,
            aliases=tuple(sorted({profile for profile in profiles if profile and profile != url})),
            heat=to_integer(value, faults, (*where, name)),
            images=self._images(*known.get("images"), faults, where),
            affiliation=affiliation,
            topics=self._labels(known, "topics", faults, where),
            secured=known.get("secured")[0] is not None,
            extra=self._extra(known),
        )

    def _references(self, known: Fields, field: str, faults: Faults) -> tuple[Reference, ...]:
        value, name = known.get(field)
        if not name:
            return ()
        if value is None:
            faults.add("empty-list", f"'{name}' is empty", "Write a list, or leave the field out", where=(name,))
            return ()
        if not isinstance(value, list):
            fact = f"'{name}' is not a list: {faults.quote(value)}"
            faults.add("not-a-list", fact, "Write it as a list of articles", where=(name,))
            value = [value]
        references: list[Reference] = []
        lines = faults.lines_of(name, len(value))
        recall = self._stubs.get
        for position, item in enumerate(value):
            before = recall((id(item), name))
            if before is not None and before.stated is not None and before.says_nothing_else:
                references.append((lines[position], before.stated))
                continue
            target = self._target(item, faults, (name, position))
            if target is not None:
                references.append((lines[position], target))
        return tuple(references)

    def _target(self, item: object, faults: Faults, where: Where) -> StatedArticle | str | None:
        if isinstance(item, dict):
            return self._stub(item, faults, where)
        if isinstance(item, str) and item.strip():
            if "://" not in item and not item.startswith("//"):
                return to_text(item)[:_LONGEST_URL]
            return (
                self.article({"webUrl": item}, faults, where) if clean_url(item) else self._bad_url(item, faults, where)
            )
        fact = f"an item of '{where[0]}' is neither fields nor an address: {faults.quote(item)}"
        faults.add("not-an-article", fact, "Write its 'title' and 'webUrl'; it was left out", where=where)
        return None

    def _stub(self, item: dict[object, object], faults: Faults, where: Where) -> StatedArticle | None:
        """State a stub, or recall what the same object said before: its faults stand wherever it stands."""
        name = str(where[0])
        known = self._stubs.get((id(item), name))
        if known is None:
            own, counted = Faults(""), self.unmapped
            self.unmapped = {}
            stub = self.article({str(key): value for key, value in item.items()}, own, (name, 0))
            if not stub.keys:
                fact = f"an article in '{name}' has no address: {faults.quote(stub.title or item)}"
                own.add("no-address", fact, "Give it a 'webUrl'; it was left out")
            unmapped, self.unmapped = tuple(self.unmapped), counted
            known = _Stub(item, stub if stub.keys else None, tuple(own.problems), unmapped)
            if len(self._stubs) >= _MOST_STUBS:
                self._stubs.clear()
            self._stubs[id(item), name] = known
        for name in known.unmapped:
            self.unmapped[name] = self.unmapped.get(name, 0) + 1
        if known.problems:
            line, shown = faults.line_of(where), f"'{where[0]}.{int(where[1]) + 1}."
            for problem in known.problems:
                faults.add(problem.kind, problem.fact.replace(f"'{where[0]}.1.", shown), problem.remedy, line=line)
        return known.stated

    def _labels(self, known: Fields, field: str, faults: Faults, where: Where) -> tuple[str, ...]:
        labels: dict[str, None] = {}
        stated = list(known.all(field))
        for value, name in stated:
            labels.update(dict.fromkeys(to_labels(value, faults, (*where, name))))
        if not stated and field == "topics":
            _, name = known.get(field)
            if name:
                to_labels(None, faults, (*where, name))
        return tuple(labels)

    def _url(self, known: Fields, field: str, faults: Faults, where: Where) -> str | None:
        value, name = known.get(field)
        if value is None or value == "":
            return None
        return self._address(value, faults, (*where, name))

    def _address(self, value: object, faults: Faults, where: Where) -> str | None:
        url = clean_url(value, self.settings.base) if isinstance(value, str) and len(value) <= _LONGEST_URL else None
        return url or self._bad_url(value, faults, where)

    @staticmethod
    def _bad_url(value: object, faults: Faults, where: Where) -> None:
        fact = f"'{where[-1]}' is not an http or https address: {faults.quote(value)}"
        faults.add("invalid-url", fact, "Write it in full, as https://example.org/page", where=where)

    def _profile(self, value: object, faults: Faults, where: Where) -> str | None:
        if isinstance(value, dict):
            value = value.get("url")
        if not isinstance(value, str) or "://" not in value:
            return None
        return self._address(value, faults, where)

    def _images(self, value: object, name: str, faults: Faults, where: Where) -> tuple[Image, ...]:
        if value is None:
            return ()
        images: dict[str, Image] = {}
        for position, item in enumerate(value if isinstance(value, list) else [value]):
            here = where or (name, position)
            image = self._image(item if isinstance(item, dict) else {"url": item}, faults, here)
            if image is not None:
                images.setdefault(image.iri, image)
        return tuple(images.values())

    def _image(self, raw: Mapping[str, object], faults: Faults, where: Where) -> Image | None:
        known = Fields({str(key): value for key, value in raw.items()}, IMAGE)
        value, _ = known.get("url")
        if value is None or value == "":
            return None
        if isinstance(value, str) and ":" not in value and not value.startswith("/"):
            value = "/" + value
        url = self._address(value, faults, where)
        if url is None:
            return None
        return Image(
            iri=url,
            width=to_integer(known.get("width")[0], faults, where),
            height=to_integer(known.get("height")[0], faults, where),
            cached=to_boolean(known.get("cached")[0], faults, where),
            title=to_label(known.get("title")[0], faults, where),
        )

    def _provider(self, value: object, name: str, faults: Faults, where: Where) -> StatedProvider | None:
        if value is None or value == "":
            return None
        here = (*where, name)
        if isinstance(value, dict):
            before = self._providers.get(id(value))
            if before is not None:
                return before[1]
            faulty, unmapped = len(faults.problems), sum(self.unmapped.values())
            stated = self.provider({str(key): item for key, item in value.items()}, faults, here)
            if stated is not None and (len(faults.problems), sum(self.unmapped.values())) == (faulty, unmapped):
                if len(self._providers) >= _MOST_STUBS:
                    self._providers.clear()
                self._providers[id(value)] = (value, stated)
            return stated
        label = to_label(value, faults, here)
        if label is None:
            return None
        domain = domain_of(label) if "://" in label or ("." in label and " " not in label) else None
        return StatedProvider(name="" if domain and "://" in label else label, domain=domain)

    def _authors(self, known: Fields, faults: Faults, where: Where) -> tuple[StatedPerson, ...]:
        authors: dict[str, StatedPerson] = {}
        for value, name in known.all("authors"):
            for item in value if isinstance(value, list) else [value]:
                if isinstance(item, dict):
                    person = self.person({str(key): part for key, part in item.items()}, faults, (*where, name))
                else:
                    label = to_label(item, faults, (*where, name))
                    person = StatedPerson(name=label) if label else None
                if person is not None:
                    authors.setdefault(person.name, person)
        return tuple(authors.values())

    @staticmethod
    def _ratings(value: object, faults: Faults, where: Where) -> tuple[int | None, float | None]:
        if not isinstance(value, dict):
            return None, None
        count = to_integer(value.get("count"), faults, (*where, "ratings"))
        average = to_number(value.get("average"), faults, (*where, "ratings"))
        return count, None if average is None else float(average)

    def _extra(self, known: Fields) -> dict[str, Scalar]:
        """Keep what no row of the table knows, if it is scalar; count all of it."""
        extra: dict[str, Scalar] = {}
        for name, value in known.rest():
            name = to_text(name)[:100]  # noqa: PLW2901 - the raw name serves nobody
            if name.lower() == "secured":
                continue
            self.unmapped[name] = self.unmapped.get(name, 0) + 1
            kept = _scalar(value)
            if kept is not None and name and len(extra) < _MOST_EXTRA:
                extra[name] = kept
        return extra


def _scalar(value: object) -> Scalar | None:
    """Return a value that every view can carry, or `None`."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return value if abs(value) < _LARGEST_INTEGER else None
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, str):
        return to_text(value) if len(value) <= _LONGEST_EXTRA else None
    return str(value) if isinstance(value, dt.date | dt.time) else None


def _to_excerpt(value: object, faults: Faults, where: Where) -> str | None:
    return to_label(value, faults, where, LONGEST_TEXT) if value != "" else None


def _to_category(value: object, faults: Faults, where: Where) -> str | None:
    if isinstance(value, list) and value:
        value = value[0]
    return to_label(value, faults, where)


def _without_repeats(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
