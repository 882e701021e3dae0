"""How the readers do on the labelled replies, beside the libraries and the expression that others use.

    python -m benchmarks reading                 # tables for docs/reading.md
    python -m benchmarks reading --fuzz 1000000  # random texts: no exception, none slow

The comparison needs the extra `compare`, which `make setup` installs.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from statistics import median
from time import perf_counter
from typing import Any

from bot.answers import Ask, prepare, read
from bot.answers.rows import read_row
from bot.indicators import SALES_MONTH
from bot.model import LANGUAGES, Kind
from tests.answers.replies import TODAY, Labelled, Verdict, judge, replies

Reader = Callable[[Labelled], dict[str, Any]]

ACCEPTABLE = (Verdict.RIGHT, Verdict.RIGHT_ASKED)
FRICTION = (Verdict.RIGHT_ASKED, Verdict.NEEDLESS, Verdict.WRONG_ASKED)
SLOW = 0.05


def _kept(value: Any) -> dict[str, Any]:
    if value is None:
        return {"outcome": "ask_again", "value": None, "currency": None, "period": None, "confirm": False}
    return {"outcome": "value", "value": value, "currency": None, "period": None, "confirm": False}


def ours(row: Labelled) -> dict[str, Any]:
    return read_row(row.row())


def first_number(row: Labelled) -> dict[str, Any]:
    """The usual expression: the first digits, commas dropped."""
    match = re.search(r"\d[\d,]*(?:\.\d+)?", row.text)
    return _kept(float(match[0].replace(",", "")) if match else None)


def text2num_strict(row: Labelled) -> dict[str, Any]:
    from text_to_num import text2num

    try:
        return _kept(float(row.text))
    except ValueError:
        pass
    try:
        return _kept(text2num(row.text.strip().lower(), row.language))
    except (ValueError, KeyError):
        return _kept(None)


def with_price_parser(row: Labelled) -> dict[str, Any]:
    from price_parser import Price

    price = Price.fromstring(row.text)
    return _kept(float(price.amount) if price.amount is not None else None)


def with_number_parser(row: Labelled) -> dict[str, Any]:
    from number_parser import parse

    language = row.language if row.language in ("en", "es") else None
    match = re.search(r"\d[\d,]*(?:\.\d+)?", parse(row.text, language))
    return _kept(float(match[0].replace(",", "")) if match else None)


def with_dateparser(row: Labelled) -> dict[str, Any]:
    import dateparser

    languages = [row.language] if row.language != "ht" else ["fr"]
    parsed_date = dateparser.parse(
        row.text,
        languages=languages,
        settings={"RELATIVE_BASE": datetime.fromisoformat(TODAY), "DATE_ORDER": "DMY", "REQUIRE_PARTS": ["year"]},
    )
    if parsed_date is None:
        return _kept(None)
    expected = row.labels[0].value
    return _kept(parsed_date.date().isoformat()[: len(expected) if isinstance(expected, str) else 10])


FIGURES = frozenset({"sales_month", "sales_year", "employees_full", "employees_part", "percent"})
RIVALS: dict[str, tuple[Reader, frozenset[str]]] = {
    "first number in the text": (first_number, FIGURES),
    "price-parser": (with_price_parser, FIGURES),
    "number-parser": (with_number_parser, FIGURES),
    "text2num, strict": (text2num_strict, FIGURES),
    "dateparser": (with_dateparser, frozenset({"date"})),
}


def measure(reader: Reader, rows: Iterable[Labelled]) -> tuple[list[Verdict], float]:
    """The verdict on each row, and the median milliseconds of one reading."""
    verdicts, times = [], []
    for row in rows:
        start = perf_counter()
        answer = reader(row)
        times.append(perf_counter() - start)
        verdicts.append(judge(row, answer))
    return verdicts, 1000 * median(times)


def share(verdicts: list[Verdict], *expected: Verdict) -> float:
    return 100 * sum(verdict in expected for verdict in verdicts) / max(len(verdicts), 1)


def compare(rows: list[Labelled]) -> None:
    print("| reader | questions | replies | acceptable | silently wrong | median ms |\n|---|---|---:|---:|---:|---:|")
    for asks, names in ((FIGURES, "figures"), (frozenset({"date"}), "dates")):
        picked = [row for row in rows if row.ask in asks]
        readers = {"Acompaña": ours} | {name: reader for name, (reader, reads) in RIVALS.items() if reads == asks}
        for name, reader in readers.items():
            judged = picked if reader is ours else [_without_currency(row) for row in picked]
            verdicts, milliseconds = measure(reader, judged)
            right, wrong = share(verdicts, *ACCEPTABLE), share(verdicts, Verdict.WRONG_SILENT)
            print(f"| {name} | {names} | {len(picked)} | {right:.1f}% | {wrong:.1f}% | {milliseconds:.3f} |")


def _without_currency(row: Labelled) -> Labelled:
    """The others read no currency, and are not judged by it."""
    return replace(row, labels=tuple(replace(label, currency="") for label in row.labels))


def by(rows: list[Labelled], title: str, key: Callable[[Labelled], str]) -> None:
    groups: dict[str, list[Labelled]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    print(f"\n| {title} | replies | acceptable | silently wrong | asked about |\n|---|---:|---:|---:|---:|")
    for name, group in sorted(groups.items(), key=lambda pair: -len(pair[1])):
        verdicts, _ = measure(ours, group)
        asked = share([v for v, row in zip(verdicts, group, strict=True) if row.answerable], *FRICTION)
        right, wrong = share(verdicts, *ACCEPTABLE), share(verdicts, Verdict.WRONG_SILENT)
        print(f"| {name} | {len(group)} | {right:.1f}% | {wrong:.2f}% | {asked:.1f}% |")


def fuzz(count: int, seed: int = 1) -> int:
    """Read `count` random texts for every kind in turn; the exit code is 1 where one raised or took over 50 ms twice."""
    prepare()
    chance = random.Random(seed)
    seeds = [row.text for row in replies()]
    words = sorted({word for text in seeds for word in text.split()})
    kinds = (Kind.AMOUNT, Kind.COUNT, Kind.PERCENT, Kind.YESNO, Kind.DATE, Kind.TEXT)
    failures: Counter[str] = Counter()
    slowest, slow = 0.0, []
    for number in range(count):
        text = _random_text(chance, seeds, words)
        ask = Ask(
            kinds[number % len(kinds)],
            SALES_MONTH,
            chance.choice(["LC", "DO", "HT", "SR", "CO", "BR", ""]),
            chance.choice(LANGUAGES),
        )
        start = perf_counter()
        try:
            read(text, ask)
        except Exception as error:
            failures[f"{type(error).__name__} {ask.kind} {text!r}"] += 1
        taken = perf_counter() - start
        slowest = max(slowest, taken)
        if taken > SLOW and min(_again(text, ask) for _ in range(3)) > SLOW:
            slow.append(text)
    print(
        f"{count} texts: {failures.total()} exceptions, {len(slow)} over 50 ms, slowest single run {1000 * slowest:.1f} ms"
    )
    for failure in list(failures)[:10] + slow[:10]:
        print("  ", failure[:300])
    return int(bool(failures or slow))


def _again(text: str, ask: Ask) -> float:
    start = perf_counter()
    read(text, ask)
    return perf_counter() - start


def _random_text(chance: random.Random, seeds: list[str], words: list[str]) -> str:
    match chance.randrange(5):
        case 0:
            return "".join(
                chr(
                    chance.choice(
                        (chance.randrange(32, 127), chance.randrange(160, 0x3000), chance.randrange(0x1F300, 0x1FAFF))
                    )
                )
                for _ in range(chance.randrange(60))
            )
        case 1:
            return "".join(chance.choice("0123456789.,$ -/'kmx%+()") for _ in range(chance.randrange(40)))
        case 2:
            return " ".join(chance.choice(words) for _ in range(chance.randrange(1, 12)))
        case 3:
            text = list(chance.choice(seeds))
            for _ in range(chance.randrange(1, 4)):
                text.insert(chance.randrange(len(text) + 1), chance.choice("0123456789 .,eaio'-?$"))
            return "".join(text)
        case _:
            return chance.choice(words) * chance.randrange(1, 400)


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks reading", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--fuzz", type=int, metavar="N", help="read N random texts instead")
    if count := parser.parse_args(arguments).fuzz:
        return fuzz(count)
    try:
        import number_parser
        import price_parser
    except ImportError as missing:
        print(
            f"{missing.name} is missing; the comparison needs: pip install price-parser number-parser", file=sys.stderr
        )
        return 2
    del number_parser, price_parser
    prepare()
    rows = replies()
    compare(rows)
    by(rows, "language", lambda row: row.language)
    by(rows, "question", lambda row: row.ask)
    by(rows, "set", lambda row: "written after the readers" if row.late else "held out" if row.held_out else "tuned on")
    return 0
