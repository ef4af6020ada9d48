"""Quotations in the text that no record answers for."""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice

from articles.editorial.passages import passages_in
from articles.editorial.readiness.finding import Finding, advised, excerpt
from articles.editorial.readiness.saved_story import SavedStory
from articles.editorial.verification import Match, fold, stands_in

MOST_SHOWN = 5
#: No story quotes as often; a text that seems to is not judged further.
MOST_LOOKED_AT = 2_000
MOST_DIFFERING = 50
#: How much of a passage's vocabulary a record must share to be the one that is meant, where words differ.
ALIKE = 0.6

ENDS = " ,.;:!?-…"
GAPS = str.maketrans({"[": "\n", "]": "\n"})
WITHOUT_MARKS = str.maketrans({**dict.fromkeys('"ˮ「」『』〝〞〟＂', " "), **dict.fromkeys("'ʼ＇")})


def quotations(story: SavedStory) -> Iterator[Finding]:
    """Passages in quotation marks, and block quotes, that no quote of the story contains or is contained in."""
    passages = unrecorded(story)
    for words, is_block in islice(passages, MOST_SHOWN):
        stands = "stands as a block quote" if is_block else "is quoted"
        yield advised(
            f"{excerpt(words)} {stands}, but there is no record of it: readers cannot see who said it, and when.",
            "quotes",
        )
    more = sum(1 for _ in passages)
    if more:
        passages_are = "1 more passage is" if more == 1 else f"{more} more passages are"
        yield advised(f"{passages_are} quoted without a record.", "quotes")


def unrecorded(story: SavedStory) -> Iterator[tuple[str, bool]]:
    """Each such passage once, and whether it is a block quote."""
    passages = {
        bare(passage.words): passage
        for passage in islice(passages_in(story.article.body, recorded=story.recorded), MOST_LOOKED_AT)
        if passage.is_quotation
    }
    records = [record for words in story.recorded if (record := bare(words))]
    recorded = "\n".join(records)
    around = around_a_record(list(passages), records)
    differing = [
        set(bare(verdict.quote.text).split()) for verdict in story.verdicts if verdict.match == Match.MISSING
    ][:MOST_DIFFERING]
    for words, passage in passages.items():
        if words in around or is_within(words, recorded) or is_like_any(words, differing):
            continue
        yield passage.words, passage.is_block


def bare(words: str) -> str:
    """Words without what differs by house style and by where a passage is cut: marks, capitals, its last comma."""
    folded = fold(unicodedata.normalize("NFC", words)).casefold()
    return " ".join(folded.translate(WITHOUT_MARKS).split()).strip(ENDS)


def is_within(passage: str, recorded: str) -> bool:
    """Whether the records hold the passage; where it leaves something out, or puts it in brackets, the rest of it."""
    if passage in recorded:
        return True
    parts = passage.replace("...", "\n[\n]\n").translate(GAPS).split("\n")
    outside = [part.strip(ENDS) for part in parts[::2]]
    return len(parts) > 1 and all(part in recorded for part in outside)


def around_a_record(passages: list[str], records: list[str]) -> set[str]:
    """Those passages that hold the words of a record."""
    text, starts, at = "\n".join(passages), [], 0
    for passage in passages:
        starts.append(at)
        at += len(passage) + 1
    found = set()
    for record in records:
        at = text.find(record)
        while at >= 0:
            number = bisect_right(starts, at) - 1
            if stands_in(record, passages[number]):
                found.add(passages[number])
            at = text.find(record, starts[number] + len(passages[number]))
    return found


def is_like_any(passage: str, records: list[set[str]]) -> bool:
    """Whether it can only be the quotation of a record whose words differ, which is said about that record."""
    words = set(passage.split())
    return any(len(words & record) >= ALIKE * len(words) for record in records)
