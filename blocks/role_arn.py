"""The value of COPY's IAM_ROLE: `default`, the ARN of a role, or a chain of ARNs."""

from __future__ import annotations

import re

# A path may stand before the name, and a name may hold a comma: a chain is cut only before "arn:".
ARN = re.compile(
    r"arn:aws(?:-[a-z]+)*:iam::\d{12}:role/(?:[A-Za-z0-9!#$%&()*+,./:<=>?@\[\]^_`{|}~-]{1,510}/)?"
    r"[A-Za-z0-9_+=,.@-]{1,64}"
)
LONGEST_CHAIN = 10


def copy_role(given: str) -> str:
    """The role or the chain as COPY takes it; `ValueError` says in one line what is wrong with it."""
    roles = re.split(r"\s*,\s*(?=arn:)", given.strip())
    if roles == ["default"]:
        return "default"
    for role in roles:
        if not ARN.fullmatch(role):
            raise ValueError(
                f"{role[:200]!r} is not the ARN of an IAM role, such as"
                " arn:aws:iam::123456789012:role/name; 'default' is the cluster's own"
            )
    if len(roles) > LONGEST_CHAIN:
        raise ValueError(f"a chain of {len(roles)} roles is too long, {LONGEST_CHAIN} are allowed")
    return ",".join(roles)
