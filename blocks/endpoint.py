"""Where the warehouse listens: as the block says, as its secret says, or as AWS tells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from blocks.aws import client, told
from blocks.errors import UsageError
from blocks.sign_in import read_secret

if TYPE_CHECKING:
    from blocks.redshift import Redshift

Address = tuple[str, int]
PORT = 5439


def address(block: Redshift) -> Address:
    """Host and port to connect to."""
    host, port = block.host, block.port
    if not host and (block.cluster or block.workgroup):
        found = _of_workgroup(block) if block.workgroup else _of_cluster(block)
        host, port = found[0], port or found[1]
    elif not host:
        secret = read_secret(block)
        host, port = secret.get("host"), port or secret.get("port")
    if not host:
        raise UsageError(
            f"the secret {block.secret} names no host: give the block a host, a cluster or a workgroup"
        )
    return str(host), int(port or PORT)


def _of_cluster(block: Redshift) -> Address:
    with told(f"redshift:DescribeClusters on cluster {block.cluster}"):
        answer = client(block.aws, "redshift", block.home_region).describe_clusters(
            ClusterIdentifier=block.cluster
        )
    (cluster,) = answer["Clusters"]
    return _listening(cluster.get("Endpoint"), "Address", "Port", f"cluster {block.cluster}")


def _of_workgroup(block: Redshift) -> Address:
    with told(f"redshift-serverless:GetWorkgroup on workgroup {block.workgroup}"):
        answer = client(block.aws, "redshift-serverless", block.home_region).get_workgroup(
            workgroupName=block.workgroup
        )
    endpoint = answer["workgroup"].get("endpoint")
    return _listening(endpoint, "address", "port", f"workgroup {block.workgroup}")


def _listening(endpoint: dict[str, Any] | None, host: str, port: str, of: str) -> Address:
    if not endpoint or not endpoint.get(host):
        raise UsageError(f"{of} has no endpoint: it is being created, or it is paused")
    return endpoint[host], endpoint[port]
