"""Write docs/schema: the JSON Schema of an application, made from the types, and ten example lines."""

import json
from pathlib import Path

from demo.example import example_lines
from domain.check import product
from domain.schema import application_schema

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "schema"


def main() -> None:
    """Write both files."""
    sample = product.read((ROOT / "products" / "sample.json").read_bytes())
    schema = json.dumps(application_schema(), ensure_ascii=False, indent=2)
    lines = (json.dumps(line, ensure_ascii=False, separators=(",", ":")) for line in example_lines(sample))
    (FOLDER / "application.schema.json").write_text(schema + "\n", encoding="utf-8")
    (FOLDER / "application.example.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


if __name__ == "__main__":
    main()
