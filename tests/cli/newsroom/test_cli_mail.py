from tests.mailbox import mail_server


def test_a_mail_can_be_tried(bare, monkeypatch):
    with mail_server() as box:
        monkeypatch.setenv("DEPECHE_SMTP_URL", f"smtp://127.0.0.1:{box.port}")
        assert "you@x.example" in bare("mail", "test", "you@x.example").stdout
        assert box.mails[0]["To"] == "you@x.example"
        box.answer = "550 who?"
        assert "550" in bare.error("mail", "test", "you@x.example")


def test_without_a_server_the_setting_is_named(bare):
    assert "DEPECHE_SMTP_URL" in bare.error("mail", "test", "you@x.example")
