"""Stories told more than once among what is asked for: one telling of each."""

from __future__ import annotations

from collections.abc import Sequence

from news.selections import LANGUAGES
from storage.sqlite.search import match
from storage.sqlite.values import marks

Piece = tuple[str, list[object]]
_OURS = ", ".join(f"'{language}'" for language in LANGUAGES)
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
    """That no better telling of the story of ``s`` is asked for too: in ``prefer``, or else in a language of the
    newsroom's, or else newer.

    Only what is itself among the answers can stand for another: a translation in which the words sought do not occur,
    or that is in none of the categories, hides nothing.
    """
    asked_for, keys = _asked_for(members, excluded, any_of=any_of)
    params: list[object] = [prefer, prefer, *keys]
    conditions = [asked_for]
    if language:
        conditions.append("other.language = ?")
        params.append(language)
    if text is not None:
        conditions.append("other.key IN (SELECT rowid FROM item_fts WHERE item_fts MATCH ?)")
        params.append(match(text))
    return (
        "NOT EXISTS (SELECT 1 FROM item AS mine JOIN item AS other ON other.story_id = mine.story_id"
        " WHERE mine.key = s.item_key AND other.key <> mine.key"
        f" AND (other.language = ?, other.language IN ({_OURS}), other.published, other.key)"
        f" > (mine.language = ?, mine.language IN ({_OURS}), mine.published, mine.key)"
        f" AND {' AND '.join(conditions)})",
        params,
    )


def present_tellings(category_key: int, stories: Sequence[str], prefer: str) -> Piece:
    """The telling by which a feed that prefers a language tells each of ``stories``, of those on the shelf: its
    ``story_id`` and the item's ``id``. The same choice as ``one_telling``."""
    return (
        "SELECT story_id, id FROM (SELECT story_id, id, row_number() OVER (PARTITION BY story_id ORDER BY"
        f" other.language = ? DESC, other.language IN ({_OURS}) DESC, other.published DESC, other.key DESC) AS place"
        f" FROM item AS other WHERE story_id IN ({marks(stories)}) AND {_ON}) WHERE place = 1",
        [prefer, *stories, category_key],
    )


def told_at(members: Sequence[int], excluded: Sequence[int], stories: Sequence[str], *, any_of: bool) -> Piece:
    """Each of ``stories`` with the second at which what is asked for of it last changed: ``story_id``, ``at``."""
    asked_for, keys = _asked_for(members, excluded, any_of=any_of)
    wanted, shelves = marks(stories), [*members, *excluded]
    return (
        "SELECT story_id, max(at) AS at FROM ("
        " SELECT other.story_id, max(other.updated, other.published) AS at FROM item AS other"
        f" WHERE other.story_id IN ({wanted}) AND {asked_for} UNION ALL"
        f" SELECT story_id, at FROM story_moved WHERE story_id IN ({wanted}) AND category_key IN ({marks(shelves)})"
        ") GROUP BY story_id",
        [*stories, *keys, *stories, *shelves],
    )


def _asked_for(members: Sequence[int], excluded: Sequence[int], *, any_of: bool) -> Piece:
    """That ``other`` is on the shelves of ``members``, and on none of ``excluded``."""
    on = f" {'OR' if any_of else 'AND'} ".join(_ON for _ in members)
    return " AND ".join([f"({on})", *(f"NOT {_ON}" for _ in excluded)]), [*members, *excluded]
