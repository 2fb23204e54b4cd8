"""The relations and literals that a site's owner adds to the vocabulary, read from `article-graph.toml` and checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from graph.expressions import expression
from graph.names import PREFIXES
from graph.reading.faults import Faults
from graph.reading.fields import Dialect
from graph.reading.toml_lines import nearest_line
from graph.records import Article
from graph.terms import Form
from graph.urls import is_iri
from graph.vocabulary import KINDS, RELATIONS, VOCABULARY, OwnLiteral, OwnRelation, Vocabulary

OWN_TABLES = ("literals", "prefixes", "relations")
"""The tables of the settings that this module reads."""

TYPES: Mapping[str, Form] = MappingProxyType(
    {
        "text": Form.TEXT,
        "integer": Form.INTEGER,
        "decimal": Form.DECIMAL,
        "boolean": Form.BOOLEAN,
        "date": Form.DAY,
        "time": Form.TIME,
        "iri": Form.IRI,
    }
)
"""The types of literals, by the words of the settings."""

_TARGETS = ("article", "topic", "person", "provider")
_NAME = expression(r"[A-Za-z][A-Za-z0-9_]{0,59}")
_LOCAL = expression(r"[A-Za-z_](?:[\w-]{0,118}\w)?", re.ASCII)
_PREFIX = expression(r"[A-Za-z](?:[\w-]{0,58}\w)?", re.ASCII)
_LONGEST_LABEL = 100

_TAKEN = frozenset(
    {
        *RELATIONS,
        *(name for row in VOCABULARY[Article] for name in (row.name, row.network) if name),
        *(name for name, _ in KINDS.values()),
        *("constructor", "extra", "id", "iri", "kind", "literals", "relation", "relations", "source", "target"),
        *("backbone", "beside", "covers", "texts", "together"),
    }
)
"""Names that mean something already: in the network, on a record or on a page."""

_ALIKE = {Form.RELATION: Form.IRI}
"""Forms that are written like others."""

_FORMS = {
    name: _ALIKE.get(row.form, row.form) for rows in VOCABULARY.values() for row in rows for name in row.predicates
}
_OF_OURS = frozenset(
    {
        *("rdf:type", "skos:inScheme"),
        *(name for rows in VOCABULARY.values() for row in rows if row.name == "label" for name in row.predicates),
        *(name for name, form in _FORMS.items() if form in {Form.FLAG, Form.STATUS, Form.SOURCE}),
    }
)
"""Terms that only the program may state."""

_OwnField = OwnRelation | OwnLiteral

_ReportFault = Callable[[str, str], None]
"""Receives the fact and the remedy of each fault."""


def is_free_name(name: str) -> bool:
    """Return whether a row of the vocabulary may have a name: letters, digits and `_`, and nothing that is taken."""
    return _NAME.fullmatch(name) is not None and name.lower() not in _TAKEN


def own_field(name: str) -> str:
    """Return the name of the field, in a dialect, that states a row of a vocabulary."""
    return f"own {name}"


def with_own_fields(dialect: Dialect, vocabulary: Vocabulary) -> Dialect:
    """Return a dialect that also knows the fields of a site's own."""
    rows: tuple[_OwnField, ...] = (*vocabulary.relations, *vocabulary.literals)
    return dialect.with_fields({own_field(row.name): row.fields for row in rows}) if rows else dialect


def read_own_fields(
    own: Mapping[str, object], aliases: Mapping[str, tuple[str, ...]], known: Vocabulary, faults: Faults
) -> Vocabulary:
    """Return the rows that settings add; invalid ones are reported and left out.

    `aliases` are the further names that the settings give to known fields, and `known` are rows of other sources of the
    same build, with which no row may clash.
    """
    return _OwnFieldsReader(own, aliases, known, faults).read()


