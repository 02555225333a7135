"""The lake is reached with keys, with a session token, and as a role whose credentials renew themselves."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from blocks import Lake
from blocks.aws import client, session_of
from blocks.errors import SparkifyError, UsageError

REGION = "us-east-1"
ROLE = "arn:aws:iam::123456789012:role/worker"


@pytest.fixture
def assumed(aws, moto, monkeypatch):
    monkeypatch.setenv("AWS_ENDPOINT_URL_STS", moto)
    return aws.model_copy(update={"assume_role_arn": ROLE})


def lake(credentials):
    return Lake(bucket="lake", work_bucket="work", region=REGION, credentials=credentials)


def test_keys_and_a_session_token_are_given_as_they_are(aws):
    config = lake(aws).store("lake").config
    assert config["access_key_id"] == aws.aws_access_key_id
    with_token = aws.model_copy(update={"aws_session_token": "t"})
    assert lake(with_token).store("lake").config["session_token"] == "t"


def test_a_role_is_assumed_and_its_keys_are_what_s3_sees(assumed, aws):
    given = lake(assumed).store("lake").credential_provider()
    assert given["access_key_id"] != aws.aws_access_key_id
    assert given["token"]
    left = given["expires_at"] - datetime.now(UTC)
    assert left <= timedelta(minutes=10)  # botocore's answer is good for at least that long


def test_a_role_is_assumed_again_before_its_credentials_expire(assumed):
    quarter = assumed.assume_role_kwargs.model_copy(update={"DurationSeconds": 900})
    short = assumed.model_copy(update={"assume_role_kwargs": quarter})
    hour = lake(assumed).store("lake").credential_provider
    assert hour()["access_key_id"] == hour()["access_key_id"]
    minutes = lake(short).store("lake").credential_provider
    assert minutes()["access_key_id"] != minutes()["access_key_id"]  # below botocore's 15 minutes


def test_every_store_and_client_of_a_role_shares_one_session(assumed):
    stores = [lake(assumed).store(name) for name in ("lake", "work")]
    keys = {store.credential_provider()["access_key_id"] for store in stores}
    asked = client(assumed, "secretsmanager", REGION)._request_signer._credentials
    assert keys == {asked.get_frozen_credentials().access_key}


def test_a_secret_is_read_as_the_role(assumed):
    manager = client(assumed, "secretsmanager", REGION)
    name = manager.create_secret(Name=uuid.uuid4().hex, SecretString="{}")["Name"]
    assert manager.get_secret_value(SecretId=name)["SecretString"] == "{}"


def test_a_machine_without_credentials_is_told_what_to_give_it(monkeypatch):
    from prefect_aws import AwsCredentials

    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/nowhere")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/nowhere")
    session_of.cache_clear()
    with pytest.raises(UsageError, match="no AWS credentials are found"):
        lake(AwsCredentials()).store("lake")
    with pytest.raises(UsageError, match="no AWS credentials are found"):
        lake(AwsCredentials(profile_name="none")).store("lake")
    with pytest.raises(UsageError, match="no AWS credentials are found"):
        lake(AwsCredentials(assume_role_arn=ROLE)).store("lake")


def test_a_role_that_may_not_be_assumed_is_told(assumed):
    from botocore.stub import Stubber

    from blocks.aws import told

    with Stubber(sts := client(assumed, "sts", REGION)) as stub:
        stub.add_client_error("assume_role", "AccessDenied", "not authorized to perform", 403)
        with pytest.raises(SparkifyError, match=r"AccessDenied: not authorized"), told("that"):
            sts.assume_role(RoleArn=ROLE, RoleSessionName="me")
