"""A story as it is saved, with whatever is asked about it read once."""

import re
from functools import cached_property

from articles.editorial.accusations import accused
from articles.editorial.mentions import Known, known_names
from articles.editorial.quote_marks import marks_in
from articles.editorial.verification import Verdict, plain_text, verify
from articles.models import Article, Image, Quote, ReplyRequest, Source

MAY_ANSWER = frozenset({Source.Kind.PERSON, Source.Kind.ORGANISATION})
LINK = re.compile(r"(<a [^<>]*>|</a>)")


class SavedStory:
    """What the checks of readiness ask. Each query is sent at most once, and not before it is needed."""

    def __init__(self, article: Article):
        self.article = article

    @cached_property
    def quotes(self) -> list[Quote]:
        return list(self.article.quotes.in_story_order())

    @cached_property
    def verdicts(self) -> list[Verdict]:
        return verify(self.article, self.quotes)

    @cached_property
    def requests(self) -> list[ReplyRequest]:
        return list(self.article.reply_requests.select_related("source").order_by("pk"))

    @cached_property
    def tags(self) -> list[str]:
        return list(self.article.tags.order_by("pk").values_list("name", flat=True))

    @cached_property
    def pictures(self) -> list[tuple[Image, str]]:
        """Each picture with the field it is chosen in."""
        top = [(self.article.image, "image")] if self.article.image_id else []
        within = self.article.illustrations.select_related("image").order_by("pk")
        return [*top, *((row.image, "body") for row in within)]

    @cached_property
    def recorded(self) -> list[str]:
        """The words that a record of the story answers for: those written down, and those marked in the text."""
        slugs = {quote.slug for quote in self.quotes}
        marked = [words for slug, words in marks_in(self.article.body) if slug in slugs]
        return [*(quote.text for quote in self.quotes), *marked]

    @cached_property
    def text(self) -> str:
        """Headline, deck and body, with a line for each block."""
        return "\n".join([self.article.headline, self.article.deck, lines(self.article.body)])

    @cached_property
    def known(self) -> Known:
        """The sources that the text or a tag may name."""
        return known_names("\n".join([*self.tags, self.text]))

    @cached_property
    def criticised(self) -> list[tuple[Source, str]]:
        """The people and organisations that the text accuses, and that the story neither quotes nor asks; each with
        the sentence that does so first."""
        heard = {quote.source_id for quote in self.quotes} | {request.source_id for request in self.requests}
        found = {}
        for mention, sentence in accused(self.text, self.known):
            source = mention.sources[0]
            if source.kind in MAY_ANSWER and heard.isdisjoint(other.pk for other in mention.sources):
                found.setdefault(source.pk, (source, sentence))
        return list(found.values())


def lines(body: str) -> str:
    """The words of a body, with a line for each of its blocks and for nothing else."""
    return plain_text(" ".join(body.split()))


def outside_links(body: str) -> str:
    """The body without what leads readers on already."""
    kept, depth = [], 0
    for piece in LINK.split(body):
        if piece.startswith("<a "):
            depth += 1
        elif piece == "</a>":
            depth = max(depth - 1, 0)
        elif not depth:
            kept.append(piece)
    return " ".join(kept)
