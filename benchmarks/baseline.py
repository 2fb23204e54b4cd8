"""The straightforward script that a competent user would write instead: `python -m benchmarks.baseline FOLDER OUT`.

python-frontmatter reads every file, articles are merged by their address, networkx and rdflib hold the result, and
their own writers write it: GraphML, Turtle and N-Triples, in the vocabulary of article-graph. It does not waste time on
purpose: a stub is described once, however often it is listed, and PyYAML's C loader does the parsing. It leaves out AMP
and mobile pages of the same article, topics found in texts, faults of the content, JSON-LD and the explorer.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import frontmatter
import networkx
import yaml
from rdflib import RDF, RDFS, XSD, Graph, Literal, Namespace, URIRef

__all__ = ["Site", "read_site", "to_network", "to_triples"]

BASE = "https://example.org/"
AG = Namespace("https://w3id.org/article-graph/")
DCTERMS = Namespace("http://purl.org/dc/terms/")
PROV = Namespace("http://www.w3.org/ns/prov#")
SCHEMA = Namespace("https://schema.org/")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")

CLASSES = {
    "article": "Article",
    "video": "VideoObject",
    "course": "Course",
    "collection": "Collection",
    "webinar": "Event",
    "event": "Event",
}
TEXTS = {"excerpt": SCHEMA.abstract, "type": AG.type, "category": SCHEMA.genre, "price": AG.price}
NUMBERS = {"quality": AG.quality, "heat": AG.heat}
TIMES = {
    "publishedDateTime": SCHEMA.datePublished,
    "startDateTime": SCHEMA.startDate,
    "endDateTime": SCHEMA.endDate,
}
PICTURE = {"width": SCHEMA.width, "height": SCHEMA.height, "isCached": AG.cached, "title": SCHEMA.caption}
ATTRIBUTES = {
    "type": "type",
    "category": "category",
    "excerpt": "excerpt",
    "quality": "quality",
    "heat": "heat",
    "published": "published",
    "price": "price",
    "length": "duration",
    "publishedDateTime": "published_at",
    "startDateTime": "starts_at",
    "endDateTime": "ends_at",
}

Fields = dict[str, Any]


class Site:
    """What the files say: articles by address, stubs included; everything else by path."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.articles: dict[str, Fields] = {}
        self.related: dict[str, list[str]] = {}
        self.sources: dict[str, str] = {}
        self.organizations: dict[str, Fields] = {}
        self.topics: dict[str, Fields] = {}
        self.people: dict[str, Fields] = {}


def read_site(folder: Path) -> Site:
    """Read every file below a folder; a file beats a stub of the same address."""
    site = Site()
    stubs: dict[str, Fields] = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        if path.suffix in {".yaml", ".yml"}:
            fields = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
        else:
            fields = frontmatter.load(str(path)).metadata
        if fields.get("taxonomy") == "topic":
            site.topics[name] = fields
        elif fields.get("taxonomy") == "organization":
            site.organizations[name] = fields
        elif fields.get("type") == "profile":
            site.people[name] = fields
        else:
            address = address_of(fields) or f"{BASE}article/{slug(name.rpartition('.')[0])}"
            site.articles[address] = fields
            site.sources[address] = name
            related = []
            for stub in fields.get("related") or ():
                other = address_of(stub)
                if other:
                    stubs.setdefault(other, stub)
                    related.append(other)
            site.related[address] = [other for other in dict.fromkeys(related) if other != address]
    for address, stub in stubs.items():
        site.articles.setdefault(address, stub)
    return site


def to_network(site: Site) -> networkx.MultiDiGraph[str]:
    """Return the site as a network: node attributes are plain, edge keys are relations."""
    network: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for address, fields in site.articles.items():
        add_article(network, address, fields, site.sources.get(address))
    for address, others in site.related.items():
        for other in others:
            network.add_edge(address, other, "related")
    for address, part in parts_of(site):
        network.add_edge(address, part, "part")
    for fields in site.organizations.values():
        network.add_node(provider_iri(fields), kind="provider", label=fields["name"], domain=fields.get("domain", ""))
    for fields in site.topics.values():
        network.add_node(topic_iri(fields["name"]), kind="topic", label=fields["name"])
        if fields.get("parent"):
            network.add_edge(topic_iri(fields["name"]), topic_iri(fields["parent"]), "broader")
    for fields in site.people.values():
        add_person(network, fields)
    return network


