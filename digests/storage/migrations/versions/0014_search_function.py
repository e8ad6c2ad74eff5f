"""PostgreSQL: what matches is looked up in the index, whatever the planner makes of the small table beside it."""

from alembic import op

revision = "0014"
down_revision = "0013"

# A scan of the table would unpack every vector, which the planner does not count. The sum keeps it from walking
# through the ids instead; what the pending list saves when articles are published, every search would pay for.
_FUNCTION = """
create function search_newest(query text, low bigint, since bigint, until bigint, most bigint)
returns setof bigint language sql stable rows 50 set enable_seqscan = off as $$
    select i.article_id
    from search_index i
    where i.vector @@ cast(query as tsquery)
        and i.article_id + 0 >= low
        and (since is null or exists (
            select 1 from search_articles d
            where d.article_id = i.article_id and d.published_at >= since and d.published_at < until
        ))
    order by i.article_id desc
    limit most
$$
"""


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_FUNCTION)
        op.execute("alter index ix_search_index_vector set (fastupdate = off)")
        op.execute("select gin_clean_pending_list('ix_search_index_vector')")
