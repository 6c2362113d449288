import json
import socket
import time
import zipfile
from pathlib import Path

import pytest

from bot.nlu import language_package
from bot.nlu.language_package import LanguageModelError, Unreachable, folder, install
from tests.nlu.spacy_package import INSIDE, build, pipeline, serving, with_meta


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("wheel") / "package.whl", pipeline())


@pytest.fixture
def models(tmp_path: Path) -> Path:
    return tmp_path / "models"


def other_wheel(path: Path, **entries: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return path


def leftovers(models: Path) -> list[str]:
    return sorted(path.name for path in models.iterdir())


def test_a_download_is_unpacked_and_its_hash_recorded(wheel: Path, models: Path) -> None:
    seen: list[tuple[int, int]] = []
    with serving(wheel.read_bytes()) as (url, _):
        install(models, url, lambda received, total: seen.append((received, total)))
    assert (folder(models) / "config.cfg").is_file()
    assert not (folder(models) / "__init__.py").exists()
    record = json.loads((models / "nl_core_news_sm-3.4.0.json").read_text())
    assert record["source"] == url
    assert len(record["sha256"]) == 64
    assert seen[-1] == (wheel.stat().st_size, wheel.stat().st_size)
    assert leftovers(models) == ["nl_core_news_sm-3.4.0", "nl_core_news_sm-3.4.0.json"]


def test_nothing_is_asked_when_it_is_there(wheel: Path, models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(models, str(wheel))
    monkeypatch.setattr(language_package, "urlopen", lambda *_, **__: pytest.fail("asked the network"))
    install(models)


def test_the_same_file_given_again_is_left_alone(wheel: Path, models: Path) -> None:
    install(models, str(wheel))
    before = folder(models).stat().st_ino
    install(models, str(wheel))
    assert folder(models).stat().st_ino == before


def test_another_file_replaces_it(wheel: Path, models: Path, tmp_path: Path) -> None:
    install(models, str(wheel))
    install(models, str(with_meta(wheel, tmp_path / "new.whl", description="new")))
    assert json.loads((folder(models) / "meta.json").read_text())["description"] == "new"
    assert leftovers(models) == ["nl_core_news_sm-3.4.0"]


def test_a_later_download_must_have_the_recorded_hash(wheel: Path, models: Path, tmp_path: Path) -> None:
    with serving(wheel.read_bytes()) as (url, _):
        install(models, url)
    changed = with_meta(wheel, tmp_path / "changed.whl", description="changed")
    with (
        serving(changed.read_bytes()) as (url, _),
        pytest.raises(LanguageModelError, match="not the file of the first"),
    ):
        install(models, url)
    assert json.loads((folder(models) / "meta.json").read_text()).get("description") != "changed"


def test_a_damaged_record_is_never_taken_for_no_record(wheel: Path, models: Path) -> None:
    models.mkdir()
    (models / "nl_core_news_sm-3.4.0.json").write_text("{")
    with serving(wheel.read_bytes()) as (url, _), pytest.raises(LanguageModelError, match="is damaged"):
        install(models, url)


@pytest.mark.parametrize("share", [0.0, 0.3, 0.99])
def test_a_truncated_file_is_refused(wheel: Path, models: Path, tmp_path: Path, share: float) -> None:
    content = wheel.read_bytes()
    cut = tmp_path / "cut.whl"
    cut.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(LanguageModelError, match=r"cut\.whl is damaged"):
        install(models, str(cut))
    assert leftovers(models) == []


def test_a_flipped_byte_is_refused(wheel: Path, models: Path, tmp_path: Path) -> None:
    content = bytearray(wheel.read_bytes())
    with zipfile.ZipFile(wheel) as archive:
        entry = archive.getinfo(f"{INSIDE}/lemmatizer/lookups/lookups.bin")
    content[entry.header_offset + 30 + len(entry.filename) + entry.compress_size // 2] ^= 0xFF
    (tmp_path / "bad.whl").write_bytes(content)
    with pytest.raises(LanguageModelError, match="damaged"):
        install(models, str(tmp_path / "bad.whl"))
    assert leftovers(models) == []


def test_a_download_that_stops_halfway_is_refused(wheel: Path, models: Path) -> None:
    content = wheel.read_bytes()
    half = serving(content[:5000], promised=len(content))
    with half as (url, _), pytest.raises(LanguageModelError, match="stopped halfway"):
        install(models, url)
    assert leftovers(models) == []


@pytest.mark.parametrize(
    ("meta", "message"),
    [
        ({"name": "core_news_md"}, "the package is nl_core_news_md 3.4.0; needed is nl_core_news_sm 3.4.0"),
        ({"lang": "en"}, "the package is en_core_news_sm 3.4.0"),
        ({"version": "3.5.0"}, "the package is nl_core_news_sm 3.5.0"),
        ({"spacy_version": ">=3.5.0,<3.6.0"}, "is for spaCy >=3.5.0,<3.6.0; here is spaCy 3.4"),
        ({"spacy_version": ""}, r"is for spaCy \(not said\)"),
        ({"spacy_version": "any"}, "is for spaCy any"),
    ],
)
def test_another_package_is_refused(
    wheel: Path, models: Path, tmp_path: Path, meta: dict[str, str], message: str
) -> None:
    other = with_meta(wheel, tmp_path / "other.whl", **meta)
    with pytest.raises(LanguageModelError, match=message):
        install(models, str(other))
    assert leftovers(models) == []


@pytest.mark.parametrize(
    "name", ["../../outside.txt", "/tmp/outside.txt", "nl_core_news_sm/..\\..\\outside.txt", "C:/out"]
)
def test_a_file_that_would_be_written_outside_is_refused(wheel: Path, models: Path, tmp_path: Path, name: str) -> None:
    evil = tmp_path / "evil.whl"
    evil.write_bytes(wheel.read_bytes())
    with zipfile.ZipFile(evil, "a") as archive:
        archive.writestr(name, "x")
    with pytest.raises(LanguageModelError, match="would write outside its folder"):
        install(models, str(evil))
    assert leftovers(models) == []
    assert not list(tmp_path.rglob("outside.txt"))


def test_a_link_in_the_package_is_refused(wheel: Path, models: Path, tmp_path: Path) -> None:
    evil = tmp_path / "evil.whl"
    evil.write_bytes(wheel.read_bytes())
    link = zipfile.ZipInfo(f"{INSIDE}/vocab/link")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(evil, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(LanguageModelError, match="would write outside its folder"):
        install(models, str(evil))


def test_a_package_that_unpacks_too_large_is_refused(
    wheel: Path, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(language_package, "_MOST_BYTES", 1000)
    with pytest.raises(LanguageModelError, match="far larger"):
        install(models, str(wheel))


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        ({"readme.txt": "x"}, "no meta.json in it"),
        ({"a/meta.json": "{"}, "damaged"),
        ({"a/meta.json": "[]"}, "not an object"),
        ({"a/meta.json": '{"lang": "nl", "name": "core_news_sm", "version": "3.4.0"}'}, "no pipeline in"),
    ],
)
def test_an_archive_that_is_no_package_is_refused(
    models: Path, tmp_path: Path, entries: dict[str, str], message: str
) -> None:
    with pytest.raises(LanguageModelError, match=message):
        install(models, str(other_wheel(tmp_path / "x.whl", **entries)))
    assert leftovers(models) == []


def test_a_file_that_is_not_there_is_named(models: Path, tmp_path: Path) -> None:
    with pytest.raises(Unreachable, match=r"none\.whl is not a file"):
        install(models, str(tmp_path / "none.whl"))


@pytest.mark.parametrize("status", [403, 404, 502])
def test_a_site_that_refuses_is_asked_once(models: Path, status: int) -> None:
    with serving(b"no", status) as (url, asked), pytest.raises(Unreachable, match=f"no answer from {url}"):
        install(models, url)
    assert len(asked) == 1


def test_a_page_of_a_proxy_is_no_package(models: Path) -> None:
    with serving(b"<html>blocked", kind="text/html") as (url, _), pytest.raises(Unreachable, match="web page"):
        install(models, url)


def test_a_site_that_does_not_answer_is_given_up(models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language_package, "ANSWER_SECONDS", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        started = time.monotonic()
        with pytest.raises(Unreachable):
            install(models, f"http://127.0.0.1:{silent.getsockname()[1]}/")
    assert time.monotonic() - started < 2


def test_the_wait_is_under_ten_seconds() -> None:
    assert language_package.ANSWER_SECONDS < 10


def test_a_closed_port_is_no_answer(models: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(Unreachable, match="no answer"):
        install(models, f"http://127.0.0.1:{port}/")
    assert leftovers(models) == []
