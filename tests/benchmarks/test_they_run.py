"""The measurements run, at a small size. Their figures are for people; only what must never happen is asserted."""

from tests.benchmarks import desk_saves


def test_no_acknowledged_save_is_lost_when_three_editors_save_at_once():
    counts = desk_saves.run(editors=3, saves=9)
    assert counts["accepted"] >= 1
    assert counts["accepted"] + counts["refused"] == 9
    assert counts["lost"] == 0
