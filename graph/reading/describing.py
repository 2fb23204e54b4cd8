"""Documents about organisations, topics and people, and how articles name them, become statements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from graph.names import to_text
from graph.reading.author_names import names_in
from graph.reading.faults import Faults
from graph.reading.fields import PERSON, PLACE_FIELDS, PROVIDER, TOPIC, Fields, by_name
from graph.reading.pieces import Pieces, to_excerpt
from graph.reading.publishers import is_no_publisher
from graph.reading.values import Where, to_heat, to_label, to_labels, to_plain_label
from graph.statements import StatedPerson, StatedProvider, StatedTopic
from graph.urls import domain_of

_MOST_PROVIDERS = 100_000
_NAME_IT = "Write 'name: ...'; the record was left out"

_Beside = tuple[tuple[object, tuple[str, ...]], ...]
"""Values as written, each with the keys that lead to it."""


class Descriptions:
    """States organisations, topics and people; a provider that is one object in many documents is stated once."""

    def __init__(self, pieces: Pieces) -> None:
        self._pieces = pieces
        # By identity: raw fields cannot be hashed, and those that repeat are one object. The value holds the object, so
        # that its identity is not used again.
        self._providers: dict[int, tuple[object, StatedProvider, _Beside]] = {}

    def record(
        self, kind: str, raw: Mapping[str, object], faults: Faults
    ) -> StatedTopic | StatedProvider | StatedPerson | None:
        """State a record of its own; its kind is `topic`, `provider` or `person`."""
        if kind == "topic":
            return self.topic(raw, faults)
        return self.provider(raw, faults) if kind == "provider" else self.person(raw, faults)

    def provider(self, raw: Mapping[str, object], faults: Faults, where: Where = ()) -> StatedProvider | None:
        """State a provider from its own record, or from the mapping an article names it by."""
        if not where:
            self._pieces.note(raw, PROVIDER, "provider")
        known = Fields(raw, PROVIDER)
        value, name = known.get("name")
        label = to_plain_label(value, faults, (*where, name)) or ""
        known.get("id")
        value, name = known.get("domain")
        domain = domain_of(value) if isinstance(value, str) else None
        if value is not None and domain is None and name == "domain":
            fact = f"the domain is not valid: {faults.quote(value)}"
            faults.add("invalid-domain", fact, "Write it as example.org", where=(*where, name))
        if not label and domain is None:
            fact = "the provider has neither name nor domain"
            faults.add("nameless-provider", fact, "Name it; it was left out", where=where or ("name",))
            return None
        known.get("kind")
        known.skip(PLACE_FIELDS)
        known.get("secured")
        if where:
            list(known.all("authors"))  # the article's, which `publisher_of` returns
        return StatedProvider(
            name=label,
            domain=domain,
            names=self._pieces.labels(known, "names", faults, where),
            url=self._pieces.url(known, "url", faults, where),
            description=to_excerpt(known.get("description")[0], faults, (*where, "description")),
            images=self._pieces.images(*known.get("images"), faults, where),
            extra=self._pieces.leftover(known),
        )

    def topic(self, raw: Mapping[str, object], faults: Faults) -> StatedTopic | None:
        """State a topic from its own record."""
        self._pieces.note(raw, TOPIC, "topic")
        known = Fields(raw, TOPIC)
        value, name = known.get("name")
        label = to_plain_label(value, faults, (name or "name",))
        if label is None:
            faults.add("nameless-topic", "the topic has no name", _NAME_IT, line=faults.line_of(("name",)) or 1)
            return None
        short = [to_label(known.get(field)[0], faults, (field,)) for field in ("shortname", "id")]
        known.get("kind")
        known.skip(PLACE_FIELDS)
        known.get("secured")
        parents, stated_as = known.get("parent")
        names = self._pieces.labels(known, "names", faults, ())
        return StatedTopic(
            name=label,
            names=tuple(
                dict.fromkeys(other for other in (*short, *names) if other and other != label and other[0] != "/")
            ),
            parents=to_labels(parents if isinstance(parents, list) else [parents], faults, (stated_as,))
            if parents
            else (),
            description=to_excerpt(known.get("description")[0], faults, ("description",)),
            keywords=self._pieces.labels(known, "keywords", faults, ()),
            hashtags=self._pieces.labels(known, "hashtags", faults, ()),
            images=self._pieces.images(*known.get("images"), faults, ()),
            extra=self._pieces.leftover(known),
        )

    def person(self, raw: Mapping[str, object], faults: Faults, where: Where = ()) -> StatedPerson | None:
        """State a person from their own record, or from the mapping an article names them by."""
        if not where:
            self._pieces.note(raw, PERSON, "person")
        known = Fields(raw, PERSON)
        value, name = known.get("name")
        if name.lower() == "title" and isinstance(raw.get("key"), str):
            value = raw["key"]  # the title is the person's office
        whole = _whole_name(value if isinstance(value, Mapping) else raw) if not isinstance(value, str) else None
        label = whole or to_plain_label(value, faults, (*where, name or "name"))
        if label is not None:
            label = next(iter(names_in(label)), None) if "@" in label else label
        if label is None:
            faults.add("nameless-person", "the person has no name", _NAME_IT, line=faults.line_of(("name",)) or 1)
            return None
        identifier = to_label(known.get("id")[0], faults, (*where, "id"))
        names = self._pieces.labels(known, "names", faults, where)
        profiles = [self._profile(value, faults, (*where, field)) for value, field in known.all("profiles")]
        url = self._pieces.url(known, "url", faults, where)
        value, name = known.get("affiliation")
        employer = value[0] if isinstance(value, list) and value else value
        affiliation = self.provider_of(employer, name, faults, where)
        list(known.all("mail"))  # private, so it is only marked as read
        value, name = known.get("heat")
        known.get("kind")
        known.skip(PLACE_FIELDS)
        return StatedPerson(
            name=label,
            names=tuple(dict.fromkeys(other for other in (identifier, *names) if other and other != label)),
            description=to_excerpt(known.get("description")[0], faults, (*where, "bio")),
            location=to_label(known.get("location")[0], faults, (*where, "location")),
            url=url,
            aliases=tuple(sorted({profile for profile in profiles if profile and profile != url})),
            heat=to_heat(value, faults, (*where, name)),
            images=self._pieces.images(*known.get("images"), faults, where),
            affiliation=affiliation,
            topics=self._pieces.topics(known, faults, where)[0],
            secured=known.get("secured")[0] is not None,
            extra=self._pieces.leftover(known),
        )

    def provider_of(self, value: object, name: str, faults: Faults, where: Where) -> StatedProvider | None:
        """State the provider that is named by a mapping, a name or an address."""
        return self.publisher_of(value, name, faults, where)[0]

    def publisher_of(
        self, value: object, name: str, faults: Faults, where: Where
    ) -> tuple[StatedProvider | None, _Beside]:
        """State the provider that an article names; also return the article's authors that are written inside it.

        Each author field comes with the keys that lead to it.
        """
        if value is None or value == "":
            return None, ()
        here = (*where, name)
        if isinstance(value, dict):
            if (before := self._providers.get(id(value))) is not None:
                return before[1:]
            faulty, unmapped = len(faults.problems), sum(self._pieces.unmapped.values())
            raw = by_name(value)
            stated = self.provider(raw, faults, here)
            beside = tuple((written, (name, field)) for written, field in Fields(raw, PROVIDER).all("authors"))
            clean = (len(faults.problems), sum(self._pieces.unmapped.values())) == (faulty, unmapped)
            if stated is not None and clean and not faults.is_full:
                if len(self._providers) >= _MOST_PROVIDERS:
                    self._providers.clear()
                self._providers[id(value)] = (value, stated, beside)
            return stated, beside
        label = to_label(value, faults, here)
        if label is None or is_no_publisher(label, name):
            return None, ()
        domain = domain_of(label) if "://" in label or ("." in label and " " not in label) else None
        return StatedProvider(name="" if domain and "://" in label else label, domain=domain), ()

    def authors_of(self, known: Fields, beside: _Beside, faults: Faults, where: Where) -> tuple[StatedPerson, ...]:
        """State the people that an article names as its authors, itself and then beside its provider, each once."""
        return self.people((*((value, (name,)) for value, name in known.all("authors")), *beside), faults, where)

    def people(
        self, stated: Iterable[tuple[object, tuple[str, ...]]], faults: Faults, where: Where
    ) -> tuple[StatedPerson, ...]:
        """State the people that fields of an article name, each once; a value comes with the keys that lead to it."""
        people: dict[str, StatedPerson] = {}
        for value, keys in stated:
            here = (*where, *keys)
            is_item = isinstance(value, list)
            is_list = keys[-1].lower() == "authors"
            for item in value if isinstance(value, list) else [value]:
                for person in self._people(item, faults, here, is_list=is_list, is_item=is_item):
                    people.setdefault(person.name, person)
        return tuple(people.values())

    def _people(
        self, item: object, faults: Faults, where: Where, *, is_list: bool, is_item: bool
    ) -> Iterator[StatedPerson]:
        if isinstance(item, dict):
            if (person := self.person(by_name(item), faults, where)) is not None:
                yield person
            return
        while isinstance(item, list) and len(item) == 1:  # an unquoted [[Jo Doe]]
            (item,) = item
        if item is False:  # how themes show no author
            return
        label = to_label(item, faults, where)
        for name in names_in(label, is_list=is_list, is_item=is_item) if label else ():
            yield StatedPerson(name=name)

    def _profile(self, value: object, faults: Faults, where: Where) -> str | None:
        if isinstance(value, dict):
            value = value.get("url")
        if not isinstance(value, str) or "://" not in value:
            return None
        return self._pieces.address(value, faults, where)


_GIVEN = ("given", "given-names", "given_name", "first_name", "firstname")
_FAMILY = ("family", "family-names", "family_name", "last_name", "lastname")


def _whole_name(parts: Mapping[Any, object]) -> str | None:
    """Join the parts of a person's name, as in Quarto and citations."""
    literal = parts.get("literal")
    if isinstance(literal, str):
        return to_text(literal) or None
    found = [
        next((str(parts[name]) for name in names if isinstance(parts.get(name), str)), "")
        for names in (_GIVEN, ("dropping-particle",), ("non-dropping-particle",), _FAMILY)
    ]
    return to_text(" ".join(filter(None, found))) or None
