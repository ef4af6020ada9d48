"""Fragments of a story, as a revision keeps them."""

BODY = (
    "<p>From October 2016 through February 2018, 1,800 families were split up, by Reuters’ count.</p>"
    "<p>“They had to look,” Jelani Drew told TechCrunch on Tuesday. Salesforce gave $18 million, it said.</p>"
)


def story(headline="Protesters bring a cage", deck="Eight groups want it.", body=BODY) -> dict:
    return {
        "model": "articles.article",
        "fields": {"headline": headline, "slug": "cage", "deck": deck, "body": body, "section": ["work"]},
    }


def quote(text="They had to look", source="jelani-drew", **fields) -> dict:
    return {
        "model": "articles.quote",
        "fields": {
            "article": ["cage"],
            "position": 1,
            "slug": "drew-look",
            "source": [source],
            "kind": "direct",
            "text": text,
            "said_on": "2018-09-25",
            "terms": "record",
            **fields,
        },
    }


def in_body(old: str, new: str) -> tuple[list[dict], list[dict]]:
    """A story before and after other words stand in its text."""
    assert old in BODY
    return [story()], [story(body=BODY.replace(old, new))]
