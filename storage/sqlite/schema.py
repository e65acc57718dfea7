"""The numbered migrations. Once released, a migration is never changed: the next one mends it."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("depeche")
FTS_COLUMNS = ["title", "summary", "body_text", "author"]
TOKENIZER = "unicode61 remove_diacritics 2"

_FIRST = """
CREATE TABLE category (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name_fr TEXT NOT NULL,
    name_en TEXT NOT NULL,
    slug TEXT NOT NULL UNIQUE,
    rank INTEGER NOT NULL,
    aliases TEXT NOT NULL DEFAULT '[]',
    created INTEGER NOT NULL,
    retired INTEGER
);
CREATE TABLE category_slug (
    slug TEXT PRIMARY KEY,
    category_key INTEGER NOT NULL REFERENCES category(key),
    since INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE user (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    email TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL CHECK (role IN ('author', 'editor', 'admin')),
    password_hash TEXT NOT NULL,
    language TEXT NOT NULL,
    session_epoch INTEGER NOT NULL DEFAULT 1,
    created INTEGER NOT NULL,
    disabled INTEGER
);
CREATE TABLE sign_in_failure (subject TEXT NOT NULL, at INTEGER NOT NULL);
CREATE INDEX sign_in_failure_of_subject ON sign_in_failure(subject, at);
CREATE TABLE source (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    url TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    trust TEXT NOT NULL CHECK (trust IN ('publish', 'review')),
    language TEXT,
    categories TEXT NOT NULL DEFAULT '[]',
    map TEXT NOT NULL DEFAULT '{}',
    selectors TEXT NOT NULL DEFAULT '{}',
    paused INTEGER NOT NULL DEFAULT 0,
    created INTEGER NOT NULL,
    removed INTEGER,
    next_at INTEGER NOT NULL,
    lease_until INTEGER,
    checked INTEGER,
    succeeded INTEGER,
    changed INTEGER,
    failures INTEGER NOT NULL DEFAULT 0,
    error_key TEXT,
    error_args TEXT NOT NULL DEFAULT '{}',
    etag TEXT,
    last_modified TEXT,
    body_hash TEXT
);
CREATE UNIQUE INDEX source_of_url ON source(url) WHERE removed IS NULL;
CREATE INDEX source_due ON source(next_at) WHERE removed IS NULL AND paused = 0;
CREATE TABLE item (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    story_id TEXT NOT NULL,
    title TEXT NOT NULL,
    link TEXT,
    canonical TEXT,
    summary TEXT NOT NULL,
    content_html TEXT NOT NULL,
    body_text TEXT NOT NULL,
    language TEXT NOT NULL,
    author TEXT,
    image_url TEXT,
    image_alt TEXT NOT NULL DEFAULT '',
    image_width INTEGER,
    image_height INTEGER,
    status TEXT NOT NULL CHECK (status IN ('draft', 'review', 'scheduled', 'published', 'withdrawn')),
    day TEXT,
    published INTEGER,
    due INTEGER,
    first_published INTEGER,
    withdrawn INTEGER,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    source_key INTEGER REFERENCES source(key),
    source_guid TEXT,
    keeps_guid INTEGER NOT NULL DEFAULT 0,
    terms TEXT NOT NULL DEFAULT '[]',
    overridden TEXT NOT NULL DEFAULT '[]',
    merged_into TEXT REFERENCES item(id),
    owner_id TEXT REFERENCES user(id),
    version INTEGER NOT NULL DEFAULT 1,
    sorted INTEGER NOT NULL GENERATED ALWAYS AS (coalesce(published, created)) STORED,
    CHECK (status <> 'published' OR published IS NOT NULL),
    CHECK (status <> 'scheduled' OR due IS NOT NULL)
);
CREATE INDEX item_newest ON item(sorted DESC, key DESC);
CREATE INDEX item_of_status ON item(status, sorted DESC, key DESC);
CREATE INDEX item_due ON item(due) WHERE status = 'scheduled';
CREATE INDEX item_of_story ON item(story_id);
CREATE INDEX item_of_source ON item(source_key, sorted DESC) WHERE source_key IS NOT NULL;
CREATE INDEX item_canonical ON item(canonical) WHERE canonical IS NOT NULL;
CREATE UNIQUE INDEX item_kept_guid ON item(source_guid) WHERE keeps_guid = 1;
CREATE INDEX item_brought ON item(source_guid) WHERE source_key IS NULL AND source_guid IS NOT NULL;
CREATE TABLE item_category (
    item_key INTEGER NOT NULL REFERENCES item(key),
    category_key INTEGER NOT NULL REFERENCES category(key),
    PRIMARY KEY (item_key, category_key)
) WITHOUT ROWID;
CREATE INDEX item_category_of_category ON item_category(category_key, item_key);
CREATE TABLE shelf (
    category_key INTEGER NOT NULL,
    published INTEGER NOT NULL,
    item_key INTEGER NOT NULL REFERENCES item(key),
    language TEXT NOT NULL,
    PRIMARY KEY (category_key, published DESC, item_key DESC)
) WITHOUT ROWID;
CREATE INDEX shelf_of_item ON shelf(item_key);
CREATE TABLE feed (
    category_key INTEGER NOT NULL,
    language TEXT NOT NULL,
    id TEXT NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    created INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    shown INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (category_key, language)
) WITHOUT ROWID;
CREATE TABLE change_counter (one INTEGER PRIMARY KEY CHECK (one = 1), number INTEGER NOT NULL);
INSERT INTO change_counter VALUES (1, 0);
CREATE TABLE source_copy (
    item_key INTEGER PRIMARY KEY REFERENCES item(key),
    source_key INTEGER NOT NULL REFERENCES source(key),
    fingerprint TEXT NOT NULL
);
CREATE TABLE source_alias (
    source_key INTEGER NOT NULL REFERENCES source(key),
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    item_key INTEGER NOT NULL REFERENCES item(key),
    PRIMARY KEY (source_key, kind, value)
) WITHOUT ROWID;
CREATE TABLE history (
    key INTEGER PRIMARY KEY,
    object_kind TEXT NOT NULL,
    object_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    data TEXT NOT NULL
);
CREATE INDEX history_of_object ON history(object_kind, object_id, key DESC);
CREATE TRIGGER history_is_kept BEFORE UPDATE ON history BEGIN SELECT raise(ABORT, 'history is never changed'); END;
CREATE TRIGGER history_stays BEFORE DELETE ON history BEGIN SELECT raise(ABORT, 'history is never removed'); END;
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY,
    topic TEXT NOT NULL,
    payload TEXT NOT NULL,
    created INTEGER NOT NULL,
    due INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX outbox_due ON outbox(due);
CREATE TABLE former_address (
    address TEXT PRIMARY KEY,
    item_key INTEGER NOT NULL REFERENCES item(key)
) WITHOUT ROWID;
CREATE TABLE mark (name TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID
"""

_PASSAGES = """
CREATE TABLE passage (
    category_key INTEGER NOT NULL,
    language TEXT NOT NULL,
    number INTEGER NOT NULL,
    item_key INTEGER NOT NULL REFERENCES item(key),
    left_at INTEGER,
    PRIMARY KEY (category_key, language, number)
) WITHOUT ROWID;
CREATE UNIQUE INDEX passage_of_item ON passage(item_key, category_key, language);
CREATE INDEX passage_left ON passage(category_key, language, number) WHERE left_at IS NOT NULL;
WITH stood AS (
    SELECT shelf.category_key, shelf.language, item_key, coalesce(first_published, item.published) AS at,
        NULL AS left_at
    FROM shelf JOIN item ON item.key = item_key
    UNION ALL
    SELECT shown.category_key, language, key, withdrawn, withdrawn
    FROM item JOIN (SELECT item_key, category_key FROM item_category UNION ALL SELECT key, 0 FROM item) AS shown
        ON shown.item_key = item.key
    WHERE status = 'withdrawn' AND first_published IS NOT NULL AND withdrawn IS NOT NULL AND merged_into IS NULL
), logged AS (
    SELECT * FROM stood WHERE language IN ('fr', 'en')
    UNION ALL
    SELECT category_key, '', item_key, at, left_at FROM stood
)
INSERT INTO passage (category_key, language, number, item_key, left_at)
SELECT category_key, language, row_number() OVER (PARTITION BY category_key, language ORDER BY at, item_key),
    item_key, left_at
FROM logged
"""


@migrations(name="0001_first")
def first(db: Database) -> None:
    """Everything the newsroom remembers from the start."""
    for statement in _statements(_FIRST):
        db.execute(statement)
    db.table("item").enable_fts(FTS_COLUMNS, create_triggers=True, tokenize=TOKENIZER)


@migrations(name="0002_passages")
def passages(db: Database) -> None:
    """The log of each feed, for its archives; filled with what is and was shown, in the order it came."""
    for statement in _statements(_PASSAGES):
        db.execute(statement)


@migrations(name="0003_ending_categories")
def ending_categories(db: Database) -> None:
    """What becomes of a category that is retired or merged. One that was retired before answers no more."""
    for column in ("closes INTEGER", "closed INTEGER", "successor TEXT", "merged INTEGER", "farewell TEXT"):
        db.execute(f"ALTER TABLE category ADD COLUMN {column}")


@migrations(name="0004_outbox_by_what_it_says")
def outbox_by_what_it_says(db: Database) -> None:
    """What waits already is found without reading the whole outbox."""
    db.execute("CREATE INDEX outbox_of_what ON outbox(topic, payload)")


@migrations(name="0005_stories")
def stories(db: Database) -> None:
    """When a telling of a story last came to, or left, a category's shelf (0: of all) while another was in public."""
    db.execute(
        "CREATE TABLE story_moved (story_id TEXT NOT NULL, category_key INTEGER NOT NULL, at INTEGER NOT NULL,"
        " PRIMARY KEY (story_id, category_key)) WITHOUT ROWID"
    )


def _statements(script: str) -> list[str]:
    """The statements of ``script``, a trigger with its inner ``;`` in one piece."""
    found: list[str] = []
    for line in script.strip().split(";\n"):
        found.append(line)
    return found


def known_names() -> set[str]:
    """The migrations this program knows."""
    return {migration.name for migration in migrations._migrations}
