"""The W3C's SPARQL tests, asked of a server over HTTP: `python -m tests.w3c FOLDER` prints how many pass.

FOLDER is a copy of the repository w3c/rdf-tests, or anything of its shape: manifests that list entries, and the files
that these name. All data goes into one server, each file as a graph of its own name; a request says which it asks.
"""

from __future__ import annotations

import csv
import io
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from urllib.parse import unquote, urlencode, urlsplit

import pyoxigraph
import rdflib
from rdflib.collection import Collection

from tests.served import Served, serving_triples

__all__ = ["Case", "cases_of", "failure", "main", "serving_data"]

_MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
_QT = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
_UT = rdflib.Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
_RS = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")
_HT = rdflib.Namespace("http://www.w3.org/2011/http#")
_CNT = rdflib.Namespace("http://www.w3.org/2011/content#")
_ROOT = "http://w3c.example/"
_NOWHERE = "urn:empty"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_NUMBERS = {_XSD + name for name in ("integer", "decimal", "double", "float", "int", "long", "short", "byte")}
_MEDIA = {
    ".srx": "application/sparql-results+xml",
    ".srj": "application/sparql-results+json",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
}
_EVALUATED = {"QueryEvaluationTest", "CSVResultFormatTest"}
_GOOD, _BAD = {"PositiveSyntaxTest11", "PositiveSyntaxTest"}, {"NegativeSyntaxTest11", "NegativeSyntaxTest"}
_FORMATS = {"tabular": set(_MEDIA.values()), "boolean": set(_MEDIA.values()), "RDF": {"text/turtle"}}
_TYPES = _EVALUATED | _GOOD | _BAD | {"ProtocolTest"}


@dataclass(frozen=True)
class Request:
    """A request of a protocol test."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    statuses: frozenset[str]
    """First digits of the statuses that are right."""
    boolean: bool | None
    """What an ASK is to answer."""
    format: str
    """What the answer is to be: tabular, boolean, RDF, or not said."""


@dataclass(frozen=True)
class Case:
    """One test."""

    name: str
    """Folder and entry, such as `bind/bind01`."""
    type: str
    """Its class in the manifest's vocabulary."""
    base: str
    """The IRI of its query's file."""
    sparql: str = ""
    graphs: Mapping[str, Path] = field(default_factory=dict)
    """Data that is asked, by the name of its graph."""
    default: tuple[str, ...] = ()
    """Graphs that make up the default graph."""
    named: tuple[str, ...] = ()
    result: Path | None = None
    is_lax: bool = False
    """Whether rows may be answered once or several times."""
    requests: tuple[Request, ...] = ()


def cases_of(root: Path) -> list[Case]:
    """Return the tests of queries, results and the protocol below a folder, by the manifests there.

    Tests of updates and of entailment, which the endpoint does not claim, are left out; so are tests of the protocol
    that only say in words what to do.
    """
    first = root / "sparql" / "sparql11" / "manifest-all.ttl"
    found = _cases(first if first.exists() else root / "manifest.ttl", root)
    cases = [case for case in found if case.requests or case.type != "ProtocolTest"]
    return sorted({case.name: case for case in cases}.values(), key=lambda case: case.name)


@contextmanager
def serving_data(cases: Iterable[Case]) -> Iterator[Served]:
    """Serve the data of all these tests."""
    graphs = {name: path for case in cases for name, path in case.graphs.items()}
    with tempfile.TemporaryDirectory(prefix="article-graph-") as folder:
        data = Path(folder) / "data.nq"
        with data.open("wb") as stream:
            for name, path in sorted(graphs.items()):
                if path.exists():
                    stream.write(_to_quads(name, path))
        with serving_triples(data) as served:
            yield served


