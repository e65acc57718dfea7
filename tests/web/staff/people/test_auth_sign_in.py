from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from app import create_app
from desk.accounts.sign_in import sign_in
from desk.accounts.users import add_user, disable_user, set_password
from desk.context import Desk
from news.errors import NotAllowed, TooMany
from web.auth.safe_next import safe_next


def test_the_right_password_opens_the_list(nobody):
    answer = nobody.sign_in("editor@school.example")
    assert (answer.status_code, answer.location) == (303, "/staff/")
    assert "News items" in nobody.get("/staff/").text


def test_the_address_is_read_whatever_its_case(nobody):
    assert nobody.sign_in(" Editor@School.example ").status_code == 303


def test_the_longest_address_signs_in(nobody, desk):
    longest = f"{'l' * 64}@{'d' * 182}.example"
    add_user(desk, longest, "author", "a long enough password", "cli")
    assert nobody.sign_in(longest).status_code == 303


def test_guessing_in_many_threads_at_once_gets_hardly_more_tries(desk, people):
    def guess(_: int) -> str:
        try:
            sign_in(desk, "editor@school.example", "not the password", "192.0.2.7")
        except (NotAllowed, TooMany) as refused:
            return refused.key
        raise AssertionError

    with ThreadPoolExecutor(12) as crowd:
        told = list(crowd.map(guess, range(12)))
    assert 5 <= told.count("signin.refused") <= 6


def test_a_new_ipv6_address_of_the_same_network_is_no_new_place(desk, people):
    told = []
    for host in range(6):
        with pytest.raises((NotAllowed, TooMany)) as refused:
            sign_in(desk, "editor@school.example", "not the password", f"2001:db8:1:2::{host}")
        told.append(refused.value.key)
    assert told == ["signin.refused"] * 5 + ["signin.too_many"]
    assert sign_in(desk, "editor@school.example", "a long enough password", "2001:db8:1:3::1")


def test_a_wrong_password_and_an_unknown_account_get_the_same_answer(nobody):
    wrong = nobody.sign_in("editor@school.example", "not the password")
    unknown = nobody.sign_in("nobody@school.example", "not the password")
    assert wrong.status_code == unknown.status_code == 401
    told = [answer.text.replace(nobody.token, "") for answer in (wrong, unknown)]
    shortened = [
        page.replace("editor@", "x@").replace("nobody@", "x@").split("<form")[0].split("<body")[1] for page in told
    ]
    assert shortened[0] == shortened[1]


def test_a_failed_sign_in_keeps_the_address_and_never_the_password(nobody):
    page = nobody.sign_in("editor@school.example", "not the password").text
    assert 'value="editor@school.example"' in page
    assert "not the password" not in page


def test_failures_are_slowed_down_with_the_time_to_wait(nobody):
    for _ in range(5):
        nobody.sign_in("editor@school.example", "not the password")
    answer = nobody.sign_in("editor@school.example")
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 900


def test_a_signed_in_editors_posting_is_not_slowed_down(editor):
    answers = [editor.post("/staff/items/new", {"title": f"Item {n}"}).status_code for n in range(40)]
    assert set(answers) == {303}


def test_a_form_without_its_token_is_refused_and_says_what_to_do(nobody):
    nobody.get("/staff/login")
    answer = nobody.client.post("/staff/login", data={"email": "editor@school.example", "password": "x"})
    assert answer.status_code == 400
    assert "Type your password again" in answer.text
    assert 'value="editor@school.example"' in answer.text


def test_a_browser_that_refuses_cookies_is_told_so(nobody):
    nobody.get("/staff/login")
    nobody.client.delete_cookie("depeche_staff", path="/staff")
    answer = nobody.post("/staff/login", {"email": "editor@school.example", "password": "x"})
    assert answer.status_code == 400
    assert "cookies" in answer.text


def test_signing_out_ends_the_session(editor):
    assert editor.post("/staff/logout").location == "/staff/login"
    assert editor.get("/staff/").status_code == 303


def test_signing_out_needs_a_form_of_ours(editor):
    assert editor.client.post("/staff/logout").status_code == 400
    assert editor.get("/staff/").status_code == 200


def test_twelve_idle_hours_end_a_session(editor, clock):
    clock.forward(hours=12, seconds=1)
    assert editor.get("/staff/").status_code == 303


def test_a_session_in_use_goes_on(editor, clock):
    for _ in range(3):
        clock.forward(hours=8)
        assert editor.get("/staff/").status_code == 200


def test_a_disabled_person_is_out_at_once(editor, desk: Desk):
    disable_user(desk, "editor@school.example", "cli")
    assert editor.get("/staff/").status_code == 303


def test_a_new_password_ends_the_sessions_of_the_old_one(editor, desk: Desk):
    set_password(desk, "editor@school.example", "another long password", "cli")
    assert editor.get("/staff/").status_code == 303


