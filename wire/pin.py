"""Pins (固定公钥): the SHA-256 of a server's public key (SubjectPublicKeyInfo), in base64, as RFC 7469 has it."""

import base64
import binascii
import hashlib

from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key
from cryptography.x509 import load_der_x509_certificate, load_pem_x509_certificate

PEM_CERTIFICATE = b"-----BEGIN CERTIFICATE-----"
DIGEST_BYTES = 32


def pin_of_certificate(der: bytes) -> str:
    """Return the pin of the key in a certificate. Raises ValueError."""
    return _pin(load_der_x509_certificate(der).public_key())


def pin_of_file(pem: bytes) -> str:
    """Return the pin of a certificate, or of a private key that has no certificate yet. Raises ValueError."""
    if PEM_CERTIFICATE in pem:
        return _pin(load_pem_x509_certificate(pem).public_key())
    return _pin(load_pem_private_key(pem, password=None).public_key())


def is_pin(text: str) -> bool:
    """Say whether *text* has the form of a pin."""
    try:
        return len(base64.b64decode(text, validate=True)) == DIGEST_BYTES
    except (binascii.Error, ValueError):
        return False


def _pin(key: PublicKeyTypes) -> str:
    info = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(hashlib.sha256(info).digest()).decode()
