"""Names of tags: which spellings are one name, and which tag has it."""

import unicodedata

from articles.models import Tag, TagSynonym


def folded(name: str) -> str:
    """What all spellings of one name have in common: “ＡＩ”, “Ai” and “ai” are one, and so are “Straße” and “STRASSE”.

    Width, ligatures, case, white space and what nobody sees are left aside; accents are not.
    """
    for _ in range(2):  # folding can bring up what has to be composed, and the other way round
        name = unicodedata.normalize("NFKC", unicodedata.normalize("NFKD", name).casefold())
    seen = "".join(character for character in name if not is_invisible(character))
    return " ".join(seen.split())


def is_invisible(character: str) -> bool:
    return unicodedata.category(character) == "Cf" or "\ufe00" <= character <= "\ufe0f"


def who_is_called(name: str, *, apart_from: Tag) -> str:
    """Why a tag cannot have this name or this synonym, in words; empty if it can.

    Reads every name there is: databases fold capitals in different ways, and none of them widths or ligatures. To be
    sure that nobody else takes the name meanwhile, call it in a turn of one's own (see `turns`).
    """
    wanted = folded(name)
    for other in Tag.objects.exclude(pk=apart_from.pk).values_list("name", flat=True):
        if folded(other) == wanted:
            return f"There is this tag already: “{other}”."
    synonyms = TagSynonym.objects.exclude(tag=apart_from.pk).values_list("name", "tag__name")
    for synonym, tag in synonyms:
        if folded(synonym) == wanted:
            return f"“{synonym}” is another word for the tag “{tag}” already."
    return ""
