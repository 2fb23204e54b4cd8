"""What template languages write into Markdown: references stay as links, the rest goes, and lines stay in place."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import graph
from graph.reading.markdown import read_markdown
from graph.reading.templates import without_templates
from tests.placing import SPHINX

REFERENCES = {
    '[x]({{< ref "posts/a.md#top" >}})': ("posts/a.md#top", True),
    '[x]({{< ref path="a.md" lang="de" >}})': ("a.md", True),
    '[x]({{< ref lang="de" path="a.md" >}})': ("a.md", True),
    "[x]({{% relref lang = 'de' outputFormat='amp' path = 'a.md' %}})": ("a.md", True),
    '[x]({{% relref "a" %}})': ("a", True),
    "[x]({{<relref a.md>}})": ("a.md", True),
    "[x]({{< ref `a b` >}})": ("a b", True),
    '[x][y]\n\n[y]: {{< ref "a" >}}': ("a", True),
    '<a href="{{< ref "a" >}}">x</a>': ("a", True),
    "[x]({% link _posts/2020-01-02-a.md %})": ("_posts/2020-01-02-a.md", True),
    "[x]({{ site.baseurl }}{% link _a/b.md %}#c)": ("_a/b.md#c", True),
    "[x]({{ site.baseurl }}{% post_url 2020-01-02-a %})": ("2020-01-02-a", True),
    "[x]({%- post_url /in/2020-01-02-a -%})": ("/in/2020-01-02-a", True),
    "{% post_link a-b 'the words' %}": ("a-b", True),
    "{% post_link a-b %}": ("a-b", True),
    "[x]({% post_path a-b %})": ("a-b", True),
    "[x]({{ '/a/b/' | relative_url }})": ("/a/b/", False),
    '[x]({{ "/a/b/" | absolute_url }})': ("/a/b/", False),
    "[x]({{ '/a b/' | url }})": ("/a%20b/", False),
    "[x]({{ site.baseurl }}/a/)": ("/a/", False),
    "[x]({{ site.url }}/a/)": ("/a/", False),
    "[x](@/blog/a.md#b)": ("@/blog/a.md#b", True),
    "[x](@site/docs/a.md)": ("docs/a.md", True),
    "[x]({filename}../a.md)": ("../a.md", False),
    "[x]({filename}/sea/a.md#b)": ("/sea/a.md#b", False),
    "[x](|filename|a.md)": ("a.md", False),
    "{{embed [[A note]]}}": ("A note", True),
    '{{< youtube "dQw4w9WgXcQ" >}}': ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", False),
    "{{< youtube id=dQw4w9WgXcQ autoplay=true >}}": ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", False),
    '{{ youtube(id="dQw4w9WgXcQ") }}': ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", False),
    "{% youtube dQw4w9WgXcQ %}": ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", False),
    '{% include youtube.html id="dQw4w9WgXcQ" %}': ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", False),
    "{% embed https://x.example/a %}": ("https://x.example/a", False),
    '{{< card link="/docs/a/" title="A" >}}': ("/docs/a/", False),
    '{{< card link="setting-up" title="A" >}}': ("setting-up#?", False),
    '{{% button relref="docs/a" %}}A{{% /button %}}': ("docs/a", True),
    '{{< more title="A" url="https://x.example/a" >}}': ("https://x.example/a", False),
    '{{< preview "https://x.example/a" >}}': ("https://x.example/a", False),
    "{{% media url=https://x.example/a %}}": ("https://x.example/a", False),
    '{% include box.html url="../a.md" %}': ("../a.md", False),
    "{% button https://x.example/a, A, home %}": ("https://x.example/a", False),
    '{{ aside(url="/a/", title="A") }}': ("/a/", False),
    '<a href="{{ "/a/" | htmlBaseUrl }}">x</a>': ("/a/", False),
    "[x](<%= url_for 'docs/a.md' %>)": ("docs/a.md", True),
    "<%= link_to 'x', '_posts/2020-01-02-a.md' %>": ("_posts/2020-01-02-a.md", True),
    "<%= link_to 'x', 'https://x.example/a' %>": ("https://x.example/a", False),
    "[x](~/posts/a.md)": ("posts/a.md", True),
    "[x](statamic://entry::5c7a-1)": ("5c7a-1", True),
    "[[dendron://vault/a.b]]": ("a.b", True),
    "[[words|dendron://vault/a.b]]": ("a.b", True),
    '<Cards.Card title="A" href="/a/" />': ("/a/", False),
    '<Tabs.Tab>\n\n<Cards.Card href="/a/">A</Cards.Card>\n\n</Tabs.Tab>': ("/a/", False),
    '::card{title="A" to="/a/"}\nx\n::': ("/a/", False),
    "::hero\n---\nlinks:\n  - label: A\n    to: /a/\n---\nx\n::": ("/a/", False),
    '::note\n\nOf :button-link[A]{to="/a/"}.\n::': ("/a/", False),
    "{doc}`guide/setup`": ("guide/setup.md", False),
    "{doc}`how to set up <../guide/setup>`": ("../guide/setup.md", False),
    "```{toctree}\n:maxdepth: 2\nguide/setup\n```": ("guide/setup.md", False),
    "```{toctree}\n---\nmaxdepth: 2\n---\nguide/setup.ipynb\ngenindex\n```": ("guide/setup.ipynb", False),
    "~~~{toctree}\n\nSetting up <guide/setup>\nself\nparts/*\n~~~": ("guide/setup.md", False),
    "{ref}`setup`": ("#setup", True),
    "{ref}`how to set up <guide/setup>`": ("#guide/setup", True),
    "[x](#setup)\n\n(own)=": ("#setup", True),
    "<project:#setup>": ("#setup", True),
    "[x](project:../guide/setup.md)": ("../guide/setup.md", False),
    "```{note} Mind\n:class: dropdown\n[x](a.md)\n```": ("a.md", False),
    "[x](link://slug/a-walk)": ("a-walk", True),
    "[x](link://filename/posts/a-walk.md)": ("posts/a-walk.md", True),
    '<Link to="/a/">x</Link>': ("/a/", False),
    "<NuxtLink class='b' to='/a/'>x</NuxtLink>": ("/a/", False),
    '<LinkCard title="x" href="/a/" />': ("/a/", False),
    "{{video https://www.youtube.com/watch?v=dQw4w9WgXcQ}}": ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", False),
}
"""What stands in a text, and the target of the one link it makes, with whether that is a name."""


@pytest.mark.parametrize("text", REFERENCES)
def test_a_reference_is_a_link(text: str) -> None:
    """Each template language's way to refer to a page is a link, on its line."""
    (link,) = read_markdown(f"One\n\n{text}\n").links
    assert (link.target, link.by_name) == REFERENCES[text]
    assert link.line in {3, 5, 7}