def add_article(network: networkx.MultiDiGraph[str], address: str, fields: Fields, source: str | None) -> None:
    """Add an article, its publisher and its topics."""
    attributes = {new: fields[old] for old, new in ATTRIBUTES.items() if fields.get(old) is not None}
    if attributes.get("heat", 0) < 0:
        del attributes["heat"]
    for name in ("published_at", "starts_at", "ends_at"):
        if name in attributes:
            attributes[name] = moment(attributes[name])[0]
    images = [image for image, _ in images_of(fields)]
    if images:
        attributes["image"] = images[0]
    if "secured" in fields:
        attributes["secured"] = True
    if source is not None:
        attributes["source"] = source
    attributes.update(label=title_of(fields, address), url=address, stub=source is None)
    network.add_node(address, kind="article", **attributes)
    provider = fields.get("provider")
    if provider:
        iri = provider_iri(provider)
        network.add_node(iri, kind="provider", label=provider["name"], domain=provider.get("domain", ""))
        network.add_edge(address, iri, "publisher")
    for topic in fields.get("topics") or ():
        network.add_node(topic_iri(topic), kind="topic", label=topic)
        network.add_edge(address, topic_iri(topic), "about")


def add_person(network: networkx.MultiDiGraph[str], fields: Fields) -> None:
    """Add someone the site describes."""
    person = person_iri(fields)
    network.add_node(person, kind="person", label=fields["name"], description=fields.get("bio", ""))
    for topic in fields.get("topics") or ():
        network.add_edge(person, topic_iri(topic), "expertise")
    if fields.get("affiliation"):
        network.add_edge(person, provider_iri(fields["affiliation"]), "affiliation")


def to_triples(site: Site) -> Graph:
    """Return the site as an rdflib graph."""
    triples = Graph()
    for prefix, namespace in (("ag", AG), ("dcterms", DCTERMS), ("prov", PROV), ("schema", SCHEMA), ("skos", SKOS)):
        triples.bind(prefix, namespace)
    for address, fields in site.articles.items():
        describe_article(triples, URIRef(address), fields)
        if address in site.sources:
            triples.add((URIRef(address), PROV.wasDerivedFrom, source_iri(site.sources[address])))
        else:
            triples.add((URIRef(address), AG.stub, Literal(lexical_or_value=True)))
    for address, others in site.related.items():
        article = URIRef(address)
        for other in others:
            triples.add((article, DCTERMS.relation, URIRef(other)))
    for address, part in parts_of(site):
        triples.add((URIRef(address), SCHEMA.hasPart, URIRef(part)))
    for name, fields in site.organizations.items():
        describe_provider(triples, fields)
        describe_images(triples, URIRef(provider_iri(fields)), fields, SCHEMA.logo)
        triples.add((URIRef(provider_iri(fields)), PROV.wasDerivedFrom, source_iri(name)))
    triples.add((URIRef(f"{BASE}topic/"), RDF.type, SKOS.ConceptScheme))
    for name, fields in site.topics.items():
        describe_topic(triples, fields)
        triples.add((URIRef(topic_iri(fields["name"])), PROV.wasDerivedFrom, source_iri(name)))
    for name, fields in site.people.items():
        describe_person(triples, fields)
        triples.add((URIRef(person_iri(fields)), PROV.wasDerivedFrom, source_iri(name)))
    return triples


def describe_article(triples: Graph, article: URIRef, fields: Fields) -> None:
    """Add what the fields of an article say."""
    kind = fields.get("type", "article")
    news = kind == "article" and fields.get("category") == "news"
    title = Literal(title_of(fields, str(article)))
    triples.add((article, RDF.type, SCHEMA.CreativeWork))
    triples.add((article, RDF.type, SCHEMA[CLASSES.get(kind, "Article")]))
    if news:
        triples.add((article, RDF.type, SCHEMA.NewsArticle))
    triples.add((article, SCHEMA.headline, title))
    triples.add((article, SCHEMA.name, title))
    triples.add((article, RDFS.label, title))
    triples.add((article, SCHEMA.url, article))
    for predicate, literal in literals_of(fields):
        triples.add((article, predicate, literal))
    for name in ("ampWebUrl", "cdnAmpWebUrl"):
        if fields.get(name):
            triples.add((article, AG.ampUrl, URIRef(cleaned(fields[name]))))
    if fields.get("provider"):
        triples.add((article, SCHEMA.publisher, URIRef(provider_iri(fields["provider"]))))
        describe_provider(triples, fields["provider"])
    for topic in fields.get("topics") or ():
        triples.add((article, SCHEMA.about, URIRef(topic_iri(topic))))
        describe_topic(triples, {"name": topic})
    describe_images(triples, article, fields, SCHEMA.image)


