"""Which queries may be asked: those that would crash the engine or ask another server are refused, all others pass."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import QueryError
from graph.guard import check_query

HERE = Path(__file__).resolve().parent.parent
NOWHERE = "http://127.0.0.1:9/"
"""An address that the engine refuses to ask: its port is reserved."""

ASKING = f"SERVICE <{NOWHERE}> {{ ?a ?b ?c }}"


def is_refused(query: str) -> bool:
    """Tell whether the guard refuses a query."""
    try:
        check_query(query)
    except QueryError:
        return True
    return False


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT * {{ {ASKING} }}",
        f"SELECT * {{ {ASKING.lower()} }}",
        f"SELECT * {{ SeRvIcE SILENT <{NOWHERE}> {{}} }}",
        "SELECT * { SERVICE ?server {} }",
        "SELECT * { SERVICE ag:x {} }",
        f"SELECT * {{ # a comment\rSERVICE<{NOWHERE}>{{}} }}",
        f"SELECT * {{ SERVICE # a comment\n <{NOWHERE}> {{}} }}",
        f"PREFIX : <{NOWHERE}> SELECT * {{ SERVICE:x{{}} }}",
        f"PREFIX : <{NOWHERE}> SELECT * {{ SERVICESILENT:x #\n {{}} }}",
        f"SELECT * {{ ?s ?p trueSERVICE<{NOWHERE}>{{}} }}",
        f"SELECT * {{ ?s ?p 'a\\'' . {ASKING} # ' \n }}",
        f"SELECT * {{ VALUES ?x {{ '''a'b''c''' }} {ASKING} }}",
        f"SELECT * {{ VALUES ?x {{ '''a'}} {ASKING} # \\q'''\n }}",
        f"SELECT * {{ ?s <http://x/\\u0041'> ?o . {ASKING} # '\n }}",
        f"SELECT * {{ ?s schema:name'a b' . {ASKING} }}",
        f"SELECT * {{ ?s ?p schema:a#'''\n . {ASKING} #'''\n }}",
        "SELECT * { BIND(1 AS ?s) FILTER(1<2)SERVICE?s#>\n{} }",
        f"SELECT * {{ FILTER(1<2#>'''\n) {ASKING} #'''\n }}",
        f"SELECT * {{ FILTER(1<'>'#) {ASKING} \n) }}",
        f"SELECT * {{ <<?s?p'''>> ?q ?r . {ASKING} #'''\n}}",
        f"SELECT * {{ FILTER EXISTS {{ {ASKING} }} }}",
        f"CONSTRUCT {{ ?a ?b ?c }} WHERE {{ {ASKING} }}",
    ],
)
def test_no_other_server_is_asked(query: str) -> None:
    """SERVICE is refused in any case and however it is hidden behind comments, texts, addresses and operators."""
    assert is_refused(query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service { ?service schema:serviceType 'SERVICE' }",
        f"SELECT * {{ ?s ?p ?o }} # {ASKING}",
        f'SELECT * {{ ?s ?p "{ASKING}" }}',
        f"SELECT * {{ ?s ?p '''it's {ASKING}''' }}",
        "SELECT * { ?s <https://example.org/SERVICE> ?o }",
        "PREFIX service: <https://example.org/> SELECT * { service:a service:b 'x'@en-service }",
        "SELECT * { ?s ?p ?o FILTER(?o<5&&?o>3) FILTER(?o < 5) }",
        "SELECT * { ?s ?p ?o FILTER(?s=<https://example.org/#it's>||?s=<urn:uuid:1-2-3>) }",
        "BASE <https://example.org/> SELECT * { <#a> <b> (<c> <d>) }",
    ],
)
def test_the_word_alone_is_no_harm(query: str) -> None:
    """The word in a name, a variable, a text, a comment or an address is not refused, nor are comparisons."""
    check_query(query)
    pyoxigraph.Store().query(query, prefixes={"schema": "https://schema.org/"})


PIECES = r"""
?s ?p ?o. # ' ''' " "" \ \u0041 \u0027 \q \uD83D é < > <2 <?b <# <e:b# << >> <http://x/#'> <http://x/\u0041'>
<x\uZZZZ'> {| |} ( ) { } [ ] FILTER(1<2 BIND('a'AS?z) BIND( AS ?q) VALUES ?x{ OPTIONAL{ UNION{
1 1. true e:a e:a# e:a\' e:%41 ?v @en ^^e:t 'a' "b"
'''c''' a ; , . / * - ? | ! && = SERVICE:x{} SERVICE<http://127.0.0.1:9/>{}
""".split()
PIECES += [" ", "\n", "\r", '"""']


