import pytest

from cli.words import language, message_of
from news.errors import InvalidFields, InvalidInput


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, "fr"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "fr_FR.UTF-8", "DEPECHE_LANGUAGE": "en"}, "fr"),
        ({"LC_ALL": "en_US.UTF-8", "LANG": "fr_FR.UTF-8"}, "en"),
        ({"LC_MESSAGES": "fr_CA", "LANG": "en_CA"}, "fr"),
        ({"LC_ALL": "", "LANG": "en_IE"}, "en"),
        ({"LANG": "C.UTF-8", "DEPECHE_LANGUAGE": "en"}, "en"),
        ({"LC_ALL": "C", "LANG": "en_GB"}, "fr"),
        ({"LANG": "de_DE.UTF-8"}, "fr"),
        ({"DEPECHE_LANGUAGE": "en", "DEPECHE_TIMEZONE": "Mars"}, "en"),
        ({"DEPECHE_LANGUAGE": "de"}, "fr"),
    ],
)
def test_the_locale_decides_then_the_newsroom(environ, expected):
    assert language(environ) == expected


def test_a_form_with_two_errors_tells_both(environ):
    both = InvalidFields({"title": InvalidInput("item.title.empty"), "date": InvalidInput("date.malformed", given="x")})

    assert "title" in message_of(both)
    assert "“x”" in message_of(both)
