"""From figures to increments: what changed, in which chain, and what is once ever."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.outcomes.figures import Figure, Rates, Review
from bot.outcomes.increments import Chain, Increment, increments

BASELINE, SIX, TWELVE = date(2025, 11, 17), date(2026, 5, 18), date(2026, 11, 18)
RATES = Rates.of(
    [
        ("DOP", date(2026, 11, 15), Decimal("62.50")),
        ("DOP", date(2025, 11, 15), Decimal("60")),
        ("DOP", date(2026, 5, 15), Decimal("61")),
    ]
)
VERIFIED, UNREVIEWED = Review.VERIFIED, Review.UNREVIEWED


def figure(
    indicator: str,
    value: int | str,
    day: date = BASELINE,
    survey: int | None = None,
    *,
    currency: str | None = "XCD",
    said: str | None = "yes",
    review: Review = VERIFIED,
    order: int = 0,
    **more: str,
) -> Figure:
    money = indicator in ("sales_month", "exports_month", "financing")
    return Figure(
        id=order or hash((indicator, day, survey)) % 10**6,
        client=1,
        indicator=indicator,
        day=day,
        order=order,
        value=Decimal(value),
        currency=currency if money else None,
        survey=survey,
        attribution=said if survey else None,
        review=review if survey else UNREVIEWED,
        **more,
    )


def told(found: list[Increment], indicator: str, chain: Chain = Chain.TOLD) -> list[str]:
    """The increments of a follow-up as: day before > after = value usd said."""

    def shown(number: object) -> str:
        return "-" if number is None else str(number)

    return [
        f"{one.day:%m-%d} {shown(one.before)} > {one.after} = {shown(one.value)} {shown(one.usd)} {shown(one.attribution)}"
        for one in found
        if one.indicator == indicator and one.chain is chain and not one.baseline
    ]


def sales(*values: tuple[int, str | None, Review]) -> list[Figure]:
    """A baseline of 4,320, and follow-ups of (value, attribution, review)."""
    days = (SIX, TWELVE, date(2027, 5, 18))
    later = [
        figure("sales_month", value, days[at], at + 1, said=said, review=review)
        for at, (value, said, review) in enumerate(values)
    ]
    return [figure("sales_month", 4320), *later]


def test_each_increment_goes_from_the_figure_before() -> None:
    found = increments(sales((5400, "yes", VERIFIED), (6480, "yes", VERIFIED)), RATES, idea=False)
    both = ["05-18 4320 > 5400 = 1080 400.00 yes", "11-18 5400 > 6480 = 1080 400.00 yes"]
    assert told(found, "sales_month") == both
    assert told(found, "sales_month", Chain.VERIFIED) == both


@pytest.mark.parametrize(
    ("six", "verified"),
    [
        (("yes", UNREVIEWED), ["11-18 4320 > 6480 = 2160 800.00 yes"]),
        (("partly", Review.QUERIED), ["11-18 4320 > 6480 = 2160 800.00 yes"]),
        ((None, UNREVIEWED), ["11-18 4320 > 6480 = 2160 800.00 yes"]),
        (
            ("no", UNREVIEWED),
            ["05-18 4320 > 5400 = 1080 400.00 no", "11-18 5400 > 6480 = 1080 400.00 yes"],
        ),
        (("no", Review.REJECTED), ["11-18 4320 > 6480 = 2160 800.00 yes"]),
    ],
)
def test_what_links_the_verified_chain(six: tuple[str | None, Review], verified: list[str]) -> None:
    found = increments(sales((5400, *six), (6480, "yes", VERIFIED)), RATES, idea=False)
    assert told(found, "sales_month", Chain.VERIFIED) == verified


def test_a_rejected_figure_leaves_every_chain() -> None:
    found = increments(sales((5400, "yes", Review.REJECTED), (6480, "yes", VERIFIED)), RATES, idea=False)
    assert told(found, "sales_month") == ["11-18 4320 > 6480 = 2160 800.00 yes"]


def test_a_refused_figure_is_reached_over() -> None:
    found = increments([figure("sales_month", 4320), figure("sales_month", 6480, TWELVE, 2)], RATES, idea=False)
    assert told(found, "sales_month") == ["11-18 4320 > 6480 = 2160 800.00 yes"]


def test_without_a_baseline_the_first_level_becomes_it() -> None:
    later = [figure("exports_month", 540, SIX, 1), figure("exports_month", 810, TWELVE, 2)]
    found = increments(later, RATES, idea=False)
    assert told(found, "exports_month") == ["05-18 - > 540 = - - yes", "11-18 540 > 810 = 270 100.00 yes"]
    assert told(found, "new_exporter") == []


def test_two_currencies_have_no_local_change_and_the_rate_of_the_later_day() -> None:
    before = figure("sales_month", 72_200, SIX, 1, currency="DOP")
    found = increments([before, figure("sales_month", 2000, TWELVE, 2, currency="USD")], RATES, idea=False)
    assert told(found, "sales_month") == ["05-18 - > 72200 = - - yes", "11-18 72200 > 2000 = - 844.80 yes"]


@pytest.mark.parametrize(
    ("value", "day", "usd"),
    [
        ("610", SIX, "10.00"),
        ("610", date(2026, 11, 14), "10.00"),
        ("625", date(2026, 11, 15), "10.00"),
        ("1", date(2025, 11, 14), None),
        ("0.305", SIX, "0.01"),  # half a cent goes away from zero
        ("-0.305", SIX, "-0.01"),
    ],
)
def test_the_rate_of_the_day(value: str, day: date, usd: str | None) -> None:
    assert RATES.usd(Decimal(value), "DOP", day) == (Decimal(usd) if usd else None)


def test_a_devaluation_is_no_loss_of_sales() -> None:
    """The same pesos are fewer dollars now, and nothing was lost."""
    kept = [
        figure("sales_month", 60_000, BASELINE, currency="DOP"),
        figure("sales_month", 60_000, TWELVE, 1, currency="DOP"),
    ]
    assert told(increments(kept, RATES, idea=False), "sales_month") == ["11-18 60000 > 60000 = 0 0.00 yes"]


def test_a_flow_counts_each_time_it_is_told() -> None:
    told_twice = [
        figure("financing", 13_500, SIX, 1, kind="loan"),
        figure("financing", 0, TWELVE, 2),
        figure("financing", 2700, date(2027, 5, 18), 3),
    ]
    found = increments(told_twice, RATES, idea=False)
    assert [(one.value, one.usd, one.kind) for one in found if one.chain is Chain.TOLD] == [
        (Decimal(13_500), Decimal("5000.00"), "loan"),
        (Decimal(0), Decimal("0.00"), None),
        (Decimal(2700), Decimal("1000.00"), "unknown"),
    ]


@pytest.mark.parametrize(
    ("before", "now", "said", "counted"),
    [((6, 2), (5, 3), 3, 3), ((2, 0), (5, 0), 4, 2), ((5, 0), (2, 1), 9, 3), ((0, 0), (4, 0), 2, 0)],
)
def test_no_more_jobs_are_retained_than_there_were_or_are(
    before: tuple[int, int], now: tuple[int, int], said: int, counted: int
) -> None:
    figures = [
        figure("employees_full", before[0], order=1),
        figure("employees_part", before[1], order=2),
        figure("employees_full", now[0], SIX, 1, order=3),
        figure("employees_part", now[1], SIX, 1, order=4),
        figure("retained", said, SIX, 1, order=5),
    ]
    (one,) = [found for found in increments(figures, RATES, idea=False) if found.indicator == "retained"][:1]
    assert one.value == counted


@pytest.mark.parametrize(
    ("idea", "values", "starts"),
    [
        (True, (0, 1350, 2700), ["05-18 - > 1350 = 1 - yes"]),
        (True, (0, 0, 2700), ["11-18 - > 2700 = 1 - yes"]),
        (True, (500, 1350, 2700), []),  # it sold when it came
        (False, (0, 1350, 2700), []),  # a shop that was closed for a while
    ],
)
def test_an_idea_starts_once(idea: bool, values: tuple[int, int, int], starts: list[str]) -> None:
    figures = [
        figure("sales_month", values[0]),
        figure("sales_month", values[1], SIX, 1),
        figure("sales_month", values[2], TWELVE, 2),
    ]
    assert told(increments(figures, RATES, idea=idea), "start") == starts


@pytest.mark.parametrize(
    ("values", "first"),
    [
        ((0, 540, 810), ["05-18 - > 540 = 1 - yes"]),
        ((10, 540, 810), []),
        ((0, 0, 0), []),
        ((0, 0, 5), ["11-18 - > 5 = 1 - yes"]),
    ],
)
def test_a_new_exporter_is_one_once(values: tuple[int, int, int], first: list[str]) -> None:
    figures = [
        figure("exports_month", values[0]),
        figure("exports_month", values[1], SIX, 1),
        figure("exports_month", values[2], TWELVE, 2),
    ]
    assert told(increments(figures, RATES, idea=False), "new_exporter") == first


# --- properties ------------------------------------------------------------------------------------------------------

LEVELS = ("sales_month", "exports_month", "employees_full", "employees_part")


@st.composite
def histories(draw: st.DrawFn) -> list[Figure]:
    """A baseline and follow-ups of one business, with gaps, every attribution and every review."""
    figures = []
    surveys = draw(st.integers(0, 6))
    for survey in range(surveys + 1):
        day = BASELINE + timedelta(days=survey * 30 + draw(st.integers(0, 20)))
        said = draw(st.sampled_from(["yes", "partly", "no", None]))
        for place, name in enumerate((*LEVELS, "financing", "retained")):
            if draw(st.booleans()):
                review = draw(st.sampled_from(list(Review)))
                value, order = draw(st.integers(0, 9000)), survey * 10 + place + 1
                figures.append(figure(name, value, day, survey or None, said=said, review=review, order=order))
    return figures


def net(found: list[Increment], chain: Chain, name: str, since: date, until: date) -> Decimal:
    of_period = [one for one in found if one.chain is chain and one.indicator == name and since <= one.day <= until]
    return sum((one.value or Decimal(0) for one in of_period), Decimal(0))


@given(histories(), st.lists(st.integers(0, 260), max_size=4), st.booleans())
def test_the_parts_of_a_period_add_up_to_it(history: list[Figure], cuts: list[int], idea: bool) -> None:
    found = increments(history, RATES, idea=idea)
    first, last = BASELINE, BASELINE + timedelta(days=260)
    days = sorted({0, *cuts, 261})
    for chain in Chain:
        for name in (*LEVELS, "financing", "retained", "start", "new_exporter"):
            parts = [
                net(found, chain, name, first + timedelta(days=begin), first + timedelta(days=end - 1))
                for begin, end in itertools.pairwise(days)
            ]
            assert sum(parts, Decimal(0)) == net(found, chain, name, first, last)


@given(histories(), st.randoms(use_true_random=False), st.booleans())
def test_the_order_of_the_rows_changes_nothing(history: list[Figure], random: object, idea: bool) -> None:
    shuffled = history[:]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert increments(shuffled, RATES, idea=idea) == increments(history, RATES, idea=idea)


@given(histories(), st.data())
def test_a_review_or_a_correction_changes_only_its_own_indicator(history: list[Figure], data: st.DataObject) -> None:
    if not history:
        return
    place = data.draw(st.integers(0, len(history) - 1))
    mine = history[place].indicator
    changed = replace(history[place], value=history[place].value + 7, review=data.draw(st.sampled_from(list(Review))))
    after = increments([*history[:place], changed, *history[place + 1 :]], RATES, idea=False)
    touched = {mine, "new_exporter"} if mine == "exports_month" else {mine}
    touched |= {"retained"} if mine in ("employees_full", "employees_part") else set()

    def untouched(found: list[Increment]) -> list[Increment]:
        return [one for one in found if one.indicator not in touched]

    assert untouched(after) == untouched(increments(history, RATES, idea=False))


@given(histories())
def test_the_chain_of_told_figures_ends_at_the_last_level(history: list[Figure]) -> None:
    found = increments(history, RATES, idea=False)
    for name in LEVELS:
        links = sorted(
            (one for one in history if one.indicator == name and one.review is not Review.REJECTED),
            key=lambda one: (one.day, one.order),
        )
        if links:
            whole = net(found, Chain.TOLD, name, BASELINE, BASELINE + timedelta(days=260))
            assert whole == links[-1].value - links[0].value
