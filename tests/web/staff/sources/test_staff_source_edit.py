import pytest

from desk.sources.registry import NewSource, add_source, get_source


@pytest.fixture
def source(desk):
    new = NewSource(
        "https://p.example/feed", "feed", name="Partner", categories=("masters",), map=(("Research", "doctorat"),)
    )
    return add_source(desk, new, "cli")


def form(**said: object) -> dict[str, object]:
    return {"url": "https://p.example/feed", "kind": "feed", "name": "Partner", "trust": "review"} | said


def test_the_form_shows_the_source_as_it_is(editor, source):
    page = editor.get(f"/staff/sources/{source.id}/edit").text
    assert 'value="https://p.example/feed"' in page
    assert "Research = doctorat" in page
    assert f"/staff/sources/{source.id}/edit" in editor.get(f"/staff/sources/{source.id}").text


def test_what_is_changed_is_kept(editor, desk, source):
    said = form(name="Lab", trust="publish", language="en", categories=["doctorat"], map="A = masters")
    answer = editor.post(f"/staff/sources/{source.id}/edit", said)
    assert (answer.status_code, answer.location) == (303, f"/staff/sources/{source.id}")
    after = get_source(desk, source.id)
    assert (after.name, after.trust, after.language, list(after.map)) == ("Lab", "publish", "en", ["A"])


@pytest.mark.parametrize("wrong", [{"url": "ftp://x"}, {"map": "no sign"}, {"url": "https://taken.example/"}])
def test_a_mistake_comes_back_as_typed_and_changes_nothing(editor, desk, source, wrong):
    add_source(desk, NewSource("https://taken.example/", "feed"), "cli")
    answer = editor.post(f"/staff/sources/{source.id}/edit", form(name="Mine") | wrong)
    assert answer.status_code == 422
    assert 'value="Mine"' in answer.text
    assert get_source(desk, source.id) == source


def test_a_source_that_is_not_there_is_not_found(editor):
    assert editor.get("/staff/sources/nope/edit").status_code == 404


def test_an_author_may_not(author, source):
    assert author.get(f"/staff/sources/{source.id}/edit").status_code == 403
    assert author.post(f"/staff/sources/{source.id}/edit", form(name="Mine")).status_code == 403


def test_an_address_without_its_scheme_is_taken_as_one_of_the_web(editor, desk):
    source = add_source(desk, NewSource("https://p.example/feed", "feed", name="Partner"), "cli")
    editor.post(f"/staff/sources/{source.id}/edit", form(url="www.partner.example/news"))
    assert get_source(desk, source.id).url == "https://www.partner.example/news"