def failure(served: Served, case: Case) -> str | None:
    """Run a test, and return what is wrong; `None` where nothing is."""
    if case.type == "ProtocolTest":
        return next(filter(None, (_request_failure(served, request) for request in case.requests)), None)
    chosen = [("default-graph-uri", name) for name in case.default] + [("named-graph-uri", name) for name in case.named]
    if not chosen and "FROM" not in case.sparql.upper():
        chosen = [("default-graph-uri", _NOWHERE)]
    suffix = case.result.suffix if case.result else ""
    headers = {"Content-Type": "application/sparql-query", "Accept": _MEDIA.get(suffix, "*/*")}
    query = f"BASE <{case.base}>\n{case.sparql}"
    if suffix in {".ttl", ".rdf", ".nt"}:
        headers["Accept"] = "application/n-triples, application/sparql-results+xml;q=0.9"
    reply = served.request("POST", "/sparql?" + urlencode(chosen), headers, query.encode())
    if case.type in _BAD:
        return None if reply.status == 400 else f"status {reply.status} for bad syntax"
    if reply.status != 200:
        return f"status {reply.status}: {reply.text.strip()}"
    if case.type in _GOOD or case.result is None:
        return None
    return _difference(reply.body, reply.headers["content-type"].partition(";")[0], case)


def _difference(body: bytes, media: str, case: Case) -> str | None:
    assert case.result is not None
    expected = case.result.read_bytes()
    if media == "text/csv":
        mine, theirs = _csv_rows(body), _csv_rows(expected)
        return None if mine == theirs else f"{mine} instead of {theirs}"
    if media == "application/n-triples":
        mine_triples = _canonical(pyoxigraph.parse(body, pyoxigraph.RdfFormat.N_TRIPLES))
        same = mine_triples == _canonical(pyoxigraph.parse(path=str(case.result), base_iri=case.base))
        return None if same else "other triples"
    if case.result.suffix in {".ttl", ".rdf", ".nt"}:
        wanted = _from_vocabulary(case.result)
    else:
        wanted = _rows(pyoxigraph.parse_query_results(expected, _results_format(_MEDIA[case.result.suffix])))
    found = _rows(pyoxigraph.parse_query_results(body, _results_format(media)))
    if isinstance(found, bool) or isinstance(wanted, bool):
        return None if found is wanted else f"{found} instead of {wanted}"
    if case.is_lax:
        found, wanted = _once(found), _once(wanted)
    return None if _as_triples(found) == _as_triples(wanted) else f"{found} instead of {wanted}"


_Row = dict[str, str]


def _rows(results: pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean) -> list[_Row] | bool:
    if isinstance(results, pyoxigraph.QueryBoolean):
        return bool(results)
    names = [variable.value for variable in results.variables]
    return [{name: _plain(row[name]) for name in names if row[name] is not None} for row in results]


def _from_vocabulary(path: Path) -> list[_Row] | bool:
    """Return a result that is written as RDF."""
    triples = rdflib.Graph().parse(path)
    boolean = triples.value(None, _RS.boolean, any=True) or next(triples.objects(None, _RS.boolean), None)
    if boolean is not None:
        return bool(rdflib.Literal(boolean).toPython())
    return [
        {
            str(triples.value(binding, _RS.variable)): _plain(_from_rdflib(triples.value(binding, _RS.value)))
            for binding in triples.objects(solution, _RS.binding)
        }
        for solution in triples.objects(None, _RS.solution)
    ]


def _from_rdflib(term: rdflib.term.Node | None) -> object:
    if isinstance(term, rdflib.Literal):
        if term.language:
            return pyoxigraph.Literal(str(term), language=term.language)
        datatype = pyoxigraph.NamedNode(str(term.datatype)) if term.datatype else None
        return pyoxigraph.Literal(str(term), datatype=datatype)
    return pyoxigraph.BlankNode(str(term)) if isinstance(term, rdflib.BNode) else pyoxigraph.NamedNode(str(term))


def _plain(term: object) -> str:
    """Return a term as text, numbers by their value: `1.0` and `1` are the same decimal."""
    if isinstance(term, pyoxigraph.Literal) and term.datatype.value in _NUMBERS:
        try:
            return f'"{Decimal(term.value).normalize()}"^^{term.datatype}'
        except InvalidOperation:
            return str(term)
    return str(term)


def _once(rows: list[_Row]) -> list[_Row]:
    return [dict(row) for row in sorted({tuple(sorted(row.items())) for row in rows})]


