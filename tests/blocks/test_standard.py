"""What Prefect asks of every block."""

from itertools import groupby
from typing import Any

import pytest
from prefect.testing.standard_test_suites import BlockStandardTestSuite
from prefect_aws import AwsCredentials

from blocks import Lake, Redshift
from embedded.block import EmbeddedRedshift


class Standard(BlockStandardTestSuite):
    def test_has_a_valid_image(self, block: Any) -> None:
        """The image itself is on the network, where the suite would look; it is that of prefect-aws."""
        assert str(block._logo_url) == str(AwsCredentials._logo_url)

    def test_all_fields_have_a_title_that_begins_with_their_group(self, block: Any) -> None:
        titles = [str(field.title) for field in block.model_fields.values()]
        groups = [title.partition(":")[0] for title in titles]
        assert "None" not in titles
        assert len(list(groupby(groups))) == len(set(groups))  # the form shows a group in one piece


class TestRedshift(Standard):
    @pytest.fixture
    def block(self) -> type[Redshift]:
        return Redshift


class TestLake(Standard):
    @pytest.fixture
    def block(self) -> type[Lake]:
        return Lake


class TestEmbeddedRedshift(BlockStandardTestSuite):
    @pytest.fixture
    def block(self) -> type[EmbeddedRedshift]:
        return EmbeddedRedshift

    def test_has_a_valid_image(self, block: Any) -> None:
        assert block._logo_url == Redshift._logo_url
