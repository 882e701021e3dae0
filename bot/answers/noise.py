"""What is no answer at all: pictures and voice notes, links, telephone numbers; and dates and times inside a reply."""

from __future__ import annotations

import re

_MEDIA = re.compile(
    r"[📷📸🎤🎙📹🎥📄📎🖼🎵📍📞🎧🗺📹🎬]"
    r"|^\W*(photo|foto|picture|pic|image|imagen|imagem|afbeelding|imaj|video|audio|sticker|gif|location|ubicacion|localisation|localizacao|locatie|document|documento|contact|contacto|archivo|fichier|file)\W*(:|$|\(|\d+:\d\d)"
    r"|\b(voice (message|note|call)|nota de voz|mensaje de voz|mensagem de voz|audio de voz|message vocal|note vocale|spraakbericht|spraakmemo|mesaj vwa|not vokal|mesaj vokal|missed (voice|video) call|llamada perdida|appel manque|chamada perdida|gemiste oproep|media omitted|multimedia omitido|medias? omis|midia oculta|arquivo de midia|media weggelaten|message was deleted|se elimino este mensaje|mensaje eliminado|message supprime|mensagem apagada|live location)\b"
    r"|\.(jpe?g|png|pdf|docx?|xlsx?|mp[34]|opus|ogg|m4a|aac|3gp|webp|heic|csv|txt|vcf)\b|\b(img|vid|ptt|aud|dsc|screenshot)[-_ ]?\d"
)
_DASH = re.compile(r"\W*n\s?[/.]\s?[av]\W*")
"""n/a, n.a. and n/v: a field left empty."""
_LINK = re.compile(r"https?:|www\.|\b[\w-]+\.(com|org|net|io|me|ly|co|gov|info)\b|\S@\S+\.\w")
_PHONE = re.compile(
    r"\+\s?\(?\d[\d\s().-]{6,}\d"
    r"|(?<!\d)\(?\d{3}\)?[-. ]\s?\d{3}[-. ]\d{4}(?!\d)"
    r"|(?<![\d.,])(?!\d+0-\d+00(?!\d))\d{3,4}-\d{4}(?!\d)"
    r"|(?<![\d.,])\d{4} \d{4}(?![\d.,])"
    r"|(?<![\d.,])0\d{1,3}(?:[ .-]?\d{2}){3,4}(?!\d)"
    r"|(?<![\d.,])\d{2}(?:[ .-]\d{2}){3,4}(?!\d)"
    r"|(?<![\d.,$€])1?(?:242|246|268|284|340|345|441|473|649|658|664|721|758|767|784|787|809|829|849|868|869|876|939)\d{7}(?![\d.,])"
    r"|(?<![\d.,$€])(?:50[1-9]|59[27]|52|57|55|33|31)\d{7,11}(?![\d.,])(?<!000)"
    r"|\b(?:phone|tel|telefono|telefoon|cell|celular|whatsapp|whats|call me|llamame|my number is|mi numero es|mon numero|nimewo m|meu numero)\b\D{0,12}\d{6,}"
)
SHORTEST_PHONE = 7
"""Digits of the shortest number that any of these takes for a telephone's."""
_TIME = re.compile(
    r"(?<!\d)\d{1,2}[:h]\d{2}(?::\d{2})?(?!\d)(?:\s?[ap]\.?m\b)?|(?<![\d.,$])(?:1[0-2]|[1-9])\s?[ap]\.?m\b"
)
_DATE = re.compile(
    r"(?<!\d)\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)?\d\d(?!\d)|(?<!\d)(?:19|20)\d\d-\d{1,2}-\d{1,2}(?!\d)|(?<!\d)\d{1,2}/(?:19|20)\d\d(?!\d)"
)
_ORDINAL = re.compile(r"(?<!\d)\d{1,2}(?:st|nd|rd|th)\b|\bno\.(?= of\b)")


def obstacle(folded: str) -> str:
    """The hint for a text that cannot hold an answer ("empty", "media", "link", "phone"), "" otherwise."""
    if folded.isdigit() and len(folded) < SHORTEST_PHONE:
        return ""
    if _DASH.fullmatch(folded):
        return "empty"
    if _MEDIA.search(folded):
        return "media"
    if _LINK.search(folded):
        return "link"
    if _PHONE.search(folded):
        return "phone"
    return ""


def without_dates(folded: str) -> tuple[str, bool]:
    """The text without dates, times of day and ordinals, and whether there was any."""
    if folded.isdigit():
        return folded, False
    bare = _ORDINAL.sub(" ", _TIME.sub(" ", _DATE.sub(" ", folded)))
    return bare, bare != folded
