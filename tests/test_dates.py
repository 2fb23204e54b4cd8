"""Dates as people write them: in fields, in zones, in paths; and what is refused."""

from __future__ import annotations

import datetime as dt
import itertools
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import graph
from graph.month_names import MONTH_NAMES, MONTH_NUMBERS
from graph.reading.date_paths import date_from_path
from graph.reading.dates import is_time, to_time
from graph.reading.faults import Faults

HERE = Path(__file__).resolve().parent.parent
MONTHS = "January February March April May June July August September October November December".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
YEARS = {"min_value": dt.date(1900, 1, 1), "max_value": dt.date(2099, 12, 31)}


def read(value: object, zone: dt.tzinfo | None = None) -> tuple[str | None, list[str]]:
    """Return the time that a field's value gives, and the kinds of its faults."""
    faults = Faults("a.md")
    return to_time(value, faults, ("date",), zone), [problem.kind for problem in faults.problems]


def month(day: dt.date) -> str:
    """Return the name of a day's month; the locale has no say in it."""
    return MONTHS[day.month - 1]


def ordinal(day: dt.date) -> str:
    """Return a day of a month as `1st`."""
    ending = "th" if 10 < day.day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    return f"{day.day}{ending}"


FORMS: dict[str, Callable[[dt.date], str]] = {
    "ISO": dt.date.isoformat,
    "without zeros": lambda day: f"{day.year}-{day.month}-{day.day}",
    "slashes": lambda day: f"{day.year}/{day.month:02}/{day.day:02}",
    "dots, year first": lambda day: f"{day.year}.{day.month:02}.{day.day:02}",
    "dots": lambda day: f"{day.day:02}.{day.month:02}.{day.year}",
    "dots without zeros": lambda day: f"{day.day}.{day.month}.{day.year}",
    "digits": lambda day: f"{day.year}{day.month:02}{day.day:02}",
    "Astro": lambda day: f"{month(day)[:3]} {day.day:02} {day.year}",
    "American": lambda day: f"{month(day)} {day.day}, {day.year}",
    "American, shouted": lambda day: f"{month(day)[:3]}. {day.day}, {day.year}".upper(),
    "American, counted": lambda day: f"{month(day)} {ordinal(day)}, {day.year}",
    "British": lambda day: f"{day.day} {month(day)} {day.year}",
    "British, whispered": lambda day: f"{day.day:02} {month(day)[:3]} {day.year}".lower(),
    "British, counted": lambda day: f"{ordinal(day)} of {month(day)} {day.year}",
    "British, dashed": lambda day: f"{day.day}-{month(day)[:3]}-{day.year}",
    "year first": lambda day: f"{day.year} {month(day)[:3]} {day.day:02}",
    "with its weekday": lambda day: f"{DAYS[day.weekday()]}, {month(day)} {day.day}, {day.year}",
    "with its short weekday": lambda day: f"{DAYS[day.weekday()][:3]}, {day.day} {month(day)[:3]} {day.year}",
}


@pytest.mark.parametrize("form", FORMS.values(), ids=list(FORMS))
@given(day=st.dates(**YEARS))
def test_every_day_in_every_form(form: Callable[[dt.date], str], day: dt.date) -> None:
    """A day is read from each form, for every date, without a fault; and as a date."""
    assert read(form(day)) == (day.isoformat(), [])
    assert is_time(form(day))


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("202001021304", "2020-01-02T13:04:00Z"),
        ("20200102130405", "2020-01-02T13:04:05Z"),
        ("20200102130405678", "2020-01-02T13:04:05Z"),
        (20200102130405, "2020-01-02T13:04:05Z"),
        ("13:04 01/20/2020", "2020-01-20T13:04:00Z"),
        ("13:04 20-01-2020", "2020-01-20T13:04:00Z"),
        ("20201302130405", None),
        ("20201301123059123", None),
    ],
)
def test_moments_in_digits_and_with_the_time_before_the_day(value: object, moment: str | None) -> None:
    """TiddlyWiki and Zettelkasten write a moment in digits alone, and Grav the time first; both are in UTC."""
    assert read(value) == (moment, ["date-without-zone"] if moment else ["invalid-date"])


