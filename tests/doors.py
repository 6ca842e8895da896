"""Every route of an application with an address that leads to it."""

from collections.abc import Iterator

from flask import Flask
from werkzeug.routing import AnyConverter, BaseConverter, IntegerConverter, PathConverter

SOME_RECORD = "01936b2e-7c00-7000-8000-000000000001"


GIVEN = {"point": "JL"}
PUBLIC_SIDE = ("apply.", "apply_at.")


def is_public(endpoint: str) -> bool:
    """Say whether an endpoint is of the public side: no session, no token, everybody may come in."""
    return endpoint.startswith(PUBLIC_SIDE)


def doors(app: Flask) -> Iterator[tuple[str, str, str]]:
    """Yield (endpoint, method, url) of every route and method, the places of its address filled."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        values = {name: GIVEN.get(name) or _something(rule._converters[name]) for name in rule.arguments}
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule.endpoint, method, adapter.build(rule.endpoint, values, method=method)


def _something(converter: BaseConverter) -> str | int:
    if isinstance(converter, AnyConverter):
        return min(converter.items)
    if isinstance(converter, PathConverter):
        return "css/tokens.css"
    return 1 if isinstance(converter, IntegerConverter) else SOME_RECORD
