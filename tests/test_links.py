"""Links become relations, citations, wanted notes or problems; pages have one address each."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

import graph
from graph.records import Record
from tests.folders import write_files

BASE = "https://s.example/"


def built(folder: Path, files: Mapping[str, str], base: str | None = None, **options: bool) -> graph.KnowledgeGraph:
    """Write files and build them."""
    write_files(folder, files)
    return graph.build(folder, base=base, **options)  # type: ignore[arg-type] # only flags are given


def links(knowledge: graph.KnowledgeGraph, title: str) -> list[str]:
    """Return the labels of what an article links to."""
    labels = {iri: record.label for some in records(knowledge) for iri, record in some.items()}
    (article,) = (article for article in knowledge.articles.values() if article.label == title)
    return [labels[iri] for iri in article.links]


def records(knowledge: graph.KnowledgeGraph) -> tuple[Mapping[str, Record], ...]:
    """Return all nodes by kind."""
    return knowledge.articles, knowledge.topics, knowledge.providers, knowledge.people


def problems(knowledge: graph.KnowledgeGraph) -> list[tuple[str, int, str]]:
    """Return where each problem stands, and its kind."""
    return [(problem.path, problem.line, problem.kind) for problem in knowledge.problems]


@pytest.mark.parametrize(
    "link",
    [
        "[x](../b/other.md)",
        "[x](../b/other.md#part)",
        "[x](</b/other.md>)",
        "[x][1]\n\n[1]: ../b/other.md",
        "[[other]]",
        "[[b/other|words]]",
        "[[Other#Part]]",
        "![[other]]",
        '<a href="../b/other.md">x</a>',
        '{{< ref "other.md" >}}',
        '[x]({{< relref "b/other" >}})',
        "[x]({% link b/other.md %})",
        "[x](@/b/other.md)",
        "see:: [[other]]",
        "https://n.example/x",
        "<https://www.n.example/x/?utm_source=q>",
    ],
)
def test_a_link_in_a_text_is_a_relation(link: str, tmp_path: Path) -> None:
    """Links of every dialect lead to the document they mean, and nothing is reported."""
    knowledge = built(
        tmp_path,
        {
            "a/one.md": f"# One\n\nText more {link}\n",
            "b/other.md": "---\ntitle: Other\nurl: https://n.example/x\n---\n",
        },
    )
    assert links(knowledge, "One") == ["Other"]
    assert not knowledge.problems


@pytest.mark.parametrize(
    "field",
    [
        'parent: "[[Other]]"',
        "up: [[Other]]",
        "see_also:\n- b/other.md",
        "next: {title: Other, link: ../b/other}",
        "previous: Other",
        'anything: "[[other|words]]"',
        "children: [https://n.example/x]",
        "link: https://n.example/x",
    ],
)
def test_a_link_in_a_field_is_a_relation(field: str, tmp_path: Path) -> None:
    """Fields that lead to other documents are links, and so is any property that is a `[[Note]]`."""
    knowledge = built(
        tmp_path,
        {
            "a/one.md": f"---\ntitle: One\n{field}\n---\n",
            "b/other.md": "---\ntitle: Other\nurl: https://n.example/x\n---\n",
        },
    )
    assert links(knowledge, "One") == ["Other"]
    one, other = (next(iri for iri, a in knowledge.articles.items() if a.label == name) for name in ("One", "Other"))
    assert [(row.path, row.line) for row in knowledge.evidence(one, other)] == [("a/one.md", 3)]


@pytest.mark.parametrize(
    "value",
    ['["[[Other]]"]', "[[[Other]]]", '["[Other](../b/other.md)"]', "[other]", "[Other]", "[qubit]", "[b/other.md]"],
)
def test_related_names_documents_as_people_do(value: str, tmp_path: Path) -> None:
    """`related` takes notes, Markdown links, slugs, titles, aliases and paths."""
    knowledge = built(
        tmp_path,
        {
            "a/one.md": f"---\ntitle: One\nrelated: {value}\n---\n",
            "b/other.md": "---\ntitle: Other\naliases: [qubit]\n---\n",
        },
    )
    (one,) = (article for article in knowledge.articles.values() if article.label == "One")
    assert [knowledge.articles[iri].label for iri in one.related] == ["Other"]
    assert not one.links


def test_what_leaves_the_corpus_is_cited(tmp_path: Path) -> None:
    """Addresses outside are kept in order, once, and make no nodes."""
    text = "[a](https://x.example/a#b) <https://y.example/> [again](https://x.example/a) [m](mailto:a@b.c) [h](#here)"
    knowledge = built(tmp_path, {"one.md": f"---\ntitle: One\nlink: https://z.example\n---\n{text}\n"})
    (one,) = knowledge.articles.values()
    assert one.cites == ("https://z.example", "https://x.example/a", "https://y.example/")
    assert not one.links
    counts = knowledge.truth.link_counts
    assert (counts.stated, counts.resolved, counts.outside, counts.broken) == (4, 0, 4, 0)


def test_broken_links_are_problems_with_their_line(tmp_path: Path) -> None:
    """Relative paths, references and notes that lead nowhere are told; pictures, files and other hosts are not."""
    text = "# One\n\n[a](gone.md)\n[[Nobody]]\n[z](@/gone.md)\n[p](x.png) [d](data.json) [r](/rooted/) [o](https://o.example/)\n"
    knowledge = built(tmp_path, {"one.md": text})
    assert problems(knowledge) == [
        ("one.md", 3, "broken-link"),
        ("one.md", 4, "broken-link"),
        ("one.md", 5, "broken-link"),
    ]
    assert "https://s.example/" not in knowledge.problems[0].fact
    assert knowledge.truth.link_counts.broken == 3


def test_the_order_of_words_and_page_is_that_of_most_links(tmp_path: Path) -> None:
    """A vault writes `[[Page|words]]`, so words are no page, even if they name one; a wiki writes `[[words|Page]]`."""
    files = {name: f"# {name[:-3]}\n" for name in ("Sea.md", "Sand.md", "Salt-Water.md")}
    vault = built(tmp_path / "vault", {"one.md": "[[Gone|Sea]] [[Sand|the beach]] [[Lost|Salt Water]]", **files})
    assert links(vault, "one") == ["Sand"]
    assert problems(vault) == [("one.md", 1, "broken-link")] * 2
    alone = built(tmp_path / "alone", {"one.md": "[[Gone|Sea]]", "two.md": "[[Gone|Sea]]", **files})
    assert links(alone, "one") == ["Gone"]
    pages = "[[the sea|Sea]] [[a beach|Sand]] [[brine|Salt Water]] [[Sand|here]]"
    wiki = built(tmp_path / "wiki", {"one.md": pages, **files})
    assert sorted(links(wiki, "one")) == ["Salt-Water", "Sand", "Sea"]
    assert problems(wiki) == []


def test_a_source_that_is_the_inside_of_a_site_s_folder(tmp_path: Path) -> None:
    """A link may leave the source and come back by the usual name of its folder; one into other folders is broken."""
    text = "[B](../../docs/guide/b.md) [c](../../vue/guide/b.md) [d](../../docs/guide/d.md) [e](../../README.md)"
    knowledge = built(
        tmp_path, {"guide/a.md": f"# A\n\n{text}", "guide/b.md": "# B\n\n[a](../../docs/a.md)", "a.md": "# C"}
    )
    assert (links(knowledge, "A"), links(knowledge, "B")) == (["B"], ["C"])
    assert problems(knowledge) == [("guide/a.md", 3, "broken-link")] * 3


def test_notes_of_days_yet_to_be_written_are_not_broken(tmp_path: Path) -> None:
    """A day's note is linked before it exists; other missing notes are told."""
    text = (
        "[[2023-05-02]] [[2023-05-02|tomorrow]] [[2023/05/2023-05-03]] [later](./2023-05-04.md)\n[[2023-05]] [[gone]]"
    )
    knowledge = built(tmp_path, {"2023-05-01.md": text, "a.md": "[[b]] [b](2023-05-04.md)", "b.md": "[[a]]"})
    assert problems(knowledge) == [*[("2023-05-01.md", 2, "broken-link")] * 2, ("a.md", 1, "broken-link")]


