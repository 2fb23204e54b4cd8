"""Who publishes: names of one domain that differ only in spelling are one provider, and all others their own."""

from __future__ import annotations

import random
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.names import slug
from graph.records import Provider
from graph.statements import StatedProvider
from graph.truth.grouping import ORGANIZATION, group_by_spelling, group_of_domain
from graph.truth.spellings import decoded, spelling_key
from tests.wholeness import assert_whole
from tests.worlds import BASE, Site, built

DOMAIN = "news.example"
ORGANISATION = f"https://{DOMAIN}/#organization"

NAMES = st.sampled_from(
    [
        "News",
        "The News",
        "News Inc.",
        "NEWS, Inc",
        "News%2c Inc.",
        "Wall Street Journal",
        "WSJ",
        "W.S.J.",
        "World Service Jobs",
        "Daily & Nightly",
        "Daily and Nightly",
        "news.example",
        "Blog (news.example)",
        "Organization",
        "the",
        "Inc.",
        "!!!",
        "%20",
    ]
) | st.text(max_size=6)
DOMAINS = st.sampled_from([None, DOMAIN, "blog.example", "youtube.com"])
USES = st.lists(st.tuples(NAMES, DOMAINS), max_size=12)
RECORDS = st.lists(
    st.fixed_dictionaries({"name": NAMES}, optional={"domain": DOMAINS, "otherNames": st.lists(NAMES, max_size=2)}),
    max_size=3,
)


def site_of(*names: tuple[str, str | None], records: tuple[Mapping[str, object], ...] = ()) -> Site:
    """Return a site of an article for each publisher, by name and domain, and a file for each record."""
    articles = {
        f"{number}.md": {"title": str(number), "provider": {"name": name} | ({"domain": domain} if domain else {})}
        for number, (name, domain) in enumerate(names)
    }
    return {**articles, **{f"_data/organizations/{number}.md": record for number, record in enumerate(records)}}


def publishers(site: Site) -> list[Provider]:
    """Return the publisher of each article of a site, in the order of their titles."""
    knowledge = built(site)
    articles = sorted(knowledge.articles.values(), key=lambda article: int(article.label))
    return [knowledge.providers[article.provider] for article in articles if article.provider]


@pytest.mark.parametrize(
    "names",
    [
        ["Morningstar, Inc.", "Morningstar%2c Inc.", "morningstar", "The Morningstar Company"],
        ["TechCrunch", "Tech Crunch", "tech-crunch"],
        ["Wall Street Journal", "The Wall Street Journal", "WSJ", "W. S. J."],
        ["IBM", "I.B.M.", "IBM Corp.", "International Business Machines Corporation"],
        ["Department of Defense", "DoD", "DD"],
        ["Barnes & Noble", "Barnes and Noble", "Barnes &amp; Noble, Inc."],
        ["Telefónica, S.A.", "Telefónica S. A.", "TELEFÓNICA"],
        ["Haufe GmbH & Co. KG", "Haufe"],
        ["Example", "news.example", "www.news.example", "Example (news.example)"],
    ],
)
def test_spellings_are_one_provider(names: list[str]) -> None:
    """Case, punctuation, escapes, legal forms, an article, initials and the domain make no other provider."""
    assert {provider.iri for provider in publishers(site_of(*((name, DOMAIN) for name in names)))} == {ORGANISATION}


def test_another_name_is_a_provider_below_the_domains_organisation() -> None:
    """The organisation is called by the commonest name; who has a name of their own is below it."""
    names = ["Microsoft", "Microsoft", "Microsoft Learn", "Power Apps Community", "microsoft learn"]
    found = publishers(site_of(*((name, "microsoft.com") for name in names)))
    organisation, _, learn, community, again = found
    assert (organisation.iri, organisation.label) == ("https://microsoft.com/#organization", "Microsoft")
    assert (organisation.parent, organisation.url) == (None, "https://microsoft.com/")
    assert learn == again
    assert (learn.iri, learn.parent, learn.url) == (
        "https://microsoft.com/#microsoft-learn",
        organisation.iri,
        None,
    )
    assert (learn.label, learn.names, learn.domain) == ("Microsoft Learn", ("microsoft learn",), "microsoft.com")
    assert community.iri == "https://microsoft.com/#power-apps-community"
    knowledge = built(site_of(*((name, "microsoft.com") for name in names)))
    assert knowledge.network.has_edge(learn.iri, organisation.iri, key="parent")
    query = "ASK { ?child schema:parentOrganization ?parent . ?parent schema:name 'Microsoft' }"
    assert knowledge.query(query)


def test_who_states_only_the_domain_means_the_organisation() -> None:
    """A domain without a name is the organisation, whose name is that used most often with it."""
    _, _, _, named = publishers(site_of(("News", DOMAIN), ("News", DOMAIN), ("Sport", DOMAIN), ("", DOMAIN)))
    assert (named.iri, named.label) == (ORGANISATION, "News")


def test_initials_of_two_names_are_a_provider_of_their_own() -> None:
    """Initials that fit two names of a domain mean neither of them."""
    names = ["Wall Street Journal", "World Service Jobs", "WSJ"]
    assert len({provider.iri for provider in publishers(site_of(*((name, DOMAIN) for name in names)))}) == 3


