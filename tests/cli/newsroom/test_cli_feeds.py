def test_a_selection_is_given_a_name_changed_renamed_and_retired(shell):
    shell("item", "add", "--title", "Thèse", "--category", "doctorat", "--status", "published")

    made = shell.json("feed", "add", "Études longues", "doctorat,ingenieurs.fr", "--name-en", "Long studies")
    assert (made["slug"], made["selection"], made["items"]) == ("etudes-longues", "ingenieurs,doctorat.fr", 1)
    assert [each["slug"] for each in shell.json("feed", "list")] == ["etudes-longues"]
    assert "etudes-longues" in shell("feed", "list").stdout

    tried = shell.json("feed", "change", "etudes-longues", "ingenieurs", "--dry-run")
    assert (tried["coming"], tried["leaving"], tried["done"]) == (0, 1, False)
    assert shell.json("feed", "list")[0]["selection"] == "ingenieurs,doctorat.fr"
    said = shell("feed", "change", "etudes-longues", "ingenieurs").stdout
    assert "Items that come: 0, that leave: 1." in said
    assert shell.json("feed", "list")[0]["selection"] == "ingenieurs"

    shell("feed", "rename", "etudes-longues", "--slug", "recherche")
    assert shell.json("feed", "list")[0]["past_slugs"] == ["etudes-longues"]

    told = shell("feed", "retire", "recherche", "--dry-run").stdout
    assert "--dry-run" in told
    ended = shell.json("feed", "retire", "recherche", "--successor", "doctorat")
    assert (ended["successor"], ended["done"], ended["feed"]["closes"] > ended["feed"]["retired"]) == (
        "doctorat", True, True,
    )  # fmt: skip
    assert shell.json("feed", "list") == []


def test_what_cannot_be_is_one_line(shell):
    shell("feed", "add", "Choix", "doctorat")

    assert "choix" in shell.error("feed", "add", "Encore", "choix+doctorat")
    assert "doctorat" in shell.error("feed", "add", "Doctorat", "ingenieurs")
    assert "choix" in shell.error("category", "add", "Choix")
    assert "rien" in shell.error("feed", "change", "choix", "rien")
    assert "doctorat" in shell.error("feed", "change", "doctorat", "ingenieurs")
    assert "choix" in shell.error("feed", "retire", "choix", "--successor", "choix")
    assert "choix" in shell.error("item", "add", "--title", "x", "--category", "choix")
    assert "all" in shell.error("feed", "add", "Tout", "doctorat", "--slug", "all")
    assert [each["selection"] for each in shell.json("feed", "list")] == ["doctorat"]
