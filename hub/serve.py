"""The hub as a production server runs it: its pages, and beside them the thread that judges what waits."""

from flask import Flask

from hub import create_app as create_pages
from hub.background import Background


def create_app() -> Flask:
    """Make the application of this environment and begin to judge: ``waitress-serve --call hub.serve:create_app``."""
    pages = create_pages()
    Background(pages.config["INSTALLATION"]).start()
    return pages
