"""What a load changes, field by field, in lines that a person reads."""

from articles.editorial.fixtures.mistakes import as_written

CONTEXT = 40  # characters of the unchanged text on both sides of a change
LONGEST = 400


def in_lines(differences: list) -> list[str]:
    """Each field with its old and its new value; of a long text only the part that differs."""
    lines = []
    for field, old, new in differences:
        if (
            isinstance(old, list)
            and isinstance(new, list)
            and any(isinstance(each, list) for each in old + new)
        ):
            old, new = [each for each in old if each not in new], [each for each in new if each not in old]
        old, new = parted(in_words(old), in_words(new))
        lines += [f"    {field}", f"      - {cut(old)}", f"      + {cut(new)}"]
    return lines


def in_words(value) -> str:
    if value in (None, "", []):
        return "(empty)"
    return as_written(value) if isinstance(value, list | dict) else str(value)


def parted(old: str, new: str) -> tuple[str, str]:
    """The texts without what they share at both ends, but for some words around."""
    shortest = min(len(old), len(new))
    start = next((place for place in range(shortest) if old[place] != new[place]), shortest)
    end = next(
        (place for place in range(shortest - start) if old[-1 - place] != new[-1 - place]), shortest - start
    )
    first, last = max(0, start - CONTEXT), max(0, end - CONTEXT)
    return tuple(
        ("…" if first else "") + text[first : len(text) - last] + ("…" if last else "") for text in (old, new)
    )


def cut(text: str) -> str:
    text = text.replace("\n", "⏎")
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}… ({len(text):,} characters)"
