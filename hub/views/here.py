"""What every page of the hub needs: the installation it belongs to, and who sits at the browser."""

from flask import current_app, g

from hub.installation import Installation


def here() -> Installation:
    """Return the installation that this request is about."""
    installation: Installation = current_app.config["INSTALLATION"]
    return installation


def underwriter() -> str:
    """Return the name of who is signed in; the guard lets nobody else come this far."""
    name: str = g.underwriter
    return name
