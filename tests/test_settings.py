import pytest

from domain.words import ScriptOrder
from printing.bilingual import ORDERS
from settings import BadSetting, Settings


@pytest.mark.parametrize("url", ["", "https://jl.example.cn", "https://jl.example.cn:8443", "http://localhost:5000",
                                 "http://127.0.0.1:5000"])  # fmt: skip
def test_the_public_address_is_an_origin(url: str) -> None:
    assert Settings.from_environment({"TSHEG_PUBLIC_URL": url}).public_url == url


@pytest.mark.parametrize("url", ["jl.example.cn", "http://jl.example.cn", "https://jl.example.cn/", "https://",
                                 "https://jl.example.cn/apply", "https://a b", "https://user@jl.example.cn",
                                 "https://jl.example.cn:0", "https://jl.example.cn#x", "ftp://localhost"])  # fmt: skip
def test_it_refuses_a_public_address_that_phones_could_not_use(url: str) -> None:
    with pytest.raises(BadSetting, match="TSHEG_PUBLIC_URL"):
        Settings.from_environment({"TSHEG_PUBLIC_URL": url})


@pytest.mark.parametrize("order", ORDERS)
def test_papers_may_speak_one_language_or_both(order: str) -> None:
    assert Settings.from_environment({"TSHEG_SCRIPT_ORDER": order}).script_order == order


def test_an_order_that_there_is_not_is_told_all_that_there_are() -> None:
    with pytest.raises(BadSetting, match="zh_first, bo_first, zh, bo"):
        Settings.from_environment({"TSHEG_SCRIPT_ORDER": "tibetan"})
    assert list(map(str, ScriptOrder)) == list(ORDERS)
