"""Settings that would make the house less safe are refused at start."""

import pytest
from pydantic import ValidationError

from bot.settings import Settings


@pytest.mark.parametrize("sites", ["*", "'none'", "'self' https://www.school.example https://*.almere.example:8443"])
def test_sites_that_may_show_the_chat(sites: str) -> None:
    assert Settings(frame_ancestors=sites).frame_ancestors == sites


@pytest.mark.parametrize("sites", ["", "*; script-src *", "https://a.example,https://b.example", "a\nb", "  "])
def test_sites_cannot_change_the_rest_of_the_policy(sites: str) -> None:
    with pytest.raises(ValidationError, match="frame_ancestors"):
        Settings(frame_ancestors=sites)


def test_a_proxy_is_named_by_its_address() -> None:
    assert Settings(trusted_proxies="127.0.0.1 10.0.0.0/8 ::1").trusted_proxies
    with pytest.raises(ValidationError, match="trusted_proxies"):
        Settings(trusted_proxies="proxy.example")
