from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlite_utils import Database

from domain.application import Application
from domain.complete import complete
from domain.reference import reference_for
from domain.uuid7 import new_uuid7
from store import applications, installation, migrations, submissions
from store.connection import connect, write
from store.search_terms import terms_of
from tests.sample import APPLICATION, POINT, PRODUCT, TODAY, changed

NAMED = changed(
    APPLICATION,
    policyholder__name="吉隆示例·扎西顿珠商店",
    policyholder__name_bo="བཀྲ་ཤིས་དོན་གྲུབ",
    policyholder__contact="示例·格桑",
    policyholder__mobile="19900001234",
    buyers__0__name="拉萨示例B2百货有限公司",
    buyers__0__trade__invoice_number="FP-2026-0042",
    buyers__0__trade__contract_number="合2026-7",
)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    """An enrolled point with two applications: ``NAMED``, then ``APPLICATION`` a day later."""
    db = connect(tmp_path / "point.db")
    migrations.migrate(db)
    with write(db):
        installation.enrol(
            db, installation.Installation(POINT, "540234", "", "HUB", "http://127.0.0.1:9", hub_key=bytes(32))
        )
    for application in (NAMED, APPLICATION):
        submissions.submit(db, completed(application), "示例经办")
    yield db
    db.conn.close()


def completed(application: Application, on: date = TODAY) -> Application:
    record_id = new_uuid7()
    reference = reference_for(record_id, POINT.code, on.year)
    return complete(application, PRODUCT, POINT, record_id, reference, "示例经办", on)


def found(db: Database, query: str) -> list[str]:
    return [line.policyholder for line in applications.search(db, query)]


@pytest.mark.parametrize(
    "query",
    [
        "扎西",
        "顿珠",
        "珠",
        "扎西顿珠商店",
        "格桑",
        "zxdz",
        "ZXDZSD",
        "slgs",
        "gs",
        "བཀྲ",
        "བཀྲ་ཤིས",
        "百货",
        "b2百货",
        "lsslbh",
        "19900001234",
        "1990000123",
        "1234",
        "fp20260042",
        "FP-2026",
        "0042",
        "合2026-7",
        "扎西 百货 fp2026",
    ],
)
def test_it_finds_by_any_fragment_a_clerk_types(db: Database, query: str) -> None:
    assert found(db, query) == [NAMED.policyholder.name]


@pytest.mark.parametrize("query", ["", " ", "·", "西扎", "zx dz9", "扎西 卓玛", '"', "zxdz OR 卓玛", "NOT 扎西", "ཤ"])
def test_it_finds_nothing_where_a_word_does_not_match(db: Database, query: str) -> None:
    assert found(db, query) == []


def test_words_that_are_everywhere_give_the_newest_first(db: Database) -> None:
    assert found(db, "公司") == found(db, "示例") == [APPLICATION.policyholder.name, NAMED.policyholder.name]


def test_it_finds_by_reference_with_or_without_hyphens(db: Database) -> None:
    reference = applications.page(db)[1].reference
    assert found(db, reference) == found(db, reference.replace("-", "").lower()) == [NAMED.policyholder.name]


def test_a_correction_is_found_by_its_own_names_only(db: Database) -> None:
    old = applications.read(db, applications.page(db)[1].record_id)
    new = replace(old, policyholder=replace(old.policyholder, name="吉隆示例卓玛商店"))
    submissions.submit(db, new, "示例经办", revises=1)
    assert found(db, "卓玛商店") == ["吉隆示例卓玛商店"]
    assert found(db, "顿珠商店") == []


def test_no_term_is_kept_that_no_query_asks_for() -> None:
    terms = terms_of(NAMED).split()
    han = [term for term in terms if "\u3400" <= term[0] and "合" not in term]
    assert max(map(len, han)) == 2
    assert "" not in terms
