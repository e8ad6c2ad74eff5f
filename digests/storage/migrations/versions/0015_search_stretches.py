"""The search: common stems by their first letter, and on PostgreSQL the newest articles of common words at once."""

from alembic import op

revision = "0015"
down_revision = "0014"

# Articles by the thousand stand in the index of vectors, so that those that have a word are looked up among the newest
# of them first, then in stretches twice as long each, until there are enough: a common word is in nearly every article,
# and a phrase has the vectors of all articles with its words unpacked. The sum keeps the planner from walking through
# the ids instead.
_FUNCTION = """
create or replace function search_newest(query text, low bigint, since bigint, until bigint, most bigint)
returns setof bigint language plpgsql stable rows 50 set enable_seqscan = off as $$
declare
    top bigint := (select max(article_id) >> 10 from search_index);
    lowest bigint := low >> 10;
    bottom bigint;
    stretch bigint := 2;
    missing bigint := most;
    met bigint;
begin
    while top >= lowest loop
        bottom := greatest(top - stretch + 1, lowest);
        return query
            select i.article_id
            from search_index i
            where i.vector @@ cast(query as tsquery)
                and array[i.article_id >> 10] && array(select generate_series(bottom, top))
                and i.article_id + 0 >= low
                and (since is null or exists (
                    select 1 from search_articles d
                    where d.article_id = i.article_id and d.published_at >= since and d.published_at < until
                ))
            order by i.article_id desc
            limit missing;
        get diagnostics met = row_count;
        missing := missing - met;
        exit when missing <= 0;
        top := bottom - 1;
        stretch := stretch * 2;
    end loop;
end
$$
"""


def upgrade() -> None:
    # The order of the index is the order in which stems are asked for; it holds all that is asked.
    op.execute("create index ix_search_stems_common on search_stems (substr(stem, 1, 1), articles desc, stem)")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("drop index ix_search_index_vector")
        op.execute(
            "create index ix_search_index_vector on search_index"
            " using gin (vector, (array[article_id >> 10])) with (fastupdate = off)"
        )
        op.execute(_FUNCTION)
        op.execute("comment on column search_articles.filed is 'words of FTS5: rubric_id, and the title''s own'")
