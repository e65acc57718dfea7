"""The first shape."""

from __future__ import annotations

from sqlite_utils import Database

from storage.sqlite.migrations.register import migrations, statements

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


@migrations(name="0001_first")
def first(db: Database) -> None:
    """Everything the newsroom remembers from the start."""
    for statement in statements(_FIRST):
        db.execute(statement)
    db.table("item").enable_fts(FTS_COLUMNS, create_triggers=True, tokenize=TOKENIZER)
