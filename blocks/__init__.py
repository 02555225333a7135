"""The blocks: where the warehouse and the lake are, and how to reach them."""

from blocks.lake import Lake
from blocks.redshift import Redshift

__all__ = ["Lake", "Redshift"]
