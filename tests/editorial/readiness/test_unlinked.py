import pytest

from articles.editorial.readiness import look_over
from articles.models import Source
from tests.make import (
    make_affiliation,
    make_alias,
    make_article,
    make_author,
    make_quote,
    make_reply_request,
    make_source,
    make_tag,
)

pytestmark = pytest.mark.django_db
BODY = "<p>On Monday Ada Byron was there.</p>"


def make_complete(body=BODY, **values):
    return make_article(body=body, by=[make_author()], **{"tags": [make_tag()], **values})


def unlinked(article):
    return [
        finding.text.split(" in the text")[0]
        for finding in look_over(article)
        if "leads there" in finding.text
    ]


def test_a_known_source_that_nothing_leads_to_is_named_as_it_stands_in_the_text():
    make_alias(make_source("Ada, Countess of Lovelace"), "Ada Byron")
    assert unlinked(make_complete()) == ["Ada Byron stands"]


def test_a_quote_a_report_a_request_or_a_tag_leads_to_the_source():
    ada = make_source("Ada Byron")
    assert unlinked(make_complete()) == ["Ada Byron stands"]
    said, reported, asked = make_complete(), make_complete(), make_complete()
    make_quote(said, ada, text="Somebody was there")
    make_quote(reported, reported_by=ada, text="Somebody was there")
    make_reply_request(asked, ada)
    tagged = make_complete(tags=[make_tag("Ada Byron")])
    assert [unlinked(article) for article in (said, reported, asked, tagged)] == [[], [], [], []]


def test_a_speaker_leads_to_the_organisation_and_to_the_one_that_is_part_of():
    school, university = make_source("Tepper School"), make_source("Carnegie University")
    speaker, other = make_source(), make_source()
    make_affiliation(speaker, school)
    make_affiliation(school, university)
    article = make_complete("<p>At Tepper School of Carnegie University, they knew.</p>")
    assert unlinked(article) == ["Tepper School and Carnegie University stand"]
    make_quote(article, other)
    assert unlinked(article) == ["Tepper School and Carnegie University stand"]
    make_quote(article, speaker)
    assert unlinked(article) == []


def test_a_group_that_speaks_leads_to_its_members_and_a_company_does_not():
    ada = make_source("Ada Byron")
    for kind, told in [(Source.Kind.GROUP, []), (Source.Kind.ORGANISATION, ["Ada Byron stands"])]:
        whole = make_source(kind=kind)
        make_affiliation(ada, whole)
        article = make_complete()
        make_quote(article, whole)
        assert unlinked(article) == told


def test_names_in_links_and_in_recorded_words_are_accounted_for():
    make_source("Ada Byron")
    linked = make_complete('<p><a href="/sources/ada/">Ada Byron</a> was there.</p>')
    recorded = make_complete("<p>“I met Ada Byron – twice,” he said.</p>")
    make_quote(recorded, text="I met Ada Byron - twice")
    marked = make_complete('<p><span data-quote="met-her">I met Ada Byron</span>, he said.</p>')
    make_quote(marked, text="Once I met her", slug="met-her")
    assert [unlinked(article) for article in (linked, recorded, marked)] == [[], [], []]


def test_a_name_beside_recorded_words_or_a_link_is_not():
    make_source("Ada Byron")
    article = make_complete('<p>Ada Byron said: “I met nobody.” <a href="/">More</a> Ada Byron.</p>')
    make_quote(article, text="I met nobody.")
    assert unlinked(article) == ["Ada Byron stands"]


def test_one_line_tells_of_all_and_counts_the_rest():
    names = [f"Ada {letter}yron" for letter in "BCDFGHKLM"]
    for name in names:
        make_source(name)
    article = make_complete(f"<p>{', '.join(names)}.</p>")
    assert unlinked(article) == [f"{', '.join(names[:6])} and 3 more stand"]


def test_whoever_is_told_as_accused_is_not_told_again():
    make_source("Ada Byron")
    assert unlinked(make_complete("<p>Ada Byron lied.</p>")) == []