def _as_triples(rows: list[_Row]) -> frozenset[str]:
    """Return rows in a form that is the same whatever blank nodes are called, and however rows are ordered."""
    quads = []
    for number, row in enumerate(rows):
        subject = pyoxigraph.BlankNode(f"row{number}")
        quads.append(_quad(subject, "urn:row", pyoxigraph.Literal("row")))
        for name, text in row.items():
            is_blank = text.startswith("_:")
            value = pyoxigraph.BlankNode(f"b{text[2:]}") if is_blank else pyoxigraph.Literal(text)
            quads.append(_quad(subject, f"urn:{name}", value))
    return _canonical(quads)


def _quad(
    subject: pyoxigraph.BlankNode, predicate: str, value: pyoxigraph.BlankNode | pyoxigraph.Literal
) -> pyoxigraph.Quad:
    return pyoxigraph.Quad(subject, pyoxigraph.NamedNode(predicate), value, pyoxigraph.DefaultGraph())


def _canonical(quads: Iterable[pyoxigraph.Quad]) -> frozenset[str]:
    dataset = pyoxigraph.Dataset(quads)
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.UNSTABLE)
    return frozenset(map(str, dataset))


def _csv_rows(data: bytes) -> Counter[tuple[str, ...]]:
    """Return rows with their columns in the order of their names: SPARQL does not say in which they stand."""
    rows = [row for row in csv.reader(io.StringIO(data.decode(), newline="")) if row]
    places = sorted(range(len(rows[0])), key=rows[0].__getitem__)
    return Counter(tuple(_plain_cell(row[place]) for place in places) for row in rows)


def _plain_cell(cell: str) -> str:
    """Return a cell without the names of blank nodes, and numbers by their value."""
    if cell.startswith("_:"):
        return "_:"
    try:
        return str(Decimal(cell).normalize())
    except InvalidOperation:
        return cell


def _request_failure(served: Served, request: Request) -> str | None:
    reply = served.request(request.method, request.path, request.headers, request.body or None)
    if str(reply.status)[0] not in request.statuses:
        return f"status {reply.status}: {reply.text.strip()[:200]}"
    media = reply.headers.get("content-type", "").partition(";")[0]
    if media not in _FORMATS.get(request.format, {media}):
        return f"{media} for an answer that is {request.format}"
    if request.boolean is not None and (b"true" in reply.body.lower()) is not request.boolean:
        return f"not {request.boolean}"
    return None


def _cases(manifest: Path, root: Path) -> Iterator[Case]:
    if not manifest.exists() or manifest.parent.name == "entailment":
        return
    triples = rdflib.Graph().parse(manifest, format="turtle", publicID=manifest.resolve().as_uri())
    for head in triples.objects(None, _MF.include):
        for included in Collection(triples, head):
            yield from _cases(_to_path(included), root)
    for head in triples.objects(None, _MF.entries):
        for entry in Collection(triples, head):
            for kind in triples.objects(entry, rdflib.RDF.type):
                name = str(kind).removeprefix(str(_MF))
                is_update = str(triples.value(entry, _MF.action)).endswith(".ru")
                if name in _TYPES and not is_update:
                    yield _case(triples, entry, name, manifest, root)


