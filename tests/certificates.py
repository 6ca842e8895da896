"""Keys and certificates for servers on this machine."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from wire.pin import pin_of_file

Key = ec.EllipticCurvePrivateKey


def new_key() -> Key:
    """Make a key."""
    return ec.generate_private_key(ec.SECP256R1())


def with_key(key: Key, shown: bytes) -> bytes:
    """Return a private key and its certificate as PEM."""
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) + shown


def pin_of(key: Key) -> str:
    """Return the pin of *key*."""
    return pin_of_file(with_key(key, b""))


def certificate(key: Key, issuer: Key | None = None, until: timedelta = timedelta(days=1)) -> bytes:
    """Return a certificate for this machine as PEM, signed by *issuer* or by *key* itself."""
    issued_by, name = (
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, pin_of(signing))]) for signing in (issuer or key, key)
    )
    end = datetime.now(UTC) + until
    begin, number = end - timedelta(days=9), x509.random_serial_number()
    return (
        x509.CertificateBuilder(issued_by, name, key.public_key(), number, begin, end)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(issuer or key, hashes.SHA256())
        .public_bytes(Encoding.PEM)
    )
