"""`article-graph check`: check the content against rules, for authors and for continuous integration."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from graph.checking import SEVERITIES, Finding, Key
from graph.checking.formats import MOST_LINES, summary_of, text_lines, to_annotations, to_sarif
from graph.commands.edits import carry_out, uncommitted_option
from graph.commands.terminal import show_json, show_progress
from graph.displays import counted, printable

if TYPE_CHECKING:
    from graph.checking import Checked
    from graph.reading import Cache


def _words(_context: click.Context, _option: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word.strip() for some in given for word in some.split(",") if word.strip())


@click.command()
@click.argument("sources", nargs=-1, metavar="SOURCE...")
@click.option("--select", multiple=True, metavar="CODES", callback=_words, help="Check only these rules.")
@click.option("--extend-select", multiple=True, metavar="CODES", callback=_words, help="Check these rules, too.")
@click.option("--ignore", multiple=True, metavar="CODES", callback=_words, help="Do not check these rules.")
@click.option(
    "--fail-on",
    type=click.Choice([*SEVERITIES, "never"]),
    default="error",
    show_default=True,
    help="Exit with status 1 if there is a finding of this severity or a higher one.",
)
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "sarif", "github"]), default="text", show_default=True
)
@click.option("--all", "show_all", is_flag=True, help="Show all findings, not only the first ten of each rule.")
@click.option("--baseline", type=click.Path(path_type=Path), metavar="FILE", help="Report only what is not in FILE.")
@click.option(
    "--write-baseline", type=click.Path(path_type=Path), metavar="FILE", help="Write everything found to FILE."
)
@click.option("--diff", is_flag=True, help="Show how --fix would change the documents, as a patch.")
@click.option("--fix", "fixing", is_flag=True, help="Make the corrections that are certain, and report the rest.")
@uncommitted_option
@click.option("--learn", "learning", is_flag=True, help="Print settings that require what most documents have.")
@click.option("--rules", "listing", is_flag=True, help="List all rules.")
@click.pass_context
def check(
    context: click.Context,
    /,
    sources: tuple[str, ...],
    *,
    learning: bool,
    listing: bool,
    **options: Any,  # noqa: ANN401 - by name
) -> None:
    """Check SOURCE (folders, files, archives) against rules.

    Prints path:line:column, code, severity and message of each finding. Nothing is changed without --fix. CODES are
    codes of rules such as AG404, prefixes such as AG4, or names, separated by commas. Rules can also be chosen under
    [check] in article-graph.toml.
    """
    if listing or learning:
        _refuse_others(context, "listing" if listing else "learning")
    if listing:
        _list_rules()
    elif not sources or not all(sources):
        raise click.UsageError("Name a source: a folder, a file or an archive.")
    elif learning:
        from graph.checking.learning import learn_schema

        for line in learn_schema(sources):
            click.echo(printable(line))
    else:
        _check(sources, **options)


def _refuse_others(context: click.Context, only: str) -> None:
    """Raise UsageError if other options are given along with one that only prints."""
    names = {one.name: one.opts[0] for one in context.command.params if isinstance(one, click.Option)}
    given = [
        option
        for name, option in names.items()
        if name != only and name and context.get_parameter_source(name) is ParameterSource.COMMANDLINE
    ]
    if given:
        raise click.UsageError(f"{names[only]} only prints, and checks nothing. Leave out {', '.join(given)}.")


def _check(  # noqa: PLR0913 - one parameter for each option
    sources: Sequence[str],
    *,
    fail_on: str,
    form: str,
    show_all: bool,
    baseline: Path | None,
    write_baseline: Path | None,
    diff: bool,
    fixing: bool,
    allow_uncommitted: bool,
    **choice: Sequence[str],
) -> None:
    from graph.checking import baseline as baselines
    from graph.checking import check_all
    from graph.reading import Cache

    if allow_uncommitted and not (diff or fixing):
        raise click.UsageError("--allow-uncommitted changes documents. Add --diff or --fix.")
    if diff and (fixing or form != "text" or write_baseline is not None):
        raise click.UsageError("--diff only prints a patch. Leave out --fix, --format and --write-baseline.")
    known: Counter[Key] = baselines.read_baseline(baseline) if baseline is not None else Counter()

    def check_again(cache: Cache | None = None) -> tuple[Checked, Sequence[Finding], Sequence[Key]]:
        with show_progress() as progress:
            checked = check_all(sources, progress=progress, cache=cache, **choice)
        return checked, *baselines.without_known(checked.findings, known)

    cache = Cache() if diff or fixing else None
    checked, findings, stale = check_again(cache)
    refused = 0
    if cache is not None:
        from graph.editing import edits_of_fixes

        edits = edits_of_fixes(findings, checked.listing, cache)
        changed, refused = carry_out(edits, write=fixing, allow_uncommitted=allow_uncommitted)
        if fixing:
            click.echo(f"{counted(changed, 'document')} changed", err=True)
            checked, findings, stale = check_again() if changed else (checked, findings, stale)
    if write_baseline is not None:
        count = baselines.write_baseline(write_baseline, checked.findings)
        click.echo(f"{counted(count, 'finding')} written to {printable(write_baseline)}", err=True)
        raise SystemExit(1 if refused else 0)
    _tell_stale([key for key in stale if key[1] in checked.rules], str(baseline))
    if not diff:
        _show(findings, form, None if show_all else MOST_LINES, checked.documents, is_fixed=fixing)
    failing = SEVERITIES[: SEVERITIES.index(fail_on) + 1] if fail_on in SEVERITIES else ()
    if refused or any(finding.severity in failing for finding in findings):
        raise SystemExit(1)


def _tell_stale(stale: Sequence[Key], baseline: str) -> None:
    if stale:
        document, code, message = stale[0]
        some = counted(len(stale), "entry", "entries")
        line = f"{some} of {baseline} no longer found, such as {document}: {code} {message}"
        click.echo(printable(f"{line}. Write it again with --write-baseline."), err=True)


def _show(findings: Sequence[Finding], form: str, most: int | None, documents: int, *, is_fixed: bool) -> None:
    from graph import __version__

    if form == "json":
        show_json([asdict(finding) for finding in findings])
        return
    if form == "sarif":
        show_json(to_sarif(findings, __version__))
        return
    for line in to_annotations(findings) if form == "github" else text_lines(findings, most):
        click.echo(printable(line))
    if form == "text":
        click.echo(summary_of(findings, documents, is_fixed=is_fixed))


def _list_rules() -> None:
    from graph.checking import RULES
    from graph.commands.tables import show_table

    headers = ("code", "name", "severity", "default", "what is wrong")
    show_table(headers, [(one.code, one.name, one.severity, one.is_default, one.meaning) for one in RULES])
