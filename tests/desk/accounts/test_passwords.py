import subprocess
import sys
from pathlib import Path

from desk.accounts.passwords import hashed, outdated, verified

CHECKOUT = Path(__file__).resolve().parents[3]


def test_outside_of_tests_a_password_costs_what_the_library_recommends():
    program = "from desk.accounts.passwords import hashed; print(hashed('un mot de passe'))"
    printed = subprocess.run([sys.executable, "-c", program], cwd=CHECKOUT, capture_output=True, text=True, check=True)
    kept = printed.stdout.strip()
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")  # RFC 9106 §4, the second recommended option
    assert verified(kept, "un mot de passe") and not verified(kept, "un autre")


def test_a_hash_of_another_cost_is_made_anew():
    assert not outdated(hashed("un mot de passe"))
    assert outdated("$argon2id$v=19$m=1024,t=1,p=1$c29tZXNhbHRzYWx0$ZmFrZWhhc2hmYWtlaGFzaA")
