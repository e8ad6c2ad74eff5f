"""Service: who may push articles, and who may also manage the team."""

from enum import StrEnum

from digests.articles import UserId
from digests.clock import Clock
from digests.storage import editors
from digests.storage.engine import Database
from digests.storage.texts import storable

NAME_LIMIT = 64  # characters; the rest of a longer name is not kept


class Role(StrEnum):
    """What a member of the team may do; an owner may do all that an editor may."""

    OWNER = "owner"
    EDITOR = "editor"


class Team:
    """Editors, kept in the database, and owners, who are named in the settings and cannot be removed here."""

    def __init__(self, database: Database, clock: Clock, owners: frozenset[UserId]) -> None:
        self._database = database
        self._clock = clock
        self._owners = owners

    @property
    def owners(self) -> frozenset[UserId]:
        """The owners named in the settings."""
        return self._owners

    async def role(self, user: UserId) -> Role | None:
        """Return the user's role; None for a reader."""
        if user in self._owners:
            return Role.OWNER
        async with self._database.read() as connection:
            return Role.EDITOR if await editors.is_editor(connection, user) else None

    async def editors(self) -> list[tuple[UserId, str]]:
        """Return the editors with their names, the longest-serving first; owners are not among them."""
        async with self._database.read() as connection:
            return await editors.all_editors(connection)

    async def add(self, user: UserId, name: str, by: UserId) -> bool:
        """Make a user an editor; return whether that changed anything. Repeating it does not."""
        if user in self._owners:
            return False
        kept = " ".join(storable(name).split())[:NAME_LIMIT]
        async with self._database.write() as connection:
            return await editors.add(connection, user, kept, by, self._clock.now())

    async def remove(self, user: UserId) -> bool:
        """Make an editor an ordinary reader again; return whether that changed anything."""
        async with self._database.write() as connection:
            return await editors.remove(connection, user)
