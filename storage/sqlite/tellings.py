"""Stories told more than once among what is asked for: one telling of each."""

from __future__ import annotations

from collections.abc import Sequence

from storage.sqlite.search import match

Piece = tuple[str, list[object]]
_ON = "EXISTS (SELECT 1 FROM shelf AS t WHERE t.item_key = other.key AND t.category_key = ?)"


def one_telling(
    members: Sequence[int],
    excluded: Sequence[int],
    *,
    any_of: bool,
    language: str | None,
    text: str | None,
    prefer: str,
) -> Piece:
    """That no better telling of the story of ``s`` is asked for too: in ``prefer``, or else newer.

    Only what is itself among the answers can stand for another: a translation in which the words sought do not occur,
    or that is in none of the categories, hides nothing.
    """
    params: list[object] = [prefer, prefer, *members, *excluded]
    on = f" {'OR' if any_of else 'AND'} ".join(_ON for _ in members)
    conditions = [f"({on})", *(f"NOT {_ON}" for _ in excluded)]
    if language:
        conditions.append("other.language = ?")
        params.append(language)
    if text is not None:
        conditions.append("other.key IN (SELECT rowid FROM item_fts WHERE item_fts MATCH ?)")
        params.append(match(text))
    return (
        "NOT EXISTS (SELECT 1 FROM item AS mine JOIN item AS other ON other.story_id = mine.story_id"
        " WHERE mine.key = s.item_key AND other.key <> mine.key"
        " AND (other.language = ?, other.published, other.key) > (mine.language = ?, mine.published, mine.key)"
        f" AND {' AND '.join(conditions)})",
        params,
    )
