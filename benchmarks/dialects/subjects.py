"""What the specimen sites write about: titles in the spellings people give them, and the people who write."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["DAYS", "PEOPLE", "SUBJECTS", "TOPICS", "Subject"]


@dataclass(frozen=True, slots=True)
class Subject:
    """Something to write about."""

    slug: str
    """Its name in addresses."""
    title: str
    """The title, plain text."""
    heading: str
    """The title as the Markdown of a heading, with its `#` or underline."""
    field: str
    """The title as the value of a field, valid in YAML and with quotes also in TOML."""
    sentence: str
    """How a text about it begins."""

    @property
    def words(self) -> str:
        """Return what it is called in passing."""
        return self.slug.replace("-", " ")


def _subject(slug: str, title: str, heading: str, field: str, sentence: str) -> Subject:
    return Subject(slug, title, heading if "\n" in heading else f"# {heading}", field, sentence)


SUBJECTS = (
    _subject(
        "harbour-at-dawn",
        "The harbour at dawn",
        "The harbour at dawn",
        '"The harbour at dawn"',
        "Boats leave before six.",
    ),
    _subject(
        "bread-and-butter",
        "Bread & butter",
        "Bread &amp; butter",
        '"Bread &amp; butter"',
        "A loaf keeps for three days at sea.",
    ),
    _subject(
        "knots",
        "Knots, splices and nets",
        "Knots, *splices* and nets",
        '"Knots, *splices* and nets"',
        "Begin with hemp.",
    ),
    _subject(
        "make-in-the-shed",
        "Using make in the shed",
        "Using `make` in the shed",
        '"Using `make` in the shed"',
        "The shed has a computer now.",
    ),
    _subject(
        "lighthouse-keeper",
        "A lighthouse keeper’s day",
        "A lighthouse keeper’s day",
        '"A lighthouse keeper’s day"',
        "The lamp is lit at dusk.",
    ),
    _subject("why-not-sail", "Why not sail?", "Why **not** sail?", '"Why **not** sail?"', "Wind costs nothing."),
    _subject(
        "fuenf-boote",
        "Fünf Boote, ein Fluß",
        "Fünf Boote, ein Fluß",
        '"Fünf Boote, ein Fluß"',
        "Am Abend kehren sie heim.",
    ),
    _subject("morning-coast", "海岸の朝", "海岸の朝", '"海岸の朝"', "朝の海は静かです。"),
    _subject(
        "five-o-clock",
        "Five o’clock – tea",
        "Five o&rsquo;clock &#8211; tea",
        '"Five o&rsquo;clock &#8211; tea"',
        "The kettle hangs on gimbals.",
    ),
    _subject("year-1984", "1984", "1984", '"1984"', "It was a year of storms."),
    _subject(
        "notes-on-colons",
        'Notes: "colons" and so on',
        'Notes: "colons" and so on',
        '"Notes: \\"colons\\" and so on"',
        "A log needs few signs.",
    ),
    _subject(
        "tide-table",
        "The tide_table explained",
        "The tide_table explained",
        '"The tide_table explained"',
        "High water moves.",
    ),
    _subject("cpp-at-sea", "C++ at sea", "C++ at sea", '"C++ at sea"', "The plotter runs a program."),
    _subject("salt-wind", "Salt in the wind", "Salt in the wind {#salt}", '"Salt in the wind"', "Paint does not last."),
    _subject("rope-ends", "Rope ends", "Rope ends ##", '"Rope ends"', "Whip them before use."),
    _subject(
        "weather-glass",
        "The weather glass",
        "The weather glass\n=================",
        '"The weather glass"',
        "It falls first.",
    ),
    _subject("boats-for-all", "Boats ⛵ for all", "Boats ⛵ for all", '"Boats ⛵ for all"', "Anyone may row."),
    _subject(
        "stars",
        "A*B and other stars",
        "A\\*B and other stars",
        '"A*B and other stars"',
        "Two of them point to the north.",
    ),
    _subject("less-wind", "Wind < 4 knots", "Wind &lt; 4 knots", '"Wind &lt; 4 knots"', "Take the oars."),
    _subject(
        "old-charts",
        "Old charts, and how to read them",
        "Old charts, and how to *read* them",
        '"Old charts, and how to read them"',
        "Depths are in fathoms.",
    ),
    _subject(
        "fog-horns", "Fog horns I have known", "Fog horns I have known", '"Fog horns I have known"', "Each has a voice."
    ),
    _subject("eel-soup", "Eel soup", "__Eel__ soup", '"Eel soup"', "It needs an hour and a half."),
    _subject("a-quiet-mooring", "A quiet mooring", "A quiet mooring", '"A quiet mooring"', "The mud holds well."),
    _subject(
        "the-ferry",
        "The ferry that never came",
        "The ferry that never came",
        '"The ferry that never came"',
        "We waited.",
    ),
    _subject("sails-and-rents", "Sails & rents", "Sails & rents", '"Sails & rents"', "Sew before the wind rises."),
    _subject("dry-dock", "Dry dock, part 2", "Dry dock, part 2", '"Dry dock, part 2"', "The hull is scraped by hand."),
    _subject("a-letter", "A letter from Åland", "A letter from Åland", '"A letter from Åland"', "The ice came early."),
    _subject("winter-paint", "Winter paint", "Winter paint", '"Winter paint"', "Two coats, and patience."),
)
"""Something to write about for each of 28 documents."""

PEOPLE = ("Ada Holm", "Bo Åkesson", "Chidi Obi", "Dora van der Meer", "Émile Roux")
"""Who writes."""

TOPICS = ("Weather", "Boat building", "Cooking", "History", "Navigation", "Life ashore")
"""What is written about."""

DAYS = tuple(f"20{19 + number % 6}-{1 + number * 5 % 12:02}-{1 + number * 11 % 28:02}" for number in range(60))
"""Days of publication, one for each document."""
