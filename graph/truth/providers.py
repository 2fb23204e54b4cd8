"""Providers: one per domain, whatever names they go by; on a platform one per name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from graph.errors import Problem
from graph.names import provider_iri, slug, to_text
from graph.reading.faults import Faults
from graph.records import Provider
from graph.statements import StatedProvider, Statement
from graph.truth.labels import commonest
from graph.truth.pictures import Pictures
from graph.urls import is_platform

__all__ = ["Providers"]


@dataclass(slots=True)
class _Known:
    """What has been said of one provider so far."""

    domain: str | None
    counts: dict[str, int] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    described: list[tuple[str, StatedProvider]] = field(default_factory=list)
    images: dict[str, None] = field(default_factory=dict)
    urls: set[str] = field(default_factory=set)


class Providers:
    """Collects organisations' records and the names articles use, and says who each is."""

    def __init__(self, base: str, platforms: frozenset[str]) -> None:
        """Mint under `base`; `platforms` are further domains that host many publishers."""
        self._base, self._platforms = base, platforms
        self._known: dict[str, _Known] = {}
        self._iris: dict[tuple[str | None, str], str] = {}

    def describe(self, statement: Statement) -> None:
        """Take a document about an organisation; any other is passed over."""
        if isinstance(statement.subject, StatedProvider):
            known = self._of(statement.subject)[1]
            known.described.append((statement.path, statement.subject))

    def iri(self, stated: StatedProvider) -> str:
        """Return who a statement means, without counting it."""
        return self._of(stated)[0]

    def use(self, stated: StatedProvider, place: str) -> str:
        """Return the IRI of a publisher; count its name as used once more, at a document's path."""
        iri, known = self._of(stated)
        if stated.name:
            known.counts[stated.name] = known.counts.get(stated.name, 0) + 1
            if place < known.places.get(stated.name, place + "\0"):
                known.places[stated.name] = place
        for image in stated.images:
            known.images.setdefault(image.iri)
        if stated.url:
            known.urls.add(stated.url)
        return iri

    def records(self, pictures: Pictures) -> Mapping[str, Provider]:
        """Return all providers, by IRI, sorted."""
        return dict(sorted((iri, self._record(iri, known, pictures)) for iri, known in self._known.items()))

    def problems(self) -> Iterator[Problem]:
        """Yield a problem for each name that is only another spelling of the same provider's label."""
        for iri, known in sorted(self._known.items()):
            spellings: dict[str, dict[str, int]] = {}
            for name, count in known.counts.items():
                spellings.setdefault(slug(unquote(name)), {})[name] = count
            for counts in spellings.values():
                best = _best_name(counts)
                right = Faults.quote(best)
                for name in sorted(set(counts) - {best}):
                    fact = f"the provider {known.domain or iri} is spelled {Faults.quote(name)} and {right}"
                    yield Problem(known.places[name], 0, "provider-spelling", fact, f"Write {right} everywhere")

    def _of(self, stated: StatedProvider) -> tuple[str, _Known]:
        key = (stated.domain, stated.name)
        iri = self._iris.get(key)
        if iri is None:
            iri = provider_iri(self._base, stated.domain, _decoded(stated.name), self._platforms)
            self._iris[key] = iri
        known = self._known.get(iri)
        if known is None:
            known = self._known[iri] = _Known(stated.domain)
        return iri, known

    def _record(self, iri: str, known: _Known, pictures: Pictures) -> Provider:
        described = sorted(known.described, key=lambda item: item[0])
        stated = [record for _, record in described]
        counts = dict(known.counts)
        for record in stated:
            if record.name:
                counts.setdefault(record.name, 0)
        own = {record.name for record in stated}
        label = _best_name(counts, own) if counts else known.domain or iri
        others = {name for record in stated for name in record.names}
        logos = {*known.images, *pictures.add(image for record in stated for image in record.images)}
        home = next((record.url for record in stated if record.url), None) or min(known.urls, default=None)
        if home is None and known.domain and not is_platform(known.domain, self._platforms):
            home = f"https://{known.domain}/"
        return Provider(
            iri=iri,
            label=label,
            names=tuple(sorted({*counts, *others} - {label})),
            domain=known.domain,
            url=home,
            description=next((record.description for record in stated if record.description), None),
            images=tuple(sorted(logos, key=lambda logo: (*(-side for side in pictures.size(logo)), logo))),
            sources=tuple(sorted({path for path, _ in described})),
            extra=dict(sorted(stated[0].extra.items())) if stated else {},
        )


def _decoded(name: str) -> str:
    return to_text(unquote(name)) if "%" in name else name


def _best_name(counts: Mapping[str, int], own: set[str] | frozenset[str] = frozenset()) -> str:
    """Return the commonest name; spellings of one name count together, and one without percent-escapes is shown."""
    together: dict[str, int] = {}
    for name, count in counts.items():
        decoded = _decoded(name)
        together[decoded] = together.get(decoded, 0) + count
    most = max(together.values())
    leading = {name: count for name, count in together.items() if count == most}
    return commonest({name: count for name, count in leading.items() if name in own} or leading)
