"""The local site, for the tests of the guarded client."""

from collections.abc import AsyncIterator

import pytest

from tests.fetching.site import Site, serving


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with serving() as served:
        yield served