def test_the_words_of_components_and_roles() -> None:
    """A link has the words that readers see, and a component that links may hold others."""
    text = "<Tip>See {doc}`the [setup] <a>` or <Link to='/b'>the <Icon name='x'/> b</Link> and <Note/></Tip>."
    assert [(link.target, link.words) for link in read_markdown(text).links] == [
        ("a.md", "the [setup]"),
        ("/b", "the b"),
    ]
    block = '<CardGrid>\n<LinkCard title="A page" href="/a" icon="x" />\n<Card href={"/b"}>B</Card>\n</CardGrid>\n'
    assert [(link.target, link.words, link.line) for link in read_markdown(block).links] == [
        ("/a", "A page", 2),
        ("/b", "B", 3),
    ]
    assert read_markdown("<A HREF='/a'>x</A> <Link to={next}>y</Link> <link rel='x' href='/z'>").links[0].target == "/a"


def test_roles_and_directives_are_what_readers_see() -> None:
    """Of a role its words stay, of a directive its content; names of roles, options and attributes do not."""
    text = """# Sails

:::{grid}
:gutter: 2
:margin: 1 2

The {term}`jib <foresail>` is set with `a = 1`{l=python}. Press {kbd}`Q` or see {ref}`the mast <mast>`.
:::

```{tip} Reefing
:class: dropdown
Reef *early*.
```

## Masts

```{code-block} python
see = "[this](no.md)"
```
"""
    prose = read_markdown(text)
    assert prose.excerpt == "The jib is set with a = 1. Press Q or see the mast."
    assert prose.sections == ("Masts",)
    assert "Reef early." in prose.text
    assert [link.line for link in prose.links] == [7]


