"""The templates are what CloudFormation takes, and give away no more than they must."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "deployments" / "aws").glob("*.yaml"))
NAMES = [path.stem for path in TEMPLATES]
# Actions for which AWS knows no resource; everything else names what it is for.
WITHOUT_RESOURCE = {
    "ecr:GetAuthorizationToken",
    "ecs:DeregisterTaskDefinition",
    "ecs:DescribeTaskDefinition",
    "ecs:RegisterTaskDefinition",
    "ec2:DescribeSubnets",
    "ec2:DescribeVpcs",
}


class Loader(yaml.SafeLoader):
    """YAML with CloudFormation's functions, which are kept as text."""


Loader.add_multi_constructor("!", lambda loader, suffix, node: f"{suffix} {node.value}")


def resources(path, kind):
    found = yaml.load(path.read_text(), Loader)["Resources"]
    return {name: made["Properties"] for name, made in found.items() if made["Type"] == kind}


def allowed(path):
    """Every action that a role allows, with its resources."""
    roles = resources(path, "AWS::IAM::Role").values()
    policies = [policy for role in roles for policy in role["Policies"]]
    policies += resources(path, "AWS::IAM::RolePolicy").values()
    for policy in policies:
        for statement in policy["PolicyDocument"]["Statement"]:
            assert statement["Effect"] == "Allow"
            actions, targets = statement["Action"], statement["Resource"]
            for action in actions if isinstance(actions, list) else [actions]:
                yield action, targets if isinstance(targets, list) else [targets]


@pytest.mark.parametrize("path", TEMPLATES, ids=NAMES)
def test_cfn_lint_finds_nothing(path):
    command = [str(Path(sys.executable).parent / "cfn-lint"), "-r", "us-east-1", "-t", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout + done.stderr == ""
    assert done.returncode == 0


@pytest.mark.parametrize("path", TEMPLATES, ids=NAMES)
def test_a_template_has_no_alias_which_cloudformation_refuses(path):
    assert not any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(path.read_text()))


@pytest.mark.parametrize("path", TEMPLATES, ids=NAMES)
def test_no_role_may_do_more_than_it_must(path):
    for action, targets in allowed(path):
        assert "*" not in action
        assert ("*" in targets) == (action in WITHOUT_RESOURCE), action


def test_buckets_are_private_and_encrypted():
    (lake,) = [path for path in TEMPLATES if path.stem == "lake"]
    buckets = resources(lake, "AWS::S3::Bucket")
    assert len(buckets) == 2
    for bucket in buckets.values():
        assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
        assert bucket["BucketEncryption"]["ServerSideEncryptionConfiguration"]


def test_the_role_of_copy_only_reads():
    (lake,) = [path for path in TEMPLATES if path.stem == "lake"]
    actions = {action for action, _ in allowed(lake)}
    assert actions == {"s3:GetObject", "s3:ListBucket", "s3:GetBucketLocation"}


def test_every_source_of_the_image_is_in_the_repository():
    text = (ROOT / "deployments" / "Dockerfile").read_text()
    kept = (ROOT / "deployments" / "Dockerfile.dockerignore").read_text().splitlines()
    sources = [s for line in re.findall(r"^COPY (.*)$", text, re.M) for s in shlex.split(line)[:-1]]
    assert sources
    for source in sources:
        assert (ROOT / source).exists(), source
        assert f"!{source}" in kept
    assert {"flows", "tasks", "blocks", "sql"} <= set(sources)


def test_every_instruction_of_the_image_is_one():
    text = (ROOT / "deployments" / "Dockerfile").read_text().replace("\\\n", " ")
    words = [line.split()[0] for line in text.splitlines() if line and not line.startswith("#")]
    assert words[0] == "FROM"
    assert set(words) == {"FROM", "RUN", "WORKDIR", "COPY", "ENV", "USER", "CMD"}
    assert words.index("USER") < words.index("CMD")  # flows do not run as root
