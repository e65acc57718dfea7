import sqlite3


def test_init_may_be_run_again(bare):
    bare("init")
    bare("category", "add", "Doctorat")
    bare("init")

    assert len(bare.json("category", "list")) == 1


def test_a_new_newsroom_has_no_categories_of_its_own(bare):
    bare("init")

    assert bare.json("category", "list") == []


def test_the_sample_fills_an_empty_newsroom_and_no_other(bare, shell):
    before = shell.json("category", "list")

    told = shell("init", "--sample").stdout

    assert "not empty" in told
    assert shell.json("category", "list") == before


def test_the_sample_brings_categories_and_items(bare):
    bare("init", "--sample")

    assert len(bare.json("category", "list")) == 5
    assert len(bare.json("item", "list")) >= 50


def test_a_newer_database_is_refused(bare, environ):
    bare("init")
    with sqlite3.connect(environ["DEPECHE_DATABASE"]) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        assert "_sqlite_migrations" in tables or "migration" in tables, tables
        if "migration" in tables:
            connection.execute("INSERT INTO migration VALUES ('9999_tomorrow', '2099-01-01')")
        else:
            connection.execute(
                "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) "
                "SELECT migration_set, '9999_tomorrow', '2099-01-01' FROM _sqlite_migrations LIMIT 1"
            )
    connection.close()

    assert "newer" in bare.error("item", "list")


def test_a_backup_can_be_restored_in_another_place(shell, tmp_path, monkeypatch):
    shell("item", "add", "--title", "Precious")
    shell("backup", str(tmp_path / "copy.db"))
    monkeypatch.setenv("DEPECHE_DATABASE", str(tmp_path / "elsewhere" / "depeche.db"))
    shell("restore", str(tmp_path / "copy.db"))

    assert [item["title"] for item in shell.json("item", "list")] == ["Precious"]


def test_a_backup_overwrites_nothing(shell, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")

    assert "mine.txt" in shell.error("backup", str(tmp_path / "mine.txt"))
    assert (tmp_path / "mine.txt").read_text() == "mine"


def test_a_file_that_is_no_backup_is_refused_and_nothing_lost(shell, tmp_path):
    (tmp_path / "poem.db").write_text("roses are red " * 400)
    shell.error("restore", str(tmp_path / "poem.db"))

    assert len(shell.json("category", "list")) == 3


def test_check_says_what_is_wrong_and_what_to_do(bare):
    bare("init")

    told = bare.json("check", status=1)

    assert all(set(one) == {"problem", "advice"} for one in told)
    assert any("depeche user add" in one["advice"] for one in told)
