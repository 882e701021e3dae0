"""Reports that leave the program: recorded in the audit log, and kept where they are issued."""

from __future__ import annotations

from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bot.service.results import Done
from storage import audit
from storage.report.build import Wanted, build
from storage.report.issued import issue
from storage.schema import IssuedReport
from storage.turns import Db


def record_report(db: Db, wanted: Wanted, form: str, *, identified: bool = False, by: str, now: datetime) -> None:
    """Record that somebody took a report out, in a form like pdf. `identified`: with names, and no small group masked."""
    scope = wanted.scope
    asked = {
        "since": scope.since.isoformat(),
        "until": scope.until.isoformat(),
        "center": wanted.center,
        "country": wanted.country,
        "tier": wanted.tier.value,
        "by": ",".join(wanted.by),
        **dict(scope.only),
    }
    known = {name: value for name, value in asked.items() if value}
    audit.record(db, by, "report", at=now, **known, format=form, identified=identified)


def issue_report(db: Db, wanted: Wanted, *, key: Ed25519PrivateKey, by: str, now: datetime) -> Done[IssuedReport]:
    """Build a report and keep it as it is now, signed with `key`; it never changes from then on."""
    kept = issue(db, wanted, build(db, wanted), by=by, now=now, key=key)
    audit.record(db, by, "report.issue", kept.code, at=now, sha256=kept.sha256)
    return Done(kept)
