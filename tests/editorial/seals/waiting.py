"""Whether two who write history could wait for each other."""

LOCKS = ("FOR UPDATE", "FOR NO KEY UPDATE", "UPDATE ", "DELETE ", "INSERT ")
#: Written when the answer to a request is ready: its transaction is over by then.
AFTER_THE_TRANSACTION = '"django_session"'


def nothing_is_waited_for_after_the_head(captured) -> bool:
    """Once somebody has the head of the chain, which all others wait for, they lock nothing else."""
    statements = [query["sql"] for query in captured]
    heads = [
        place
        for place, sql in enumerate(statements)
        if sql.startswith("SELECT") and '"articles_seal"."number" = 0' in sql
    ]
    assert len(heads) == 1
    after = [
        sql
        for sql in statements[heads[0] :]
        if "articles_seal" not in sql and AFTER_THE_TRANSACTION not in sql
    ]
    return not any(word in sql for sql in after for word in LOCKS)