@pytest.mark.parametrize("language", MONTH_NAMES)
@given(
    day=st.dates(**YEARS), form=st.sampled_from(["{0} {1} {2}", "{0}. {1} {2}", "{0} de {1} de {2}", "{0}º {1}, {2}"])
)
def test_days_in_many_languages(language: str, day: dt.date, form: str) -> None:
    """A day is read with the name of its month in each language, in any case."""
    name = MONTH_NAMES[language][day.month - 1]
    for written in (name, name.lower(), name.upper()):
        if written.casefold() in MONTH_NUMBERS:  # not a dotted capital of Turkish
            assert read(form.format(day.day, written, day.year)) == (day.isoformat(), [])


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("lundi 1er janvier 2024", "2024-01-01"),
        ("3 d'abril de 2024", "2024-04-03"),
        ("5 марта 2024 г.", "2024-03-05"),  # noqa: RUF001 - in Russian
        ("5. kesäkuuta 2024", "2024-06-05"),
        ("12 października 2023", "2023-10-12"),
        ("2024年3月5日", "2024-03-05"),
        ("2024년 3월 5일", "2024-03-05"),
    ],
)
def test_days_as_languages_write_them(text: str, day: str) -> None:
    """Forms that only some languages have, and a time behind them."""
    assert read(text) == (day, [])
    assert read(f"{text} 10:30 UTC") == (f"{day}T10:30:00Z", [])


@pytest.mark.parametrize(
    "text", ["32 Januar 2024", "30. Februar 2024", "3 Brumaire 2024", "2024年13月5日", "5 de 2024"]
)
def test_days_that_no_language_has(text: str) -> None:
    """Days that do not exist are refused."""
    assert read(text) == (None, ["invalid-date"])


CLOCKS: dict[str, Callable[[dt.time], str]] = {
    "24 hours": lambda at: f" {at.hour:02}:{at.minute:02}:{at.second:02}",
    "ISO": lambda at: f"T{at.hour:02}:{at.minute:02}:{at.second:02}.123456",
    "12 hours": lambda at: f" {at.hour % 12 or 12}:{at.minute:02}:{at.second:02} {'PM' if at.hour >= 12 else 'AM'}",
    "12 hours, close": lambda at: (
        f", {at.hour % 12 or 12}:{at.minute:02}:{at.second:02}{'pm' if at.hour >= 12 else 'am'}"
    ),
    "12 hours, in full": lambda at: (
        f" at {at.hour % 12 or 12:02}:{at.minute:02}:{at.second:02} {'p.m.' if at.hour >= 12 else 'a.m.'}"
    ),
}
ZONES = {
    " Z": 0,
    " UTC": 0,
    " GMT": 0,
    "+02:00": 120,
    " -0530": -330,
    " GMT+3": 180,
    " EST": -300,
    " edt": -240,
    " CEST": 120,
    " GMT+0200 (Eastern European Standard Time)": 120,
    "+02:00[Europe/Helsinki]": 120,
    " Etc/GMT+5": -300,
}


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("clock", CLOCKS.values(), ids=list(CLOCKS))
@settings(max_examples=20)
@given(
    form=st.sampled_from([form for name, form in FORMS.items() if name != "digits"]),
    day=st.dates(**YEARS),
    at=st.times(),
)
def test_every_moment_in_every_form(
    zone: str, clock: Callable[[dt.time], str], form: Callable[[dt.date], str], day: dt.date, at: dt.time
) -> None:
    """A moment is read from each form of its day, its time and its zone, and told in UTC."""
    expected = dt.datetime.combine(day, at.replace(microsecond=0)) - dt.timedelta(minutes=ZONES[zone])
    assert read(form(day) + clock(at) + zone) == (expected.isoformat() + "Z", [])


