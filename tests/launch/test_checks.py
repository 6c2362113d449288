import socket
from pathlib import Path

import pytest

from bot.launch.checks import NotReady, check_all, check_folders, check_ports, check_yaml
from bot.settings import ROOT, Settings


def test_a_house_in_order_is_ready(place: Settings, project: Path) -> None:
    check_all(place, project)


@pytest.mark.parametrize("name", ["door", "assistant", "actions"])
def test_a_port_in_use_is_named_with_the_setting_that_changes_it(place: Settings, name: str) -> None:
    port = getattr(place, f"{name}_port")
    with socket.create_server(("127.0.0.1", port)), pytest.raises(NotReady) as caught:
        check_ports(place)
    message = str(caught.value)
    assert f"port {port} for the {name}" in message
    assert f"OUDERCHAT_{name.upper()}_PORT" in message
    assert "\n" not in message


def test_a_port_that_does_not_exist_is_named(place: Settings) -> None:
    with pytest.raises(NotReady, match="port 99999 for the door"):
        check_ports(place.copy(update={"door_port": 99_999}))


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file where the folder should be")
    with pytest.raises(NotReady, match=r"cannot write in .*var"):
        check_folders([tmp_path / "var"])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("a: 1\n b: 2\n", "data/nlu/tlv.yml:2: mapping values are not allowed"),
        ('a: 1\nb: "x\nc: 1\n', r"data/nlu/tlv.yml:\d: .*quoted scalar.*"),
        ("a: 1\nb: 2\na: 3\n", "data/nlu/tlv.yml:3: .*duplicate key"),
        ("a: 1\n\tb: 2\n", "data/nlu/tlv.yml:2: "),
        ("a: 1\nb: *c\n", "data/nlu/tlv.yml:2: found undefined alias"),
        (b"a: 1\nb: caf\xe9\n", "data/nlu/tlv.yml:2: 'utf-8' codec"),
        ("a: \x07", "data/nlu/tlv.yml: unacceptable character"),
    ],
)
def test_a_broken_file_is_named_with_its_line(project: Path, content: str | bytes, message: str) -> None:
    (project / "data/nlu/tlv.yml").write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(NotReady, match=message) as caught:
        check_yaml(project, project / "knowledge")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["config.yml", "domain.yml", "knowledge/feiten.yml"])
def test_every_file_that_will_be_read_is_looked_at(project: Path, name: str) -> None:
    (project / name).write_text("a: [1\n")
    with pytest.raises(NotReady, match=rf"^{name}:"):
        check_yaml(project, project / "knowledge")


def test_a_file_that_is_missing_is_named(project: Path) -> None:
    (project / "domain.yml").unlink()
    with pytest.raises(NotReady, match=r"domain\.yml: .*No such file"):
        check_yaml(project, project / "knowledge")


def test_the_files_of_the_project_are_in_order() -> None:
    check_yaml(ROOT, ROOT / "knowledge")
