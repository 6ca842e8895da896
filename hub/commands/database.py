"""``flask database …``: move everything the hub holds to a PostgreSQL server, and prove it."""

import click
from flask.cli import AppGroup
from sqlalchemy.engine import URL

from hub.settings import server_url
from hub.store import journal, migrations, moving
from hub.store.engine import open_engine, read
from hub.views.here import here
from i18n import both, gettext

database = AppGroup("database", help="数据库：迁移 / the database: move")


class Server(click.ParamType[URL]):
    """A PostgreSQL server and the database on it."""

    name = "URL"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> URL:
        """Return the address; fail with what it should look like, without repeating it."""
        try:
            return server_url(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


@database.command()
@click.option("--to", "url", type=Server(), required=True, help="postgresql+psycopg://…")
def move(url: URL) -> None:
    """Copy all to another database and compare both row by row; run again, it continues where it stopped."""
    target = open_engine(url)
    migrations.migrate(target)
    with read(here().engine) as source:
        moving.copy(source, target)
        with read(target) as arrived:
            differing = moving.differing(source, arrived)
            broken = journal.verify(arrived)
            count = journal.size(arrived)
    target.dispose()
    if differing or broken:
        names = ", ".join(differing) or f"{broken}"
        raise click.ClickException(both("迁移后两个数据库不一致：%(names)s", names=names))
    click.echo(gettext("已迁移，两个数据库逐行一致，日志共%(count)d条", count=count))
