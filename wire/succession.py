"""One key after another (换密钥): the new key proves itself in a message that the known key signs."""

from wire.header import NextKey
from wire.keys import PublicKey, SigningKey

CONTEXT = b"tsheg-next-key-v1"


def announce(new: SigningKey, known: PublicKey, sender: str, receiver: str) -> NextKey:
    """Return what says that *new* follows *known*; it holds between these two, and nowhere else."""
    return NextKey(key=new.public.raw, proof=new.sign(_text(new.public, known.key_id, sender, receiver)))


def is_proved(next_key: NextKey, key_id: str, sender: str, receiver: str) -> bool:
    """Say whether whoever announces *next_key*, in a message signed by the key *key_id*, holds its other half."""
    new = PublicKey(next_key.key)
    return new.verify(next_key.proof, _text(new, key_id, sender, receiver))


def _text(new: PublicKey, key_id: str, sender: str, receiver: str) -> bytes:
    parts = (key_id.encode(), sender.encode(), receiver.encode(), new.raw)
    return CONTEXT + b"".join(len(part).to_bytes(4, "big") + part for part in parts)