@given(day=st.dates(**YEARS), sign=st.sampled_from("-/"), wide=st.booleans())
def test_a_day_that_may_be_another_is_refused(day: dt.date, sign: str, *, wide: bool) -> None:
    """Two numbers that may both be the month give no date but a fault that names both days; otherwise they give one."""
    one, other = (f"{number:02}" if wide else str(number) for number in (day.day, day.month))
    ambiguous = day.day <= 12 and day.day != day.month
    for first, second in ((one, other), (other, one)):
        faults = Faults("a.md")
        found = to_time(sign.join((first, second, str(day.year))), faults, ("date",))
        if ambiguous:
            (problem,) = faults.problems
            assert (found, problem.kind) == (None, "ambiguous-date")
            assert day.isoformat() in problem.remedy
            assert f"{day.year:04}-{day.day:02}-{day.month:02}" in problem.remedy
        else:
            assert (found, faults.problems) == (day.isoformat(), [])


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("2026-03-25 08:35:00 Europe/Helsinki", "2026-03-25T06:35:00Z"),
        ("2026-07-25 08:35:00 europe/helsinki", "2026-07-25T05:35:00Z"),
        ("2020-11-30 08:35 PM America/Argentina/Buenos_Aires", "2020-11-30T23:35:00Z"),
        ("Mon Nov 30 20:35:00 UTC 2020", "2020-11-30T20:35:00Z"),
        ("Wed Nov 30 2020 20:35:00 GMT+0200 (Eastern European Standard Time)", "2020-11-30T18:35:00Z"),
        ("Mon, 30 Nov 20 20:35:00 EST", "2020-12-01T01:35:00Z"),
        ("20201130T203500Z", "2020-11-30T20:35:00Z"),
        ("2020-11-30T203500Z", "2020-11-30T20:35:00Z"),
        ("2020-11-30 3pm EST", "2020-11-30T20:00:00Z"),
        ("2020-11-30 12:05 AM UTC", "2020-11-30T00:05:00Z"),
        ("Sept. 3, 2021", "2021-09-03"),
        ("2016-02-29", "2016-02-29"),
        (1_700_000_000, "2023-11-14T22:13:20Z"),
        (1_700_000_000_123, "2023-11-14T22:13:20Z"),
        ("1700000000", "2023-11-14T22:13:20Z"),
        (None, None),
        ("", None),
    ],
)
def test_what_people_write(written: object, found: str | None) -> None:
    """Each of these is read without a fault."""
    assert read(written) == (found, [])


@pytest.mark.parametrize(
    "written",
    [
        *("spring", "2020", "2020-11", "Nov 2020", "2020-W05", "13:04", "2020-02-30", "30.02.2020", "Smarch 1, 2020"),
        *("2020-11-30 25:00", "2020-11-30 13:00 PM", "2020-11-30 and later", "2020-11-30 America/New_York", "1/2/20"),
        *(
            "99999999",
            "19991399",
            "1.2.3",
            "November 30",
            "2020-11-30T",
            "30 février 2020",
            "\N{ARABIC-INDIC DIGIT TWO}020-11-30",
        ),
        *(2020, 20201340, 0, -1, 10**400, 2020.11, True, [], {}, dt.time(7, 32)),
    ],
)
def test_what_is_no_day(written: object) -> None:
    """What names no day or moment of the calendar is a fault, and no date."""
    assert read(written) == (None, ["invalid-date"])
    assert not is_time(written)


@pytest.mark.parametrize("zone", ["XYZ", "IST", "Europe/Nowhere", "Europe", "../../etc/passwd", "+99:00", "CSTX"])
def test_a_zone_that_nobody_knows(zone: str) -> None:
    """Of a time in an unknown zone the day is kept, if its form is that of a zone at all, and a fault says so."""
    found, kinds = read(f"2020-11-30 20:35 {zone}")
    assert (found, kinds) in [("2020-11-30", ["unknown-zone"]), (None, ["invalid-date"])]
    if zone in {"XYZ", "IST", "Europe/Nowhere", "+99:00"}:
        assert found


def test_a_machine_without_zones() -> None:
    """Where the machine knows no zones by name, the day is kept and the fault told."""
    program = (
        "import zoneinfo; zoneinfo.available_timezones = set; from tests.test_dates import read;"
        "print(read('2026-03-25 08:35:00 Europe/Helsinki'), read('2026-03-25 08:35:00 EET'))"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=HERE).stdout
    assert told == "('2026-03-25', ['unknown-zone']) ('2026-03-25T06:35:00Z', [])\n"


