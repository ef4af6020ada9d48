"""A story with every kind of row, and changes to it as a desk makes them, drawn by a number."""

from random import Random

from django.db.models import Max

from articles.models import (
    Article,
    Byline,
    Correction,
    Illustration,
    Quote,
    ReplyRequest,
    TaggedArticle,
)
from tests.make import (
    make_article,
    make_author,
    make_byline,
    make_correction,
    make_image,
    make_quote,
    make_reply_request,
    make_section,
    make_source,
    make_tag,
)

WORDS = ["They had to look", "Nobody sails", "كاتبة", "新聞社", "a < b & c", "“Quoted,” she said", "x\ny"]


class World:
    """What stories can refer to."""

    def __init__(self):
        self.sources = [make_source() for _ in range(4)]
        self.authors = [make_author() for _ in range(4)]
        self.tags = [make_tag() for _ in range(4)]
        self.images = [make_image() for _ in range(3)]
        self.sections = [make_section() for _ in range(2)]
        self.others = [make_article() for _ in range(3)]


def make_story(world: World, **values) -> Article:
    story = make_article(
        "The cage moves on", tags=world.tags[:2], section=world.sections[0], image=world.images[0], **values
    )
    for author in world.authors[:2]:
        make_byline(story, author)
    for source in world.sources[:3]:
        make_quote(story, source, said_on="2018-09-25", occasion="letter")
    make_correction(story, quote=story.quotes.first())
    make_reply_request(story, world.sources[3])
    Illustration.objects.create(article=story, image=world.images[1])
    story.picks.add(world.others[0])
    return story


def change(story: Article, world: World, seed: int) -> str:
    """Makes one change to the rows of a story; its name."""
    random = Random(seed)  # noqa: S311
    kinds = [
        change_text, change_reference, add_quote, change_quote, delete_quote, swap_quotes, add_byline, delete_byline,
        swap_bylines, change_tags, change_picks, add_correction, delete_correction, ask_for_a_reply, change_pictures,
    ]  # fmt: skip
    kind = random.choice(kinds)
    kind(story, world, random)
    return kind.__name__


def change_text(story, world, random):
    name = random.choice(["headline", "deck", "body", "dateline", "credit_line"])
    words = f"{random.choice(WORDS)} {random.randrange(5)}"
    Article.objects.filter(pk=story.pk).update(**{name: f"<p>{words}</p>" if name == "body" else words})


def change_reference(story, world, random):
    Article.objects.filter(pk=story.pk).update(
        section=random.choice([*world.sections, None]), image=random.choice([*world.images, None])
    )


def last(rows, name):
    return (rows.aggregate(last=Max(name))["last"] or 0) + 1


def add_quote(story, world, random):
    place = last(story.quotes, "position")
    make_quote(story, random.choice(world.sources), text=random.choice(WORDS), position=place)


def change_quote(story, world, random):
    rows = list(story.quotes.all())
    if rows:
        row = random.choice(rows)
        row.text, row.source = random.choice(WORDS), random.choice(world.sources)
        row.said_on = random.choice([None, "2018-07-19"])
        row.save()


def delete_quote(story, world, random):
    rows = list(story.quotes.all())
    if rows:
        random.choice(rows).delete()


def swap(rows):
    if len(rows) > 1:
        one, other = rows[0], rows[-1]
        model = type(one)
        model.objects.filter(pk=one.pk).update(position=1_000_000)
        model.objects.filter(pk=other.pk).update(position=one.position)
        model.objects.filter(pk=one.pk).update(position=other.position)


def swap_quotes(story, world, random):
    swap(list(story.quotes.in_story_order()))


def swap_bylines(story, world, random):
    swap(list(story.bylines.order_by("position")))


def add_byline(story, world, random):
    free = [author for author in world.authors if not story.bylines.filter(author=author).exists()]
    if free:
        Byline.objects.create(
            article=story,
            author=random.choice(free),
            position=last(story.bylines, "position"),
            role="reporting",
        )


def delete_byline(story, world, random):
    story.bylines.order_by("pk").first() and story.bylines.order_by("pk").first().delete()


def change_tags(story, world, random):
    tag = random.choice(world.tags)
    rows = TaggedArticle.objects.filter(content_object=story, tag=tag)
    if rows.exists():
        rows.delete()
    else:
        TaggedArticle.objects.create(content_object=story, tag=tag)


def change_picks(story, world, random):
    story.picks.set(random.sample(world.others, random.randrange(3)))


def add_correction(story, world, random):
    Correction.objects.create(
        article=story,
        number=last(story.corrections, "number"),
        text=random.choice(WORDS),
        quote=random.choice([None, story.quotes.first()]),
    )


def delete_correction(story, world, random):
    story.corrections.order_by("number").last() and story.corrections.order_by("number").last().delete()


def ask_for_a_reply(story, world, random):
    source = random.choice(world.sources)
    rows = ReplyRequest.objects.filter(article=story, source=source)
    ReplyRequest.objects.create(
        article=story, source=source, number=last(rows, "number"), note=random.choice(WORDS)
    )


def change_pictures(story, world, random):
    image = random.choice(world.images)
    rows = Illustration.objects.filter(article=story, image=image)
    if rows.exists():
        rows.delete()
    else:
        Illustration.objects.create(article=story, image=image)


def rows_elsewhere(story) -> dict:
    """Every row of the newsroom that is no part of this story."""
    return {
        model.__name__: list(
            model._base_manager.exclude(**{owner: story.pk}).order_by("pk").values()
        )
        for model, owner in [
            (Article, "pk"), (Quote, "article"), (Byline, "article"), (TaggedArticle, "content_object"),
            (Correction, "article"), (ReplyRequest, "article"), (Illustration, "article"),
        ]
    }  # fmt: skip
