"""TLS to the warehouse: what libpq is told, and a handshake of our own that can say what is wrong."""

from __future__ import annotations

import socket
import ssl
import struct
from pathlib import Path

from blocks.errors import SparkifyError, UsageError

AMAZON_ROOTS = Path(__file__).with_name("amazon_roots.pem")
SYSTEM = "system"
SSL_REQUEST = struct.pack(
    "!ii", 8, 80877103
)  # the message with which PostgreSQL clients ask for TLS
VERIFYING = ("verify-full", "verify-ca")
NOT_YET, EXPIRED, WRONG_HOST, WRONG_ADDRESS = 9, 10, 62, 64  # OpenSSL's X509_V_ERR_ numbers


def arguments(sslmode: str, ca_bundle: str | None) -> dict[str, str]:
    """libpq's parameters. Without verification no roots are named: with them libpq would verify."""
    roots = ca_bundle or str(AMAZON_ROOTS)
    return {"sslmode": sslmode, "sslrootcert": roots if sslmode in VERIFYING else ""}


def shake_hands(host: str, port: int, sslmode: str, ca_bundle: str | None, patience: float) -> str:
    """Make a TLS connection and close it; returns the version, raises in words what is wrong."""
    context = _context(sslmode, ca_bundle)
    with socket.create_connection((host, port), patience) as plain:
        plain.sendall(SSL_REQUEST)
        if plain.recv(1) != b"S":
            raise SparkifyError(f"{host}:{port} does not speak TLS; is it really a Redshift?")
        try:
            with context.wrap_socket(plain, server_hostname=host) as secure:
                return str(secure.version())
        except ssl.SSLCertVerificationError as error:
            raise SparkifyError(_refusal(error, host, ca_bundle)) from None
        except ssl.SSLError as error:
            raise SparkifyError(f"TLS with {host}:{port} fails: {error.reason}") from None


def _context(sslmode: str, ca_bundle: str | None) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = sslmode == "verify-full"
    if sslmode not in VERIFYING:
        context.verify_mode = ssl.CERT_NONE
    elif ca_bundle == SYSTEM:
        context.load_default_certs()
    else:
        _load(context, Path(ca_bundle or AMAZON_ROOTS))
    return context


def _load(context: ssl.SSLContext, bundle: Path) -> None:
    try:
        context.load_verify_locations(bundle)
    except OSError as error:  # also what ssl says of a file without certificates
        raise UsageError(
            f"the CA bundle {bundle} cannot be read: {error.strerror or error}"
        ) from None


def _refusal(error: ssl.SSLCertVerificationError, host: str, ca_bundle: str | None) -> str:
    if error.verify_code in (WRONG_HOST, WRONG_ADDRESS):
        return f"the certificate is for another host than {host}: check the host, or is something between?"
    if error.verify_code == EXPIRED:
        return f"the certificate of {host} has expired"
    if error.verify_code == NOT_YET:
        return f"the certificate of {host} is not valid yet: check this machine's clock"
    roots = f"the CA bundle {ca_bundle}" if ca_bundle else "Amazon's certificate authorities"
    return (
        f"the certificate of {host} is not signed by {roots} ({error.verify_message}):"
        " check the host and ca_bundle, or is something between?"
    )