def literals_of(fields: Fields) -> Iterator[tuple[URIRef, Literal]]:
    """Yield the plain facts of an article."""
    for name, predicate in TEXTS.items():
        if fields.get(name):
            yield predicate, Literal(str(fields[name]))
    for name, predicate in NUMBERS.items():
        if fields.get(name) is not None and not (name == "heat" and int(fields[name]) < 0):
            yield predicate, Literal(int(fields[name]))
    yield from times_of(fields)
    for level in fields.get("levels") or ():
        yield SCHEMA.educationalLevel, Literal(level)
    if str(fields.get("length")).startswith("P"):
        yield SCHEMA.timeRequired, Literal(fields["length"], datatype=XSD.duration)
    if fields.get("ratings"):
        yield AG.ratingCount, Literal(fields["ratings"]["count"])
        yield AG.ratingAverage, Literal(fields["ratings"]["average"], datatype=XSD.decimal)
    if fields.get("published") is not None:
        yield SCHEMA.creativeWorkStatus, Literal("published" if fields["published"] else "unpublished")
    if "secured" in fields:
        yield AG.secured, Literal(lexical_or_value=True)


def times_of(fields: Fields) -> Iterator[tuple[URIRef, Literal]]:
    """Yield the times of an article; a day alone begins at midnight."""
    for name, predicate in TIMES.items():
        if fields.get(name):
            text, datatype = moment(fields[name])
            yield predicate, Literal(f"{text}T00:00:00Z" if datatype == XSD.date else text, datatype=XSD.dateTime)
            if name == "publishedDateTime":
                yield AG.publishedOn, Literal(text[: len("2023-05-23")], datatype=XSD.date)


def describe_provider(triples: Graph, fields: Fields) -> None:
    """Add a publisher, unless it is known."""
    provider = URIRef(provider_iri(fields))
    if (provider, RDF.type, SCHEMA.Organization) in triples:
        return
    triples.add((provider, RDF.type, SCHEMA.Organization))
    triples.add((provider, SCHEMA.name, Literal(fields["name"])))
    triples.add((provider, RDFS.label, Literal(fields["name"])))
    if fields.get("domain"):
        triples.add((provider, AG.domain, Literal(fields["domain"])))
        triples.add((provider, SCHEMA.url, URIRef(f"https://{fields['domain']}/")))


def describe_topic(triples: Graph, fields: Fields) -> None:
    """Add a topic; what only the taxonomy says is added when the taxonomy is read."""
    topic = URIRef(topic_iri(fields["name"]))
    if len(fields) == 1 and (topic, RDF.type, SKOS.Concept) in triples:
        return
    triples.add((topic, RDF.type, SKOS.Concept))
    triples.add((topic, RDF.type, SCHEMA.DefinedTerm))
    triples.add((topic, SKOS.prefLabel, Literal(fields["name"])))
    triples.add((topic, SCHEMA.name, Literal(fields["name"])))
    triples.add((topic, RDFS.label, Literal(fields["name"])))
    triples.add((topic, SKOS.inScheme, URIRef(f"{BASE}topic/")))
    if fields.get("parent"):
        triples.add((topic, SKOS.broader, URIRef(topic_iri(fields["parent"]))))
    for name in ("_id", "shortname"):
        if fields.get(name) not in (None, fields["name"]):
            triples.add((topic, SKOS.altLabel, Literal(fields[name])))
    for word in fields.get("keywords") or ():
        triples.add((topic, SCHEMA.keywords, Literal(word)))
    for word in fields.get("hashtags") or ():
        triples.add((topic, AG.hashtag, Literal(word)))


