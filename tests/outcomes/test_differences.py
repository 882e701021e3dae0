"""What changed since a report was issued: each difference has one cause, and they add up."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bot.outcomes.differences import Cause, News, Part, differences


def part(figure: int | None, usd: int, business: int | str = 1, value: int | None = None) -> Part:
    return Part(figure, business, "sales_month", Decimal(usd if value is None else value), Decimal(usd))


def causes(before: list[Part], after: list[Part], news: News) -> dict[str, int]:
    (one,) = differences(before, after, news)
    return {cause.value: int(amount) for cause, amount in one.parts.items()}


def test_each_cause() -> None:
    before = [part(1, 100), part(2, 200), part(3, 300), part(None, 50, "k"), part(5, 500, 5), part(6, 60, 6)]
    after = [
        part(1, 110),  # corrected
        part(3, 310, value=300),  # the same money at another rate
        part(4, 40),  # a late answer
        part(5, 510, 5),  # the one before it was corrected
        part(6, 66, 6),  # nothing happened to it: a rule is another one
    ]
    news = News(
        late=frozenset({4}),
        corrected=frozenset({1}),
        reviewed=frozenset({2}),
        corrected_at=frozenset({5}),
        late_at=frozenset({1}),
    )
    assert causes(before, after, news) == {
        "correction": 20,
        "rate": 10,
        "late answer": 40,
        "withdrawal": -50,
        "review": -200,
        "method": 6,
    }


def test_nothing_is_said_of_what_is_the_same() -> None:
    assert differences([part(1, 100)], [part(1, 100)], News()) == []


@given(
    st.dictionaries(st.integers(1, 9), st.integers(-900, 900)),
    st.dictionaries(st.integers(1, 9), st.integers(-900, 900)),
    st.sets(st.integers(1, 9)),
    st.sets(st.integers(1, 9)),
    st.lists(st.integers(-900, 900), max_size=3),
)
def test_the_parts_add_up(
    old: dict[int, int], new: dict[int, int], late: set[int], corrected: set[int], gone: list[int]
) -> None:
    before = [*(part(figure, usd) for figure, usd in old.items()), *(part(None, usd, "k") for usd in gone)]
    after = [part(figure, usd) for figure, usd in new.items()]
    for one in differences(before, after, News(late=frozenset(late), corrected=frozenset(corrected))):
        assert one.after - one.before == sum(one.parts.values(), Decimal(0))
        assert Cause.RATE not in one.parts