def test_words_that_are_a_title_do_not_hide_a_broken_link(tmp_path: Path) -> None:
    """In `[[words|Page]]` the page is a file: `[[gone|The sea]]` does not lead to a title or alias."""
    wiki = "".join(f"[[page {number}|p{number}]]" for number in range(3))
    files = {f"p{number}.md": f"# P{number}\n" for number in range(3)}
    files |= {"one.md": "[[gone|The sea]] [[lost|Ocean]]", "two.md": wiki}
    files |= {"water.md": "---\ntitle: The sea\naliases: [Ocean]\n---\n"}
    knowledge = built(tmp_path, files)
    assert links(knowledge, "one") == []
    assert problems(knowledge) == [("one.md", 1, "broken-link")] * 2


def test_pages_that_sites_generate_are_not_broken(tmp_path: Path) -> None:
    """A site makes pages for tags, authors and months without documents; a page below another path is missing."""
    generated = ["/tags/", "/tags/sea/", "/en/categories/boats/", "/author/jo/page/2/", "/archives/2021/03/", "/search"]
    missing = ["/sea/", "/a/b/c/tags/sea/", "/tags/a/b/c/"]
    text = "\n".join(f"[x]({path})" for path in (*generated, *missing))
    knowledge = built(tmp_path, {"a.md": f"# A\n\n{text}\n"}, BASE)
    assert problems(knowledge) == [("a.md", 3 + len(generated) + n, "broken-link") for n in range(len(missing))]


