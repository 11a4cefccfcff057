"""The first page that somebody opens shows what it says, and moves for nobody who prefers stillness."""

import re

from tests.house.source import ROOT

README = (ROOT / "README.md").read_text()
SOURCE = re.compile(r"<source media=\"(?P<media>[^\"]+)\" srcset=\"(?P<path>[^\"]+)\">")
IMAGE = re.compile(r"<img src=\"(?P<path>[^\"]+)\" alt=\"(?P<alt>[^\"]+)\">")
LIGHT = 1_500_000  # bytes: it is there before somebody looks away


def test_its_film_is_there_and_light_and_said_in_words() -> None:
    (image,) = IMAGE.finditer(README)
    shown = [ROOT / found["path"] for found in (image, *SOURCE.finditer(README))]

    assert {path.parent.name for path in shown} == {"docs"}
    assert all(0 < path.stat().st_size < LIGHT for path in shown)
    assert len(image["alt"]) > 80


def test_who_prefers_less_motion_gets_a_still_whatever_the_theme() -> None:
    sources = list(SOURCE.finditer(README))
    still = [found for found in sources if "prefers-reduced-motion" in found["media"]]

    assert still == sources[: len(still)], "the first that fits is taken"
    assert "prefers-color-scheme" not in still[-1]["media"]
    assert all("-still" in found["path"] for found in still)


def test_the_wheel_is_named_so_that_pipx_keeps_its_extra() -> None:
    (spec,) = re.findall(r"pipx run --spec '([^']+)'", README)

    assert spec.startswith("./"), "pipx reads extras off a path, and a bare file name is a requirement to it"
    assert spec.endswith(".whl[demo]")
