"""The index by which the archive finds the editions of a day."""

from sqlalchemy import Index

from digests.storage.schema import editions

Index("ix_editions_local_date", editions.c.local_date)