def test_signing_in_renews_the_token(nobody):
    nobody.get("/staff/login")
    before = nobody.token
    nobody.sign_in("editor@school.example")
    assert nobody.client.post("/staff/logout", data={"csrf_token": before}).status_code == 400


def test_the_cookie_is_for_staff_pages_only_and_out_of_reach_of_scripts(nobody):
    cookie = nobody.get("/staff/login").headers["Set-Cookie"]
    assert "Path=/staff" in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie


def test_over_https_the_cookie_is_sent_over_nothing_else(desk: Desk):
    client = create_app(desk.with_settings(base_url="https://news.example")).test_client()
    assert "Secure" in client.get("/staff/login").headers["Set-Cookie"]


def test_public_pages_set_no_cookie_for_somebody_signed_in(editor):
    cookie = editor.client.get_cookie("depeche_staff", path="/staff")
    answer = editor.client.get("/", headers={"Cookie": f"depeche_staff={cookie.value}"})
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers


def test_a_newsroom_without_users_explains_how_to_make_the_first(app: Flask):
    page = app.test_client().get("/staff/login").text
    assert ".venv/bin/depeche user add you@school.example --role admin" in page


def test_a_newsroom_with_users_does_not_explain_how_to_make_one(nobody):
    assert "user add" not in nobody.get("/staff/login").text


def test_sign_in_leads_where_one_wanted_to_go(nobody):
    wanted = nobody.get("/staff/items/new?lang=fr").location
    assert wanted == "/staff/login?next=/staff/items/new?lang%3Dfr"
    nobody.get(wanted)
    assert 'name="next" value="/staff/items/new?lang=fr"' in nobody.get(wanted).text
    answer = nobody.sign_in("editor@school.example", next="/staff/items/new?lang=fr")
    assert answer.location == "/staff/items/new?lang=fr"


@pytest.mark.parametrize("onward", [
    "//evil.example", "/\\evil.example", "https:evil.example", "https://evil.example/staff/", "\\\\evil.example",
    "/staff//evil.example", "/staff/../../evil", "/staff/\\evil", "/staffevil", "/staff@evil.example", "javascript:x",
    "/staff/%2e%2e/evil", "/staff/\nevil", " /staff/", "/staff/login", "/staff/logout", "/staff/;//evil", "",
    "//staff/", None,
])  # fmt: skip
def test_an_address_that_is_no_staff_page_is_not_followed(app: Flask, onward):
    with app.test_request_context():
        assert safe_next(onward) == "/staff/"


def test_sign_in_never_leads_elsewhere(nobody):
    assert nobody.sign_in("editor@school.example", next="//evil.example").location == "/staff/"


@given(text=st.text(alphabet="/\\.:@%2e?#staflogin evil\t\n", max_size=40))
@examples(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_whatever_is_asked_for_the_next_page_is_our_own(app: Flask, text):
    with app.test_request_context():
        onward = safe_next("/staff" + text)
    path = onward.partition("?")[0]
    assert path == "/staff" or path.startswith("/staff/")
    assert "//" not in path
    assert not set("\\:@%.\t\n ") & set(path)


def test_the_sign_in_page_speaks_the_language_asked_for_and_remembers_it(nobody):
    assert "Connexion à la rédaction" in nobody.get("/staff/login?lang=fr").text
    assert "Connexion à la rédaction" in nobody.get("/staff/login").text
    nobody.sign_in("editor@school.example")
    assert "Se déconnecter" in nobody.get("/staff/").text


def test_an_unknown_language_is_ignored(nobody):
    assert nobody.get("/staff/login?lang=xx").status_code == 200


def test_a_forged_forwarded_address_buys_no_more_tries(nobody):
    def tried(number: int) -> int:
        nobody.get("/staff/login")
        forged = {"X-Forwarded-For": f"203.0.113.{number}", "X-Real-IP": f"203.0.113.{number}", "Forwarded": "for=x"}
        typed = {"email": "editor@school.example", "password": "not the password"}
        return nobody.post("/staff/login", typed, headers=forged).status_code

    assert [tried(number) for number in range(6)] == [401] * 5 + [429]


def test_behind_one_proxy_only_what_it_added_itself_is_believed(desk: Desk, people):
    client = create_app(desk.with_settings(trusted_proxies=1)).test_client()
    told = []
    for number in range(6):
        page = client.get("/staff/login").text
        token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
        sent = {"csrf_token": token, "email": "editor@school.example", "password": "not the password"}
        forged = {"X-Forwarded-For": f"203.0.113.{number}, 198.51.100.1"}
        told.append(client.post("/staff/login", data=sent, headers=forged).status_code)
    assert told == [401] * 5 + [429]
