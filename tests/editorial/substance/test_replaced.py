import pytest

from articles.editorial.substance.replaced import A_FEW_WORDS, LONGEST_PASSAGE, OF_A_PASSAGE, replaced_facts
from articles.editorial.substance.text import Text


def replaced(was, now, known=()):
    return tuple(
        [tuple(each) for each in found] for found in replaced_facts(Text(was), Text(now), frozenset(known))
    )


@pytest.mark.parametrize(
    ("was", "now", "names", "numbers"),
    [
        ("he met Ada Ferry and left", "he met Ida Wells and left", [("Ada Ferry", "Ida Wells")], []),
        (
            "he met Ferry on July 19",
            "he met Wells on July 20",
            [("Ferry", "Wells")],
            [("July 19", "July 20")],
        ),
        ("in May 5 came", "in June 6 came", [], [("May 5", "June 6"), ("May 5", "June 6")]),
        ("Ferry met Wells", "Wells met Ferry", [("Ferry", "Wells"), ("Wells", "Ferry")], []),
        ("it was 3 p.m. then", "it was 3 a.m. then", [], [("3 p.m.", "3 a.m.")]),
        ("it fell by 5% then", "it fell by 5 then", [], [("5%", "5")]),
        ("it fell by 5% then", "it fell by five percent then", [], []),
        ("they met Ferry. It was so. They left.", "they met. It was so. They and Wells left.", [], []),
    ],
)
def test_what_stands_where_something_else_stood(was, now, names, numbers):
    assert replaced(was, now, known={"ferry", "wells"}) == (names, numbers)


def test_of_a_passage_written_anew_only_a_few_are_set_against_each_other():
    was = " ".join(f"ab {n}" for n in range(100, 100 + A_FEW_WORDS))
    now = " ".join(f"cd {n}" for n in range(300, 300 + A_FEW_WORDS))
    assert len(replaced(was, now)[1]) == OF_A_PASSAGE


def test_in_one_as_long_as_a_story_nothing_stands_where_something_else_stood():
    was, now = (
        " ".join(f"{word} {n}" for n in numbers)
        for word, numbers in (
            ("ab", range(LONGEST_PASSAGE)),
            ("cd", range(LONGEST_PASSAGE, 2 * LONGEST_PASSAGE)),
        )
    )
    assert replaced(was, now) == ([], [])
