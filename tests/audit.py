"""What stands in anyone's way on a page: axe-core, by the rules of WCAG 2.2 AA."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.page_tools import page_tools

__all__ = ["audit", "load_auditor"]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

EXPERIMENTAL = ["label-content-name-mismatch"]
"""Rules that axe-core runs only if they are named: what is seen on a button must be in what it is called."""

COLOURS = ["color-contrast", "link-in-text-block"]
"""Rules about colours. Nothing else differs in the dark, so that a page checked in the light needs no others."""


def load_auditor() -> str:
    """Return axe-core's script; skip the calling test, with the reason, where it cannot be had."""
    return (page_tools() / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def audit(page: Page, auditor: str, *, colours_only: bool = False) -> dict[str, list[str]]:
    """Return what is wrong with a page as it is now: the broken rules, each with some of the elements that break it.

    With `colours_only` only `COLOURS` are checked, in half the time. The check is a script that the page's policy
    rightly refuses: the page must be opened without its policy.
    """
    if not page.evaluate("typeof axe === 'object'"):
        page.add_script_tag(content=auditor)
    enabled = {rule: {"enabled": True} for rule in EXPERIMENTAL}
    found = page.evaluate(
        "(options) => axe.run(document, { ...options, resultTypes: ['violations'] })",
        {"runOnly": COLOURS} if colours_only else {"runOnly": RULES, "rules": enabled},
    )
    assert len(found["passes"]) > (0 if colours_only else 10), "the check looked at nothing"
    ran = {
        fault["id"] for outcome in ("passes", "violations", "incomplete", "inapplicable") for fault in found[outcome]
    }
    assert ran.issuperset(COLOURS if colours_only else [*COLOURS, *EXPERIMENTAL]), "a rule was not run"
    return {fault["id"]: [node["html"][:120] for node in fault["nodes"][:3]] for fault in found["violations"]}
