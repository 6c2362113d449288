from bot.handoff.presence import GRACE, SILENCE, Presence


class Seconds:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_who_has_a_page_open_is_here_and_available_only_by_choice() -> None:
    presence = Presence(Seconds())
    with presence.page(1):
        assert presence.here(1)
        assert presence.available() == {}
        presence.set_available(1, "Noor")
        assert presence.available() == {1: "Noor"}
        presence.set_available(1, None)
        assert presence.available() == {}


def test_going_to_the_next_page_is_not_leaving_and_closing_the_last_one_is() -> None:
    clock = Seconds()
    presence = Presence(clock)
    with presence.page(1):
        pass
    clock.now += GRACE - 0.1
    assert presence.here(1)
    with presence.page(1):
        clock.now += 1
    assert presence.here(1)
    clock.now += GRACE
    assert not presence.here(1)


def test_closing_one_of_two_pages_changes_nothing() -> None:
    clock = Seconds()
    presence = Presence(clock)
    with presence.page(1):
        with presence.page(1):
            pass
        clock.now += GRACE + 1
        assert presence.here(1)


def test_a_browser_that_falls_silent_is_gone_and_comes_back_with_a_sign_of_life() -> None:
    clock = Seconds()
    presence = Presence(clock)
    presence.set_available(1, "Noor")
    with presence.page(1):
        clock.now += SILENCE
        assert not presence.here(1) and presence.available() == {}
        presence.beat(1)
        assert presence.available() == {1: "Noor"}


def test_a_sign_of_life_without_a_page_means_nothing() -> None:
    presence = Presence(Seconds())
    presence.beat(1)
    assert not presence.here(1)


def test_who_logs_out_is_gone_at_once() -> None:
    presence = Presence(Seconds())
    presence.set_available(1, "Noor")
    with presence.page(1):
        presence.leave(1)
        assert not presence.here(1)


def test_after_a_restart_there_is_time_to_come_back() -> None:
    clock = Seconds()
    presence = Presence(clock)
    presence.expect(1)
    assert presence.here(1)
    clock.now += SILENCE
    assert not presence.here(1)
