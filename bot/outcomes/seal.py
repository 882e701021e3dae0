"""The seal of an issued report: its checksum, and a signature that anybody can check with the public key in it."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

PURPOSE = b"acompana: issued reports"


@dataclass(frozen=True, slots=True)
class Seal:
    #: Of the bytes, in hexadecimal.
    sha256: str
    #: Ed25519 over the bytes, in base64.
    signature: str
    #: The raw public key, in base64.
    public_key: str


def key_of(secret: str) -> Ed25519PrivateKey:
    """The key that signs the reports of a network, derived from the secret that all its processes share."""
    seed = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(secret.encode())
    return Ed25519PrivateKey.from_private_bytes(seed)


def sealed(content: bytes, key: Ed25519PrivateKey) -> Seal:
    return Seal(
        hashlib.sha256(content).hexdigest(),
        base64.b64encode(key.sign(content)).decode(),
        base64.b64encode(key.public_key().public_bytes_raw()).decode(),
    )


def holds(content: bytes, seal: Seal) -> bool:
    """Whether the bytes are those that were sealed."""
    if hashlib.sha256(content).hexdigest() != seal.sha256:
        return False
    try:
        public = Ed25519PublicKey.from_public_bytes(base64.b64decode(seal.public_key))
        public.verify(base64.b64decode(seal.signature), content)
    except (InvalidSignature, ValueError):
        return False
    return True


def canonical(report: Mapping[str, Any]) -> bytes:
    """The one way in which a report is written as bytes."""
    return json.dumps(report, ensure_ascii=False, indent=2, sort_keys=True).encode() + b"\n"
