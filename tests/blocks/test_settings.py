"""Settings that do not go together are refused in one line, which never holds a secret."""

import pytest
from prefect_aws import AwsCredentials
from pydantic import SecretStr, ValidationError

from blocks import Lake, Redshift
from blocks.errors import UsageError
from blocks.role_arn import copy_role
from blocks.warehouse import load_warehouse

LAKE = Lake(bucket="lake", work_bucket="work", region="eu-west-1")
SECRET = "hunter2-hunter2"
ROLE = "arn:aws:iam::123456789012:role/"


def made(**settings):
    return Redshift(lake=LAKE, **settings)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"user": "u", "password": SECRET}, "give the host, or a cluster or workgroup"),
        ({"host": "h", "user": "u"}, "sign_in password needs user and password"),
        ({"host": "h", "password": SECRET}, "sign_in password needs user and password"),
        ({"host": "h", "user": " ", "password": SECRET}, "sign_in password needs user"),
        ({"cluster": "c", "workgroup": "w", "sign_in": "iam"}, "not both"),
        ({"host": "h", "sign_in": "secret"}, "needs the name or ARN of the secret"),
        ({"host": "h", "secret": "s", "user": "u", "password": SECRET}, "set sign_in to secret"),
        ({"host": "h", "sign_in": "iam"}, "sign_in iam needs a cluster or a workgroup"),
        ({"cluster": "c", "sign_in": "iam", "password": SECRET}, "take it out"),
        ({"cluster": "c", "sign_in": "iam-db-user"}, "needs user and cluster"),
        ({"workgroup": "w", "sign_in": "iam-db-user", "user": "u"}, "set sign_in to iam"),
        ({"cluster": "c", "sign_in": "iam", "sslmode": "disable"}, "sslmode disable is not for it"),
        (
            {"cluster": "c", "sign_in": "iam", "sslmode": "verify-ca", "ca_bundle": "system"},
            "ca_bundle 'system' needs sslmode verify-full",
        ),
        ({"cluster": "c", "sign_in": "iam", "copy_role": "nobody"}, "'nobody' is not the ARN"),
    ],
)
def test_settings_that_do_not_go_together_are_refused(settings, words):
    with pytest.raises(ValidationError) as refused:
        made(**settings)
    (error,) = refused.value.errors()
    assert words in error["msg"]
    assert "\n" not in error["msg"]
    assert SECRET not in str(refused.value)
    assert SECRET not in repr(refused.value)


@pytest.mark.parametrize(
    "settings",
    [
        {"host": "h", "user": "u", "password": SECRET},
        {"cluster": "c", "user": "u", "password": SECRET},
        {"sign_in": "secret", "secret": "s"},
        {"sign_in": "iam", "cluster": "c"},
        {"sign_in": "iam", "workgroup": "w", "host": "h", "ca_bundle": "system"},
        {"sign_in": "iam-db-user", "cluster": "c", "user": "u", "groups": ["g"]},
    ],
)
def test_settings_that_go_together_are_taken_and_show_no_secret(settings):
    assert SECRET not in repr(made(**settings))


def test_a_field_that_a_form_left_empty_is_not_given():
    block = made(host="h", user="u", password=SECRET, cluster="", ca_bundle=" ", region="")
    assert (block.cluster, block.ca_bundle, block.home_region) == (None, None, "eu-west-1")


@pytest.mark.parametrize(
    "role",
    [
        "default",
        ROLE + "copy",
        ROLE + "service-role/some/path/copy",
        ROLE + "with,comma=plus+at@dot._-",
        "arn:aws-cn:iam::123456789012:role/copy",
        "arn:aws-us-gov:iam::123456789012:role/copy",
        "arn:aws-iso-b:iam::123456789012:role/copy",
        f"{ROLE}one,{ROLE}two",
        f"{ROLE}a/one,{ROLE}b/two,arn:aws:iam::210987654321:role/three",
    ],
)
def test_a_role_a_path_another_partition_and_a_chain_are_taken(role):
    assert copy_role(role) == role


def test_blanks_around_the_roles_of_a_chain_are_taken_out():
    assert copy_role(f" {ROLE}one , {ROLE}two ") == f"{ROLE}one,{ROLE}two"


@pytest.mark.parametrize(
    "role",
    [
        "",
        "Default role",
        "copy",
        "arn:aws:iam::12345:role/copy",
        "arn:aws:iam::123456789012:user/copy",
        "arn:aws:s3:::bucket",
        ROLE,
        ROLE + "x' COPY",
        ROLE + "x;drop",
        f"default,{ROLE}one",
        f"{ROLE}one,{ROLE}",
        ",".join([ROLE + "x"] * 11),
        "aws_access_key_id=AKIA;aws_secret_access_key=x",
    ],
)
def test_what_is_not_a_role_is_refused_in_one_line(role):
    with pytest.raises(ValueError, match=r"is not the ARN of an IAM role|is too long") as refused:
        copy_role(role)
    assert "\n" not in str(refused.value)


def test_a_saved_block_comes_back_with_its_secret_and_hides_it_in_its_document(prefect_api):
    block = made(host="h", user="u", password=SECRET, aws=AwsCredentials(region_name="eu-west-1"))
    block.save("kept", overwrite=True)
    assert Redshift.load("kept").password == SecretStr(SECRET)
    assert SECRET not in str(Redshift.load("kept"))


def test_a_form_that_contradicts_itself_is_told_when_the_block_is_loaded(prefect_api):
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.actions import BlockDocumentUpdate

    block = made(host="h", user="u", password=SECRET)
    block.save("contradicts", overwrite=True)
    with get_client(sync_client=True) as api:
        document = api.read_block_document_by_name("contradicts", "redshift", include_secrets=True)
        data = {
            **document.data,
            "user": "",
            "copy_role": "nobody",
            "lake": LAKE.model_dump(mode="json"),
        }
        api.update_block_document(document.id, BlockDocumentUpdate(data=data))
    with pytest.raises(UsageError) as refused:
        load_warehouse("redshift/contradicts")
    assert "'nobody' is not the ARN of an IAM role" in str(refused.value)
    assert SECRET not in str(refused.value)


def test_groups_may_be_one_text_as_the_environment_gives_them():
    given = {"sign_in": "iam-db-user", "cluster": "c", "user": "u"}
    assert made(**given, groups="one, two,").groups == ["one", "two"]


def test_a_pool_has_a_connection_for_each_thread_of_the_hourly_flow():
    from flows.hourly import RUNNER

    engine = made(host="h", user="u", password=SECRET).engine()
    assert engine.pool.size() == RUNNER._max_workers
    assert SECRET not in f"{engine!r} {engine.url!r}"


def test_a_session_is_named_for_its_label_and_its_flow_run(prefect_api):
    from prefect import flow

    from blocks.redshift import application_name

    @flow(flow_run_name="hourly-2018-11-02T05")
    def asking():
        return application_name("sparkify-1")

    assert application_name("sparkify-1") == "sparkify-1"
    assert asking() == "sparkify-1 hourly-2018-11-02T05"
    args = made(host="h", user="u", password=SECRET)._connect_args("run_1", "sparkify-" + "é" * 30)
    assert "-c query_group=sparkify-" + "é" * 10 + " " in args["options"]
    assert args["options"].endswith("-c search_path=run_1")
    assert (args["sslmode"], args["keepalives_idle"]) == ("verify-full", 200)
