"""Every table: a schema of its own module counts only once that module is imported, and this imports them all."""

from digests.storage import (
    schema_archive,
    schema_briefs,
    schema_cutting,
    schema_origins,
    schema_search,
    schema_sources,
    schema_stories,
    schema_terms,
)
from digests.storage.schema import metadata

__all__ = [
    "metadata",
    "schema_archive",
    "schema_briefs",
    "schema_cutting",
    "schema_origins",
    "schema_search",
    "schema_sources",
    "schema_stories",
    "schema_terms",
]
