"""Write docs/vocabulary.md from the table that every writer reads, and the names of fields into docs/settings.md.

Run it as `python docs/make_vocabulary.py`.
"""

from __future__ import annotations

import ast
import inspect
import itertools
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

from graph import records
from graph.names import PREFIXES
from graph.reading.fields import ARTICLE
from graph.terms import Field, Form
from graph.vocabulary import KINDS, VOCABULARY

HERE = Path(__file__).resolve().parent
BEGINNING = """\
# Names

The names of all fields: on a record in Python, in RDF (for queries), and in the network (for analysis and GraphML).
This page is written by `make docs` from the table that all writers use, and a test checks that it is up to date.

In RDF, text is `xsd:string`, and a time is always `xsd:dateTime` in UTC, so that one filter can compare all times. If
only a day is known, its time is the midnight at which it begins. There are no blank nodes. Every node has an
`rdfs:label` in addition to its own term.

In the network, times are written as they are known, with or without a time of day. Several values of one field are
joined by `; `. The key of an edge is the name of its relation, and so is its attribute `relation`.

A site can add relations and literals of its own to articles. In RDF they have their own terms, and in the network they
are edges and attributes with their own names. [Settings](settings.md#fields-of-your-own) say how to add them, and
`vocabulary` in `info.json` lists those of a build.
"""
FORMS = {
    Form.DAY: "`xsd:date`, the day in UTC",
    Form.FLAG: "`xsd:boolean`, only where true",
    Form.IRI: "an address",
    Form.RELATION: "another node",
    Form.SOURCE: "the document's address",
    Form.STATUS: "`published` or `unpublished`",
}


def meanings(record: type) -> dict[str, str]:
    """Return what each field of a record means, as its source says in the line below it."""
    found = {}
    for part in (part for part in reversed(record.__mro__) if part is not object):
        body = ast.parse(inspect.getsource(part)).body[0].body  # type: ignore[attr-defined] # a class
        for statement, following in itertools.pairwise(body):
            if isinstance(statement, ast.AnnAssign) and isinstance(following, ast.Expr):
                found[ast.unparse(statement.target)] = str(ast.literal_eval(following.value))
    return found


def in_network(row: Field) -> str:
    """Return what a field is called in the network."""
    if row.network is None:
        return ""
    return f"edge `{row.network}`" if row.form is Form.RELATION else f"`{row.network}`"


def lines() -> Iterator[str]:
    """Yield the page, line by line."""
    yield BEGINNING
    yield "| prefix | namespace |"
    yield "| --- | --- |"
    yield from (f"| `{prefix}:` | `{namespace}` |" for prefix, namespace in PREFIXES.items())
    for record, rows in VOCABULARY.items():
        kind, classes = KINDS[record]
        meaning = meanings(record)
        yield f"\n## {kind.capitalize()}\n"
        yield f"{inspect.getdoc(record)} In RDF: {', '.join(f'`{name}`' for name in classes)}."
        if record is records.Article:
            yield "It also has the class of its type, such as `schema:Course` or `schema:VideoObject`, or otherwise"
            yield "`schema:Article`. News articles are also `schema:NewsArticle`."
        yield "\n| field | RDF | written as | network | meaning |"
        yield "| --- | --- | --- | --- | --- |"
        for row in rows:
            predicates = ", ".join(f"`{name}`" for name in row.predicates)
            form = FORMS.get(row.form, f"`{row.form.value}`")
            yield f"| `{row.name}` | {predicates} | {form} | {in_network(row)} | {meaning[row.name]} |"


def page() -> str:
    """Return the whole page."""
    return "\n".join(lines()) + "\n"


def settings(text: str) -> str:
    """Return the page about settings with the list of fields as it is now."""
    names = ", ".join(f"`{name}`" for name in sorted(set(ARTICLE.names) - {"secured"}))
    listed = textwrap.fill(names, 120, break_long_words=False)
    return re.sub(r"(?<=can be given further names:\n).*?(?=\.\n)", lambda _: listed, text, count=1, flags=re.DOTALL)


if __name__ == "__main__":
    (HERE / "vocabulary.md").write_text(page(), encoding="utf-8")
    with (HERE / "settings.md").open("r+", encoding="utf-8") as stream:
        whole = settings(stream.read())
        stream.seek(0)
        stream.write(whole)
        stream.truncate()
