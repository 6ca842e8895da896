"""The insurer's code lists (代码表) as suggestions: a record keeps the words, so a newer list changes none."""

from sqlite_utils import Database

GOODS, TRADES = "goods", "trades"
MOST = 200


def words(db: Database, name: str) -> list[tuple[str, str]]:
    """Return the Chinese and the Tibetan word of each line of a list, in its order; none where there is no list."""
    rows = db.execute("SELECT zh, bo FROM code WHERE list = ? ORDER BY place LIMIT ?", [name, MOST])
    return [tuple(row) for row in rows]