def test_folders_and_licences_are_not_missing_documents(tmp_path: Path) -> None:
    """A relative link may lead to a folder of documents, or to a file that is never a document."""
    links = [
        "guide",
        "guide/",
        "./guide/deep/",
        "../docs/guide",
        "LICENSE",
        "../LICENSE.md",
        "NOTICE.txt",
        "/robots.txt",
    ]
    missing = ["guides/", "guide/gone", "license", "LICENSE-guide.html"]
    text = "\n".join(f"[x]({target})" for target in (*links, *missing))
    knowledge = built(tmp_path, {"docs/a.md": f"# A\n\n{text}\n", "docs/guide/deep/b.md": "# B\n"}, BASE)
    assert problems(knowledge) == [("docs/a.md", 3 + len(links) + n, "broken-link") for n in range(len(missing))]


def test_rooted_links_are_broken_only_where_the_site_is_known(tmp_path: Path) -> None:
    """Without a configuration nobody knows what stands at a rooted path; a section that has pages is a page."""
    files = {"posts/a.md": "# A\n\n[x](/gone/) [y](/posts/) [z](/)\n", "posts/b.md": "# B\n"}
    assert problems(built(tmp_path, files)) == []
    assert problems(built(tmp_path, files, base=BASE)) == [("posts/a.md", 3, "broken-link")]


def test_a_note_that_several_want_is_a_stub(tmp_path: Path) -> None:
    """What two notes link to and nobody wrote becomes a node; what one alone links to is a slip."""
    files = {"a.md": "[[Wanted]] [[Slip]]", "b.md": "[[wanted#Part|words]]", "c.md": "[[Slop]]"}
    knowledge = built(tmp_path, files)
    (stub,) = (article for article in knowledge.articles.values() if article.stub)
    assert stub.label == "Wanted"
    assert links(knowledge, "a") == links(knowledge, "b") == ["Wanted"]
    assert problems(knowledge) == [("a.md", 1, "broken-link"), ("c.md", 1, "broken-link")]


def test_people_and_topics_link_and_are_linked_to(tmp_path: Path) -> None:
    """Pages about people and topics take part, as any node does."""
    files = {
        "_people/ada.md": "---\nname: Ada\n---\nShe wrote [one](../one.md) and [that](https://o.example/).\n",
        "content/topics/sea.md": "---\nname: Sea\n---\nSee [[Ada]].\n",
        "one.md": "# One\n\nBy [Ada](_people/ada.md) on the [sea](content/topics/sea.md).\n",
    }
    knowledge = built(tmp_path, files)
    assert links(knowledge, "One") == ["Ada", "Sea"]
    (ada,), (sea,) = knowledge.people.values(), knowledge.topics.values()
    assert [knowledge.articles[iri].label for iri in ada.links] == ["One"]
    assert ada.cites == ("https://o.example/",)
    assert sea.links == (ada.iri,)
    assert ("links", "ada") not in {(name, target) for _, target, name in knowledge.network.edges}


def test_the_page_of_an_article_is_its_address(tmp_path: Path) -> None:
    """With a base, an article is shown under its own page, the rest being aliases; `webUrl` is another work's."""
    files = {
        "a.md": "---\ntitle: A\npermalink: /pages/a/\naliases: [/old/]\ncanonical_url: https://o.example/a\n---\n",
        "b.md": "---\ntitle: B\npermalink: /pages/b/\nwebUrl: https://o.example/b\n---\n",
        "c.md": "---\ntitle: C\nrelated: [{webUrl: 'https://s.example/old/'}, {webUrl: 'https://s.example/pages/b/'}]\n---\n",
    }
    knowledge = built(tmp_path, files, base=BASE)
    a, b = (knowledge.articles[iri] for iri in ("https://s.example/pages/a/", "https://o.example/b"))
    assert (a.url, a.aliases) == (a.iri, ("https://o.example/a", "https://s.example/old/"))
    assert (b.url, b.aliases) == (b.iri, ("https://s.example/pages/b/",))
    (c,) = (article for article in knowledge.articles.values() if article.label == "C")
    assert c.related == (a.iri, b.iri)


