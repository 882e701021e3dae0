"""acompana training: trainings on their center's clock."""

from __future__ import annotations

from tests.cli import CENTER, Shell


def test_trainings_are_on_the_clock_of_their_center(sh: Shell) -> None:
    sh.ok(CENTER)
    said = sh.ok(
        "training add Pricing --center lc --start '2099-12-03 14:00' --place 'Town Hall' --area finance --seats 12"
    )
    assert said == "Added LC-T1, Pricing, 2099-12-03 14:00 in America/St_Lucia."
    said = sh.ok("training add Before --center lc --start '2020-12-03 14:00' --place Hall --area finance --hours 1.5")
    assert said.endswith("It is in the past; no reminders will be sent.")
    assert sh.ok("training list").splitlines()[1:] == [
        "LC-T1\tPricing\t2099-12-03 14:00\t2\tTown Hall\t12\ten\tfinance"
    ]
    assert len(sh.ok("training list --all").splitlines()) == 3
