"""Write the JSON Schemas of the report, of a check's result and of a bank's review into docs/.

    python docs/generate_schemas.py            write the files
    python docs/generate_schemas.py --check    exit with 1 if one is not up to date

Run it after every change of report.py, sections.py, finding.py, results.py or bank_report.py, and raise the schema version.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from star_analyzer.bank_report import BankReport
from star_analyzer.report import Report
from star_analyzer.results import CheckResult

HOME = Path(__file__).resolve().parent
SCHEMAS = {"report.schema.json": Report, "check.schema.json": CheckResult, "bank.schema.json": BankReport}


def main(arguments: Sequence[str] | None = None) -> int:
    """Write or check the files. Returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; fail if a file is not up to date")
    args = parser.parse_args(arguments)
    old = []
    for name, model in SCHEMAS.items():
        wanted = json.dumps(model.model_json_schema(mode="serialization"), indent=2, ensure_ascii=False) + "\n"
        file = HOME / name
        if not args.check:
            file.write_text(wanted, encoding="utf-8")
        elif not file.is_file() or file.read_text(encoding="utf-8") != wanted:
            old.append(name)
    if old:
        print(f"not up to date: {', '.join(old)}; run: python docs/generate_schemas.py", file=sys.stderr)
    return int(bool(old))


if __name__ == "__main__":
    sys.exit(main())