class _OwnFieldsReader:
    """Reads the tables of one file and keeps track of names in use."""

    def __init__(
        self, own: Mapping[str, object], aliases: Mapping[str, tuple[str, ...]], known: Vocabulary, faults: Faults
    ) -> None:
        self._own, self._faults = own, faults
        rows: tuple[_OwnField, ...] = (*known.relations, *known.literals)
        self._known = {row.name: row for row in rows}
        self._forms = {
            **_FORMS,
            **{row.term: row.form for row in known.literals},
            **{row.term: Form.IRI for row in known.relations},
        }
        self._users: dict[str, str] = {name.lower(): field for field, names in aliases.items() for name in names}
        self._prefixes = dict(PREFIXES)
        self._taken: set[str] = set()

    def read(self) -> Vocabulary:
        self._read_prefixes()
        relations = [self._relation(name, table) for name, table in self._tables("relations")]
        self._taken = {row.name for row in relations if row}
        literals = [self._literal(name, table) for name, table in self._tables("literals")]
        return Vocabulary(
            tuple(row for row in relations if row and self._agrees(row)),
            tuple(row for row in literals if row and self._agrees(row)),
        )

    def _read_prefixes(self) -> None:
        stated = self._own.get("prefixes", {})
        if not isinstance(stated, dict):
            self._wrong("prefixes")(
                f"'prefixes' is {self._faults.quote(stated)}", "Write a table [prefixes] of names and addresses"
            )
            return
        for prefix, iri in stated.items():
            wrong = self._wrong(f"prefixes.{prefix}")
            if not _PREFIX.fullmatch(prefix) or not _is_address(iri):
                fact = f"the prefix {self._faults.quote(prefix)} stands for {self._faults.quote(iri)}"
                wrong(fact, "Give a short word a whole address, such as https://example.org/terms#")
            elif PREFIXES.get(prefix, iri) != iri:
                wrong(f"the prefix '{prefix}' already stands for {PREFIXES[prefix]}", "Choose another prefix")
            else:
                self._prefixes[prefix] = str(iri)

    def _tables(self, kind: str) -> Iterator[tuple[str, Mapping[str, object]]]:
        """Yield the valid entries of a table, sorted by name."""
        stated = self._own.get(kind, {})
        example = f"Write a table such as [{kind}.{'reviews' if kind == 'relations' else 'difficulty'}]"
        if not isinstance(stated, dict):
            self._wrong(kind)(f"'{kind}' is {self._faults.quote(stated)}", example)
            return
        for name, table in sorted(stated.items()):
            wrong = self._wrong(f"{kind}.{name}")
            shown = self._faults.quote(name)
            if not _NAME.fullmatch(name):
                wrong(f"[{kind}] names {shown}", "Write a name of letters, digits and _, which begins with a letter")
            elif not is_free_name(name):
                wrong(f"[{kind}] names {shown}, which is already in use", "Choose another name")
            elif kind == "literals" and name in self._taken:
                wrong(f"{shown} is both a relation and a literal", "Give one of them another name; the relation holds")
            elif not isinstance(table, dict):
                wrong(f"'{kind}.{name}' is {self._faults.quote(table)}", example)
            else:
                yield name, table

    def _relation(self, name: str, table: Mapping[str, object]) -> OwnRelation | None:
        wrong = self._wrong(f"relations.{name}")
        self._report_unknown(table, ("facet", "fields", "inverse", "label", "target", "term"), wrong)
        target = table.get("target", "article")
        if target not in _TARGETS:
            wrong(f"'target' of '{name}' is {self._faults.quote(target)}", f"Use one of {', '.join(_TARGETS)}")
            return None
        term = self._term(name, table, Form.IRI, wrong)
        fields = self._fields(name, table, wrong)
        if term is None or not fields:
            return None
        label = self._label(table, "label", name.replace("_", " ").capitalize(), wrong)
        inverse = self._label(table, "inverse", f"{label} of", wrong)
        return OwnRelation(name, term, str(target), fields, label, inverse, self._facet(name, table, wrong))

    def _literal(self, name: str, table: Mapping[str, object]) -> OwnLiteral | None:
        wrong = self._wrong(f"literals.{name}")
        self._report_unknown(table, ("facet", "fields", "label", "term", "type"), wrong)
        written = table.get("type", "text")
        form = TYPES.get(written) if isinstance(written, str) else None
        if form is None:
            wrong(f"'type' of '{name}' is {self._faults.quote(written)}", f"Use one of {', '.join(TYPES)}")
            return None
        term = self._term(name, table, form, wrong)
        fields = self._fields(name, table, wrong)
        if term is None or not fields:
            return None
        label = self._label(table, "label", name.replace("_", " ").capitalize(), wrong)
        return OwnLiteral(name, term, form, fields, label, self._facet(name, table, wrong))

    def _facet(self, name: str, table: Mapping[str, object], wrong: _ReportFault) -> bool:
        facet = table.get("facet", False)
        if not isinstance(facet, bool):
            wrong(f"'facet' of '{name}' is {self._faults.quote(facet)}", "Write true or false")
        return facet is True

    def _term(self, name: str, table: Mapping[str, object], form: Form, wrong: _ReportFault) -> str | None:
        """Return the predicate of a row; `None`, with a fault, if it has no usable one."""
        stated = table.get("term", f"ag:{name}")
        term = self._read_term(stated)
        elsewhere = self._known[name].term if name in self._known else None
        if term is None:
            fact = f"'term' of '{name}' is {self._faults.quote(stated)}"
            prefixes = ", ".join(sorted(self._prefixes))
            wrong(fact, f"Write a name with one of the prefixes {prefixes}, or a whole address")
        elif term in _OF_OURS or (term != elsewhere and self._forms.get(term, form) is not form):
            wrong(f"'term' of '{name}' is {term}, which is used for something else", "Choose another term")
        else:
            self._forms[term] = form
            return term
        return None

    def _read_term(self, stated: object) -> str | None:
        """Return a term as a prefixed name if one of our prefixes fits, otherwise as an IRI in `<>`."""
        if not isinstance(stated, str):
            return None
        prefix, _, local = stated.partition(":")
        if prefix in self._prefixes and _LOCAL.fullmatch(local):
            stated = self._prefixes[prefix] + local
        if not _is_address(stated):
            return None
        for known, namespace in PREFIXES.items():
            rest = stated.removeprefix(namespace)
            if rest != stated and _LOCAL.fullmatch(rest):
                return f"{known}:{rest}"
        return f"<{stated}>"

    def _fields(self, name: str, table: Mapping[str, object], wrong: _ReportFault) -> tuple[str, ...]:
        """Return the fields that state a row and no other row; by default the row's own name."""
        stated = table.get("fields", [name])
        items = stated if isinstance(stated, list) else [stated]
        fields: dict[str, None] = {}
        for item in items:
            shown = self._faults.quote(item)
            if not isinstance(item, str) or not item.strip():
                wrong(f"'fields' of '{name}' holds {shown}, which is not the name of a field", "Write a list of names")
                continue
            user = self._users.get(item.lower())
            if item.lower() == "secured":
                wrong(f"'{name}' reads 'secured'", "Choose another field: the content of this one is never shown")
            elif user is not None and user != name:
                wrong(f"'{name}' reads the field {shown}, which is read as '{user}'", "Name each field only once")
            else:
                self._users[item.lower()] = name
                fields[item] = None
        return tuple(fields)

    def _label(self, table: Mapping[str, object], name: str, default: str, wrong: _ReportFault) -> str:
        stated = table.get(name, default)
        line = " ".join(stated.split()) if isinstance(stated, str) and stated.isprintable() else ""
        if line and len(line) <= _LONGEST_LABEL:
            return line
        wrong(f"'{name}' is {self._faults.quote(stated)}", "Write a few words")
        return default

    def _report_unknown(self, table: Mapping[str, object], known: tuple[str, ...], wrong: _ReportFault) -> None:
        for name in sorted(set(table) - set(known)):
            wrong(f"{self._faults.quote(name)} is not a setting here", f"Use {', '.join(known)}")

    def _agrees(self, row: _OwnField) -> bool:
        """Return whether a row means the same as another source's row of that name; report it if not."""
        other = self._known.get(row.name)
        if other is None or _meaning(other) == _meaning(row):
            return True
        fact = f"'{row.name}' means something else in another source"
        kind = "relations" if isinstance(row, OwnRelation) else "literals"
        self._wrong(f"{kind}.{row.name}")(fact, "Give it another name, or make the two agree")
        return False

    def _wrong(self, table: str) -> _ReportFault:
        def report(fact: str, remedy: str) -> None:
            self._faults.add("invalid-settings", fact, remedy, line=nearest_line(self._faults, table))

        return report


def _meaning(row: _OwnField) -> tuple[str, object]:
    return row.term, row.target if isinstance(row, OwnRelation) else row.form


def _is_address(value: object) -> bool:
    return isinstance(value, str) and value.startswith(("http://", "https://")) and is_iri(value)