@given(st.one_of(st.text(max_size=120), st.integers(), st.floats(), st.datetimes(), st.dates(), st.binary()))
def test_nothing_is_too_odd(value: object) -> None:
    """Whatever stands in a date field gives a day, a moment or nothing, and nothing only with a fault."""
    found, kinds = read(value)
    if found is None:
        assert kinds or value == ""
    else:
        assert dt.datetime.fromisoformat(found)


PIECES = [
    "2020",
    "11",
    "30",
    "-",
    "/",
    ".",
    ":",
    " ",
    "T",
    "Z",
    "Nov",
    "november",
    "st",
    "of",
    "AM",
    "pm",
    "EST",
    "+",
    "03",
    ",",
]


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_no_mixture_is_too_odd(text: str) -> None:
    """Texts made of the pieces of dates never raise, and what they give is a time."""
    found, _ = read(text)
    assert found is None or dt.datetime.fromisoformat(found)


def test_long_texts_take_no_time() -> None:
    """A text made to mislead the forms is turned down at once, however long."""
    began = time.process_time()
    for piece, count in itertools.product(PIECES, (30, 90, 1_000, 100_000)):
        read(piece * count)
        read("2020-11-30 " + piece * count)
        read("Mon, " + piece * count + " 2020")
        date_from_path(piece * count)
    assert time.process_time() - began < 2


PATHS: dict[str, str] = {
    "Jekyll": "_posts/{d}-name.md",
    "Jekyll, below a folder": "docs/_posts/{d}-name.markdown",
    "Docusaurus": "blog/{d}-name/index.md",
    "Docusaurus, other files": "blog/{d}-name/part.mdx",
    "Docusaurus, a folder for a day": "blog/{d}/name.md",
    "Docusaurus, a folder in it": "blog/{d}/name/index.mdx",
    "Docusaurus, nested": "blog/{y}/{m}/{dd}/name.md",
    "Docusaurus, nested with an index": "blog/{y}/{m}/{dd}/name/index.md",
    "Docusaurus, partly nested": "blog/{y}/{m}-{dd}-name.md",
    "folders for year and month": "blog/{y}/{m}/{dd}-name.md",
    "Hugo": "content/news/{y}/{m}/{d}-name.md",
    "Zola": "content/{d}-name.md",
    "Zola, translated": "content/{d}-name.de.md",
    "Zola, with underscores": "content/{d}_name.md",
    "an address": "{y}/{m}/{dd}/Cargo",
    "an address from its root": "/{y}/{m}/{dd}/",
    "Obsidian, daily": "journal/{d}.md",
    "Obsidian, a meeting": "Meetings/Board {d}.md",
    "Logseq": "journals/{y}_{m}_{dd}.md",
    "Dendron": "vault/daily.journal.{y}.{m}.{dd}.md",
    "digits": "notes/{y}{m}{dd}-name.md",
    "digits alone": "notes/{y}{m}{dd}.md",
    "a Zettelkasten": "zettel/{y}{m}{dd}1830 name.md",
    "a moment": "notes/{d}T10-30-name.md",
}


@pytest.mark.parametrize("path", PATHS.values(), ids=list(PATHS))
@given(day=st.dates(**YEARS))
def test_days_in_paths(path: str, day: dt.date) -> None:
    """The day is found in every dialect's paths, for every date."""
    parts = {"d": day.isoformat(), "y": f"{day.year:04}", "m": f"{day.month:02}", "dd": f"{day.day:02}"}
    assert date_from_path(path.format(**parts)) == day.isoformat()


@pytest.mark.parametrize(
    "path",
    [
        *("index.md", "docs/a.md", "2020.md", "2013/08/name.md", "2013/08/index.md", "blog/2022-13-45-name.md", ""),
        *("releases/1.2.3.md", "releases/2020.1.2.md", "v2022-01-13.md", "notes/12022-01-13.md", "2020-01-012.md"),
        *(
            "api/2022-11-28/users/get.md",
            "0000-01-01-name.md",
            "1234567890.md",
            "20221399-name.md",
            "2020/10/5-ways.md",
        ),
        *("rfc/20201130.1.md", "2022-01_13-name.md", "2022-01-13abc.md", "photos/IMG20220113.md", "a/2022-01/13.md"),
    ],
)
def test_paths_without_a_day(path: str) -> None:
    """Versions, numbers, months and days that never were are no dates."""
    assert date_from_path(path) is None


