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

What everything is called: on a record in Python, in RDF (for queries), and in the network (for analysis and GraphML).
This page is written by `make docs` from the one table that all writers read, and a test compares the two.

In RDF, text is `xsd:string`, a time is always `xsd:dateTime` in UTC, so that one filter compares them all: where only a
day is known, it is the midnight that begins it. Nothing is without a name: there are no blank nodes. Every node has an
`rdfs:label` beside its own term. In the network, times stand as they are known, with or without a time of day, several
values of one field are joined by `; `, and an edge's key, which its attribute `relation` repeats, is the name of its
relation.

The relations and literals that a site adds of its own stand beside these in all views, for articles: with their own
terms in RDF, and in the network as edges and attributes of their names. [settings.md](settings.md#fields-of-your-own)
tells how they are added, and `vocabulary` in `info.json` which of them a build has.
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
            yield "Beside it stands the class of its type, such as `schema:Course` or `schema:VideoObject`, otherwise"
            yield "`schema:Article`; news are `schema:NewsArticle` as well."
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
    return re.sub(r"(?<=can be given further names are\n).*?(?=\.\n)", lambda _: listed, text, count=1, flags=re.DOTALL)


if __name__ == "__main__":
    (HERE / "vocabulary.md").write_text(page(), encoding="utf-8")
    with (HERE / "settings.md").open("r+", encoding="utf-8") as stream:
        whole = settings(stream.read())
        stream.seek(0)
        stream.write(whole)
        stream.truncate()
