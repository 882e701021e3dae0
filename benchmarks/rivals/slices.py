"""What all contenders do: open a survey with every phone, then answer for some of the phones on request.

Standard library only, for a contender may run in an environment of its own.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from time import perf_counter

SURVEY = ("5200", "3", "1", "0", "0", "1", "1")
QUESTIONS = ("sales", "full_time", "part_time", "exports", "financing", "helped", "all_correct")
PHONES_IN_A_SLICE = 20
SLICES = 15


def compete(
    begin: Callable[[int], Awaitable[None]], answer: Callable[[int, int, str], Awaitable[None]], phones: int
) -> None:
    """Begin with all phones, of which the last do not answer, say "ready", and for each line of the input take a slice: the seconds that it took.

    `answer` gets the phone, the number of the question, and the reply; when it is done, the answer is kept.
    """

    async def run() -> None:
        for phone in range(phones):
            await begin(phone)
        print("ready", flush=True)
        first = 0
        while await asyncio.to_thread(sys.stdin.readline):
            started = perf_counter()
            for place, reply in enumerate(SURVEY):
                for phone in range(first, first + PHONES_IN_A_SLICE):
                    await answer(phone, place, reply)
            first += PHONES_IN_A_SLICE
            print(perf_counter() - started, flush=True)

    asyncio.run(run())
