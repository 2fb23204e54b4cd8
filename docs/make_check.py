"""Write docs/check.md, with all rules from their table: `python docs/make_check.py`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from graph.checking import CHAPTERS, RULES
from graph.checking.schemas import VALUE_TYPES
from graph.checking.settings import LONGEST_SUMMARY

HERE = Path(__file__).resolve().parent
BEGINNING = f"""\
# Checking content

`article-graph check` checks articles against rules, as a linter checks code: links that lead nowhere, invalid dates,
topics that nobody else uses, copies, pictures without alternative text, and missing fields. It changes nothing
unless you [ask it to](#correct-what-is-certain).
This page is written by `make docs`, and a test checks that it is up to date.

## Adopt it in five minutes

**1. Look at what it finds.** Each line has the path, the line, the column, a code, a severity and what is wrong.
A folder or a file can be checked by itself: relative links that leave it may lead to anything that is there.

```console
$ mkdir site
$ printf -- '---\\ntitle: A\\ndate: 31.02.2024\\n---\\n[B](b.md)\\n' > site/a.md
$ article-graph check site || echo "status $?"
AG301 invalid-date: 1 finding. Write it as 2023-05-23T06:51:00Z.
site/a.md:3:7: AG301 error 'date' is not a date: "31.02.2024"

AG404 broken-link: 1 finding. Correct the link, or add the document.
site/a.md:5:5: AG404 error there is no document at "b.md"

2 findings in 1 file, of 1 document read: 2 errors.
status 1
```

**2. Hide known findings.** Findings in a baseline are not reported, so that only new ones fail. Lines may move, because
a baseline contains documents and messages. The command says when entries are no longer found, so that you can write the
baseline again.

```console
$ article-graph check site --write-baseline baseline.json
$ article-graph check site --baseline baseline.json
Nothing found in 1 document.
```

**3.** Choose the rules in [`article-graph.toml`](#settings).

**4.** Let your [continuous integration](#continuous-integration) run it.

The exit status is 0 if nothing is found that `--fail-on` names, 1 if something is, and 2 if the command cannot be
carried out. `--fail-on warning` also fails on warnings, and `--fail-on never` on nothing.

## Correct what is certain

Some findings have a fix that is certainly right, such as the usual spelling of a topic, or the upper and lower case of
a value that the settings allow. The last line says how many. `--diff` shows them as a patch, and `--fix` makes them:

```console
$ mkdir notes
$ for name in a b c; do printf -- '---\\ntags: [Rust]\\n---\\n' > notes/$name.md; done
$ printf -- '---\\ntags: [web, rust] # two\\n---\\n' > notes/d.md
$ article-graph check notes --diff
--- a/d.md
+++ b/d.md
@@ -1,3 +1,3 @@
 ---
-tags: [web, rust] # two
+tags: [web, Rust] # two
 ---
$ article-graph check notes --fix
Nothing found in 4 documents.
```

Only the value changes: comments, order, quotation marks and line ends stay. Only what is reported is fixed, so
`--select`, `--ignore` and `--baseline` choose the fixes, too. Documents in archives, behind symbolic links, or with
changes that are not committed to Git stay as they are; the command says why, and exits with status 1.
`--allow-uncommitted` changes the last of these, too.

## In Python

`graph.check` returns the same as rows, some of which have a `fix`:

```python
import graph

for finding in graph.check("site"):
    print(finding.path, finding.line, finding.column, finding.code, finding.message)
```

## Settings

`[check]` in the `article-graph.toml` at the root of the source says what is checked. Rules are named by their code, by
a prefix of codes (`AG4`), or by their name.

```toml
[check]
extend_select = ["orphan"]       # check these, too
ignore = ["AG653"]               # but not these
longest_excerpt = 200            # characters

[check.severity]
broken-link = "warning"          # error, warning or note

[check.fields]                   # what front matter must have
title = {{ required = true, type = "text" }}

[check.folders."content/drafts"] # the same for the documents in a folder
ignore = ["AG3", "missing-field"]

[check.folders."content/news".fields]
date = {{ required = true, type = "date" }}
state = {{ allowed = ["open", "closed"] }}
slug = {{ pattern = "[a-z0-9-]+" }}
"author.name" = {{ required = true }}
```

| setting | value | default |
| --- | --- | --- |
| `select` | a list of rules: only these are checked | those marked below |
| `extend_select` | a list of rules that are checked, too | |
| `ignore` | a list of rules that are not checked | |
| `severity` | for each rule `error`, `warning` or `note` | that of the rule |
| `longest_excerpt` | a number of characters | {LONGEST_SUMMARY} |
| `fields` | for each field a table with `required`, `type`, `allowed` and `pattern` | |
| `folders` | for each folder a table with the same settings; a folder within it takes precedence | |

A type is one of {", ".join(f"`{name}`" for name in VALUE_TYPES)}. If a
value is a list, this applies to each item; `type = "list"` requires a list. `pattern` is a regular expression of Python
that a whole value must match. Fields are not required of documents without front matter. `--select`, `--extend-select`
and `--ignore` on the command line take precedence.

**Learn what most documents have.** `article-graph check SOURCE --learn` prints such settings, to be pasted and edited.
A field becomes required only if it is nearly certain that nine in ten documents have it, which takes 35 documents, so
a few documents prove nothing.

**Exceptions.** A document can name rules that are not checked in it:

```yaml
article_graph_ignore: [AG404, missing-date]
```

## Continuous integration

On GitHub, findings are shown beside the lines of a pull request. In all examples, replace `OWNER` with the user
or organisation whose repository of article-graph you use:

```yaml
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: OWNER/article-graph@v0.2.0
        with:
          sources: content
          baseline: baseline.json
```

For code scanning alerts, write a file instead and upload it. Without `if: always()` it would not be uploaded when
something is found, because the previous step then fails:

```yaml
jobs:
  check:
    runs-on: ubuntu-latest
    permissions:
      contents: read
      security-events: write
    steps:
      - uses: actions/checkout@v4
      - uses: OWNER/article-graph@v0.2.0
        with:
          sources: content
          sarif: findings.sarif
      - uses: github/codeql-action/upload-sarif@v3
        if: always()
        with:
          sarif_file: findings.sarif
```

Elsewhere, three lines are enough:

```sh
pip install article-graph
article-graph check site --baseline baseline.json
article-graph check site --format sarif --fail-on never > findings.sarif
```

With [pre-commit](https://pre-commit.com), all documents are checked at each commit, because a link may lead to any of
them:

```yaml
repos:
  - repo: https://github.com/OWNER/article-graph
    rev: v0.2.0
    hooks:
      - id: article-graph-check
        args: [content]
```

`--format` is `text`, `json` (a list of findings), `sarif` (SARIF 2.1.0) or `github` (annotations).

## Rules

Codes whose last two digits are 50 or more are found only by `check`; the others are [problems](problems.md) that every
build reports. `check --rules` lists them in the terminal.
"""


def lines() -> Iterator[str]:
    """Yield the page, line by line."""
    yield BEGINNING
    for beginning, title in CHAPTERS.items():
        yield from (f"### {title}", "", "| code | name | severity | what is wrong | what to do |")
        yield "| --- | --- | --- | --- | --- |"
        for rule in RULES:
            if rule.code.startswith(beginning):
                severity = rule.severity if rule.is_default else f"{rule.severity}, off by default"
                yield f"| {rule.code} | `{rule.name}` | {severity} | {rule.meaning} | {rule.remedy} |"
        yield ""


def page() -> str:
    """Return the whole page."""
    return "\n".join(lines())


if __name__ == "__main__":
    (HERE / "check.md").write_text(page(), encoding="utf-8")
