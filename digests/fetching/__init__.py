"""The one guarded way to other people's servers: pages, feeds and APIs, never an address inside our own network."""

from digests.fetching.client import SIZE_LIMIT, Fetched, Fetcher
from digests.fetching.reach import INTERNET, Reach

__all__ = ["INTERNET", "SIZE_LIMIT", "Fetched", "Fetcher", "Reach"]
