import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from net.guard import Guard, parse_allowed
from news.errors import InvalidInput


@pytest.mark.parametrize(
    "ip",
    [
        "127.0.0.1", "127.255.255.254", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1",
        "169.254.169.254", "168.63.129.16", "100.64.0.1", "192.0.0.8", "192.0.2.1", "198.18.0.1", "224.0.0.1",
        "239.255.255.250", "240.0.0.1", "255.255.255.255", "192.88.99.1", "::", "::1", "::7f00:1", "::ffff:127.0.0.1",
        "::ffff:10.0.0.1", "::ffff:a9fe:a9fe", "64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::1", "2002:7f00:1::",
        "2002:808:808::", "2001:0:4136:e378::1", "2001:db8::1", "3fff::1", "fc00::1", "fd12::1", "fe80::1",
        "fe80::1%eth0", "fec0::1", "ff02::1", "5f00::1", "100::1", "2606:4700::1%eth0",
        "::ffff:0:127.0.0.1", "4000::1",
    ],
)  # fmt: skip
def test_an_address_that_is_not_on_the_public_internet_is_refused(ip):
    assert not Guard().permits(ip, 80)


@pytest.mark.parametrize(
    "ip", ["93.184.216.34", "1.1.1.1", "2606:4700::1111", "2001:4860:4860::8888", "::ffff:8.8.8.8"]
)
def test_a_public_address_is_permitted(ip):
    assert Guard().permits(ip, 443)


@pytest.mark.parametrize("ip", ["localhost", "", "2130706433", "0x7f.1", "127.1", "::1]"])
def test_what_is_no_resolved_address_is_refused(ip):
    assert not Guard(parse_allowed("127.0.0.0/8")).permits(ip, 80)


@pytest.mark.parametrize(
    ("text", "ip", "port"),
    [
        ("127.0.0.1:8101", "127.0.0.1", 8101),
        ("10.2.0.0/16", "10.2.200.7", 12345),
        ("10.2.0.0/16:443", "10.2.0.1", 443),
        ("[::1]:80", "::1", 80),
        ("::1", "::1", 99),
        ("[fd00::]/8:443", "fd12::7", 443),
        ("[fd00::/8]:443", "fd12::7", 443),
        ("fd00::/8", "fd12::7", 1),
        ("127.0.0.0/8", "::ffff:127.0.0.1", 80),
        (" 10.0.0.1 , 127.0.0.1:81 ,", "127.0.0.1", 81),
    ],
)
def test_an_allowed_network_may_be_reached(text, ip, port):
    assert Guard(parse_allowed(text)).permits(ip, port)


@pytest.mark.parametrize(
    ("text", "ip", "port"),
    [
        ("127.0.0.1:8101", "127.0.0.1", 8102),
        ("127.0.0.1:8101", "127.0.0.2", 8101),
        ("10.2.0.0/16", "10.3.0.1", 80),
        ("[::1]:80", "::1", 81),
        ("", "127.0.0.1", 80),
    ],
)
def test_allowing_one_thing_does_not_allow_its_neighbours(text, ip, port):
    assert not Guard(parse_allowed(text)).permits(ip, port)


@pytest.mark.parametrize(
    "text",
    [
        "localhost", "127.0.0.1:0", "127.0.0.1:65536", "127.0.0.1:http", "10.0.0.1/8", "10.0.0.0/33", "[::1", "::1]:80",
        "[::1]:", "1.2.3", "10.0.0.0/8;127.0.0.1", "[10.0.0.1/8]:80", "١٢٧.0.0.1",
    ],
)  # fmt: skip
def test_a_malformed_network_is_refused_by_name(text):
    with pytest.raises(InvalidInput) as caught:
        parse_allowed(f"192.168.0.0/16,{text}")
    assert caught.value.key == "settings.network"
    assert str(caught.value.message_args["given"]) in text


@given(st.text(max_size=40))
def test_no_text_breaks_the_setting(text):
    try:
        parse_allowed(text)
    except InvalidInput as error:
        assert error.key == "settings.network"


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_is_judged_alike_in_its_mapped_form(address):
    mapped = str(ipaddress.IPv6Address(f"::ffff:{address}"))
    assert Guard().permits(str(address), 80) == Guard().permits(mapped, 80)


@given(st.ip_addresses(v=6))
def test_nothing_that_python_calls_private_passes(address):
    if not address.is_global:
        assert not Guard().permits(str(address), 80)
