"""Markup that nobody writes by hand and that would keep the sanitiser busy for minutes.

The work of an HTML parser grows with the number of tags times the number of tags that stand open, so somebody
who opens tens of thousands without closing one can stop a worker. What is found here is refused before it is
parsed. Nothing is changed and nothing is trusted because of it: the sanitiser still decides what is kept.

Each doubt counts against the text: where this reading and a browser's might differ, no tag counts as closed.
"""

import re

MOST_OPEN = 100
#: How much may stand in a text that holds something this module does not follow.
MOST_UNREAD_TAGS, MOST_UNREAD_CHARACTERS = 1_000, 50_000
#: Below this nothing can take long.
FEW_TAGS, FEW_CHARACTERS = 100, 20_000

ATTRIBUTE = r"""\s++[^\s"'<>/=]++(?:\s*+=\s*+(?:"[^"<>]*+"|'[^'<>]*+'|[^\s"'=<>`]++))?+"""
# One step through a text: a comment or what a browser takes for one; a tag without any oddity; or a piece
# that begins like a tag and is none. The marks `++` and `*+` never step back, so the time stays linear.
STEP = re.compile(
    rf"(?P<comment><!--(?:-?>|.*?(?:--!?>|\Z))|<(?:[!?]|/(?![a-z]))[^>]*+(?:>|\Z))"
    rf"|<(?P<end>/?)(?P<name>[a-z][a-z0-9:-]*+)(?:{ATTRIBUTE}){{0,50}}+\s*+/?>"
    rf"|(?P<odd><[a-z/])",
    re.ASCII | re.IGNORECASE | re.DOTALL,
)
NEVER_OPEN = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)  # fmt: skip
# Inside these a browser reads by other rules, so their end and what follows is in doubt.
BY_OTHER_RULES = frozenset(
    ["frameset", "iframe", "listing", "math", "noembed", "noframes", "noscript", "plaintext", "script", "select",
     "style", "svg", "template", "textarea", "title", "xmp"]
)  # fmt: skip
# Pages written by hand leave `</p>` and `</li>` out: these tags end them.
ENDS_A_PARAGRAPH = frozenset(
    ["blockquote", "div", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "ul"]
)
ENDS_WHAT_WAS_LEFT_OPEN = frozenset(["blockquote", "div", "li", "ol", "ul"])
LEFT_OPEN = ("p", "li")


def is_tangled(markup: str) -> bool:
    """Whether so much stands inside each other that parsing it would take long."""
    tags = min(markup.count("<"), markup.count(">"))
    if tags <= FEW_TAGS and len(markup) <= FEW_CHARACTERS:
        return False
    opened = []
    for step in STEP.finditer(markup):
        name = (step["name"] or "").lower()
        if step["odd"] or name in BY_OTHER_RULES:
            return tags > MOST_UNREAD_TAGS or len(markup) > MOST_UNREAD_CHARACTERS
        if step["end"]:
            close(name, opened)
        elif name:
            open_(name, opened)
        if len(opened) > MOST_OPEN:
            return True
    return False


def open_(name: str, opened: list[str]) -> None:
    if opened and opened[-1] == "p" and name in ENDS_A_PARAGRAPH:
        opened.pop()
    if opened and opened[-1] == name == "li":
        opened.pop()
    if name not in NEVER_OPEN:
        opened.append(name)


def close(name: str, opened: list[str]) -> None:
    """Takes away the innermost tag if this closes it; an end tag in the wrong place closes nothing."""
    last = len(opened) - 1
    while name in ENDS_WHAT_WAS_LEFT_OPEN and last >= 0 and name != opened[last] in LEFT_OPEN:
        last -= 1
    if last >= 0 and opened[last] == name:
        del opened[last:]
