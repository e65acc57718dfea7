def slugs(shell):
    return [category["slug"] for category in shell.json("category", "list")]


def test_a_dry_run_says_what_would_change_and_changes_nothing(shell):
    shell("item", "add", "--title", "Thèse", "--category", "doctorat", "--status", "published")

    told = shell.json("category", "merge", "doctorat", "ingenieurs", "--dry-run")
    said = shell("category", "retire", "doctorat", "--dry-run").stdout

    assert (told["items"], told["feeds"], told["sources"], told["done"]) == (1, 3, 0, False)
    assert "Items: 1. Feeds that change: 2. Sources: 0." in said
    assert "--dry-run" in said
    assert "doctorat" in slugs(shell)


def test_a_retired_category_says_until_when_it_answers(shell):
    told = shell.json("category", "retire", "doctorat", "--successor", "ingenieurs")

    assert (told["category"]["slug"], told["successor"], told["done"]) == ("doctorat", "ingenieurs", True)
    assert told["category"]["retired"] < told["category"]["closes"]
    assert slugs(shell) == ["ingenieurs", "diversite-rse"]
    assert "ingenieurs" in shell.error("item", "add", "--title", "x", "--category", "doctorat")
    assert "Category retired: Diversité & RSE." in shell("category", "retire", "diversite-rse").stdout


def test_a_merged_category_gives_its_items(shell):
    shell("item", "add", "--title", "Thèse", "--category", "doctorat", "--status", "published")

    told = shell("category", "merge", "doctorat", "ingenieurs").stdout

    assert "“Doctorat” is now part of “Ingénieurs”." in told
    assert [item["title"] for item in shell.json("item", "list", "--category", "ingenieurs")] == ["Thèse"]
    assert [item["title"] for item in shell.json("item", "list", "--category", "doctorat")] == ["Thèse"]


def test_what_cannot_be_is_one_line(shell):
    assert "doctorat" in shell.error("category", "merge", "doctorat", "doctorat")
    assert "nothing" in shell.error("category", "merge", "nothing", "doctorat")
    shell("category", "retire", "doctorat")
    assert "doctorat" in shell.error("category", "retire", "doctorat")


def test_the_retired_are_listed_when_asked_for_with_the_day_they_ended(shell):
    shell("category", "retire", "doctorat")
    found = shell.json("category", "list", "--retired")

    assert [one["slug"] for one in found] == ["ingenieurs", "diversite-rse", "doctorat"]
    assert [one["slug"] for one in found if one["retired"]] == ["doctorat"]
    assert found[-1]["retired"][:10] in shell("category", "list", "--retired").stdout
