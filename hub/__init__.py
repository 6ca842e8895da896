"""The insurer's hub (保险公司平台): ``flask --app hub …``. It shares the domain and the wire with the points."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from hub.settings import Settings


def create_app(settings: "Settings | None" = None) -> "Flask":
    """Make the hub's web application; raises SystemExit on bad settings or a bad database."""
    # Wired up only when asked for: whoever needs one of the hub's modules does not need its pages.
    from hub import app

    return app.create_app(settings)
