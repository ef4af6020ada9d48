"""Finds out who is accused of something in a text, by a rule of thumb.

It knows English words only, and reads who is accused from the order of words in one sentence. It finds neither irony
nor “the company”, takes a denial for an accusation, and takes somebody who is named behind the accused for one of
them. So what it finds is a question to an editor, never a reason to refuse anything.
"""

import re
from collections.abc import Iterator
from itertools import islice

from articles.editorial.mentions import Known, Mention, has_capital, level, mentions_of
from articles.models import Source

SHORTEST_SURNAME = 3
#: A story that accuses more often is not judged further.
MOST_SENTENCES = 200

#: Falls on whoever comes next, or if it is passive, on whoever came before.
TURNED_ON = (
    r"(?i:accus(?:e|es|ed|ing)|blam(?:e|es|ed|ing)|critici[sz](?:e|es|ed|ing)|condemn(?:s|ed|ing)?|"
    r"denounc(?:e|es|ed|ing)|rebuk(?:e|es|ed|ing)|slam(?:s|med|ming)|alleg(?:e|es|ed|ing))|sue[ds]?|suing"
)
#: Falls on whoever came before.
DONE_BY = (
    r"(?i:lied|misled|cheated|defrauded|bribed|embezzled|stole|covered up|broke the law|violated|indicted|"
    r"charged with)"
)
#: Falls on anybody in the sentence; with “against”, on whoever comes next.
SPOKEN_OF = r"(?i:allegedly|allegations?|accusations?|wrongdoing|misconduct|lawsuits?)"
ACCUSATION = re.compile(
    rf"\b(?:(?P<turned_on>{TURNED_ON})|(?P<done_by>{DONE_BY})|(?P<spoken_of>{SPOKEN_OF}))\b"
)
PASSIVE_BEFORE = re.compile(r"\b(?:is|are|was|were|be|been|being|stands|stood)(?: \w+)? $")
PASSIVE_AFTER = re.compile(r" (?:of|for|by|over|with|in)\b")
ON_WHOM = re.compile(r" (?:on|against)\b")
#: A full stop behind one letter or a title ends nothing: “U.S.”, “Mr.”
END_OF_SENTENCE = re.compile(r"(?:(?<=[^\W_]{3})|(?<=\s[a-z]{2}))[.!?…]+[\"'”’»)\]]*\s|\n")
LAST_WORD = re.compile(r"[^\W\d_]+$")


def accused(text: str, known: Known) -> list[tuple[Mention, str]]:
    """The known names on which words of accusation fall, each with its sentence; `known` are those that the story or
    its tags name, so that a last name is enough."""
    text = level(text)
    if not ACCUSATION.search(text):
        return []
    known = with_last_names(known)
    accusing = islice(filter(ACCUSATION.search, END_OF_SENTENCE.split(text)), MOST_SENTENCES)
    return [(mention, sentence.strip()) for sentence in accusing for mention in accused_in(sentence, known)]


def with_last_names(known: Known) -> Known:
    last_names: dict[str, dict[int, Source]] = {}
    for name, sources in known.items():
        last = LAST_WORD.search(name)
        if last and len(last[0]) >= SHORTEST_SURNAME and has_capital(last[0]):
            people = {source.pk: source for source in sources if source.kind == Source.Kind.PERSON}
            last_names.setdefault(last[0], {}).update(people)
    return {**{name: tuple(people.values()) for name, people in last_names.items() if people}, **known}


def accused_in(sentence: str, known: Known) -> Iterator[Mention]:
    accusations = list(ACCUSATION.finditer(sentence))
    for mention in mentions_of(known, sentence):
        if any(falls_on(mention, accusation, sentence) for accusation in accusations):
            yield mention


def falls_on(mention: Mention, accusation: re.Match, sentence: str) -> bool:
    came_before = mention.end <= accusation.start()
    if ON_WHOM.match(sentence, accusation.end()):
        return not came_before
    if accusation["spoken_of"]:
        return True
    if accusation["done_by"]:
        return came_before
    is_passive = PASSIVE_AFTER.match(sentence, accusation.end()) or PASSIVE_BEFORE.search(
        sentence[max(accusation.start() - 30, 0) : accusation.start()]
    )
    return came_before == bool(is_passive)
