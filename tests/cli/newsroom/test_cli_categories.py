def slugs(shell):
    return [category["slug"] for category in shell.json("category", "list")]


def test_a_category_gets_the_next_rank_and_a_slug_from_its_name(shell):
    added = shell.json("category", "add", "Vie étudiante", "--name-en", "Student life")

    assert (added["slug"], added["rank"], added["name_en"]) == ("vie-etudiante", 4, "Student life")


def test_categories_are_listed_by_rank(shell):
    assert slugs(shell) == ["ingenieurs", "doctorat", "diversite-rse"]


def test_the_named_ones_come_first_and_the_others_keep_their_order(shell):
    shell("category", "order", "diversite-rse", "doctorat")

    assert slugs(shell) == ["diversite-rse", "doctorat", "ingenieurs"]


def test_a_renamed_category_remembers_its_address(shell):
    renamed = shell.json("category", "rename", "doctorat", "--name-fr", "Thèses", "--slug", "theses", "--alias", "PhD")

    assert (renamed["slug"], renamed["name_fr"], renamed["past_slugs"]) == ("theses", "Thèses", ["doctorat"])
    assert "PhD" in renamed["aliases"]


def test_an_address_is_given_once(shell):
    assert "doctorat" in shell.error("category", "add", "Doctorat")


def test_a_reserved_address_is_refused(shell):
    assert "all" in shell.error("category", "add", "All")


def test_an_unknown_category_is_an_error(shell):
    assert "nothing" in shell.error("category", "rename", "nothing", "--name-fr", "x")
    assert "nothing" in shell.error("category", "order", "nothing")
    assert slugs(shell) == ["ingenieurs", "doctorat", "diversite-rse"]