def test_two_documents_about_one_outside_page_are_two_articles(tmp_path: Path) -> None:
    """What a document points to is no name of it."""
    for name in ("link", "website", "resource"):
        files = {f"{name}/{stem}.md": f"---\ntitle: {stem}\n{name}: https://o.example/x\n---\n" for stem in "ab"}
        knowledge = built(tmp_path / name, files)
        assert [article.label for article in knowledge.articles.values()] == ["a", "b"]
        assert {article.cites for article in knowledge.articles.values()} == {("https://o.example/x",)}


def test_two_files_with_one_permalink_stay_two(tmp_path: Path) -> None:
    """The first by path has the address, the other is told and keeps a name of its own."""
    files = {f"{stem}.md": f"---\ntitle: {stem}\npermalink: /x/\n---\n" for stem in "ab"}
    knowledge = built(tmp_path, files, base=BASE)
    assert {article.label: article.url for article in knowledge.articles.values()} == {
        "a": "https://s.example/x/",
        "b": None,
    }
    assert problems(knowledge) == [("b.md", 3, "duplicate-address")]


def test_a_page_that_was_published_before_stays_another(tmp_path: Path) -> None:
    """`source_url` is an alias, unless it is the page of another document here."""
    files = {
        "a.md": "---\ntitle: A\npermalink: /a/\n---\n",
        "b.md": "---\ntitle: B\npermalink: /b/\nsource_url: https://s.example/a/\n---\n",
        "c.md": "---\ntitle: C\npermalink: /c/\nsource_url: https://o.example/c\n---\n",
    }
    knowledge = built(tmp_path, files, base=BASE)
    assert {article.label: article.aliases for article in knowledge.articles.values()} == {
        "A": (),
        "B": (),
        "C": ("https://o.example/c",),
    }


def test_circles_of_aliases_and_parents_end(tmp_path: Path) -> None:
    """Pages that redirect to each other, and notes that are each other's parents, are read like any other."""
    files = {
        "a.md": "---\ntitle: A\npermalink: /a/\naliases: [/b/]\nparent: '[[b]]'\n---\n",
        "b.md": "---\ntitle: B\npermalink: /b/\naliases: [/a/]\nparent: '[[a]]'\n---\n",
    }
    knowledge = built(tmp_path, files, base=BASE)
    assert links(knowledge, "A") == ["B"]
    assert links(knowledge, "B") == ["A"]


def test_links_to_what_is_left_out_are_no_faults(tmp_path: Path) -> None:
    """With `published_only` a link to an unpublished document is neither a relation nor broken."""
    files = {"a.md": "# A\n\n[x](b.md) [[b]]\n", "b.md": "---\ntitle: B\ndraft: true\n---\n"}
    knowledge = built(tmp_path, files, published_only=True)
    assert links(knowledge, "A") == []
    assert not knowledge.problems


@pytest.mark.slow
def test_ten_thousand_links_in_one_file(tmp_path: Path) -> None:
    """Each of very many links is counted, and the first thousand faults are told."""
    text = "# A\n\n" + "\n".join(f"[x{n}](gone-{n}.md) [y](b.md) <https://o.example/{n}>\n" for n in range(10_000))
    knowledge = built(tmp_path, {"a.md": text, "b.md": "# B\n"})
    counts = knowledge.truth.link_counts
    assert (counts.stated, counts.resolved, counts.outside, counts.broken) == (30_000, 10_000, 10_000, 10_000)
    assert links(knowledge, "A") == ["B"]


