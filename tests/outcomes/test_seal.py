from __future__ import annotations

from dataclasses import replace

from bot.outcomes.seal import canonical, holds, key_of, sealed

KEY = key_of("a secret of the network")
REPORT = canonical({"since": "2026-01-01", "sales": "1500", "place": "Soufrière"})


def test_a_seal_holds_for_its_bytes_alone() -> None:
    seal = sealed(REPORT, KEY)
    assert holds(REPORT, seal)
    assert not holds(REPORT.replace(b"1500", b"2500"), seal)
    changed = sealed(REPORT.replace(b"1500", b"2500"), KEY)
    assert not holds(REPORT, replace(seal, sha256=changed.sha256))
    assert not holds(REPORT.replace(b"1500", b"2500"), replace(seal, sha256=changed.sha256))


def test_another_network_signs_with_another_key() -> None:
    other = sealed(REPORT, key_of("another secret"))
    assert other.public_key != sealed(REPORT, KEY).public_key
    assert not holds(REPORT, replace(other, public_key=sealed(REPORT, KEY).public_key))


def test_a_report_is_written_in_one_way() -> None:
    assert canonical({"b": 1, "a": "é"}) == '{\n  "a": "é",\n  "b": 1\n}\n'.encode()