@given(st.text(alphabet="0123456789-/_. Tabindex", max_size=60))
def test_paths_give_days_or_nothing(path: str) -> None:
    """What a path gives is a day of the calendar whose year stands in it."""
    found = date_from_path(path)
    assert found is None or (dt.date.fromisoformat(found) and found[:4] in path)


def times_of(folder: Path, name: str, fields: str) -> tuple[str | None, str | None, bool | None, list[str]]:
    """Return when an article with such fields was published and modified, whether it is shown, and its faults."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\ntitle: A\n{fields}\n---\nWords here.\n", encoding="utf-8")
    knowledge = graph.build(folder)
    (article,) = knowledge.articles.values()
    return (
        article.published_at,
        article.modified_at,
        article.published,
        [problem.kind for problem in knowledge.problems],
    )


PUBLISHED = """publishedDateTime date pubDate pubdate published_at publishedAt published-at published_on publishDate
publish_date publishdate published_date datePublished date-published created createdAt created_at creation_date
dateCreated date-created datetime publicationDate""".split()
MODIFIED = """modifiedDateTime lastmod last_modified_at updated updatedDate modified updatedAt updated_at last_updated
lastUpdated last-updated last_update lastUpdate dateModified date_modified update_date last_modified lastModified
modified_at""".split()


@pytest.mark.parametrize("name", [*PUBLISHED, "date created", "Date Created", "DATE"])
def test_names_of_the_day_of_publication(tmp_path: Path, name: str) -> None:
    """Each name says when an article was published."""
    assert times_of(tmp_path, "a.md", f"{name}: 2024-01-02") == ("2024-01-02", None, None, [])


@pytest.mark.parametrize("name", [*MODIFIED, "date modified", "date updated"])
def test_names_of_the_day_of_change(tmp_path: Path, name: str) -> None:
    """Each name says when an article was last changed."""
    assert times_of(tmp_path, "a.md", f"{name}: 2024-01-02") == (None, "2024-01-02", None, [])


@pytest.mark.parametrize(
    ("fields", "times"),
    [
        ("date: {created: 2023-12-31, updated: 2024-01-02}", ("2023-12-31", "2024-01-02", None, [])),
        ("date: {created: 2023-12-31}\nupdated: 2024-01-03", ("2023-12-31", "2024-01-03", None, [])),
        (
            "date: {created: 2023-12-31, updated: 2024-01-02}\nupdated: 2024-01-03",
            ("2023-12-31", "2024-01-03", None, []),
        ),
        ("date: {updated: 2024-01-02}", (None, "2024-01-02", None, [])),
        ("date: {day: 2024-01-02}", (None, None, None, ["invalid-date"])),
        ("date: {created: {created: 2024-01-02}}", (None, None, None, ["invalid-date"])),
        ("last_update: {date: 2024-01-02, author: Ann}", (None, "2024-01-02", None, [])),
        ("published: 2020-01-01", ("2020-01-01", None, True, [])),
        ("published: Jul 08 2022", ("2022-07-08", None, True, [])),
        ("published: 2020-01-01\ndate: 2020-01-02", ("2020-01-02", None, True, [])),
        ("published: 2020-01-01\ndraft: true", ("2020-01-01", None, False, [])),
        ("published: false", (None, None, False, [])),
        ("published: 03/04/2020", (None, None, True, ["ambiguous-date"])),
        ("published: someday", (None, None, None, ["invalid-boolean"])),
    ],
)
def test_fields_that_say_more(tmp_path: Path, fields: str, times: object) -> None:
    """Mappings give each of their times, and a date in `published` says that the article is."""
    assert times_of(tmp_path, "a.md", fields) == times


@pytest.mark.parametrize(
    ("name", "fields", "published_at"),
    [
        ("_posts/2020-01-02-a.md", "tags: [x]", "2020-01-02"),
        ("_posts/2020-01-02-a.md", "date: 2020-01-03", "2020-01-03"),
        ("_posts/2020-01-02-a.md", "start_date: 2020-01-03", None),
        ("content/a.md", "path: 2014/11/20/Cargo", "2014-11-20"),
        ("content/2020-01-02-a.md", "permalink: /2014/11/20/cargo/", "2014-11-20"),
        ("content/2020-01-02-a.md", "slug: cargo", "2020-01-02"),
        ("content/2020-01-02-a.md", "path: 7", "2020-01-02"),
    ],
)
def test_a_path_dates_what_states_no_date(tmp_path: Path, name: str, fields: str, published_at: str | None) -> None:
    """A stated date comes first, then the day in the address, then that in the path."""
    assert times_of(tmp_path, name, fields)[::3] == (published_at, [])


@pytest.mark.parametrize(
    ("name", "text"), [("2020-01-02.txt", "A text\n\nWords.\n"), ("2020-01-02-a.html", "<p>a</p>")]
)
def test_texts_are_dated_by_their_paths(tmp_path: Path, name: str, text: str) -> None:
    """Documents without front matter have the day of their name."""
    (tmp_path / name).write_text(text, encoding="utf-8")
    (article,) = graph.build(tmp_path).articles.values()
    assert article.published_at == "2020-01-02"


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("_config.yml", "timezone: America/New_York\n"),
        ("hugo.toml", 'timeZone = "America/New_York"\n'),
        ("article-graph.toml", 'timezone = "america/new_york"\n'),
    ],
)
def test_the_clock_of_a_site(tmp_path: Path, file: str, text: str) -> None:
    """A time without a zone is one of the site's own zone, with its summer time; a day stays that day."""
    (tmp_path / file).write_text(text, encoding="utf-8")
    times = times_of(tmp_path, "a.md", "date: 2023-07-01 22:00:00\nupdated: 2023-12-01 10:00 PM")
    assert times == ("2023-07-02T02:00:00Z", "2023-12-02T03:00:00Z", None, [])
    assert times_of(tmp_path, "a.md", "date: 2023-07-01")[0] == "2023-07-01"
    assert times_of(tmp_path, "a.md", "date: 2023-07-01 22:00:00 +02:00")[0] == "2023-07-01T20:00:00Z"


