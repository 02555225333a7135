"""Every way to sign in connects through TLS, renews what expires, and fails with the right words."""

import json
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from botocore.stub import Stubber
from prefect_aws.client_parameters import AwsClientParameters
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from blocks.aws import client
from blocks.errors import SparkifyError, UsageError
from blocks.transient import is_transient

REGION = "us-east-1"
SOON, LATER = timedelta(seconds=90), timedelta(minutes=15)


def users(block, times=1):
    """Whom each of some new connections is signed in as."""
    engine = block.engine(connections=1)
    found = []
    try:
        for _ in range(times):
            with engine.connect() as connection:
                found.append(connection.execute(text("SELECT current_user")).scalar_one())
                connection.invalidate()
    finally:
        engine.dispose()
    return found


def keep_secret(aws, **content):
    manager = client(aws, "secretsmanager", REGION)
    return manager.create_secret(Name=uuid.uuid4().hex, SecretString=json.dumps(content))["ARN"]


@contextmanager
def lending(aws, account, service, operation, names, lifetimes=(LATER,), first=(), **expected):
    """AWS as a Stubber: each answer is another password, which the warehouse knows from then on."""
    lender = client(aws, service, REGION)
    user_key, password_key, expiry_key = names
    with Stubber(lender) as stub:
        user = account("before")
        for asked, told in first:
            stub.add_response(asked, told)
        for number, lifetime in enumerate(lifetimes):
            answer = {
                user_key: user,
                password_key: f"{number}/+=",
                expiry_key: datetime.now(UTC) + lifetime,
            }
            stub.add_response(operation, answer, expected or None)

        def lend(parsed, **_):
            account(parsed[password_key], user)

        name = "".join(part.capitalize() for part in operation.split("_")).replace("Iam", "IAM")
        hook = f"after-call.{service}.{name}"
        lender.meta.events.register(hook, lend)
        yield user, stub
        lender.meta.events.unregister(hook, lend)


def of_identity(aws, account, **keys):
    names = ("DbUser", "DbPassword", "Expiration")
    return lending(aws, account, "redshift", "get_cluster_credentials_with_iam", names, **keys)


def of_workgroup(aws, account, **keys):
    names = ("dbUser", "dbPassword", "expiration")
    return lending(aws, account, "redshift-serverless", "get_credentials", names, **keys)


def test_by_password(fronted, account):
    user = account("p/w +=%'")
    assert users(fronted(user=user, password="p/w +=%'")) == [user]


def test_a_wrong_password_is_refused_once_and_for_all(fronted, account):
    block = fronted(user=account("right"), password="wrong")
    with pytest.raises(OperationalError, match="password authentication failed") as refused:
        users(block)
    assert not is_transient(refused.value)


def test_by_a_secret_that_holds_only_username_and_password(fronted, account, aws):
    user = account("kept")
    secret = keep_secret(aws, username=user, password="kept")
    assert users(fronted(sign_in="secret", secret=secret, aws=aws)) == [user]


def test_a_secret_may_also_say_where(fronted, account, aws):
    user = account("kept")
    there = fronted(user="u", password="p")
    secret = keep_secret(
        aws, engine="redshift", username=user, password="kept", host="localhost", port=there.port
    )
    assert users(fronted(sign_in="secret", secret=secret, aws=aws, host=None, port=None)) == [user]


def test_a_secret_that_was_rotated_is_read_again_when_the_old_password_is_refused(
    fronted, account, aws
):
    user = account("first")
    secret = keep_secret(aws, username=user, password="first")
    engine = fronted(sign_in="secret", secret=secret, aws=aws).engine(connections=1)
    with engine.connect() as connection:
        connection.invalidate()
    account("second", user)
    client(aws, "secretsmanager", REGION).put_secret_value(
        SecretId=secret, SecretString=json.dumps({"username": user, "password": "second"})
    )
    with engine.connect() as connection:
        assert connection.execute(text("SELECT current_user")).scalar_one() == user
    engine.dispose()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('{"username": "hunter2"}', "does not hold username and password"),
        ("hunter2", "is not a JSON object"),
        ('["hunter2"]', "is not a JSON object"),
    ],
)
def test_a_secret_of_another_form_is_refused_without_showing_it(fronted, aws, content, words):
    manager = client(aws, "secretsmanager", REGION)
    secret = manager.create_secret(Name=uuid.uuid4().hex, SecretString=content)["ARN"]
    with pytest.raises(UsageError, match=words) as refused:
        users(fronted(sign_in="secret", secret=secret, aws=aws))
    assert "hunter2" not in str(refused.value)