def _case(triples: rdflib.Graph, entry: rdflib.term.Node, kind: str, manifest: Path, root: Path) -> Case:
    name = f"{manifest.parent.name}/{str(entry).rpartition('#')[2]}"
    action = triples.value(entry, _MF.action)
    if kind == "ProtocolTest":
        graphs = {
            str(triples.value(node, rdflib.RDFS.label)): _to_path(triples.value(node, _UT.graph))
            for node in triples.objects(entry, _UT.graphData)
        }
        requests = [
            _to_request(triples, node)
            for head in triples.objects(action, _HT.requests)
            for node in Collection(triples, head)
        ]
        return Case(name, kind, "", graphs=graphs, requests=tuple(requests))
    query = _to_path(triples.value(action, _QT.query) or action)
    default = [_to_path(node) for node in triples.objects(action, _QT.data)]
    named = [_to_path(node) for node in triples.objects(action, _QT.graphData)]
    result = triples.value(entry, _MF.result)
    beside = [path for path in query.parent.iterdir() if path.suffix in {".ttl", ".rdf", ".nt"}]
    sparql = query.read_text(encoding="utf-8")
    read = {*default, *named, *(beside if "FROM" in sparql.upper() else ())}
    return Case(
        name,
        kind,
        _to_iri(query, root),
        sparql,
        graphs={_to_iri(path, root): path for path in sorted(read) if path != manifest},
        default=tuple(sorted(_to_iri(path, root) for path in default)),
        named=tuple(sorted(_to_iri(path, root) for path in named)),
        result=_to_path(result) if isinstance(result, rdflib.URIRef) else None,
        is_lax=(entry, _MF.resultCardinality, _MF.LaxCardinality) in triples,
    )


def _to_request(triples: rdflib.Graph, node: rdflib.term.Node) -> Request:
    headers = {
        str(triples.value(header, _HT.fieldName)): str(triples.value(header, _HT.fieldValue))
        for head in triples.objects(node, _HT.headers)
        for header in Collection(triples, head)
    }
    body = triples.value(node, _HT.body)
    text = str(triples.value(body, _CNT.chars) or "") if body is not None else ""
    encoding = str(triples.value(body, _CNT.characterEncoding) or "utf-8") if body is not None else "utf-8"
    response = triples.value(node, _HT.resp)
    statuses = [str(status).rpartition("StatusCode")[2] for status in triples.objects(response, _MF.expectedStatus)]
    boolean = triples.value(response, _MF.expectedBoolean)
    path = urlsplit(str(triples.value(node, _HT.absolutePath)))
    return Request(
        str(triples.value(node, _HT.methodName)),
        path.path.rstrip("/") + (f"?{path.query}" if path.query else ""),
        headers,
        text.encode(encoding),
        frozenset(status[0] for status in statuses),
        None if boolean is None else bool(rdflib.Literal(boolean).toPython()),
        str(triples.value(response, _MF.expectedFormat) or ""),
    )


def _to_quads(name: str, path: Path) -> bytes:
    graph_name = pyoxigraph.NamedNode(name)
    quads = pyoxigraph.parse(path=str(path), base_iri=name, rename_blank_nodes=True)
    stream = io.BytesIO()
    pyoxigraph.serialize(
        (pyoxigraph.Quad(quad.subject, quad.predicate, quad.object, graph_name) for quad in quads),
        stream,
        pyoxigraph.RdfFormat.N_QUADS,
    )
    return stream.getvalue()


def _results_format(media: str) -> pyoxigraph.QueryResultsFormat:
    found = pyoxigraph.QueryResultsFormat.from_media_type(media)
    assert found is not None
    return found


def _to_path(node: object) -> Path:
    return Path(unquote(urlsplit(str(node)).path))


def _to_iri(path: Path, root: Path) -> str:
    return _ROOT + path.resolve().relative_to(root.resolve()).as_posix()


def main() -> None:
    """Print a table of what passes, by folder, and what does not and why."""
    cases = cases_of(Path(sys.argv[1]))
    passed: Counter[str] = Counter()
    wrong: dict[str, str] = {}
    with serving_data(cases) as served:
        for case in cases:
            reason = failure(served, case)
            if reason is None:
                passed[case.name.partition("/")[0]] += 1
            else:
                wrong[case.name] = reason[:200]
    print("| tests | passed | of |\n| --- | ---: | ---: |")  # noqa: T201 - this is its purpose
    for group, number in sorted(Counter(case.name.partition("/")[0] for case in cases).items()):
        print(f"| {group} | {passed[group]} | {number} |")  # noqa: T201 - the same
    print(f"| all | {passed.total()} | {len(cases)} |\n")  # noqa: T201 - the same
    print("\n".join(f"- {name}: {reason}" for name, reason in wrong.items()))  # noqa: T201 - the same


if __name__ == "__main__":
    main()
