"""Providers: the organisation of a domain and others who publish there; on a platform or without a domain, by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from typing import TypeAlias

import msgspec

from graph.errors import Problem
from graph.names import provider_iri, slug
from graph.plain_fields import ProviderFields
from graph.reading.faults import Faults
from graph.records import Image, Provider
from graph.statements import StatedProvider, Statement
from graph.truth.grouping import ORGANIZATION, group_by_slug, group_by_spelling, group_of_domain
from graph.truth.labels import commonest
from graph.truth.pictures import Pictures
from graph.truth.plain_values import PlainValues
from graph.truth.spellings import decoded, spelling_key
from graph.urls import is_platform

_FACTS = PlainValues(ProviderFields, apart=("domain", "url"))

_StatedRecord = tuple[str, StatedProvider]
"""The path of a document about an organisation, and its statement."""


class _NameUses(msgspec.Struct):
    """The uses of one name with one domain by articles and people."""

    count: int = 0
    place: str = ""
    images: dict[Image, None] = msgspec.field(default_factory=dict)
    urls: set[str] = msgspec.field(default_factory=set)

    def merged(self, other: _NameUses) -> _NameUses:
        place, images = min(self.place, other.place), {**self.images, **other.images}
        return _NameUses(self.count + other.count, place, images, self.urls | other.urls)


ProviderUses: TypeAlias = dict[str | None, dict[str, _NameUses]]
"""The uses of names by some articles and people, by domain and name."""


class _OneProvider(msgspec.Struct):
    """One provider, and everything stated about it."""

    iri: str
    label: str
    domain: str | None
    parent: str | None
    uses: list[tuple[str, _NameUses]]
    """The names that articles and people use, and their uses."""
    records: Sequence[_StatedRecord]
    """Its records, sorted by path."""
    names: set[str]
    """The names that are used, and those of its records that belong to no other provider."""


class NamedProviders:
    """Collects records of organisations, and the names that articles and people use for them.

    `platforms` are further domains that host many publishers.
    """

    def __init__(self, base: str, platforms: frozenset[str]) -> None:
        self._base, self._platforms = base, platforms
        self._uses: dict[str | None, dict[str, _NameUses]] = {}
        self._records: dict[str | None, list[_StatedRecord]] = {}

    def describe(self, statement: Statement) -> None:
        """Add a document about an organisation; ignore any other."""
        if isinstance(statement.subject, StatedProvider):
            self._records.setdefault(statement.subject.domain, []).append((statement.path, statement.subject))

    def use(self, stated: StatedProvider, place: str) -> None:
        """Count the name of a provider, used in the document at a path."""
        names = self._uses.setdefault(stated.domain, {})
        uses = names.get(stated.name)
        if uses is None:
            uses = names[stated.name] = _NameUses(place=place)
        elif place < uses.place:
            uses.place = place
        uses.count += 1
        for image in stated.images:
            uses.images[image] = None
        if stated.url:
            uses.urls.add(stated.url)

    def take(self) -> ProviderUses:
        """Return which names were used, and begin again."""
        uses, self._uses = self._uses, {}
        return uses

    def add(self, uses: ProviderUses) -> None:
        """Add what others have counted, in any order."""
        for domain, names in uses.items():
            known = self._uses.setdefault(domain, {})
            for name, used in names.items():
                known[name] = used.merged(known[name]) if name in known else used

    def settle(self) -> Providers:
        """Decide who each name means, after all are counted. Linear, apart from sorting."""
        known: list[_OneProvider] = []
        meant: dict[tuple[str | None, str], _OneProvider] = {}
        bearers: dict[str, dict[str, _OneProvider]] = {}
        for domain in sorted({*self._uses, *self._records} - {None}, key=str):
            for one in self._of_domain(str(domain)):
                known.append(one)
                meant.update(((domain, name), one) for name, _ in one.uses)
                for name in one.names:
                    bearers.setdefault(spelling_key(name), {})[one.iri] = one
        for one in self._without_domain():
            found = {
                bearer.iri: bearer for name in one.names for bearer in bearers.get(spelling_key(name), {}).values()
            }
            whole = one
            if len(found) == 1:
                (whole,) = found.values()
                whole.uses += one.uses
                whole.records = sorted([*whole.records, *one.records], key=itemgetter(0))
                whole.names |= one.names
            else:
                known.append(one)
            meant.update(((None, name), whole) for name, _ in one.uses)
        return Providers(known, {key: one.iri for key, one in meant.items()}, self._platforms)

    def _of_domain(self, domain: str) -> Iterator[_OneProvider]:
        uses, records = self._uses.get(domain, {}), self._records.get(domain, [])
        on_platform = is_platform(domain, self._platforms)
        if on_platform:
            groups = group_by_slug({*uses, *(record.name for _, record in records)})
        else:
            counts = {name: used.count for name, used in uses.items()}
            groups = group_of_domain(domain, counts, [record for _, record in records])
        together = _together(uses, records, groups)
        owners = {name: owner for name, owner in groups.items() if owner in together}
        for group, (named, described) in together.items():
            label = _label(named, described)
            is_child = group != ORGANIZATION and not on_platform
            yield _OneProvider(
                iri=provider_iri(self._base, domain, "" if group == ORGANIZATION else label),
                label=label or domain,
                domain=domain,
                parent=provider_iri(self._base, domain) if is_child else None,
                uses=named,
                records=described,
                names={name for name in _names_of(named, described) if owners.get(name, group) == group},
            )

    def _without_domain(self) -> Iterator[_OneProvider]:
        uses, records = self._uses.get(None, {}), self._records.get(None, [])
        groups = group_by_spelling(uses, [record for _, record in records])
        for named, described in _together(uses, records, groups).values():
            label = _label(named, described)
            iri = provider_iri(self._base, None, label)
            yield _OneProvider(iri, label, None, None, named, described, _names_of(named, described))


class Providers:
    """All providers, and the IRI that each domain and name means."""

    def __init__(
        self, known: Sequence[_OneProvider], iris: Mapping[tuple[str | None, str], str], platforms: frozenset[str]
    ) -> None:
        self._known, self._iris, self._platforms = known, iris, platforms

    def iri(self, stated: StatedProvider) -> str:
        """Return the IRI of a provider that was counted before."""
        return self._iris[stated.domain, stated.name]

    def records(self, pictures: Pictures) -> Mapping[str, Provider]:
        """Return all providers, by IRI, sorted."""
        return {one.iri: self._record(one, pictures) for one in sorted(self._known, key=lambda one: one.iri)}

    def problems(self) -> Iterator[Problem]:
        """Yield a problem for each spelling of a provider's name but the commonest."""
        for one in self._known:
            spellings: dict[str, dict[str, int]] = {}
            places: dict[str, str] = {}
            for name, uses in one.uses:
                if name:
                    counts = spellings.setdefault(slug(decoded(name)), {})
                    counts[name] = counts.get(name, 0) + uses.count
                    places[name] = min(uses.place, places.get(name, uses.place))
            for counts in spellings.values():
                best = _best_name(counts)
                right = Faults.quote(best)
                for name in sorted(set(counts) - {best}):
                    fact = f"the provider {one.domain or one.iri} is spelled {Faults.quote(name)} and {right}"
                    yield Problem(places[name], 0, "provider-spelling", fact, f"Write {right} everywhere")

    def _record(self, one: _OneProvider, pictures: Pictures) -> Provider:
        stated = [record for _, record in one.records]
        images = [
            *(image for _, uses in one.uses for image in uses.images),
            *(image for record in stated for image in record.images),
        ]
        pictures.add(images)
        home = next((record.url for record in stated if record.url), None)
        home = home or min((url for _, uses in one.uses for url in uses.urls), default=None)
        if home is None and one.domain and not one.parent and not is_platform(one.domain, self._platforms):
            home = f"https://{one.domain}/"
        return Provider(
            iri=one.iri,
            label=one.label,
            names=tuple(sorted(one.names - {one.label})),
            domain=one.domain,
            url=home,
            images=_largest_first(images),
            parent=one.parent,
            sources=tuple(sorted({path for path, _ in one.records})),
            extra=dict(sorted(stated[0].extra.items())) if stated else {},
            **_FACTS.of(stated),
        )


