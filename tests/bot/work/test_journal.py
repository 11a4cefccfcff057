"""A journal holds what its process was at when it was killed, and what lives is left alone."""

import os
from pathlib import Path

from bot.work.journal import Journal


def journal(folder: Path, owner: str = "sqlite:///hms-bot.db") -> Journal:
    return Journal(folder, owner)


def dies(killed: Journal) -> None:
    """What a kill does: the file stays, and nobody holds it."""
    assert killed._file is not None
    os.close(killed._file)


def test_what_was_not_over_is_found_once(tmp_path: Path) -> None:
    killed = journal(tmp_path)
    killed.begin("one", {"said": "status"})
    killed.begin("two", {"said": "who"})
    killed.over("one")
    dies(killed)

    assert journal(tmp_path).left() == [{"said": "who"}]
    assert journal(tmp_path).left() == []
    assert list(tmp_path.iterdir()) == []


def test_of_what_is_over_nothing_stays(tmp_path: Path) -> None:
    killed = journal(tmp_path)
    for key in ("one", "two"):
        killed.begin(key, {"said": key})
        killed.over(key)
    (file,) = tmp_path.iterdir()
    assert file.stat().st_size == 0
    dies(killed)

    assert journal(tmp_path).left() == []


def test_among_many_that_were_over_the_one_that_was_not_is_found(tmp_path: Path) -> None:
    killed = journal(tmp_path)
    for number in range(1_000):
        killed.begin(str(number), {"said": f"{number:0200}"})
        killed.over(str(number - 1))
    dies(killed)

    assert journal(tmp_path).left() == [{"said": f"{999:0200}"}]


def test_a_process_that_lives_keeps_its_own(tmp_path: Path) -> None:
    living = journal(tmp_path)
    living.begin("one", {"said": "status"})

    assert journal(tmp_path).left() == []
    assert living.left() == []
    living.close()
    assert list(tmp_path.iterdir()) == []


def test_a_line_that_was_cut_off_is_none(tmp_path: Path) -> None:
    killed = journal(tmp_path)
    killed.begin("one", {"said": "status"})
    (file,) = tmp_path.iterdir()
    with file.open("a", encoding="utf-8") as cut:
        cut.write('{"key": "two", "no')
    dies(killed)

    assert journal(tmp_path).left() == [{"said": "status"}]


def test_others_in_the_same_folder_are_none_of_ours(tmp_path: Path) -> None:
    killed = journal(tmp_path, "postgresql://one")
    killed.begin("one", {"said": "status"})
    dies(killed)

    assert journal(tmp_path, "postgresql://other").left() == []


def test_nobody_else_may_read_it_and_no_link_is_followed(tmp_path: Path) -> None:
    killed = journal(tmp_path)
    killed.begin("one", {"said": "status"})
    (file,) = tmp_path.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    dies(killed)
    elsewhere = tmp_path / "elsewhere"
    file.rename(elsewhere)
    file.symlink_to(elsewhere)

    assert journal(tmp_path).left() == []
    assert elsewhere.exists()


def test_a_folder_that_takes_nothing_keeps_nobody_waiting(tmp_path: Path) -> None:
    refused = journal(tmp_path / "nowhere")
    refused.begin("one", {"said": "status"})
    refused.over("one")
    refused.close()

    assert refused.left() == []