@pytest.mark.parametrize(
    "fields",
    [
        "hero:\n  name: Boats\n  actions:\n  - text: Start\n    link: ./guide/start\n  - text: Code\n    link: https://x.example/a",
        "title: Boats\nactions:\n- {text: Start, link: /guide/start.html}\nfeatures: [quick/light, {title: Code, link: 'https://x.example/a'}]",
        "heroText: Boats\nactionLink: /guide/start/\nfeature_row:\n- {title: Code, url: 'https://x.example/a'}",
    ],
)
def test_a_home_page_leads_to_what_its_buttons_lead_to(fields: str, tmp_path: Path) -> None:
    """The buttons and features of a home page are links, and its hero's name is a title."""
    files = {"index.md": f"---\nlayout: home\n{fields}\n---\n", "guide/start.md": "# Starting\n\nGo.\n"}
    knowledge = built(tmp_path, files, BASE)
    assert links(knowledge, "Boats") == ["Starting"]
    assert [article.cites for article in knowledge.articles.values() if article.label == "Boats"] == [
        ("https://x.example/a",)
    ]
    assert not knowledge.problems


def test_a_theme_that_shows_related_articles_names_none(tmp_path: Path) -> None:
    """`related: true` is neither a list nor a fault, whether a document or the site's defaults state it."""
    config = "url: https://s.example\ndefaults:\n- scope: {path: ''}\n  values: {related: true}\n"
    files = {
        "_config.yml": config,
        "a.md": "---\ntitle: A\n---\nA.\n",
        "b.md": "---\ntitle: B\nrelated: false\n---\nB.\n",
    }
    knowledge = built(tmp_path, files)
    assert [article.related for article in knowledge.articles.values()] == [(), ()]
    assert not knowledge.problems


def test_a_link_without_ending_stays_in_its_language(tmp_path: Path) -> None:
    """A browser follows it from the address of the page, so a translation leads to translations where they exist."""
    config = "baseURL: https://s.example/\ndefaultContentLanguage: en\nlanguages: {en: {}, ja: {}}\n"
    files = {"hugo.yaml": config}
    for language, ending in (("En", ""), ("Ja", ".ja")):
        page = f"---\ntitle: Guide {language}\n---\nGuide.\n\n[x](setup) [y](more)\n"
        files |= {f"content/guide/_index{ending}.md": page}
        files |= {f"content/guide/setup{ending}.md": f"---\ntitle: Setup {language}\n---\nSetup.\n"}
    files |= {"content/guide/more.md": "---\ntitle: More\n---\nMore.\n"}
    knowledge = built(tmp_path, files)
    assert links(knowledge, "Guide En") == ["Setup En", "More"]
    assert links(knowledge, "Guide Ja") == ["Setup Ja", "More"]


def test_links_to_the_pages_of_a_wiki_are_followed(tmp_path: Path) -> None:
    """A wiki whose pages are here is known by the links to them, as a repository is."""
    start = "https://github.com/o/r/wiki/"
    files = {
        "Home.md": f"# Home\n\n[x]({start}Setting-Up#first) [y]({start}FAQ) [z](https://github.com/o/r/blob/main/a.md)\n",
        "Setting-Up.md": f"# Setting up\n\n[x]({start}Home) [y](https://github.com/p/q/wiki/FAQ)\n",
        "FAQ.md": "# Questions\n\nNone.\n",
    }
    knowledge = built(tmp_path, files)
    assert links(knowledge, "Home") == ["Setting up", "Questions"]
    assert links(knowledge, "Setting up") == ["Home"]
    assert [len(article.cites) for article in knowledge.articles.values() if article.label == "Setting up"] == [1]


def test_related_articles_may_stand_below_a_name(tmp_path: Path) -> None:
    """`related` may hold a heading and the list itself, as Next's documentation has it."""
    files = {
        "a.md": "---\ntitle: A\nrelated:\n  title: More\n  links:\n    - b\n    - in/c.md\n---\n",
        "b.md": "# B\n\nB.\n",
        "in/c.md": "# C\n\nC.\n",
    }
    knowledge = built(tmp_path, files)
    (article,) = (one for one in knowledge.articles.values() if one.label == "A")
    assert [knowledge.articles[iri].label for iri in article.related] == ["B", "C"]
    assert not knowledge.problems


def test_what_a_shortcode_is_given_need_not_be_a_page(tmp_path: Path) -> None:
    """A word in a shortcode's `link` leads to the page of that name, and is no broken link where there is none."""
    files = {
        "hugo.toml": "baseURL = 'https://s.example/'\n",
        "content/a.md": "---\ntitle: A\n---\n"
        '{{< card link="b" >}} {{< card link="parts/x/" >}} {{< card link="/c/" >}}\n',
        "content/b.md": "---\ntitle: B\n---\n",
    }
    knowledge = built(tmp_path, files)
    assert links(knowledge, "A") == ["B"]
    assert [problem.fact for problem in knowledge.problems] == ['there is no document at "/c/"']


