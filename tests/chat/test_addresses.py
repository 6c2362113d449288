"""Who asks, for limits only."""

from __future__ import annotations

import pytest

from bot.chat.addresses import Addresses


def test_one_client_has_one_name_and_another_has_another() -> None:
    addresses = Addresses()
    assert addresses.name("192.0.2.1") == addresses.name("192.0.2.1") != addresses.name("192.0.2.2")


def test_the_name_tells_nothing_and_differs_in_every_process() -> None:
    name = Addresses().name("192.0.2.1")
    assert name and "192" not in name
    assert name != Addresses().name("192.0.2.1")


def test_this_machine_is_nobody_in_particular() -> None:
    assert Addresses().name("127.0.0.1") is None
    assert Addresses().name("::1") is None
    assert Addresses().name("") is None


def test_whom_a_proxy_speaks_for_is_believed_of_a_trusted_one_only() -> None:
    known, unknown = Addresses("127.0.0.1 10.0.0.0/8"), Addresses()
    assert known.name("127.0.0.1", "192.0.2.1") == known.name("192.0.2.1")
    assert known.name("10.1.2.3", "192.0.2.1, 10.9.9.9") == known.name("192.0.2.1")
    assert unknown.name("192.0.2.9", "192.0.2.1") == unknown.name("192.0.2.9")
    assert known.name("192.0.2.9", "192.0.2.1") == known.name("192.0.2.9")


def test_what_a_client_says_of_itself_before_the_proxy_does_not_count() -> None:
    addresses = Addresses("127.0.0.1")
    assert addresses.name("127.0.0.1", "198.51.100.7, 192.0.2.1") == addresses.name("192.0.2.1")
    assert addresses.name("127.0.0.1", "onzin") is None
    assert addresses.name("127.0.0.1") is None


def test_the_devices_of_one_ipv6_connection_count_together() -> None:
    addresses = Addresses()
    assert addresses.name("2001:db8:1:2::5") == addresses.name("2001:db8:1:2:ffff::9")
    assert addresses.name("2001:db8:1:2::5") != addresses.name("2001:db8:1:3::5")
    assert addresses.name("::ffff:192.0.2.1") == addresses.name("192.0.2.1")


def test_a_proxy_that_is_no_address_is_refused() -> None:
    with pytest.raises(ValueError, match="proxy"):
        Addresses("proxy.example")