def test_a_provider_whose_name_is_that_of_the_organisations_iri() -> None:
    """A name that would give the IRI of the domain's organisation does not."""
    found = publishers(site_of(("News", DOMAIN), ("News", DOMAIN), ("Organization", DOMAIN)))
    assert [provider.iri for provider in found] == [ORGANISATION, ORGANISATION, ORGANISATION + "_"]


def test_a_name_without_a_domain_is_who_bears_it_with_one() -> None:
    """A publisher named without a domain is the one that bears the name, however spelled, if exactly one does."""
    first, second = publishers(site_of(("The News", None), ("News", DOMAIN)))
    assert first == second
    assert first.iri == ORGANISATION
    lone, one, other = publishers(site_of(("News", None), ("News", DOMAIN), ("News", "blog.example")))
    assert lone.iri == BASE + "provider/news"
    assert len({lone.iri, one.iri, other.iri}) == 3
    channel, same = publishers(site_of(("Azure", None), ("Azure", "youtube.com")))
    assert channel == same


def test_only_names_with_the_domain_tell_what_it_is_called() -> None:
    """However often a name is used without a domain, it does not become the organisation's."""
    names = [("news, inc", None)] * 3 + [("News", DOMAIN), ("Sport", DOMAIN), ("Sport", DOMAIN)]
    found = publishers(site_of(*names))
    assert (found[0].label, found[0].parent) == ("News", ORGANISATION)
    assert found[-1].label == "Sport"


def test_a_record_describes_the_organisation_or_who_has_its_name() -> None:
    """A record's names are the organisation's, unless another provider of the domain is called so."""
    site = site_of(
        ("Microsoft", "microsoft.com"),
        ("Microsoft", "microsoft.com"),
        ("Microsoft Learn", "microsoft.com"),
        records=(
            {"name": "MSFT", "domain": "microsoft.com", "description": "All of it."},
            {"name": "Microsoft learn", "domain": "microsoft.com", "description": "The school."},
        ),
    )
    whole, _, part = publishers(site)
    assert (whole.description, whole.label, whole.names) == ("All of it.", "Microsoft", ("MSFT",))
    assert (part.description, part.parent) == ("The school.", whole.iri)


def test_other_names_in_a_record_are_no_providers_of_their_own() -> None:
    """What the site's own record calls another name of a provider is one, with the domain or without."""
    record = {"name": "UW", "otherNames": ["University of Washington", "Huskies"], "domain": "uw.edu"}
    names = [("University of Washington", "uw.edu"), ("Huskies", "uw.edu"), ("Huskies", None), ("UW", None)]
    assert {provider.iri for provider in publishers(site_of(*names, records=(record,)))} == {
        "https://uw.edu/#organization"
    }


@pytest.mark.slow
@settings(max_examples=200)
@given(st.dictionaries(NAMES, st.integers(1, 5), max_size=8), RECORDS, st.randoms(use_true_random=False))
def test_the_order_of_names_does_not_matter(
    counts: dict[str, int], records: list[dict[str, object]], chance: random.Random
) -> None:
    """Names of a domain fall into the same groups in any order, and one of the groups is the organisation's."""
    stated = [StatedProvider(name=str(record["name"]), names=tuple(record.get("otherNames", ()))) for record in records]  # type: ignore[arg-type]
    groups = group_of_domain(DOMAIN, counts, stated)
    shuffled = list(counts.items())
    chance.shuffle(shuffled)
    again = group_of_domain(DOMAIN, dict(shuffled), chance.sample(stated, len(stated)))
    assert groups == again
    assert groups.keys() >= counts.keys()
    assert not groups or ORGANIZATION in groups.values()
    for one in counts:
        for other in counts:
            if one and other and slug(decoded(one)) == slug(decoded(other)):
                assert groups[one] == groups[other]
    apart = group_by_spelling([name for name in counts if name], [])
    assert all(apart[one] == spelling_key(one) for one in apart)


@settings(max_examples=50)
@given(USES, RECORDS)
def test_every_name_leads_to_one_provider(uses: list[tuple[str, str | None]], records: list[dict[str, object]]) -> None:
    """Each name of a domain is one provider's, and parents are organisations that have no parent."""
    knowledge = built(site_of(*uses, records=tuple(records)))
    assert_whole(knowledge.truth)
    for domain in {provider.domain for provider in knowledge.providers.values()} - {None, "youtube.com"}:
        own = [provider for provider in knowledge.providers.values() if provider.domain == domain]
        used = {slug(decoded(name)) for name, _ in uses if name}
        owners = {
            (key, one.iri) for one in own for name in (one.label, *one.names) if (key := slug(decoded(name))) in used
        }
        assert len(owners) == len({key for key, _ in owners})
        (organisation,) = (provider for provider in own if provider.parent is None)
        assert {provider.parent for provider in own} <= {None, organisation.iri}
    for provider in knowledge.providers.values():
        assert provider.parent is None or knowledge.providers[provider.parent].parent is None
