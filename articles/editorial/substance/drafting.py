"""The words of a correction, drafted from what changed."""

from collections.abc import Iterable

from articles.editorial.substance.changes import Change, Kind

#: Of a text that is quoted in a draft.
LONGEST = 400


def drafted(changes: Iterable[Change]) -> str:
    """The words of a correction that tells readers of these changes, for an editor to mend; a paragraph for each.

    Of a change that would tell who a source is that is not named it says nothing.
    """
    paragraphs = []
    for change in changes:
        if not change.was and change.kind != Kind.SOURCE:
            continue
        earlier = "The earlier version also" if paragraphs else "An earlier version of this story"
        paragraphs.append(WORDINGS[change.kind](change, earlier))
    return "\n\n".join(paragraphs)


def headline_in_words(change: Change, earlier: str) -> str:
    return f"{earlier} had the headline {said(change.was)} The headline is {said(change.now)}"


def words_in_words(change: Change, earlier: str) -> str:
    speaker = change.speaker or "a source"
    return f"{earlier} misquoted {speaker}: {said(change.was)} The words are {said(change.now)}"


def source_in_words(change: Change, earlier: str) -> str:
    if not change.was or not change.now:
        return f"{earlier} attributed a quote wrongly."
    return f"{earlier} attributed words of {change.now} to {change.was}."


def day_in_words(change: Change, earlier: str) -> str:
    right = f"They are from {change.now}." if change.now else "That day is not known."
    return f"{earlier} said that words of {change.speaker} were from {change.was}. {right}"


def removed_in_words(change: Change, earlier: str) -> str:
    speaker = change.speaker or "a source"
    return f"{earlier} quoted {speaker}: {said(change.was)} The quote has been taken out."


def fact_in_words(change: Change, earlier: str) -> str:
    return f"{earlier} said {said(change.was)} It is {said(change.now)}"


WORDINGS = {
    Kind.HEADLINE: headline_in_words,
    Kind.WORDS: words_in_words,
    Kind.SOURCE: source_in_words,
    Kind.DAY: day_in_words,
    Kind.REMOVED: removed_in_words,
    Kind.NAME: fact_in_words,
    Kind.NUMBER: fact_in_words,
}


def said(words: str) -> str:
    """Words in quotation marks at the end of a sentence; marks inside them become single ones."""
    words = " ".join(words.split())
    if len(words) > LONGEST:
        words = f"{words[:LONGEST].rsplit(' ', 1)[0]} …"
    inner = words.replace("“", "‘").replace("”", "’")
    return f"“{inner}”" if inner.endswith((".", "?", "!", "…")) else f"“{inner}”."