def test_a_secret_that_is_not_there_is_named(fronted, aws):
    with pytest.raises(SparkifyError, match="ResourceNotFoundException") as refused:
        users(fronted(sign_in="secret", secret="nothing/here", aws=aws))
    assert str(refused.value).startswith(
        "AWS refuses secretsmanager:GetSecretValue on nothing/here:"
    )
    assert not is_transient(refused.value)


def test_by_identity_to_a_cluster(fronted, account, aws):
    block = fronted(sign_in="iam", cluster="prod", aws=aws)
    asked = {"ClusterIdentifier": "prod", "DbName": block.database, "DurationSeconds": 3600}
    with of_identity(aws, account, **asked) as (user, stub):
        assert users(block, times=3) == [user] * 3  # one password serves until it expires
        stub.assert_no_pending_responses()


def test_by_identity_to_a_workgroup(fronted, account, aws):
    block = fronted(sign_in="iam", workgroup="prod", aws=aws)
    asked = {"workgroupName": "prod", "dbName": block.database, "durationSeconds": 3600}
    with of_workgroup(aws, account, **asked) as (user, stub):
        assert users(block, times=3) == [user] * 3
        stub.assert_no_pending_responses()


@pytest.mark.parametrize(("kind", "lend"), [("cluster", of_identity), ("workgroup", of_workgroup)])
def test_a_password_that_is_about_to_expire_is_not_used_again(kind, lend, fronted, account, aws):
    block = fronted(sign_in="iam", **{kind: "prod"}, aws=aws)
    with lend(aws, account, lifetimes=(SOON, SOON, LATER)) as (user, stub):
        assert users(block, times=5) == [user] * 5
        stub.assert_no_pending_responses()


@pytest.mark.parametrize(("kind", "lend"), [("cluster", of_identity), ("workgroup", of_workgroup)])
def test_a_password_that_was_taken_back_is_fetched_again_once(kind, lend, fronted, account, aws):
    block = fronted(sign_in="iam", **{kind: "prod"}, aws=aws)
    with lend(aws, account, lifetimes=(LATER, LATER)) as (user, stub):
        engine = block.engine(connections=1)
        with engine.connect() as connection:
            connection.invalidate()
        account("taken back", user)
        with engine.connect() as connection:
            assert connection.execute(text("SELECT current_user")).scalar_one() == user
        stub.assert_no_pending_responses()
        engine.dispose()


def test_threads_that_connect_at_once_share_one_password(fronted, account, aws):
    block = fronted(sign_in="iam", cluster="prod", aws=aws)
    together = threading.Barrier(8)
    with of_identity(aws, account) as (user, stub):
        engine = block.engine()

        def ask(_):
            together.wait()
            with engine.connect() as connection:
                return connection.execute(text("SELECT current_user")).scalar_one()

        with ThreadPoolExecutor(8) as pool:
            assert set(pool.map(ask, range(8))) == {user}
        stub.assert_no_pending_responses()  # a second call would have had no answer
        engine.dispose()


