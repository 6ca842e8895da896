"""Modules joined when they are served: one request for what a page needs, and nothing that a joint could break."""

import re
from pathlib import Path

import brotli
import pytest
from flask import Flask

import assets
from joined import files, joined
from tests.test_assets import serve

STATIC = Path(__file__).parent.parent / "static"
ONE = re.compile(r"(?:joined\('apply/(\w+)\.js'\)|(\w+)\.one\.js)")
PLACES = [*STATIC.glob("apply/*.js"), *STATIC.parent.glob("templates/**/*.html")]
ENTRIES = sorted({STATIC / f"apply/{a or b}.js" for file in PLACES for a, b in ONE.findall(file.read_text("utf-8"))})
TOP_LEVEL = re.compile(r"^(?:export )?(?:async )?(?:function\*?|const|let|class) (\w+)", re.MULTILINE)


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name}.js").write_text(text)
    return folder / "entry.js"


def test_what_is_imported_comes_first_and_once(tmp_path: Path) -> None:
    entry = write(
        tmp_path,
        entry='import { a } from "./a.js";\nimport { b } from "./b.js";\n\na(b);\n',
        a='import { b } from "./b.js";\nexport const a = () => b;\n',
        b="// What everybody needs.\nexport function b() {}\n",
    )
    assert joined(entry) == "function b() {}\nconst a = () => b;\na(b);\n"


def test_whoever_loads_it_later_gets_what_it_exports_and_no_more(tmp_path: Path) -> None:
    entry = write(
        tmp_path,
        entry='import { a } from "./a.js";\nexport const b = a;\n',
        a="export const a = 1;\nexport const other = 2;\n",
    )
    assert joined(entry) == "const a = 1;\nconst other = 2;\nexport const b = a;\n"


def test_what_is_loaded_later_stays_a_request_of_its_own(tmp_path: Path) -> None:
    entry = write(tmp_path, entry='const late = () => import("./late.js");\n', late="export const late = 1;")
    assert joined(entry) == 'const late = () => import("./late.js");\n'


@pytest.mark.parametrize(
    "line",
    ['import { a as b } from "x.js";', "export { a };", "export default a;", 'export * from "./a.js";',
     'import * as a from "./a.js";', 'import { a } from "./a.js"; a();'],
)  # fmt: skip
def test_it_refuses_what_it_could_not_join(tmp_path: Path, line: str) -> None:
    with pytest.raises(ValueError):
        joined(write(tmp_path, entry=line, a="export const a = 1;"))


def test_a_sheet_loses_no_space_that_means_something(tmp_path: Path) -> None:
    (tmp_path / "page.css").write_text('p :focus, a:hover { width: calc(1px + 2px); content: "▲ "; margin: 0 auto; }\n')
    assert joined(tmp_path / "page.css") == 'p :focus,a:hover{width:calc(1px + 2px);content:"▲ ";margin:0 auto;}'


def test_a_sheet_takes_in_the_sheets_it_names(tmp_path: Path) -> None:
    (tmp_path / "tokens.css").write_text(":root { --ink: #000; }\n")
    (tmp_path / "page.css").write_text('@import "tokens.css";\n\np { color: var(--ink); }\n')
    assert joined(tmp_path / "page.css") == ":root{--ink:#000;}p{color:var(--ink);}"


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda path: path.name)
def test_our_modules_share_no_name_at_the_top_and_no_template_runs_over_lines(entry: Path) -> None:
    whole = "".join(file.read_text("utf-8") for file in files(entry))
    names = TOP_LEVEL.findall(whole)
    assert len(names) == len(set(names)), sorted(name for name in names if names.count(name) > 1)
    assert all(line.count("`") % 2 == 0 for line in whole.splitlines())
    assert joined(entry)


def get(app: Flask, name: str, accepted: str = "") -> tuple[bytes, str]:
    with app.test_request_context():
        address = app.jinja_env.from_string("{{ joined(name) }}").render(name=name)
    answer = app.test_client().get(address, headers={"Accept-Encoding": accepted}, buffered=True)
    assert answer.status_code == 200 and answer.headers["Vary"] == "Accept-Encoding"
    assert answer.cache_control.immutable and answer.cache_control.max_age == assets.FOR_EVER
    return answer.data, answer.headers.get("Content-Encoding", "")


def test_it_is_served_joined_and_as_small_as_the_browser_takes_it(tmp_path: Path) -> None:
    write(tmp_path, entry='import { a } from "./a.js";\na();\n', a="export function a() {}\n")
    app = serve(tmp_path)
    plain, nothing = get(app, "entry.js")
    assert (plain, nothing) == (b"function a() {}\na();\n", "")
    packed, encoding = get(app, "entry.js", "gzip, br")
    assert encoding == "br" and brotli.decompress(packed) == plain
    assert get(app, "entry.js", "gzip")[1] == "gzip"
    assert get(app, "entry.js", "br;q=0")[1] == ""


@pytest.mark.parametrize("name", ["nothing.one.js", "../secret.one.js", "entry.one.one.js", "entry.one.png"])
def test_nothing_else_is_served(tmp_path: Path, name: str) -> None:
    (tmp_path / "static").mkdir()
    write(tmp_path / "static", entry="a();")
    (tmp_path / "secret.js").write_text("x")
    assert serve(tmp_path / "static").test_client().get(f"/static/v/0/{name}").status_code == 404
