"""The table of docs/embedded-redshift.md: each claim with its cases.

python tests/redshift/claims.py        write it
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from spec_case import CASES, all_cases, read

HERE = Path(__file__).parent
DOCS = HERE.parents[1] / "docs" / "embedded-redshift.md"
_TAG = re.compile(r"\[((?:accept|reject|difference) [^\]]+)\]")
_TITLES = {
    "accept": "Accepted, as Redshift does",
    "reject": "Refused, as Redshift does",
    "difference": "Silent differences from PostgreSQL that are imitated",
}


@dataclass
class Claim:
    """One line of claims.txt, with the cases and tests that show it."""

    tag: str
    text: str
    holding: int = 0
    failing: list[str] = field(default_factory=list)

    @property
    def verdict(self) -> str:
        if self.failing:
            return f"no: {'; '.join(self.failing)}"
        return "yes" if self.holding else "untested"


def claims() -> list[Claim]:
    """All claims in order, counted."""
    lines = (HERE / "claims.txt").read_text(encoding="utf-8").splitlines()
    found = [Claim(*line.split(": ", 1)) for line in lines if line and not line.startswith("#")]
    shown = _shown()
    for claim in found:
        for reason in shown.pop(claim.tag, []):
            if reason is None:
                claim.holding += 1
            else:
                claim.failing.append(reason)
    if shown:
        raise ValueError(f"no such claims: {sorted(shown)}")
    return found


def _shown() -> dict[str, list[str | None]]:
    """The tags of cases and of Python tests, each with why it fails or None."""
    shown: dict[str, list[str | None]] = defaultdict(list)
    for case in all_cases():
        reasons = [tag.partition(":")[2].strip() for tag in case.tags if tag.startswith("fails:")]
        if case.is_not_imitated():
            reasons.append(f"{case.name} is refused by name")
        for tag in case.tags:
            if tag.partition(" ")[0] in _TITLES:
                shown[tag].append(reasons[0] if reasons else None)
    for path in sorted(HERE.glob("test_*.py")):
        for tag in _TAG.findall(path.read_text(encoding="utf-8")):
            shown[tag].append(None)
    return shown


def table() -> str:
    """The tables as Markdown."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    known = claims()
    for kind, title in _TITLES.items():
        ours = [claim for claim in known if claim.tag.startswith(f"{kind} ")]
        holding = sum(claim.verdict == "yes" for claim in ours)
        yield f"**{title}: {holding} of {len(ours)} hold.**"
        yield ""
        yield "| | claim | cases | holds |"
        yield "|---|---|---|---|"
        for number, claim in enumerate(ours, 1):
            count = claim.holding + len(claim.failing)
            yield f"| {number} | {claim.text} | {count} | {claim.verdict} |"
        yield ""


def not_imitated() -> str:
    """What valid Redshift is refused by name: the cases of that file."""
    names = [case.name for case in read(CASES / "not_imitated.sql")]
    return "".join(f"- {name}\n" for name in names)


def page() -> str:
    """The page with its generated parts as they should be."""
    text = DOCS.read_text(encoding="utf-8")
    for name, generated in (("not imitated", not_imitated()), ("claims", table())):
        begin, end = f"<!-- {name}: begin -->\n", f"<!-- {name}: end -->\n"
        before, _, rest = text.partition(begin)
        text = f"{before}{begin}{generated}{end}{rest.partition(end)[2]}"
    return text


if __name__ == "__main__":
    DOCS.write_text(page(), encoding="utf-8")
