"""Markup that would take minutes to parse is told from markup that is only long."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.fields import ALLOWED_TAGS
from articles.tangles import MOST_OPEN, is_tangled

TOO_MANY = MOST_OPEN + 1
ENOUGH = "<p>x</p>" * MOST_OPEN  # so that the text is read at all


def numbered(piece, count=600):
    return "".join(piece.replace("N", str(number)) for number in range(count))


@pytest.mark.parametrize(
    "markup",
    [
        "<p><blockquote>" * TOO_MANY,
        "<ul><li>" * TOO_MANY,
        numbered("<p><font color=N>"),
        "<em>" * TOO_MANY,
        "<EM\n>" * TOO_MANY,
        "<p><em></p>" * TOO_MANY,
        "<em><br>" * TOO_MANY,
        "<em></ em>" * TOO_MANY,
        "<em><!--</em>-->" * TOO_MANY,
        "<em><!-- --!><!--</em>-->" * TOO_MANY,
        "<em><!x </em><?x </em>" * TOO_MANY,
        "<lin\u212a></link>" * 2000,
        "<p\xa0></p>" * 2000,
    ],
    ids=lambda markup: ascii(markup[:30]),
)  # fmt: skip
def test_tags_that_are_not_closed_stand_inside_each_other(markup):
    assert is_tangled(markup)


@pytest.mark.parametrize(
    "hidden",
    ['<em title="></em>">', "<em title='></em>'>", "<em title=<b></em>", '<em "></em>', "<em/x></em>",
     "<em><script></em></script>", "<em><style></em></style>", "<em><svg><title></em></svg>", "<em><select></em></select>",
     "<em><svg><![CDATA[></em>]]></svg>", "<em><template></em></template>", "<em><textarea></em></textarea>"],
)  # fmt: skip
def test_where_a_browser_may_read_otherwise_no_end_tag_counts(hidden):
    assert is_tangled(hidden * 2000)
    assert not is_tangled(hidden * 20), "a few can do no harm"


@pytest.mark.parametrize(
    "markup",
    [
        "<p>x</p>" * 20_000,
        "<p>x" * 20_000,
        "<p>x\n<p align=left>y<br>" * 5_000,
        "<ul><li>x<li><p>y</ul>" * 5_000,
        "<ul><li>x<ul><li>y</ul></ul><h2>z</h2>" * 5_000,
        "<ol><li><p>x</p><p>y</li><li>z</li></ol>" * 5_000,
        "<p>x<hr>" * 5_000,
        '<p class="MsoNormal" style=\'mso-x:y\'><o:p>&nbsp;</o:p></p>' * 5_000,
        "<!DOCTYPE html><html><body>" + "<!-- <p> --><P>x</P>" * 5_000,
        '<p><a href="https://a.example/?a=1&amp;b=2" target=_blank>x</a> <img src=/x.png alt="" /></p>' * 5_000,
        "<table><tr><td>x</td></tr></table>" * 5_000,
        "1 < 2, 2 > 1 & <3 " * 5_000,
        "<em>" * MOST_OPEN + "x" + "</em>" * MOST_OPEN,
        "<" * 100_000,
        "x" * 1_000_000,
    ],
    ids=lambda markup: ascii(markup[:30]),
)  # fmt: skip
def test_a_long_story_is_not_tangled(markup):
    assert not is_tangled(markup)


def test_hundred_tags_inside_each_other_are_enough_for_anybody():
    assert not is_tangled(ENOUGH + "<em>" * MOST_OPEN)
    assert is_tangled(ENOUGH + "<em>" * TOO_MANY)


def test_a_tag_with_more_attributes_than_anybody_writes_is_doubted():
    assert is_tangled("<p " + " ".join(f"a{number}" for number in range(20_000)) + ">x</p>")


STORY = st.recursive(
    st.text().map(html.escape),
    lambda inside: st.tuples(st.sampled_from(sorted(ALLOWED_TAGS - {"br", "hr"})), st.lists(inside, max_size=3)).map(
        lambda part: f"<{part[0]}>{''.join(part[1])}</{part[0]}>"
    ),
    max_leaves=20,
)  # fmt: skip


@given(STORY)
def test_whatever_is_closed_in_its_place_leaves_nothing_open(story):
    assert not is_tangled(ENOUGH + story * TOO_MANY)
