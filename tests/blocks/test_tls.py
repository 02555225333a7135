"""Only the right certificate is accepted, and what is wrong with another is said."""

import ssl
import time
from pathlib import Path

import certifi
import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from blocks.tls import AMAZON_ROOTS
from blocks.transient import is_transient


def ask(block):
    engine = block.engine(connections=1)
    try:
        with engine.connect() as connection:
            return connection.execute(text("SELECT current_user")).scalar_one()
    finally:
        engine.dispose()


def encryption(block):
    return next(found for found in block.check_connection() if found.what == "encryption")


@pytest.fixture
def signed_in(fronted, account):
    def make(**settings):
        return fronted(user=account("right"), password="right", **settings)

    return make


def test_the_right_certificate_is_accepted(signed_in):
    block = signed_in()
    assert ask(block) == block.user
    assert encryption(block).words == "TLSv1.3, certificate verified"


@pytest.mark.parametrize(
    ("case", "libpq", "words"),
    [
        ("host", 'does not match host name "localhost"', "is for another host than localhost"),
        ("authority", "certificate verify failed", "is not signed by the CA bundle"),
        ("time", "certificate verify failed", "the certificate of localhost has expired"),
    ],
)
def test_a_wrong_certificate_is_refused_and_explained(
    case, libpq, words, signed_in, authority, stranger, expired
):
    certificates = {
        "host": authority.sign("elsewhere.example"),
        "authority": stranger.sign("localhost"),
        "time": expired,
    }
    block = signed_in(signed=certificates[case])
    with pytest.raises(OperationalError, match=libpq) as refused:
        ask(block)
    assert not is_transient(refused.value)
    found = encryption(block)
    assert found.verdict == "wrong"
    assert words in found.words


def test_amazons_roots_do_not_accept_a_certificate_of_somebody_else(signed_in):
    block = signed_in(ca_bundle=None)
    with pytest.raises(OperationalError, match="certificate verify failed"):
        ask(block)
    assert "is not signed by Amazon's certificate authorities" in encryption(block).words


def test_verify_ca_passes_over_the_host_and_require_over_everything(signed_in, authority, stranger):
    elsewhere = signed_in(signed=authority.sign("elsewhere.example"), sslmode="verify-ca")
    assert ask(elsewhere) == elsewhere.user
    assert encryption(elsewhere).verdict == "ok"
    unknown = signed_in(signed=stranger.sign("localhost"), sslmode="require")
    assert ask(unknown) == unknown.user
    assert encryption(unknown).words == "TLSv1.3, nothing verified"


def test_a_bundle_that_is_missing_is_named(signed_in):
    block = signed_in(ca_bundle="/nowhere/roots.pem")
    assert encryption(block).words == (
        "the CA bundle /nowhere/roots.pem cannot be read: No such file or directory"
    )
    with pytest.raises(OperationalError, match="does not exist") as refused:
        ask(block)
    assert not is_transient(refused.value)


def test_a_server_without_tls_is_not_talked_to(signed_in, redshift_database):
    from embedded import postgres

    plain = postgres.connect_arguments(redshift_database)
    block = signed_in(port=plain["port"])
    with pytest.raises(OperationalError, match="server does not support SSL"):
        ask(block)
    assert "does not speak TLS" in encryption(block).words


def test_the_roots_that_come_along_are_amazons_as_mozilla_knows_them_and_last():
    ours, known = trusted(AMAZON_ROOTS), trusted(certifi.where())
    assert len(ours) == 5
    assert ours.keys() <= known.keys()
    assert min(ours.values()) > time.time() + 365 * 24 * 3600


def trusted(bundle):
    """The certificates of a bundle, with the second in which each expires."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(bundle)
    until = (ssl.cert_time_to_seconds(each["notAfter"]) for each in context.get_ca_certs())
    return dict(zip(context.get_ca_certs(binary_form=True), until, strict=True))


def test_the_roots_are_part_of_the_package():
    declared = (Path(__file__).parents[2] / "pyproject.toml").read_text()
    assert 'blocks = ["*.pem"]' in declared