def test_a_clock_that_nobody_knows(tmp_path: Path) -> None:
    """A zone that does not exist is reported, and what the next file says holds."""
    (tmp_path / "article-graph.toml").write_text('timezone = "Moon/Far_Side"\n', encoding="utf-8")
    (tmp_path / "_config.yml").write_text("timezone: CET\n", encoding="utf-8")
    times = times_of(tmp_path, "a.md", "date: 2023-07-01 22:00:00")
    assert times == ("2023-07-01T20:00:00Z", None, None, ["invalid-settings"])


@pytest.mark.parametrize("field", ["date", "published", "lastmod"])
def test_eight_digits_need_no_quotes(field: str, tmp_path: Path) -> None:
    """YAML reads an unquoted `20201130` as a number, and it is the same day as in quotes."""
    for name, text in {"a": "20201130", "b": "'20201130'"}.items():
        (tmp_path / f"{name}.md").write_text(f"---\ntitle: A\n{field}: {text}\n---\n")
    knowledge = graph.build(tmp_path)
    times = {(article.published_at, article.modified_at) for article in knowledge.articles.values()}
    assert times == {(None, "2020-11-30") if field == "lastmod" else ("2020-11-30", None)}
    assert not knowledge.problems
    assert [read(number)[1] for number in (20201340, -20201130, 12, 10**5000)] == [["invalid-date"]] * 4
    assert read(1_600_000_000) == read("1600000000") == ("2020-09-13T12:26:40Z", [])


def test_a_date_that_is_switched_off_is_none() -> None:
    """`lastUpdated: false` hides the date of a page (VitePress, Starlight): it states none, and is no fault."""
    faults = Faults("a.md")
    value: object = False
    assert to_time(value, faults, ("lastUpdated",)) is None
    assert not faults.problems