def test_as_a_database_user_that_iam_lends_a_password_for(fronted, account, aws):
    name = f"u{uuid.uuid4().hex[:8]}"
    block = fronted(sign_in="iam-db-user", cluster="prod", user=name, aws=aws)
    lender = client(aws, "redshift", REGION)
    lender.create_cluster(
        ClusterIdentifier=(cluster := f"c{uuid.uuid4().hex}"),
        NodeType="ra3.large",
        MasterUsername="admin",
        MasterUserPassword="Passw0rd",
    )
    calls = []

    def lend(parsed, **_):
        calls.append(parsed["DbUser"])
        account(parsed["DbPassword"], account("before", parsed["DbUser"]))

    lender.meta.events.register("after-call.redshift.GetClusterCredentials", lend)
    block = block.model_copy(update={"cluster": cluster})
    assert users(block, times=2) == [f"IAM:{name}"] * 2
    assert users(block.model_copy(update={"create_user": True})) == [f"IAMA:{name}"]
    assert calls == [f"IAM:{name}", f"IAMA:{name}"]


def test_a_cluster_that_is_not_there_is_named(fronted, aws):
    block = fronted(sign_in="iam-db-user", cluster="nowhere", user="u", aws=aws)
    with pytest.raises(SparkifyError, match="ClusterNotFound") as refused:
        users(block)
    assert "redshift:GetClusterCredentials for u on cluster nowhere" in str(refused.value)


def test_a_refusal_of_iam_names_the_permission(fronted, aws):
    block = fronted(sign_in="iam", workgroup="prod", aws=aws)
    with Stubber(client(aws, "redshift-serverless", REGION)) as stub:
        stub.add_client_error("get_credentials", "AccessDeniedException", "you may not", 403)
        with pytest.raises(SparkifyError) as refused:
            users(block)
    assert str(refused.value) == (
        "AWS refuses redshift-serverless:GetCredentials on workgroup prod:"
        " AccessDeniedException: you may not"
    )


def test_an_aws_that_is_busy_or_away_is_tried_again(fronted, aws):
    block = fronted(sign_in="iam", workgroup="prod", aws=aws)
    with Stubber(client(aws, "redshift-serverless", REGION)) as stub:
        stub.add_client_error("get_credentials", "ThrottlingException", "slowly", 400)
        with pytest.raises(Exception, match="slowly") as busy:
            users(block)
    assert is_transient(busy.value)
    nobody = AwsClientParameters(
        endpoint_url="http://127.0.0.1:9", config={"retries": {"total_max_attempts": 1}}
    )
    away = aws.model_copy(update={"aws_client_parameters": nobody})
    with pytest.raises(Exception, match="Could not connect") as gone:
        users(fronted(sign_in="secret", secret="s", aws=away))
    assert is_transient(gone.value)


def test_the_host_of_a_cluster_is_looked_up(aws, fronted):
    lender = client(aws, "redshift", REGION)
    cluster = f"c{uuid.uuid4().hex}"
    lender.create_cluster(
        ClusterIdentifier=cluster,
        NodeType="ra3.large",
        MasterUsername="admin",
        MasterUserPassword="Passw0rd",
    )
    block = fronted(sign_in="iam", cluster=cluster, aws=aws, host=None, port=None)
    host, port = block.door().address()
    assert host.startswith(cluster)
    assert port == 5439


def test_the_host_of_a_workgroup_is_looked_up_and_connected_to(aws, fronted, account):
    there = fronted(user="u", password="p")
    block = fronted(sign_in="iam", workgroup="prod", aws=aws, host=None, port=None)
    endpoint = {"endpoint": {"address": "localhost", "port": there.port}}
    first = [("get_workgroup", {"workgroup": endpoint})]
    with of_workgroup(aws, account, first=first) as (user, stub):
        assert users(block, times=2) == [user] * 2
        stub.assert_no_pending_responses()


def test_a_workgroup_without_an_endpoint_is_told(aws, fronted):
    block = fronted(sign_in="iam", workgroup="prod", aws=aws, host=None)
    with Stubber(client(aws, "redshift-serverless", REGION)) as stub:
        stub.add_response("get_workgroup", {"workgroup": {"status": "CREATING"}})
        with pytest.raises(UsageError, match="workgroup prod has no endpoint"):
            block.door().address()
