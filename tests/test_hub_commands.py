"""``flask --app hub …``: what the outside relies on."""

import json
from pathlib import Path

import msgspec
import pytest
from click.testing import Result
from flask import Flask

from domain.application import Application
from hub import admission
from hub.enrolment import Enrolment
from hub.installation import Installation
from hub.store.engine import write
from tests.insurer import PASSPHRASE, UNDERWRITER, Counter, application, for_underwriter
from tests.tampering import tamper
from wire.keys import SigningKey

KEY = SigningKey(bytes(32)).public.hex
ENROL = ("point", "enrol", "ZM", "--name", "示例服务点", "--kind", "bank", "--county", "540233")
SAMPLE = Path("products/sample.json")


@pytest.fixture
def flask(hub_app: Flask):
    def run(*arguments: str, given: str = "") -> Result:
        return hub_app.test_cli_runner().invoke(args=arguments, input=given)

    return run


@pytest.fixture
def received(counter: Counter) -> list[Application]:
    records = [application(counter.stamp), for_underwriter(counter.stamp)]
    for record in records:
        counter.write(record)
    counter.send()
    return records


def test_enrol_prints_the_document_the_point_takes(flask, hub: Installation):
    done = flask(*ENROL, "--public-key", KEY, "--licensed", "--licence", "示例许可1号", "--url", "https://hub.example/")
    document = msgspec.json.decode(done.stdout, type=Enrolment)
    assert (document.stamp.code, document.stamp.licensed, document.licence) == ("ZM", True, "示例许可1号")
    assert (document.hub, document.hub_url, document.hub_key) == (hub.name, "https://hub.example", hub.key.public.raw)


def test_enrolling_twice_prints_the_same_document(flask):
    assert flask(*ENROL, "--public-key", KEY).stdout == flask(*ENROL, "--public-key", KEY).stdout


def test_enrolling_again_with_another_name_brings_the_name_up_to_date(flask):
    flask(*ENROL, "--public-key", KEY)
    renamed = [word.replace("示例服务点", "示例新名").replace("540233", "540234") for word in ENROL]
    again = json.loads(flask(*renamed, "--public-key", KEY).stdout)
    assert (again["stamp"]["name"], again["county"]) == ("示例新名", "540234")


def test_enrolling_again_with_another_key_is_refused(flask):
    flask(*ENROL, "--public-key", KEY)
    refused = flask(*ENROL, "--public-key", SigningKey.generate().public.hex)
    assert refused.exit_code == 1
    assert "ZM" in refused.stderr
    assert flask("point", "renew-key", "ZM", "--public-key", SigningKey.generate().public.hex).exit_code == 0
    assert flask("point", "renew-key", "ZM", "--public-key", KEY).exit_code == 1


@pytest.mark.parametrize(
    "change",
    [
        ("ZM", "zm"),
        ("bank", "shop"),
        ("540233", "110101"),
        ("示例服务点", " "),
        ("示例服务点", "示例𠮷"),
        (KEY, "00"),
        ("ZM", "ZM/../.."),
    ],
)
def test_it_refuses_a_point_that_is_not_right(flask, change: tuple[str, str]):
    arguments = [change[1] if part == change[0] else part for part in (*ENROL, "--public-key", KEY)]
    assert flask(*arguments).exit_code != 0
    assert flask("point", "list").stdout == ""


def test_it_lists_and_revokes_points(flask):
    flask(*ENROL, "--public-key", KEY)
    assert flask("point", "list").stdout.split() == ["ZM", "active", "540233", "bank", "示例服务点"]
    flask("point", "revoke", "ZM")
    assert "revoked" in flask("point", "list").stdout
    assert flask("point", "revoke", "XX").exit_code == 1


def test_a_product_reaches_every_point(flask, counter: Counter, tmp_path: Path):
    counter.send([])
    second = json.loads(SAMPLE.read_text("utf-8")) | {"version": 2}
    (tmp_path / "second.json").write_text(json.dumps(second), "utf-8")
    assert flask("product", "load", str(tmp_path / "second.json")).stdout.split() == ["sample-micro", "2", "loaded"]
    counter.send([])
    assert [(entry.kind, entry.revision) for entry in counter.down] == [("product", 1), ("product", 2)]
    assert len({entry.record_id for entry in counter.down}) == 1
    assert len(flask("product", "list").stdout.splitlines()) == 2


