"""Whatever staff can do on their pages, programs can do; what they cannot is named here, with the reason."""

from __future__ import annotations

from flask import Flask

from web.api.routes import ROUTES

PROVES_WHO_ONE_IS = {
    "begin_factor", "new_recovery_codes", "confirm_factor", "remove_own_factor", "own_password", "end_other_sessions",
    "end_session", "new_password",
}  # fmt: skip
HELPS_WHILE_TYPING = {"join_form", "keep_typed", "drop_typed", "check_links", "preview"}
SAME_AS = {
    "own_alerts": "change_me", "own_language": "change_me", "new_token": "add_a_token", "end_token": "end_a_token",
    "add_one": "add_a_category", "rename": "rename_a_category", "merge": "merge", "move": "order_the_categories",
    "retire": "retire", "add_named": "add_a_feed", "rename_named": "change_a_feed", "change_named": "change_a_feed",
    "retire_named": "retire_a_feed", "edit": "change_item", "restore_version": "restore_a_version",
    "restore": "restore", "retract": "retract", "story": "merge_an_item", "act": "act_on_items",
    "post_new_item": "post_an_item", "undo_last": "undo_items", "undo_decisions": "undo_items",
    "add_one_partner": "add_a_partner",
    "change_partner": "change_a_partner", "renew_partner": "renew_a_key", "forget_partner": "remove_a_partner",
    "decide": "decide", "change_source": "change_a_source", "decide_on_flood": "decide_a_flood", "pause": "pause",
    "refresh_source": "refresh", "remove": "remove", "resume": "resume", "new_rule": "add_a_rule",
    "apply": "apply_the_rules", "change_rules": "order_the_rules", "add": "add_a_source", "add_person": "invite",
    "disable": "change_user", "erase_person": "erase_a_person", "remove_factor": "remove_second_factor",
    "send_link": "give_a_link", "reopen_person": "change_user", "change_role": "change_user",
    "end_sessions": "sign_out", "add_hook": "add_a_webhook", "change_hook": "change_a_webhook",
    "switch_hook": "change_a_webhook", "remove_hook": "remove_a_webhook", "renew_hook": "renew_a_secret",
    "test_hook": "try_a_webhook", "choose_join": "join_an_item", "release_identity": "release_an_identity",
}  # fmt: skip


def test_every_action_of_the_staff_pages_is_a_call_or_has_a_reason_not_to_be(app: Flask):
    acting = {
        rule.endpoint.removeprefix("staff.")
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("staff.") and "POST" in (rule.methods or ())
    }
    assert acting == set(SAME_AS) | PROVES_WHO_ONE_IS | HELPS_WHILE_TYPING


def test_the_calls_named_here_are_there_and_change_something():
    writing = {route.name for route in ROUTES if route.method != "GET"}
    assert set(SAME_AS.values()) <= writing


def test_every_post_takes_an_idempotency_key_but_those_that_change_nothing():
    assert {route.path for route in ROUTES if route.method == "POST" and not route.writes} == {
        "/source-tests", "/items/preview", "/items/{item_id}/preview",
    }  # fmt: skip
    replacing = {route.name for route in ROUTES if route.method in ("PATCH", "PUT", "DELETE") and not route.guarded}
    assert replacing == set()
