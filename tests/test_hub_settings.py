"""The hub's settings: what they are by themselves, and how loudly they refuse nonsense."""

from pathlib import Path

import pytest

from hub.settings import BadSetting, Settings


def test_it_stands_beside_the_point_by_itself():
    found = Settings.from_environment({"TSHEG_DATA": "/somewhere"})
    assert (found.data, found.port, found.url) == (Path("/somewhere/hub"), 5001, "http://127.0.0.1:5001")


def test_it_can_stand_elsewhere():
    found = Settings.from_environment(
        {"TSHEG_DATA": "/a", "TSHEG_HUB_DATA": "/b", "HUB_PORT": "7001", "TSHEG_HUB_URL": "https://hub.example/"}
    )
    assert (found.data, found.port, found.url) == (Path("/b"), 7001, "https://hub.example")


def test_its_address_follows_its_port():
    assert Settings.from_environment({"HUB_PORT": "7001"}).url == "http://127.0.0.1:7001"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HUB_PORT", "0"),
        ("HUB_PORT", "65536"),
        ("HUB_PORT", "٥٠٠١"),
        ("HUB_PORT", ""),
        ("TSHEG_HUB_URL", "hub.example"),
        ("TSHEG_HUB_URL", "http://a b"),
        ("TSHEG_HUB_IDLE_MINUTES", "-1"),
        ("TSHEG_HUB_SESSION_HOURS", "25"),
        ("TSHEG_SECURE_COOKIES", "yes"),
        ("TSHEG_HUB_DATABASE", "postgresql://hub@host/hub"),
        ("TSHEG_HUB_DATABASE", "postgresql+psycopg://hub@host"),
        ("TSHEG_HUB_DATABASE", "hub.db"),
        ("TSHEG_HUB_TLS", "sha256/abc"),
        ("TSHEG_HUB_TLS", "A" * 44),
    ],
)
def test_it_refuses_what_makes_no_sense(name: str, value: str):
    with pytest.raises(BadSetting, match=name):
        Settings.from_environment({name: value})


def test_it_names_the_keys_of_its_tls_server():
    first, second = ("A" * 43 + "=", "B" * 42 + "A=")
    assert Settings.from_environment({"TSHEG_HUB_TLS": f"{first} {second}"}).tls == (first, second)
    assert Settings.from_environment({}).tls == ()


def test_it_keeps_its_data_in_a_file_or_on_a_server():
    assert Settings.from_environment({"TSHEG_HUB_DATA": "/b"}).database_url.database == "/b/hub.db"
    named = Settings.from_environment({"TSHEG_HUB_DATABASE": "postgresql+psycopg://hub:secret@host/data"})
    assert (named.database_url.host, named.database_url.database) == ("host", "data")
    assert "secret" not in repr(named)


def test_several_hosts_may_be_named():
    text = "postgresql+psycopg://hub@/data?host=db1:5432&host=db2:5433"
    named = Settings.from_environment({"TSHEG_HUB_DATABASE": text}).database_url
    assert (named.database, named.query["host"]) == ("data", ("db1:5432", "db2:5433"))


@pytest.mark.parametrize(
    ("name", "field", "default"),
    [
        ("TSHEG_HUB_POINT_REQUESTS", "point_requests_per_minute", 600),
        ("TSHEG_HUB_POINT_ENTRIES", "point_entries_per_hour", 50_000),
        ("TSHEG_HUB_UNPROVED_REQUESTS", "unproved_per_minute", 1200),
    ],
)
def test_quotas_are_settings(name: str, field: str, default: int):
    assert getattr(Settings.from_environment({}), field) == default
    assert getattr(Settings.from_environment({name: "7"}), field) == 7
    with pytest.raises(BadSetting, match=name):
        Settings.from_environment({name: "0"})


def test_a_refusal_never_shows_a_password():
    with pytest.raises(BadSetting) as refused:
        Settings.from_environment({"TSHEG_HUB_DATABASE": "postgres://hub:secret@host/data"})
    assert "secret" not in str(refused.value)


def test_a_key_never_shows_itself(hub):
    assert hub.key.raw.hex() not in repr(hub)
    assert repr(hub.pepper) not in repr(hub)
