"""Bundles for a browser to fetch (下载): the same files as on a stick, in a folder of this installation.

Nobody here can see where a browser puts them, so nothing of this is ever called "on the stick".
"""

from pathlib import Path

from sqlite_utils import Database

from store import bundle_files
from store.connection import write
from sync.stick import export
from sync.stick_out import Written


def prepare(db: Database, keys: Path, folder: Path) -> list[Written]:
    """Make the bundles anew in *folder* and clear away what is no longer wanted; raises as ``export`` does."""
    folder.mkdir(mode=0o700, exist_ok=True)
    written = export(db, keys, folder, bundle_files.DOWNLOAD)
    made = {one.path.name for one in written}
    with write(db):
        bundle_files.keep_downloads(db, made)
    for file in folder.iterdir():
        if file.name not in made:
            file.unlink(missing_ok=True)
    return written
