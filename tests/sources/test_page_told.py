"""Pages that tell programs what they list: JSON-LD and microdata of schema.org."""

import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from news.errors import DepecheError, NotUnderstood
from news.items import Image, When
from news.sources import Kind, Selectors


def article(number=1, **said):
    return {
        "@type": "NewsArticle", "headline": f"Titre {number}", "url": f"/a/{number}",
        "datePublished": f"2026-03-{number:02}T09:00:00+01:00", **said,
    }  # fmt: skip


def page(*documents, body="<p>Bonjour</p>"):
    written = [json.dumps(each).replace("</", "<\\/") for each in documents]
    scripts = "".join(f'<script type="application/ld+json">{text}</script>' for text in written)
    return f"<html lang=fr><head><title>Actus</title>{scripts}</head><body>{body}</body></html>"


def rows(*numbers):
    return "<ul>" + "".join(
        f'<li><h3><a href="/g/{n}">Ligne {n}</a></h3><time datetime="2026-02-{n:02}">x</time></li>' for n in numbers
    ) + "</ul>"  # fmt: skip


def titles(reading):
    return [entry.title for entry in reading.entries]


@pytest.mark.parametrize(
    "document",
    [
        [article(1), article(2)],
        {"@context": "https://schema.org", "@graph": [{"@type": "WebSite"}, article(1), article(2)]},
        {"@type": "ItemList", "itemListElement": [
            {"@type": "ListItem", "position": n, "item": article(n)} for n in (1, 2)]},
        {"@type": ["CollectionPage"], "mainEntity": {"@type": "ItemList", "itemListElement": [article(1), article(2)]}},
        {"@type": "Blog", "blogPost": [article(1, **{"@type": "BlogPosting"}), article(2)]},
        {"@type": "CollectionPage", "hasPart": [article(1, **{"@type": "http://schema.org/Article"}), article(2)]},
    ],
    ids=["list", "graph", "item list", "main entity", "blog", "parts"],
)  # fmt: skip
def test_articles_are_found_wherever_lists_keep_them(read_as, document):
    assert titles(read_as(page(document))) == ["Titre 1", "Titre 2"]


def test_an_article_is_read_whole(read_as):
    told = article(
        1, headline="L&#8217;océan &amp; nous", description="<p>Un début [...]</p>", dateModified="2026-03-05",
        author=[{"@type": "Person", "name": "Léa Martin"}, {"name": "Anne Roche"}], inLanguage="fr-FR",
        image={"@type": "ImageObject", "url": "/i.jpg", "width": 800, "height": "600", "caption": "Le jury"},
        articleSection=["Recherche"], keywords="océan, thèse",
    )  # fmt: skip
    entry = read_as(page([told, article(2)])).entries[0]
    assert (entry.title, entry.summary) == ("L’océan & nous", "Un début")
    assert (entry.link, entry.language) == ("https://site.example/a/1", "fr-FR")
    assert entry.published == When(moment=datetime(2026, 3, 1, 8, tzinfo=UTC))
    assert entry.updated == When(day=date(2026, 3, 5))
    assert (entry.author, entry.terms) == ("Léa Martin, Anne Roche", ("Recherche", "océan", "thèse"))
    assert entry.image == Image("https://site.example/i.jpg", "Le jury", 800, 600)


MICRODATA = """<div itemscope itemtype="https://schema.org/Blog">
<article itemprop="blogPost" itemscope itemtype="http://schema.org/BlogPosting">
 <h2 itemprop="headline"><a itemprop="url" href="/m/1">Une chaire</a></h2>
 <meta itemprop="datePublished" content="2026-03-01"><p itemprop="description">Le début</p>
 <span itemprop="author" itemscope itemtype="https://schema.org/Person"><b itemprop="name">Léa Martin</b></span>
 <figure itemprop="image" itemscope itemtype="https://schema.org/ImageObject"><img itemprop="url" src="/i.jpg"></figure>
 <a itemprop="articleSection" content="Recherche">x</a></article>
<article itemscope itemtype="https://schema.org/NewsArticle"><a itemprop="url" href="/m/2"><span itemprop="name">Deux
</span></a><time itemprop="datePublished" datetime="2026-02-01T10:00:00Z">hier</time></article></div>"""


def test_microdata_is_read(read_as):
    first, second = read_as(page(body=MICRODATA)).entries
    assert (first.title, first.link, first.summary) == ("Une chaire", "https://site.example/m/1", "Le début")
    assert (first.author, first.terms, first.published) == ("Léa Martin", ("Recherche",), When(day=date(2026, 3, 1)))
    assert first.image == Image("https://site.example/i.jpg")
    assert (second.title, second.published) == ("Deux", When(moment=datetime(2026, 2, 1, 10, tzinfo=UTC)))


def test_selectors_go_before_json_ld_and_json_ld_before_microdata_and_guesses(read_as):
    both = page([article(1), article(2)], body=MICRODATA + rows(1, 2))
    assert titles(read_as(both)) == ["Titre 1", "Titre 2"]
    assert titles(read_as(both, kind=Kind.PAGE, selectors=Selectors(item="li"))) == ["Ligne 1", "Ligne 2"]
    assert titles(read_as(page(body=MICRODATA + rows(1, 2)))) == ["Une chaire", "Deux"]


def test_what_describes_a_part_of_the_list_only_gives_way_to_the_list(read_as):
    assert len(read_as(page([article(1), article(2)], body=rows(*range(1, 9)))).entries) == 8


@pytest.mark.parametrize(
    "documents",
    [
        [article(1)],
        [article(1, url="https://site.example/news/"), article(2, url="https://site.example/news/#x")],
        [{"@type": "Event", "name": "Portes ouvertes", "url": f"/e/{n}", "startDate": "2027-01-01"} for n in (1, 2)],
        [article(n, datePublished="bientôt") for n in (1, 2)],
        [article(n, url="javascript:alert(1)") for n in (1, 2)],
        [article(n, headline="") for n in (1, 2)],
    ],
    ids=["one article", "the page itself", "events", "undated", "no web address", "no title"],
)
def test_what_is_no_list_of_news_is_not_taken_for_one(read_as, documents):
    assert titles(read_as(page(documents, body=rows(1, 2)))) == ["Ligne 1", "Ligne 2"]
    with pytest.raises(NotUnderstood):
        read_as(page(documents))


def test_no_script_comes_through(read_as):
    hostile = article(
        1, headline="<script>x</script>Oui<img src=x onerror=y>", description="<svg onload=x>Un</svg>deux"
    )
    entry = read_as(page([hostile, article(2)])).entries[0]
    assert entry.title == "Oui"
    assert "<" not in entry.summary


@pytest.mark.parametrize("text", ["{", "[" * 5000, "null", '{"@graph": ' * 400 + "1" + "}" * 400, "\0"])
def test_a_broken_script_costs_only_itself(read_as, text):
    broken = f'<script type="application/ld+json">{text}</script>'
    assert titles(read_as(page([article(1), article(2)], body=broken))) == ["Titre 1", "Titre 2"]


KEYS = st.sampled_from(["@type", "@graph", "headline", "url", "image", "author", "datePublished", "itemListElement"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(["NewsArticle", "2026-03-01"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=20,
)


@given(JSON)
@settings(max_examples=80, deadline=None)
def test_no_json_breaks_the_reading(read_as, document):
    try:
        read_as(page(document))
    except DepecheError as error:
        assert error.key == "source.no_items"
