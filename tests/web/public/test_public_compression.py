"""Pages travel compressed, each coding with a validator of its own."""

import gzip

import brotli


def test_a_page_travels_in_the_coding_the_browser_likes_best(client):
    plain = client.get("/")
    squeezed = client.get("/", headers={"Accept-Encoding": "gzip, br"})
    zipped = client.get("/", headers={"Accept-Encoding": "gzip"})

    assert "Content-Encoding" not in plain.headers
    assert squeezed.headers["Content-Encoding"] == "br"
    assert brotli.decompress(squeezed.data) == gzip.decompress(zipped.data) == plain.data
    assert {answer.headers["Vary"] for answer in (plain, squeezed, zipped)} == {"Accept-Encoding"}
    assert len({answer.headers["ETag"] for answer in (plain, squeezed, zipped)}) == 3


def test_whoever_has_a_compressed_page_gets_304(client):
    asked = {"Accept-Encoding": "gzip"}
    tag = client.get("/", headers=asked).headers["ETag"]

    again = client.get("/", headers=asked | {"If-None-Match": tag})

    assert (again.status_code, again.data) == (304, b"")