@pytest.mark.slow
@settings(max_examples=1000)
@given(
    st.lists(st.sampled_from(PIECES), max_size=8).map("".join),
    st.sampled_from([ASKING, "SERVICE:x{}", f"trueSERVICE#\n<{NOWHERE}>{{}}"]),
    st.lists(st.sampled_from(PIECES), max_size=4).map("".join),
    st.sampled_from(["{}", "BIND({} AS ?x)", "FILTER({}\n)", "VALUES ?x {{{}}}"]),
)
def test_the_guard_reads_as_the_engine_does(before: str, service: str, after: str, around: str) -> None:
    """Whatever stands around it, a SERVICE that the engine would follow is one that the guard sees."""
    query = f"PREFIX e: <{NOWHERE}> PREFIX : <{NOWHERE}> SELECT * {{ {around.format(before + service + after)} }}"
    store = pyoxigraph.Store()
    node = pyoxigraph.NamedNode("http://example.org/")
    store.add(pyoxigraph.Quad(node, node, node))
    try:
        list(store.query(query))  # type: ignore[arg-type] # only SELECT
    except SyntaxError:
        pass
    except OSError:  # the engine tried to ask
        assert is_refused(query)


def repeat(start: str, part: str, end: str, close: str = "") -> Callable[[int], str]:
    """Return a query that repeats a part; `§` in it is the number of the repetition."""
    return lambda count: start + "".join(part.replace("§", str(i)) for i in range(count)) + end + close * count


GROWING = {
    "triples": repeat("SELECT * {", "?a ?b ?c.", "}"),
    "objects": repeat("SELECT * {?a ?b 1", ",1", "}"),
    "predicates": repeat("SELECT * {?a ?b ?c", ";?b ?c", "}"),
    "groups": repeat("SELECT * {", "{?a ?b ?c}", "}"),
    "blank nodes": repeat("SELECT * {", "[]?b ?c.", "}"),
    "collection": repeat("SELECT * {?a ?b (", "1 ", ")}"),
    "columns": repeat("SELECT ", "(1 AS ?a§)", "{}"),
    "grouping": repeat("SELECT (1 AS ?z) {} GROUP BY ", "(1 AS ?a§)", ""),
    "ordering": repeat("SELECT * {?a ?b ?c} ORDER BY ", "ASC(1)", ""),
    "having": repeat("SELECT (1 AS ?z) {?a ?b ?c} HAVING", "(1)", ""),
    "graphs": repeat("SELECT * {", "GRAPH?g{}", "}"),
    "disjunction": repeat("SELECT * {FILTER(1", "||1", ")}"),
    "sum": repeat("SELECT * {FILTER(1", "+1", ")}"),
    "negation": repeat("SELECT * {FILTER(", "!", "1)}"),
    "union": repeat("SELECT * {{?a ?b ?c}", "UNION{?a ?b ?c}", "}"),
    "optional": repeat("SELECT * {", "OPTIONAL{?a ?b ?c}?a ?b ?c ", "}"),
    "minus": repeat("SELECT * {", "MINUS{?a ?b ?c}?a ?b ?c ", "}"),
    "filters": repeat("SELECT * {?a ?b true ", "FILTER(1)?a ?b true ", "}"),
    "assignments": repeat("SELECT * {", "BIND(1 AS ?a§)", "}"),
    "tables": repeat("SELECT * {", "VALUES ?a§{1}", "}"),
    "path": repeat("SELECT * {?a ag:p", "/ag:p", " ?c}"),
    "alternatives": repeat("SELECT * {?a (ag:p", "|ag:p", ")* ?c}"),
    "quoted": repeat("SELECT * {", "<<?a ?b ?c>>?b ?c.", "}"),
    "annotations": repeat("SELECT * {?a ?b ?c ", "{|?b ?c|}", "}"),
    "reifiers": repeat("SELECT * {?a ?b ?c ", "~?r ", "}"),
    "descriptions": repeat("DESCRIBE ", "<urn:x>", ""),
    "template": repeat("CONSTRUCT{", "?a ?b ?c.", "}WHERE{?a ?b ?c}"),
    "rows": repeat("SELECT * {VALUES ?x{", "1 ", "}}"),
    "list": repeat("SELECT * {?a ?b ?c FILTER(?a IN(1", ",1", "))}"),
    "arguments": repeat("SELECT * {?a ?b ?c FILTER(CONCAT(?a", ",?a", ")='x')}"),
    "brackets": repeat("SELECT * {FILTER(", "(", "1", ")"),
    "nested groups": repeat("SELECT * ", "{?a ?b ?c ", "", "}"),
    "nested optional": repeat("SELECT * ", "{?a ?b ?c OPTIONAL", "{}", "}"),
    "nested nodes": repeat("SELECT * {?a ?b ", "[?b ", "?c", "]"),
    "nested paths": repeat("SELECT * {?a ", "(", "ag:p", ")*"),
    "nested queries": repeat("SELECT * ", "{SELECT * {", "", "}}"),
    "nested conditions": repeat("SELECT * {?a ?b ?c ", "FILTER EXISTS{?a ?b ?c ", "", "}"),
    "nested functions": repeat("SELECT * {FILTER(", "IF(1,1,", "1", ")"),
}
ENDS = {
    "brackets": ")}",
    "nested nodes": "}",
    "nested paths": " ?c}",
    "nested conditions": "}",
    "nested functions": ")}",
}