def test_labels_lead_to_their_document(tmp_path: Path) -> None:
    """Links to labels find the document that has them, in Markdown and reStructuredText; unknown ones are no fault."""
    files = {
        "conf.py": SPHINX,
        "sails.md": "(jib)=\n# Sails\n\nSee {ref}`mast`, [](#boats/hull), [the hull](boats/hull), [here](#sails).\n",
        "mast.rst": ".. _mast:\n\nMast\n====\n\nOf :ref:`the jib <jib>`, :ref:`hull <boats/hull>`, :ref:`elsewhere`.\n",
        "hull.md": "(boats/hull)=\n# Hull\n\nAlone. {ref}`elsewhere` and [there](#nowhere).\n",
    }
    for path, text in files.items():
        (tmp_path / path).write_text(text)
    knowledge = graph.build(tmp_path)
    links = {
        article.label: {knowledge.articles[iri].label for iri in article.links}
        for article in knowledge.articles.values()
    }
    assert links == {"Sails": {"Mast", "Hull"}, "Mast": {"Sails", "Hull"}, "Hull": set()}
    assert not knowledge.problems


def test_labels_stand_above_titles() -> None:
    """A label of MyST is no prose, so the heading below it is the title."""
    prose = read_markdown("(a-label)=\n# Setting up\n\nText.\n")
    assert (prose.title, prose.excerpt) == ("Setting up", "Text.")


@pytest.mark.parametrize("text", [text for text in REFERENCES if "`" not in text and "\n" not in text])
@pytest.mark.parametrize(
    "around", ["`{}`", "``{} ` x``", "```\n{}\n```", "1. x\n\n    ```go\n    {}\n    ```", "~~~\n{}\n~~~"]
)
def test_a_reference_in_code_is_none(text: str, around: str) -> None:
    """Code that shows how to refer makes no link."""
    assert (
        read_markdown("See " + around.format(text) if around[0] == "`" != around[1] else around.format(text)).links
        == ()
    )


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a {{ page.title }} b", "a b"),
        ("{% if x %}a{% endif %}", "a"),
        ("{%- assign x = 1 -%}a", "a"),
        ("a {# a comment #} b", "a b"),
        ("{% comment %}\nhidden [x](y.md)\n{% endcomment %}\na", "a"),
        ("{% highlight go %}\nx := [1](y.md)\n{% endhighlight %}\na", "a"),
        ("{{< highlight go >}}\nx := [1](y.md)\n{{< /highlight >}}\na", "a"),
        ("{% raw %}a {{ x }}{% endraw %} b", "a {{ x }} b"),
        ('{{</* ref "a" */>}} a', "a"),
        ("{{< note >}}a{{< /note >}}", "a"),
        ("{{% steps %}}\n\na\n\n{{% /steps %}}", "a"),
        ("{: .no_toc }\na", "a"),
        ("a %%hidden [[x]]%% b", "a b"),
        ("%%\nhidden\n\n[[x]]\n%%\na", "a"),
        ("a {/* a comment [x](y.md) */} b", "a b"),
        ("import A from '@a/b';\nimport {\n  B,\n  C,\n} from 'c';\n\nexport const x = {\n  a: 1,\n};\n\na", "a"),
        ("100%% of {a}", "100%% of {a}"),
        ("{% raw %} a", "a"),
        ("{{ a", "{{ a"),
    ],
)
def test_the_rest_of_a_template_goes(text: str, left: str) -> None:
    """Expressions, tags, comments and programs are no text; braces of other meanings stay."""
    read = read_markdown(text)
    assert read.text == left
    assert read.links == ()


