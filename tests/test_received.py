"""Records of other versions at the hub: today's and the two before it are judged, a newer one is kept and named."""

import json
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.engine import URL

from domain import received
from domain.application import FORM_VERSION, Application
from domain.canonical import canonical
from domain.check import whole
from domain.errors import Invalid
from domain.lead import Lead
from domain.received import BEHIND, MOST_UNKNOWN, read
from domain.words import Outcome
from hub.case import Case, open_case
from hub.installation import Installation
from hub.store import journal, moving
from hub.store.engine import open_engine
from hub.store.engine import read as reading
from hub.store.engine import write as writing
from hub.store.migrations import migrate
from hub.store.rebuilding import rebuild
from tests.browser import Browser
from tests.insurer import Counter, application, lead

NEWEST = 3


def raw(record: Application | Lead) -> dict[str, Any]:
    return dict(json.loads(canonical(record)))


def body(record: dict[str, Any]) -> bytes:
    return json.dumps(record, ensure_ascii=False).encode()


def send(counter: Counter, record: dict[str, Any]) -> Case:
    counter.append(record["record_id"], body(record))
    assert counter.send().header.ack
    with reading(counter.hub.engine) as connection:
        return open_case(connection, counter.code, record["record_id"])


@pytest.fixture
def in_three_versions(monkeypatch) -> None:
    """Let today's form be the third: the first spoke of a shop, the second had no channel."""

    def second(record: dict[str, Any]) -> dict[str, Any]:
        policyholder = dict(record["policyholder"])
        policyholder["name"] = policyholder.pop("shop")
        return record | {"policyholder": policyholder, "form_version": 2}

    def third(record: dict[str, Any]) -> dict[str, Any]:
        return record | {"channel": "counter", "form_version": 3}

    monkeypatch.setattr(received, "STEPS", {1: second, 2: third})
    for module in (received, whole):
        monkeypatch.setattr(module, "FORM_VERSION", NEWEST)


def second_form(counter: Counter) -> dict[str, Any]:
    record = raw(application(counter.stamp))
    del record["channel"]
    return record | {"form_version": 2}


def first_form(counter: Counter) -> dict[str, Any]:
    record = second_form(counter)
    record["policyholder"]["shop"] = record["policyholder"].pop("name")
    return record | {"form_version": 1}


def test_there_is_a_step_from_every_version_that_is_taken():
    assert set(received.STEPS) >= set(range(max(1, FORM_VERSION - BEHIND), FORM_VERSION))


@pytest.mark.usefixtures("in_three_versions")
@pytest.mark.parametrize("form", [first_form, second_form])
def test_a_form_one_or_two_versions_old_is_judged_and_kept_as_it_came(counter: Counter, form):
    record = form(counter)
    case = send(counter, record)
    assert [decision.outcome for decision in counter.decisions] == [Outcome.ACCEPTED]
    assert case.application
    assert (case.application.form_version, case.summary.policyholder) == (NEWEST, case.application.policyholder.name)
    assert case.sent == body(record)


@pytest.mark.usefixtures("in_three_versions")
def test_the_steps_are_taken_even_where_the_old_form_would_pass_for_new(counter: Counter):
    record = raw(application(counter.stamp)) | {"form_version": 2, "channel": "phone"}
    case = send(counter, record)
    assert case.application
    assert case.application.channel == "counter"


@pytest.mark.parametrize("version", [0, -1])
def test_a_form_that_is_too_old_is_set_aside(counter: Counter, version: int):
    send(counter, raw(application(counter.stamp)) | {"form_version": version})
    [decision] = counter.decisions
    assert (decision.outcome, decision.note) == (Outcome.QUARANTINED, "form_version: form_version_other")


def test_a_newer_form_is_stored_signed_for_and_set_aside_by_name(counter: Counter):
    record = raw(application(counter.stamp)) | {"form_version": FORM_VERSION + 1, "later": {"a": [1]}}
    case = send(counter, record)
    [decision] = counter.decisions
    assert (decision.outcome, decision.note) == (Outcome.QUARANTINED, "form_version: form_version_newer")
    assert (case.sent, case.application, case.summary.state) == (body(record), None, "quarantined")
    send(counter, raw(application(counter.stamp)))
    assert [one.outcome for one in counter.decisions] == [Outcome.QUARANTINED, Outcome.ACCEPTED]


