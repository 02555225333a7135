"""Whether a warehouse and its lake can be used, and what is in the way: `python -m flows.check`."""

from __future__ import annotations

from dataclasses import asdict

from blocks.warehouse import LOCAL, load_warehouse
from flows.command import parser, print_json, run_command


def main() -> int:
    """The command line: a line for each thing looked at; status 1 when one is wrong."""
    made = parser("flows.check", "Try everything that a run needs of the warehouse and the lake.")
    made.add_argument("--warehouse", default=LOCAL, metavar="BLOCK")
    options = made.parse_args()
    findings = load_warehouse(options.warehouse).check_connection()
    if options.json:
        print_json([asdict(finding) for finding in findings])
    else:
        print(*findings, sep="\n")
    return int(any(finding.verdict == "wrong" for finding in findings))


if __name__ == "__main__":
    run_command(main)
