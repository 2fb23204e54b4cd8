"""What an article states in the fields that its site's owner adds to the vocabulary."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from graph.names import to_text
from graph.reading.dates import to_time
from graph.reading.describing import Descriptions
from graph.reading.faults import Faults, name_of
from graph.reading.fields import Fields
from graph.reading.link_values import links_in
from graph.reading.own_fields import own_field
from graph.reading.pieces import Pieces, to_excerpt
from graph.reading.topic_labels import flat_topics
from graph.reading.values import READ_AS, Where, to_labels
from graph.reading.written import as_text
from graph.records import Scalar
from graph.statements import Link, StatedOwn, StatedProvider
from graph.terms import Form
from graph.vocabulary import OwnLiteral, Vocabulary

_MOST_VALUES = 10_000
"""Values of one field of one document; further ones are a fault."""


class OwnValues:
    """Reads the fields of a site's own, as its vocabulary says."""

    def __init__(
        self, vocabulary: Vocabulary, pieces: Pieces, descriptions: Descriptions, zone: dt.tzinfo | None
    ) -> None:
        """Read times without a zone in `zone`."""
        self._vocabulary, self._pieces, self._descriptions, self._zone = vocabulary, pieces, descriptions, zone
        self._is_used = bool(vocabulary.relations or vocabulary.literals)
        self._links = {
            name.lower(): row.name for row in vocabulary.relations if row.target == "article" for name in row.fields
        }

    def of(self, known: Fields, faults: Faults, where: Where) -> StatedOwn | None:
        """Return what an article's fields state, except links; `None` for nothing."""
        if not self._is_used:
            return None
        literals = {}
        for literal in self._vocabulary.literals:
            if values := self._literal(literal, known, faults, where):
                literals[literal.name] = values
        topics, people, providers = {}, {}, {}
        for relation in self._vocabulary.relations:
            stated = tuple(known.all(own_field(relation.name)))
            if not stated:
                continue
            if relation.target == "topic":
                topics[relation.name] = self._topics(stated, faults, where)
            elif relation.target == "person":
                items = ((value, (name,)) for value, name in stated)
                people[relation.name] = self._descriptions.people(items, faults, where)
            elif relation.target == "provider":
                providers[relation.name] = self._providers(stated, faults, where)
        if not (literals or any(topics.values()) or any(people.values()) or any(providers.values())):
            return None
        return StatedOwn(literals, topics, people, providers)

    def links(self, raw: Mapping[str, object], faults: Faults) -> Iterator[Link]:
        """Yield the links in the fields of a site's own relations; report values that are not links."""
        if self._links:
            for name, value in raw.items():
                if relation := self._links.get(name.lower()):
                    yield from self._links_in(name, value, relation, faults)

    def _links_in(self, name: str, value: object, relation: str, faults: Faults) -> Iterator[Link]:
        line = faults.line_of((name,))
        whole = list(links_in(value, name, line))
        if not isinstance(value, list) or (len(whole) == 1 and whole[0].is_note):
            items: list[tuple[object, int]] = [(value, line)]
        else:
            items = list(zip(value, faults.lines_of(name, len(value)), strict=False))
        for position, (item, at) in enumerate(items[:_MOST_VALUES]):
            found = list(links_in(_named(item), name, at))
            if not found and item is not None:
                fact = f"{name_of((name,))} holds {faults.quote(item)}, which is not the name of an article"
                faults.add("not-an-article", fact, "Write a title, a path or an address", where=(name, position))
            yield from (replace(link, relation=relation) for link in found)

    def lines(self, stated: Mapping[str, tuple[str, ...]], faults: Faults) -> dict[str, int]:
        """Return the line of each field that states a relation of the site's own, by the name of that field."""
        if not self._vocabulary.relations:
            return {}
        fields = (own_field(row.name) for row in self._vocabulary.relations)
        return {field: faults.line_of((stated[field][0],)) for field in fields if field in stated}

    def _literal(self, literal: OwnLiteral, known: Fields, faults: Faults, where: Where) -> tuple[Scalar, ...]:
        values: dict[tuple[type, Scalar], Scalar] = {}
        for value, name in known.all(own_field(literal.name)):
            here = (*where, name)
            items = value if isinstance(value, list) else [value]
            if len(items) > _MOST_VALUES:
                fact = f"{name_of(here)} has more than {_MOST_VALUES:,} values"
                faults.add("too-long", fact, "Shorten it; the rest was left out", where=here)
            for item in items[:_MOST_VALUES]:
                if (read := self._read(literal.form, item, faults, here)) is not None:
                    values[type(read), read] = read
        return tuple(values.values())

    def _read(self, form: Form, item: object, faults: Faults, where: Where) -> Scalar | None:
        """Return one value in its form; `None` if it is empty or, with a fault, invalid."""
        if item is None or item == "":
            return None
        match form:
            case Form.INTEGER | Form.BOOLEAN | Form.DECIMAL:
                return READ_AS[form](item, faults, where)
            case Form.DAY | Form.TIME:
                time = to_time(item, faults, where, self._zone)
                return time.partition("T")[0] if time and form is Form.DAY else time
            case Form.IRI:
                return self._pieces.address(item, faults, where)
            case _:
                return to_excerpt(_named(item) if not isinstance(item, bool) else str(item).lower(), faults, where)

    def _topics(self, stated: tuple[tuple[object, str], ...], faults: Faults, where: Where) -> tuple[str, ...]:
        labels: dict[str, None] = {}
        for value, name in stated:
            if value != "":
                flat, _ = flat_topics(value, name, spaced=False, nested=False)
                items = flat if isinstance(flat, list) else [flat]
                labels.update(dict.fromkeys(to_labels(items, faults, (*where, name))))
        return tuple(labels)

    def _providers(
        self, stated: tuple[tuple[object, str], ...], faults: Faults, where: Where
    ) -> tuple[StatedProvider, ...]:
        found: dict[tuple[str, str | None], StatedProvider] = {}
        for value, name in stated:
            for item in value if isinstance(value, list) else [value]:
                if (provider := self._descriptions.provider_of(item, name, faults, where)) is not None:
                    found.setdefault((provider.name, provider.domain), provider)
        return tuple(found.values())


def _named(item: object) -> object:
    """Return a number or day as text, as it is written; anything else as it is."""
    text = as_text(item)
    return item if text is None else to_text(text)
