"""Where phones reach this point (公开网址): under its own code, as its poster leads there.

A phone keeps its pages for one address, and opens no other without a line: so every code of ours says the same one.
"""


def status(origin: str, code: str) -> str:
    """Return where the point *code* tells how an application stands; *origin* ends without a slash."""
    return f"{origin}/p/{code}/apply/status"