def test_a_known_product_version_is_not_sent_again_and_never_changes(flask, counter: Counter, tmp_path: Path):
    assert flask("product", "load", str(SAMPLE)).stdout.split()[-1] == "known"
    other = json.loads(SAMPLE.read_text("utf-8")) | {"hotline": "400-111-1111"}
    (tmp_path / "other.json").write_text(json.dumps(other), "utf-8")
    assert flask("product", "load", str(tmp_path / "other.json")).exit_code == 1
    assert len(counter.send([]).entries) == 1


@pytest.mark.parametrize("body", ["", "{}", "[]", '{"id": "x"}'])
def test_it_says_what_is_wrong_with_a_product(flask, tmp_path: Path, body: str):
    (tmp_path / "wrong.json").write_text(body)
    refused = flask("product", "load", str(tmp_path / "wrong.json"))
    assert refused.exit_code == 1
    assert refused.stderr.startswith("Error: ")


def test_it_names_the_letters_of_a_product_that_no_paper_can_draw(flask, tmp_path: Path):
    (tmp_path / "wrong.json").write_text(SAMPLE.read_text("utf-8").replace("示例财产保险", "示例𠮷财产保险"), "utf-8")
    refused = flask("product", "load", str(tmp_path / "wrong.json"))
    assert (refused.exit_code, "：𠮷" in refused.stderr) == (1, True)


def test_a_point_enrolled_later_gets_no_expired_product(flask, hub: Installation, tmp_path: Path):
    old = json.loads(SAMPLE.read_text("utf-8")) | {"version": 7, "valid_from": "2020-01-01", "valid_to": "2020-12-31"}
    (tmp_path / "old.json").write_text(json.dumps(old), "utf-8")
    flask("product", "load", str(tmp_path / "old.json"))
    assert [entry.revision for entry in Counter(hub, code="ZM").enrolled().send([]).entries] == [1]


def test_it_lists_applications_as_one_json_array_without_numbers(flask, received: list[Application]):
    done = flask("application", "list", "--json")
    assert [line["reference"] for line in json.loads(done.stdout)] == [record.reference for record in received]
    assert received[0].policyholder.mobile not in done.stdout
    assert received[0].policyholder.id_number not in done.stdout


def test_it_gives_whole_records_only_when_asked(flask, received: list[Application]):
    listed = msgspec.json.decode(flask("application", "list", "--json", "--full").stdout, type=list[Application])
    assert [msgspec.structs.replace(record, state=None) for record in listed] == received
    assert listed[0].state
    assert listed[0].state.policy_number


def test_an_empty_list_is_an_empty_array(flask):
    assert json.loads(flask("application", "list", "--json").stdout) == []


def test_it_shows_one_application(flask, received: list[Application]):
    [record, _] = received
    masked = flask("application", "show", str(record.reference)).stdout
    assert record.policyholder.name in masked
    assert record.policyholder.mobile not in masked
    whole = json.loads(flask("application", "show", str(record.reference), "--json").stdout)
    assert whole["policyholder"]["mobile"] == record.policyholder.mobile
    assert flask("application", "show", "JL-26-0000-0000-0").exit_code == 1


@pytest.mark.usefixtures("received")
def test_verify_is_clean_and_names_the_first_break(flask, hub: Installation):
    assert flask("journal", "verify").exit_code == 0
    with write(hub.engine) as connection:
        tamper(connection, "UPDATE entry SET body = x'7b7d' WHERE producer = 'JL' AND seq = 2")
    broken = flask("journal", "verify")
    assert broken.exit_code == 1
    assert "JL/epoch-1" in broken.stderr
    assert "2" in broken.stderr


@pytest.mark.usefixtures("received")
def test_rebuild_says_how_much_it_read(flask):
    assert "共4条" in flask("journal", "rebuild").stdout


def test_a_setup_code_is_printed_until_somebody_is_there(flask, hub: Installation):
    code = flask("setup-code").stdout.strip()
    assert admission.set_up(hub, code, UNDERWRITER, PASSPHRASE)
    assert flask("setup-code").exit_code == 1


def test_it_adds_an_underwriter_with_the_passphrase_from_standard_input(flask, hub: Installation):
    assert flask("staff", "add", UNDERWRITER, given=PASSPHRASE + "\n").exit_code == 0
    assert admission.sign_in(hub, UNDERWRITER, PASSPHRASE)
    assert flask("staff", "add", "示例·另一位", given="short\n").exit_code == 1