def describe_person(triples: Graph, fields: Fields) -> None:
    """Add someone the site describes."""
    person = URIRef(person_iri(fields))
    triples.add((person, RDF.type, SCHEMA.Person))
    triples.add((person, SCHEMA.name, Literal(fields["name"])))
    triples.add((person, RDFS.label, Literal(fields["name"])))
    if fields.get("bio"):
        triples.add((person, SCHEMA.description, Literal(fields["bio"])))
    if fields.get("location"):
        triples.add((person, AG.location, Literal(fields["location"])))
    for topic in fields.get("topics") or ():
        triples.add((person, SCHEMA.knowsAbout, URIRef(topic_iri(topic))))
    if fields.get("affiliation"):
        triples.add((person, SCHEMA.affiliation, URIRef(provider_iri(fields["affiliation"]))))
        describe_provider(triples, fields["affiliation"])
    describe_images(triples, person, fields, SCHEMA.image)


def describe_images(triples: Graph, subject: URIRef, fields: Fields, predicate: URIRef) -> None:
    """Add the pictures of a record."""
    for address, known in images_of(fields):
        image = URIRef(address)
        triples.add((subject, predicate, image))
        triples.add((image, RDF.type, SCHEMA.ImageObject))
        for name, term in PICTURE.items():
            if known.get(name) is not None:
                triples.add((image, term, Literal(known[name])))


def images_of(fields: Fields) -> Iterator[tuple[str, Fields]]:
    """Yield address and fields of each picture."""
    for image in fields.get("images") or ():
        known = image if isinstance(image, dict) else {"url": image}
        if known.get("url"):
            address = known["url"]
            yield cleaned(BASE + address.lstrip("/") if address.startswith("/") else address), known


def parts_of(site: Site) -> Iterator[tuple[str, str]]:
    """Yield each collection with each of its items, which are named by their paths."""
    by_path = {re.sub(r"^_|\.\w+$", "", name): address for address, name in site.sources.items()}
    for address, name in site.sources.items():
        for item in site.articles[address].get("items") or ():
            found = by_path.get(f"{name.split('/')[0].lstrip('_')}/{item}") or by_path.get(item)
            if found:
                yield address, found


def address_of(fields: Fields) -> str | None:
    """Return the address of an article, as an IRI."""
    address = fields.get("webUrl") or fields.get("originalUrl") or fields.get("url")
    return cleaned(address) if address else None


def title_of(fields: Fields, address: str) -> str:
    """Return the title of an article."""
    return str(fields.get("title") or fields.get("name") or address)


def cleaned(address: str) -> str:
    """Return an address without its fragment, with the characters percent-encoded that an IRI may not contain."""
    return re.sub(r'[\x00-\x20<>"{}|\\^`]', lambda found: quote(found[0]), address.partition("#")[0].strip())


def moment(value: object) -> tuple[str, URIRef]:
    """Return a date as RDF writes it, and its datatype."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=value.tzinfo or UTC).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), XSD.dateTime
    return str(value), XSD.date if isinstance(value, date) else XSD.string


def provider_iri(fields: Fields) -> str:
    """Return the IRI of a publisher: from its domain, otherwise from its name."""
    domain = fields.get("domain")
    if not domain:
        return f"{BASE}provider/{slug(fields['name'])}"
    return f"https://{domain.lower().removeprefix('www.')}/#organization"


def topic_iri(label: str) -> str:
    """Return the IRI of a topic."""
    return f"{BASE}topic/{slug(label)}"


def person_iri(fields: Fields) -> str:
    """Return the IRI of a person."""
    return f"{BASE}person/{slug(fields['name'])}"


def source_iri(path: str) -> URIRef:
    """Return the IRI of a file."""
    return URIRef(f"{BASE}source/{quote(path)}")


def slug(text: str) -> str:
    """Return a text as part of an address."""
    return re.sub(r"\W+", "-", text.lower()).strip("-")


def main() -> None:
    """Read a folder and write three files."""
    site = read_site(Path(sys.argv[1]))
    out = Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    networkx.write_graphml(to_network(site), out / "graph.graphml")
    triples = to_triples(site)
    triples.serialize(out / "graph.nt", format="nt", encoding="utf-8")
    triples.serialize(out / "graph.ttl", format="turtle")


if __name__ == "__main__":
    main()
