"""``flask point …``: invite or enrol service points, give them new keys, replace or revoke them."""

import sys
from collections.abc import Callable
from pathlib import Path

import click
import msgspec
import segno
from flask.cli import AppGroup

from domain import region, text
from domain.application import PointStamp
from domain.errors import FieldError
from domain.words import PointKind
from drawable import drawn
from hub import enrolment, invitation
from hub.commands.plainly import plainly
from hub.store import invitations, points
from hub.store.engine import read, write
from hub.store.points import Point
from hub.views.here import here
from wire.invitation import Invitation
from wire.keys import PublicKey

point = AppGroup("point", help="服务点：邀请、登记、换电脑、列出、换密钥、停用 / points: invite, enrol, replace, …")


class Key(click.ParamType[PublicKey]):
    """A public key as 64 hex digits."""

    name = "HEX"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> PublicKey:
        """Return the key; fail with what it should look like."""
        try:
            return PublicKey.from_hex(value)
        except ValueError:
            self.fail("公钥是64位十六进制 / a public key is 64 hex digits", param, ctx)


public_key = click.option("--public-key", "--key", "key", type=Key(), required=True, help="the point's public key")


how_long = click.option("--days", type=click.IntRange(1, 90), default=7, show_default=True, help="how long it counts")


def about_the_point(command: Callable[..., None]) -> Callable[..., None]:
    """Take what is known of a point before it is there."""
    for option in (
        click.option("--licence", default="", help="the licence's number"),
        click.option("--licensed", is_flag=True, help="holds an agent's licence"),
        click.option("--county", required=True, help="GB/T 2260 code, as 540234"),
        click.option("--kind", type=click.Choice([str(kind) for kind in PointKind]), required=True),
        click.option("--name", required=True),
    ):
        command = option(command)
    return command


@point.command()
@click.argument("code")
@about_the_point
@click.option("--url", default="", help="where the point finds this hub")
@public_key
@plainly()
def enrol(code: str, name: str, kind: str, county: str, licensed: bool, licence: str, url: str, key: PublicKey) -> None:
    """Enrol the point CODE and print, as JSON, the document its own ``point enrol`` takes."""
    stamp = _stamp(code, name, kind, licensed)
    new = Point(stamp, region.county(county).code, text.line(licence, 60))
    click.echo(msgspec.json.encode(enrolment.enrol(here(), new, key, url.rstrip("/"))).decode())


@point.command()
@click.argument("code")
@about_the_point
@click.option("--url", default="", help="where the point finds this hub")
@how_long
@click.option("--svg", type=click.Path(dir_okay=False, path_type=Path), help="write the QR code to this file")
@plainly()
def invite(
    code: str, name: str, kind: str, county: str, licensed: bool, licence: str, url: str, days: int, svg: Path | None
) -> None:
    """Invite the point CODE: print one line, and its QR code, that lets one installation in, once."""
    new = Point(_stamp(code, name, kind, licensed), region.county(county).code, text.line(licence, 60))
    _show(invitation.invite(here(), new, url.rstrip("/") or here().settings.url, days), svg)


@point.command()
@click.argument("code")
@click.option("--url", default="", help="where the point finds this hub")
@how_long
@click.option("--svg", type=click.Path(dir_okay=False, path_type=Path), help="write the QR code to this file")
@plainly()
def replace(code: str, url: str, days: int, svg: Path | None) -> None:
    """Believe the lost machine of the point CODE no more, at once, and invite a new one in its place."""
    _show(invitation.replace(here(), code, url.rstrip("/") or here().settings.url, days), svg)


@point.command("list")
@plainly()
def list_() -> None:
    """List all points, one a line."""
    with read(here().engine) as connection:
        for one in points.every(connection):
            state = "active" if one.active else "revoked"
            click.echo(f"{one.stamp.code:<6}  {state:<7}  {one.county}  {one.stamp.kind:<11}  {one.stamp.name}")


@point.command("renew-key")
@click.argument("code")
@public_key
@plainly()
def renew_key(code: str, key: PublicKey) -> None:
    """Let another key take the place of the point's own; the old one ends."""
    with write(here().engine) as connection:
        points.renew_key(connection, code, key)
        invitations.end(connection, code)


@point.command()
@click.argument("code")
@plainly()
def revoke(code: str) -> None:
    """Take nothing more from the point CODE; what it sent stays."""
    with write(here().engine) as connection:
        points.revoke(connection, code)
        invitations.end(connection, code)


def _show(new: Invitation, svg: Path | None) -> None:
    code = segno.make_qr(new.text, error="m")
    if svg:
        code.save(str(svg), kind="svg", scale=4)
    else:
        code.terminal(sys.stderr, compact=True)
    click.echo(new.text)


def _stamp(code: str, name: str, kind: str, licensed: bool) -> PointStamp:
    stamp = PointStamp(code=code, name=drawn(text.name(name)), kind=PointKind(kind), licensed=licensed)
    try:
        return msgspec.convert(msgspec.to_builtins(stamp), PointStamp)
    except msgspec.ValidationError:
        raise FieldError("shape_code") from None
