"""Labels keep apart, keep their order and stay inside."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from integrate.charts.placing import Taken, spread_out
from integrate.charts.scene import box_of, overlap
from tests.charts.world import STYLE


@given(st.lists(st.floats(-50, 250), max_size=12), st.floats(1, 40))
def test_labels_keep_apart_inside_and_in_order(wanted: list[float], length: float) -> None:
    places = spread_out(wanted, length, 0, 200)
    if places is None:
        assert len(wanted) * length > 200
        return
    order = sorted(range(len(wanted)), key=lambda one: wanted[one])
    ordered = [places[one] for one in order]
    assert all(length / 2 - 0.001 <= place <= 200 - length / 2 + 0.001 for place in places)
    assert all(later - place >= length - 0.001 for place, later in pairwise(ordered))


@given(st.lists(st.integers(1, 9), unique=True, max_size=9))
def test_labels_that_have_room_stay_where_they_belong(tens: list[int]) -> None:
    wanted = [10.0 * ten for ten in tens]
    assert spread_out(wanted, 10, 0, 100) == tuple(wanted)


def test_labels_that_touch_move_by_as_much_to_both_sides() -> None:
    assert spread_out([50, 50], 10, 0, 100) == (45, 55)
    assert spread_out([98, 99], 10, 0, 100) == (85, 95)


def test_a_label_takes_the_first_place_that_is_free() -> None:
    taken = Taken((0, 0, 200, 40))
    first = STYLE.label(10, 20, "four")
    second = STYLE.label(100, 20, "four")
    assert taken.put((first, second)) == first
    assert taken.put((first, second)) == second
    assert taken.put((first, second)) is None
    assert taken.put((STYLE.label(195, 20, "outside"),)) is None


def test_a_line_is_taken_along_its_way_and_not_beside_it() -> None:
    taken = Taken((0, 0, 200, 200))
    taken.take_line([(0, 0), (200, 200)])
    on_it, beside = STYLE.label(95, 100, "on it"), STYLE.label(120, 30, "beside")
    assert taken.put((on_it,)) is None
    assert taken.put((beside,)) == beside
    assert overlap(box_of(beside), (120, 20, 130, 40))