PROGRAM = """
import sys
from graph.store import Store
from graph.errors import QueryError
store = Store(['<urn:a> <urn:p> "1" .\\n', '<urn:a> <urn:q> "2" .\\n'])
for query in sys.stdin.read().split(chr(1)):
    try:
        for number, _ in enumerate(store.query(query)):
            if number > 100:
                break
    except QueryError as error:
        sys.exit(f"{error} {query[:80]}")
"""


def largest(name: str) -> str:
    """Return the longest query of a sort that the guard lets through."""
    high = 1_000
    while not is_refused(grown(name, high)):
        high *= 2
    low = high // 2 if high > 1_000 else 0
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if is_refused(grown(name, middle)) else (middle, high)
    return grown(name, low)


def grown(name: str, count: int) -> str:
    """Return a query of a sort, with so many repetitions."""
    return GROWING[name](count) + ENDS.get(name, "")


@pytest.mark.slow
def test_what_is_let_through_does_not_crash_the_engine() -> None:
    """Of each way to make a query grow, the largest that passes is answered, in a process that stays alive."""
    queries = chr(1).join(largest(name) for name in GROWING)
    environment = {**os.environ, "PYTHONPATH": str(HERE)}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], input=queries, text=True, env=environment, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_engine_still_needs_a_guard() -> None:
    """The engine alone ends its process over nested brackets; once it does not, the guard may allow more."""
    script = 'import pyoxigraph; pyoxigraph.Store().query("ASK " + "{" * 20_000 + "}" * 20_000)'
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert done.returncode < 0


@pytest.mark.parametrize("name", GROWING)
def test_reasonable_queries_pass(name: str) -> None:
    """Thirty of anything is let through."""
    check_query(grown(name, 30))


@pytest.mark.parametrize("name", [name for name in GROWING if name not in {"template", "rows", "list", "arguments"}])
def test_what_is_too_large_is_refused(name: str) -> None:
    """Thousands of anything that is planned are refused."""
    assert is_refused(grown(name, 5_000))


def test_the_limits_are_told() -> None:
    """A refusal says what is too much, where, and what to do."""
    with pytest.raises(QueryError, match=r"^The query is longer than 65,536 bytes\. Shorten it\.$"):
        check_query("#" * 65_537)
    check_query("#" * 65_536)
    with pytest.raises(QueryError, match=r"^The query, at 2:100, is nested more than 100 deep\. Flatten it\.$"):
        check_query("SELECT * {\n" + "{" * 101)
    with pytest.raises(QueryError, match=r"at 1:1001, takes more than 1,000 steps to plan\. Ask in several queries"):
        check_query("!" * 1_001)


@pytest.mark.parametrize("start", ["", "SELECT * { VALUES ?x { "], ids=["alone", "values"])
def test_hostile_texts_are_read_in_one_pass(start: str) -> None:
    """A query that is one long repetition is read to its end, or refused, in linear time."""
    began = time.process_time()
    for part in "1 - a ' \" < é : a: '''a \\ ( ? @ #\n <a 1. _ a- a. é- _.".split(" "):
        is_refused(start + part * (65_000 // len(part)))
    assert time.process_time() - began < 5
