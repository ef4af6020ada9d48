"""Who may do what on the desk, said once and in a table: what the matrix of all pages is held against.

The roles are those of fixtures/roles.json; what stands here is what they are meant to be able to do, whatever rights
are written there. Readers, accounts and staff without a role may nothing of it.
"""


def table(text) -> dict[str, dict[str, str]]:
    """Rows by their first word, cells by the word over them."""
    heading, *lines = text.strip().splitlines()
    return {row: dict(zip(heading.split(), cells, strict=True)) for row, *cells in map(str.split, lines)}


#: r: read, a: add, c: change, d: delete.
NOUNS = table("""
                reporter  editor  managing  superuser
article         ra        rac     rac       rac
quote           r         r       r         r
replyrequest    r         r       r         r
source          ra        rac     racd      racd
statement       ra        rac     racd      racd
image           ra        rac     racd      racd
tag             ra        rac     racd      racd
section         r         r       racd      racd
author          r         rac     racd      racd
user            -         -       rac       racd
group           -         -       r         racd
statuschange    r         r       r         r
auditentry      r         r       r         r
""")

#: Whose stories are changed by whom, by where the story stands. “own”: those they began themselves.
STORIES = table("""
                reporter  editor  managing  superuser
draft           own       all     all       all
review          -         all     all       all
scheduled       -         all     all       all
published       -         all     all       all
redrafted       -         all     all       all
embargoed       -         all     all       all
ended           -         all     all       all
withdrawn       -         all     all       all
binned          -         -       -         -
""")

#: Who ever takes a step; with which story is told by the table of steps, and tested with it.
MOVES = table("""
                reporter  editor  managing  superuser
submit          own       all     all       all
take_back       own       -       -         -
publish         -         all     all       all
schedule        -         all     all       all
unschedule      -         all     all       all
send_back       -         all     all       all
withdraw        -         -       all       all
reopen          -         all     all       all
bin             own       all     all       all
restore         -         all     all       all
empty           -         -       all       all
""")

OUTSIDE = ["anonymous", "account"]
ROLES = [*OUTSIDE, "staff", "reporter", "editor", "managing", "superuser"]

#: Pages of the desk that whoever may come in sees, each with what is theirs to see, and those anybody sees.
FOR_EVERYBODY = {
    "index", "password_change", "password_change_done", "jsi18n", "login", "logout", "autocomplete",
}  # fmt: skip
OPEN = {"login", "logout"}
#: The right a page asks for, if it does not show something (r) and change it (c).
NEEDS = {"add": "a", "delete": "d"}


def may(role, noun, right) -> bool:
    return right in NOUNS.get(noun, {}).get(role, "")


def holds(cell, role, story) -> bool:
    return cell.get(role) == "all" or (cell.get(role) == "own" and story.begun_by == role)


def may_read(role, route) -> bool:
    if route.page in FOR_EVERYBODY:
        return role not in OUTSIDE or route.page in OPEN
    if route.page == "app_list":
        return any(role in cells for cells in NOUNS.values())
    return may(role, route.noun, NEEDS.get(route.page, "r"))


def may_write(role, route, row, what) -> bool:
    """Whether what is posted there (`what`, see the matrix) may change anything."""
    if route.page == "logout":
        return role not in OUTSIDE  # history says who went
    if route.page == "changelist":
        return what == "delete" and may(role, route.noun, "d")
    if route.page == "step":
        return holds(MOVES[what], role, row)
    if route.page in NEEDS:
        return may(role, route.noun, NEEDS[route.page])
    if route.noun == "article" and row is not None:
        return holds(STORIES[row.state], role, row)
    return may(role, route.noun, "c")