def with_unknown(counter: Counter) -> dict[str, Any]:
    record = raw(application(counter.stamp)) | {"later": "新的一项"}
    record["buyers"][0]["trade"]["lots"] = [{"n": 1.5}]
    return record


def test_unknown_fields_leave_the_decision_to_a_person(counter: Counter):
    case = send(counter, with_unknown(counter))
    assert counter.decisions == []
    assert case.is_open
    [flag] = case.flags
    assert (flag.code, flag.values["fields"].split(", ")) == ("hub.flag_unknown", ["buyers/0/trade/lots", "later"])


def test_the_desk_shows_what_it_can_read_and_names_what_it_cannot(hub: Installation, desk: Browser):
    counter = Counter(hub).enrolled()
    record = with_unknown(counter)
    send(counter, record)
    page = desk.get(f"/applications/{counter.code}/{record['record_id']}").text
    assert record["policyholder"]["name"] in page
    assert "buyers/0/trade/lots" in page


def test_unknown_fields_are_in_what_the_hub_hands_out(hub_app: Flask, counter: Counter):
    record = with_unknown(counter)
    send(counter, record)
    shown = hub_app.test_cli_runner().invoke(args=["application", "show", record["reference"], "--json"])
    state = json.loads(shown.stdout).pop("state")
    assert json.loads(shown.stdout) == record | {"state": state}
    whole_list = hub_app.test_cli_runner().invoke(args=["application", "list", "--json", "--full"])
    assert json.loads(whole_list.stdout) == [record | {"state": state}]


def test_unknown_fields_survive_a_rebuild_byte_for_byte(hub: Installation, counter: Counter):
    record = with_unknown(counter)
    send(counter, record)
    with writing(hub.engine) as connection:
        rebuild(connection)
    with reading(hub.engine) as connection:
        assert open_case(connection, counter.code, record["record_id"]).sent == body(record)
        assert journal.verify(connection) is None


def test_unknown_fields_survive_a_move_byte_for_byte(hub: Installation, counter: Counter, tmp_path):
    record = with_unknown(counter)
    send(counter, record)
    target = open_engine(URL.create("sqlite+pysqlite", database=str(tmp_path / "moved.db")))
    migrate(target)
    with reading(hub.engine) as source:
        moving.copy(source, target)
    with reading(target) as connection:
        assert open_case(connection, counter.code, record["record_id"]).sent == body(record)
    target.dispose()


def test_a_lead_with_an_unknown_field_is_listed():
    counter = Counter.__new__(Counter)
    counter.code = "JL"
    record = raw(lead(counter.stamp)) | {"later": 1}
    assert read(body(record), Lead).unknown == ("later",)


def test_what_is_wrong_beside_unknown_fields_is_still_wrong():
    record = json.loads(b'{"later": 1, "channel": "nowhere"}')
    with pytest.raises(Invalid) as refused:
        read(body(record), Application)
    assert refused.value.problems[0].code == "shape_choice"


@pytest.mark.parametrize("name", ["a.b", "a[0]", ""])
def test_a_field_with_an_odd_name_is_named(name: str, counter: Counter):
    assert read(body(raw(application(counter.stamp)) | {name: 1}), Application).unknown == (name,)


def test_a_field_whose_place_is_not_certain_is_refused_not_guessed(counter: Counter):
    with pytest.raises(Invalid):
        read(body(raw(application(counter.stamp)) | {"a/b": 1}), Application)


def test_a_record_of_nothing_but_unknown_fields_is_refused(counter: Counter):
    many = {f"later{n}": n for n in range(MOST_UNKNOWN + 1)}
    with pytest.raises(Invalid):
        read(body(raw(application(counter.stamp)) | many), Application)