def _together(
    uses: Mapping[str, _NameUses], records: Sequence[_StatedRecord], groups: Mapping[str, str]
) -> Mapping[str, tuple[list[tuple[str, _NameUses]], list[_StatedRecord]]]:
    """Return the uses and the records of each group of names, sorted."""
    found: dict[str, tuple[list[tuple[str, _NameUses]], list[_StatedRecord]]] = {}
    for name in sorted(uses):
        found.setdefault(groups[name], ([], []))[0].append((name, uses[name]))
    for path, record in sorted(records, key=itemgetter(0)):
        found.setdefault(groups[record.name], ([], []))[1].append((path, record))
    return dict(sorted(found.items()))


def _names_of(uses: Sequence[tuple[str, _NameUses]], records: Sequence[_StatedRecord]) -> set[str]:
    names = {name for name, _ in uses}
    names.update(name for _, record in records for name in (record.name, *record.names))
    return names - {""}


def _label(uses: Sequence[tuple[str, _NameUses]], records: Sequence[_StatedRecord]) -> str:
    """Return the commonest name, among equals one that a record states; empty if there is none.

    An identifier such as `gsa` counts for the name in its record.
    """
    own = {record.name for _, record in records if record.name}
    shown = {key: record.name for _, record in records if record.name for key in record.names if slug(key) == key}
    counts = dict.fromkeys(own, 0)
    for name, used in uses:
        if name:
            meant = name if name in own else shown.get(name, name)
            counts[meant] = counts.get(meant, 0) + used.count
    return _best_name(counts, own) if counts else ""


def _best_name(counts: Mapping[str, int], own: set[str] | frozenset[str] = frozenset()) -> str:
    """Return the commonest name without percent-escapes; names that differ only in these count together."""
    together: dict[str, int] = {}
    for name, count in counts.items():
        shown = decoded(name)
        together[shown] = together.get(shown, 0) + count
    most = max(together.values())
    leading = {name: count for name, count in together.items() if count == most}
    return commonest({name: count for name, count in leading.items() if name in own} or leading)


def _largest_first(images: Sequence[Image]) -> tuple[str, ...]:
    sizes: dict[str, tuple[int, int]] = {}
    for image in images:
        size = (image.width or 0, image.height or 0)
        sizes[image.iri] = max(size, sizes.get(image.iri, size))
    return tuple(sorted(sizes, key=lambda iri: (-sizes[iri][0], -sizes[iri][1], iri)))
