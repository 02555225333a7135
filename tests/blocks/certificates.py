"""Certificates for the TLS front: an authority, and what it signs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Signed:
    """A certificate and its key, as PEM files."""

    certificate: Path
    key: Path


class Authority:
    """A certificate authority that nobody knows but whoever is given its `bundle`."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder = folder
        self._name = _name(name)
        self._key = ec.generate_private_key(ec.SECP256R1())
        made = self._builder(self._name, self._key, datetime.now(UTC) + DAY).add_extension(
            x509.BasicConstraints(ca=True, path_length=None), critical=True
        )
        self.bundle = folder / f"{name}.pem"
        self.bundle.write_bytes(_pem(made.sign(self._key, hashes.SHA256())))

    def sign(self, host: str, until: datetime | None = None) -> Signed:
        """A certificate for a host name, by default good until tomorrow."""
        key = ec.generate_private_key(ec.SECP256R1())
        builder = self._builder(_name(host), key, until or datetime.now(UTC) + DAY)
        names = x509.SubjectAlternativeName([x509.DNSName(host)])
        made = builder.add_extension(names, critical=False).sign(self._key, hashes.SHA256())
        files = Signed(
            self._folder / f"{made.serial_number}.crt", self._folder / f"{made.serial_number}.key"
        )
        files.certificate.write_bytes(_pem(made))
        files.key.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        return files

    def _builder(
        self, subject: x509.Name, key: ec.EllipticCurvePrivateKey, until: datetime
    ) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(until - 30 * DAY)
            .not_valid_after(until)
        )


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)
