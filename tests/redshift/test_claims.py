"""The lists of what the stand-in does are complete, shown by cases, and told by the docs."""

from __future__ import annotations

from claims import DOCS, claims, page


def test_every_claim_has_a_case() -> None:
    assert [claim.tag for claim in claims() if claim.verdict == "untested"] == []


def test_the_page_tells_what_the_cases_show() -> None:
    assert DOCS.read_text(encoding="utf-8") == page(), "run: python tests/redshift/claims.py"
