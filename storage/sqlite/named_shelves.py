"""Filling the shelf of a named feed anew, set by set: what belongs there now, against what stands there."""

from __future__ import annotations

from collections.abc import Mapping

from news.named_feeds import Chosen
from storage.sqlite.tellings import Piece
from storage.sqlite.values import marks

_ON = (
    "EXISTS (SELECT 1 FROM shelf AS o WHERE o.category_key = ? AND o.published = s.published"
    " AND o.item_key = s.item_key)"
)
_LEAVING = "shelf AS s WHERE s.category_key = :key AND s.item_key NOT IN (SELECT item_key FROM wanted)"
_COMING = (
    "wanted AS s WHERE s.item_key NOT IN (SELECT item_key FROM shelf WHERE shelf.category_key = :key)"
)  # fmt: skip
_LOG = """
    INSERT INTO passage (category_key, language, number, item_key, left_at)
    SELECT feed.category_key, feed.language,
        coalesce((SELECT max(number) FROM passage AS p
            WHERE p.category_key = feed.category_key AND p.language = feed.language), 0)
            + row_number() OVER (PARTITION BY feed.language ORDER BY s.published, s.item_key),
        s.item_key, {left_at}
    FROM (SELECT s.published, s.item_key, s.language FROM {moving}) AS s
    JOIN feed ON feed.category_key = :key AND feed.language IN ('', s.language) WHERE 1
    ON CONFLICT (item_key, category_key, language) DO UPDATE SET number = excluded.number, left_at = excluded.left_at
"""
# For feeds that tell each story once: what they tell of these changed now, unless it is their only telling.
_RETELL = """
    INSERT INTO story_moved (story_id, category_key, at)
    SELECT DISTINCT item.story_id, :key, :at FROM (
        SELECT s.item_key FROM {leaving} UNION ALL SELECT s.item_key FROM {coming}) AS moving
    JOIN item ON item.key = moving.item_key
    WHERE EXISTS (SELECT 1 FROM item AS other WHERE other.story_id = item.story_id AND other.key <> item.key
        AND other.status = 'published' AND other.merged_into IS NULL)
    ON CONFLICT (story_id, category_key) DO UPDATE SET at = max(at, excluded.at)
"""
# First what leaves, then what comes: in the order of its dates, so that old news enters as old.
STATEMENTS = (
    _RETELL.format(leaving=_LEAVING, coming=_COMING),
    _LOG.format(left_at=":at", moving=_LEAVING),
    _LOG.format(left_at="NULL", moving=_COMING),
    "DELETE FROM shelf WHERE category_key = :key AND item_key NOT IN (SELECT item_key FROM wanted)",
    "INSERT INTO shelf (category_key, published, item_key, language)"
    " SELECT :key, published, item_key, language FROM wanted WHERE 1 ON CONFLICT DO NOTHING",
)
LOG_ANEW = _LOG.format(left_at="NULL", moving="shelf AS s WHERE s.category_key = :key")
COUNT_SHOWN = (
    "UPDATE feed SET shown = (SELECT count(*) FROM shelf WHERE shelf.category_key = feed.category_key"
    " AND feed.language IN ('', shelf.language)) WHERE category_key = ?"
)
COUNTED = f"SELECT (SELECT count(*) FROM {_COMING}) AS coming, (SELECT count(*) FROM {_LEAVING}) AS leaving"


def wanted(chosen: Chosen, keys: Mapping[str, int]) -> Piece:
    """The rows that belong on the shelf of what is ``chosen``: ``published``, ``item_key``, ``language``. ``keys``: of
    its categories. The same decision as ``Chosen.holds``, over everything that stands on the categories' shelves."""
    members = [keys[each] for each in chosen.members] or [0]
    walked, also = (members, []) if chosen.any_of else (members[:1], members[1:])
    conditions = [f"s.category_key IN ({marks(walked)})", *(_ON for _ in also)]
    params: list[object] = [*walked, *also]
    for each in chosen.excluded:
        conditions.append(f"NOT {_ON}")
        params.append(keys[each])
    if chosen.language:
        conditions.append("s.language = ?")
        params.append(chosen.language)
    return (
        f"SELECT DISTINCT s.published, s.item_key, s.language FROM shelf AS s WHERE {' AND '.join(conditions)}",
        params,
    )
