"""Keeping the catalogs: which texts the program says, the files that translate them, and what is wrong with these."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from importlib.resources import files
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from bot.channels.registry import SPECS
from bot.model import LANGUAGES
from bot.text.gsm import fold, outside, segments
from bot.text.language import DOMAIN

SHORTEST_ROW, NARROWEST = min(
    (spec.shows.rows.label, spec.label) for spec in SPECS.values() if spec.shows.rows and spec.shows.rows.label
)
"""Characters of a list's row on the channel that shows the fewest, and that channel's label."""
PACKAGES = ("bot", "scheduler")
LONG = "long:"
"""A comment that begins so, on the line above a text, allows it more than one SMS segment and says why."""

FIELD = re.compile(r"\{(\w+)\}")
SAMPLE = "X" * 10  # what a field is taken to hold: a short name, a date, an amount
TAKEN_WORDS = re.compile(r"\b(?:END|QUIT|CANCEL|REVOKE|OPTOUT|STOPALL|UNSUBSCRIBE|UNSTOP|INFO|YES)\b")
"""Words that Twilio answers itself when they are the whole message: no text may ask for one as a reply."""


def catalog_path(language: str) -> Path:
    return Path(str(files("locales"))) / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def extract() -> Catalog:
    """Every text marked with `_`, with the file that says it."""
    catalog = Catalog(domain=DOMAIN)
    for package in PACKAGES:
        found = extract_from_dir(_folder(package), [("**.py", "python")], keywords={"_": None}, comment_tags=[LONG])
        for file, line, text, comments, _context in sorted(found, key=lambda row: (row[0], row[1])):
            catalog.add(text, locations=[(f"{package}/{file}", line)], auto_comments=comments)
    return catalog


def _folder(package: str) -> str:
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(f"no package {package}")
    return spec.submodule_search_locations[0]


def update() -> list[Path]:
    """Bring every catalog up to the texts in the code; a translation whose text is gone stays below as obsolete.

    Writes no dates, versions or line numbers, so that a catalog changes only where its texts do. Returns what changed.
    """
    template = extract()
    changed = []
    for language in LANGUAGES:
        path = catalog_path(language)
        before = path.read_bytes() if path.is_file() else b""
        catalog = _read(path, language)
        catalog.update(template, no_fuzzy_matching=True, update_creation_date=False)
        after = _header(language) + _body(catalog)
        if after != before:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(after)
            changed.append(path)
    return changed


def problems(labels: Collection[str] = ()) -> list[str]:
    """What is wrong with any text in any language, one line each; `labels` are the texts that stand on buttons."""
    template = extract()
    return [
        f"{language}: {text!r}: {wrong}"
        for language in LANGUAGES
        for text, wrong in _problems(template, _read(catalog_path(language), language), language, labels)
    ]


def _problems(template: Catalog, catalog: Catalog, language: str, labels: Collection[str]) -> Iterator[tuple[str, str]]:
    for text, marked in _texts(template):
        known = catalog.get(text)
        translation = known.string if known and isinstance(known.string, str) else ""
        if known and known.fuzzy:
            yield text, "the translation is marked as fuzzy, so it is not used"
        elif not translation and language != "en":
            yield text, "no translation"
        yield from ((text, wrong) for wrong in faults(text, translation or text, long=_may_be_long(marked)))
        if text in labels and len(translation or text) > SHORTEST_ROW:
            yield text, f"a label of {len(translation or text)} characters; {NARROWEST} shows {SHORTEST_ROW}"


def faults(text: str, translation: str, *, long: bool = False) -> list[str]:
    """What keeps `translation` of `text` from being sent as it should be."""
    found = []
    if sorted(set(FIELD.findall(text))) != sorted(set(FIELD.findall(translation))):
        found.append(f"the fields differ: {_fields(text)} in English, {_fields(translation)} here")
    if words := TAKEN_WORDS.findall(translation):
        found.append(f"Twilio takes {', '.join(words)} for itself")
    sms = fold(FIELD.sub(SAMPLE, translation))
    count, _encoding = segments(sms)
    if characters := outside(sms):
        found.append(f"{characters!r} cannot be sent in GSM-7")
    if count > 1 and not long:
        found.append(f"{count} SMS segments")
    return found


def _texts(template: Catalog) -> Iterator[tuple[str, Message]]:
    for message in template:
        if message.id and isinstance(message.id, str):
            yield message.id, message


def _may_be_long(marked: Message) -> bool:
    return any(comment.startswith(LONG) for comment in marked.auto_comments)


def _fields(text: str) -> str:
    return " ".join(sorted(set(FIELD.findall(text)))) or "none"


def _read(path: Path, language: str) -> Catalog:
    if not path.is_file():
        return Catalog(locale=language, domain=DOMAIN)
    with path.open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN)


def _header(language: str) -> bytes:
    fields = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
    }
    lines = "".join(f'"{name}: {value}\\n"\n' for name, value in fields.items())
    return f'msgid ""\nmsgstr ""\n{lines}\n'.encode()


def _body(catalog: Catalog) -> bytes:
    body = BytesIO()
    write_po(body, catalog, width=120, omit_header=True, sort_by_file=True, include_lineno=False)
    return body.getvalue()
