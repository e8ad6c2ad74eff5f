"""What Alembic runs: the migrations, on the connection and in the transaction that the caller holds."""

from alembic import context

from digests.storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,  # on SQLite too: our transactions are begun by us, not by the driver
    render_as_batch=True,
    compare_type=True,
    compare_server_default=True,
)
context.run_migrations()