def test_prose_that_begins_like_a_program_stays() -> None:
    """A sentence that begins with "import" or "export" is a sentence."""
    assert (
        read_markdown("import taxes from the sea are high.\n\nexport them.").excerpt
        == "import taxes from the sea are high."
    )


@pytest.mark.parametrize(
    "text",
    [
        '!!! note "Title"\n\n    Body of [x](y.md).\n\n        code()\n\nAfter.',
        "??? tip\n    Body of [x](y.md).\n\n        code()\n\nAfter.",
        '=== "Tab"\n\n    Body of [x](y.md).\n\n    ```\n    code()\n    ```\n\nAfter.',
        '=== "Tab"\n\n    !!! note\n\n        Body of [x](y.md).\n\nAfter.',
        "!!! note\n\n\tBody of [x](y.md).\n\nAfter.",
    ],
)
def test_the_body_of_an_admonition_is_text(text: str) -> None:
    """What is indented below `!!! note` and `=== "Tab"` is Markdown and no code, and its heading no text."""
    read = read_markdown(text)
    assert [link.target for link in read.links] == ["y.md"]
    assert text.split("\n")[read.links[0].line - 1].endswith("[x](y.md).")
    assert read.text == "Body of x.\nAfter."


PIECES = st.sampled_from(
    [
        "{%",
        "%}",
        "{{",
        "}}",
        "{#",
        "#}",
        "raw",
        "endraw",
        " ",
        "\n",
        "`",
        "```",
        "~~~",
        "%%",
        "{/*",
        "*/}",
        "!!! n",
        "    ",
        "[[a]]",
        "comment",
        "endcomment",
        "highlight",
        "<",
        ">",
        "/",
        "import",
        "'",
        '"',
        "ref",
        "youtube",
        "link",
        "\t",
        "=== a",
        "[x](",
        ")",
        "é",
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_lines_stay_in_place(text: str) -> None:
    """Whatever stands in a text, as many lines are left, and it can be read."""
    assert without_templates(text).count("\n") == text.count("\n")
    read_markdown(text)


@given(st.text("ab \n*`~>-", max_size=60))
def test_a_text_without_templates_stays(text: str) -> None:
    """What has no sign of a template is left alone."""
    assert without_templates(text) == text


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        "{% raw %}",
        "{% comment %}",
        "{% highlight x %}",
        "{{< highlight x >}}",
        "%%",
        "{{",
        "{%",
        "{#",
        "{{ {",
        "{% {% %",
        "{/*",
        "`",
        "` ``",
        "```",
        "```\n",
        "~~~\n",
        "{{< ref ",
        "!!! n\n    ",
        "(a)=\n",
        "{doc}`a",
        "```{toctree}\na\n",
        "<Link to='a'>",
        "<Link a ",
        "</Link>",
        "import {\n",
        "export const a = [\n",
        '{{< ref "',
        "{% link ",
        "{{ 'a",
        "{% include youtube ",
        "{{< a b='",
        "{{< a http://b c=",
        "{{< a bcdef >}}",
        "{% a http://b ",
        "{{ a(bcdef",
        "{a}`",
        "[](#a)",
        "```{note}\n:a:\n",
        ":LOGBOOK:\n",
        "{{youtube ",
        "[[",
        "{{[[",
        "`\n\n",
        "\n- ```",
        "> ",
    ],
)
def test_a_hundred_thousand_openings_are_read(piece: str) -> None:
    """What opens again and again and never closes takes no more than its length in time; of long pieces, 400 kB."""
    text = (piece * 100_000)[:400_000]
    assert without_templates(text + "\n\nx").count("\n") == text.count("\n") + 2
    assert without_templates("{{ }} %% " + text).count("\n") == text.count("\n")


def test_an_address_that_a_template_would_fill_in_is_no_link() -> None:
    """Nobody knows where an address leads that holds an expression, so it is neither a link nor broken."""
    text = "[a](/c/{{ post.slug }}/) [b]({{ site.repository }}/issues/1) [c](https://x.example/{{ v }}/y) [d](d.md)"
    assert [link.target for link in read_markdown(text).links] == ["d.md"]
