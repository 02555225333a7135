"""The S3 of a home: buckets side by side, ETags, credentials, another lake."""

from __future__ import annotations

from pathlib import Path

import obstore.exceptions
import psutil
import pytest
from obstore.store import S3Store

from embedded import home as home_module
from embedded import processes, s3, stack


def put_file(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def read(bucket: str, key: str) -> bytes:
    return bytes(s3.store(bucket).get(key).bytes())


def keys(bucket: str) -> list[str]:
    return [item["path"] for page in s3.store(bucket).list() for item in page]


def test_a_file_dropped_into_the_lake_is_an_object(home: Path) -> None:
    stack.start()
    put_file(home / "lake" / "sparkify" / "a" / "b.json", "{}")
    assert read("sparkify", "a/b.json") == b"{}"


def test_our_own_bucket_lies_in_the_home_not_in_the_lake(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_file(tmp_path / "lake" / "music" / "x.json", "{}")
    monkeypatch.setenv("SPARKIFY_LAKE", str(tmp_path / "lake"))
    stack.start()
    s3.store(home_module.WORK_BUCKET).put("m/manifest.json", b"{}")
    assert [path.name for path in (tmp_path / "lake").iterdir()] == ["music"]
    assert read("music", "x.json") == b"{}"
    assert read(home_module.WORK_BUCKET, "m/manifest.json") == b"{}"


def test_another_lake_is_served_at_the_next_start(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one", "two"):
        put_file(tmp_path / name / "music" / "x.json", name)
        monkeypatch.setenv("SPARKIFY_LAKE", str(tmp_path / name))
        stack.start()
        assert read("music", "x.json") == name.encode()


def test_a_bucket_that_appeared_is_served_at_the_next_start(home: Path) -> None:
    stack.start()
    put_file(home / "lake" / "later" / "x.json", "new")
    stack.start()
    assert read("later", "x.json") == b"new"


def test_a_lake_behind_a_link_is_read_where_it_lies(home: Path, tmp_path: Path) -> None:
    put_file(tmp_path / "elsewhere" / "x.json", "far")
    (home / "lake").mkdir(parents=True)
    (home / "lake" / "linked").symlink_to(tmp_path / "elsewhere")
    stack.start()
    assert read("linked", "x.json") == b"far"


def test_a_dead_link_does_not_hide_its_neighbours(embedded_home: Path) -> None:
    bucket = s3.add_bucket("dead-link")
    put_file(bucket / "good.json", "1")
    (bucket / "dead.json").symlink_to(bucket / "nowhere")
    assert processes.wait(lambda: keys("dead-link") == ["good.json"], 5)


def test_the_etag_changes_with_the_content_and_only_then(embedded_home: Path) -> None:
    bucket = s3.add_bucket("etags")
    store = s3.store("etags")
    seen = []
    for text in ("one", "two", "one"):
        put_file(bucket / "x.json", text)
        assert processes.wait(lambda: keys("etags") == ["x.json"], 5)
        assert processes.wait(lambda text=text: read("etags", "x.json") == text.encode(), 5)
        (listed,) = [item for page in store.list() for item in page]
        assert listed["e_tag"] == store.head("x.json")["e_tag"].strip('"')
        seen.append(listed["e_tag"])
    assert seen[0] == seen[2] != seen[1]


@pytest.mark.parametrize("key", ["a b/c.json", "ü/東京.json", 'it\'s "q".json', "a+b&c=%20?.json"])
def test_keys_with_signs_that_need_quoting(embedded_home: Path, key: str) -> None:
    store = s3.store("sparkify")
    store.put(key, b"x")
    assert bytes(store.get(key).bytes()) == b"x"
    store.delete(key)


def test_wrong_keys_are_refused(embedded_home: Path) -> None:
    guess = S3Store(
        "sparkify",
        endpoint=s3.access().endpoint,
        access_key_id="guess",
        secret_access_key="guess",
        region="us-east-1",
        client_options={"allow_http": True},
    )
    with pytest.raises((obstore.exceptions.GenericError, PermissionError)):
        list(guess.list())


def test_the_keys_are_in_no_command_line(embedded_home: Path) -> None:
    known = home_module.settings()
    secrets = {known["s3_secret_access_key"], known["postgres_password"]}
    for process in psutil.process_iter(["cmdline"]):
        words = " ".join(process.info["cmdline"] or [])
        assert not any(secret in words for secret in secrets)


def test_a_missing_lake_is_wrong_usage(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPARKIFY_LAKE", str(tmp_path / "nowhere"))
    with pytest.raises(home_module.MisusedError, match="nowhere is not a folder"):
        stack.start()


def test_a_missing_object_is_not_found(embedded_home: Path) -> None:
    with pytest.raises(FileNotFoundError):
        s3.store("sparkify").get("nowhere.json")
