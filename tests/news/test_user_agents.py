import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.user_agents import agent_in_words

MOZILLA = "Mozilla/5.0 ("


@pytest.mark.parametrize(("given_", "said"), [
    (MOZILLA + "X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Linux"),
    (MOZILLA + "iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Mobile/1 Safari/604.1",
     "Safari, iPhone"),
    (MOZILLA + "Windows NT 10.0) AppleWebKit/537 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Windows"),
    (MOZILLA + "Linux; Android 15) AppleWebKit/537 Chrome/140.0 Mobile Safari/537.36", "Chrome, Android"),
    ("curl/8.0", ""), ("", ""),
])  # fmt: skip
def test_a_browser_is_known_by_two_words(given_, said):
    assert agent_in_words(given_) == said


@given(st.text())
def test_nothing_of_a_strangers_words_comes_out(text):
    assert len(agent_in_words(text)) < 40
    assert "<" not in agent_in_words(text)
