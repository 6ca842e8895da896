"""Write docs/schema: the JSON Schemas of what travels, made from the types, and ten example lines of applications."""

import json
from pathlib import Path

from demo.example import example_lines
from domain.check import product
from domain.schema import COMING, KINDS, of_kind
from wire.schema import header_schema

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "schema"


def main() -> None:
    """Write the files."""
    sample = product.read((ROOT / "products" / "sample.json").read_bytes())
    schemas = {kind: of_kind(kind) for kind in KINDS | COMING} | {"message-header": header_schema()}
    for name, schema in schemas.items():
        text = json.dumps(schema, ensure_ascii=False, indent=2)
        (FOLDER / f"{name}.schema.json").write_text(text + "\n", encoding="utf-8")
    lines = (json.dumps(line, ensure_ascii=False, separators=(",", ":")) for line in example_lines(sample))
    (FOLDER / "application.example.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


if __name__ == "__main__":
    main()