@pytest.mark.parametrize(
    ("link", "is_broken"),
    [
        ("/tags/rain/", False),
        ("/blog/categories/sea/deep/", False),
        ("/archive/2020/01/", False),
        ("/series/walks/", False),
        ("/series/walks/part-9/", True),
        ("/series/swims/part-1/", False),
        ("/walks/part-9/", True),
    ],
)
def test_a_list_that_sites_make_is_no_broken_link(tmp_path: Path, link: str, is_broken: bool) -> None:  # noqa: FBT001 - a value of a row
    """A page of a tag needs no document, but in a folder of documents below such a name a missing one is missed."""
    files = {
        "hugo.toml": "baseURL = 'https://s.example/'\n",
        "content/a.md": f"---\ntitle: A\n---\n[x]({link})\n",
        "content/series/walks/part-1.md": "---\ntitle: Up\n---\n",
    }
    assert bool(built(tmp_path, files).problems) == is_broken


def test_the_name_of_a_part_of_a_program_is_no_path(tmp_path: Path) -> None:
    """MyST's links to what programs describe, such as `numpy.ndarray`, lead to no document and are not broken."""
    files = {"conf.py": "project = 'P'\nextensions = []\nhtml_baseurl = 'https://s.example/'\n"}
    files |= {
        "a.md": "# A\n\n[](numpy.ndarray) [x](pkg.mod.MyClass) [y](pkg.do()) [z](gone.md) [](NOTES.txt) [[no.note]]\n"
    }
    facts = [problem.fact for problem in built(tmp_path, files).problems]
    assert sorted(facts) == [f'there is no document at "{name}"' for name in ("NOTES.txt", "gone.md", "no.note")]


def test_a_readme_stands_for_its_folder_only_where_nothing_else_does(tmp_path: Path) -> None:
    """A page of the site keeps its address beside a README of the repository or of its folder, without a problem."""
    texts = ("README.md", "docs/index.md", "docs/guide/README.md", "docs/guide/index.md", "docs/more/README.md")
    files = {path: f"# {path}\n" for path in texts} | {"mkdocs.yml": "site_url: https://s.example/\n"}
    knowledge = built(tmp_path, files)
    assert not knowledge.problems
    addresses = {article.label: article.url for article in knowledge.articles.values()}
    assert addresses["docs/index.md"] == "https://s.example/"
    assert addresses["docs/guide/index.md"] == "https://s.example/guide/"
    assert addresses["docs/more/README.md"] == "https://s.example/more/"
    assert addresses["README.md"] is None


def test_double_brackets_are_no_broken_links_where_the_generator_has_no_notes(tmp_path: Path) -> None:
    """`[[Prototype]]` stands as it is in VitePress and Docusaurus, unless there is such a document."""
    texts = {f"docs/{name}.md": f"# {name}\n\nIts [[Prototype]] and [[c]].\n" for name in "abc"}
    for number, configuration in enumerate(("docs/.vitepress/config.ts", "docusaurus.config.js", "_config.yml")):
        knowledge = built(tmp_path / str(number), {configuration: "", **texts})
        assert [article.label for article in knowledge.articles.values() if article.stub] == ["Prototype"] * (
            number > 1
        )
        assert sum(len(article.links) for article in knowledge.articles.values()) == (2 if number < 2 else 5)
        assert not knowledge.problems


def test_links_of_a_post_are_listed_in_a_field(tmp_path: Path) -> None:
    """The field `links` lists pages as Material for MkDocs does, with words or below a name; words alone are none."""
    listed = ["guide/a.md#x", "Read B: guide/b.md", "More: [c.md, 'https://o.example/']", "plain"]
    listed.append("{title: Home, url: 'https://h.example/'}")
    post = "---\ntitle: P\nlinks:\n" + "".join(f"  - {one}\n" for one in listed) + "---\nText.\n"
    texts = {"docs/guide/a.md": "# A\n", "docs/guide/b.md": "# B\n", "docs/c.md": "# C\n", "docs/blog/posts/p.md": post}
    knowledge = built(tmp_path, {"mkdocs.yml": "site_url: https://s.example/\n", **texts})
    (article,) = (article for article in knowledge.articles.values() if article.label == "P")
    assert [knowledge.articles[iri].label for iri in article.links] == ["A", "B", "C"]
    assert article.cites == ("https://o.example/", "https://h.example/")
    assert not knowledge.problems
