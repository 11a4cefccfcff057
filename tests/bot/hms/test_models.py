"""What holds for every object of the client, whatever 100ms puts into it."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from types import NoneType, UnionType
from typing import Annotated, Any, get_args, get_origin

import pytest
from annotated_types import MinLen
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import SecretStr

import bot.hms
from bot.hms.objects import Object, plain
from bot.hms.role import CamelObject
from tests.bot.hms.sameness import normal

assert bot.hms  # every model is a subclass of Object once the client is imported

NAMES = st.text("abcdefghijklmnopqrstuvwxyz_", min_size=1, max_size=12).map(lambda name: f"x_{name}")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=5),
    lambda inside: st.lists(inside, max_size=2) | st.dictionaries(NAMES, inside, max_size=2),
    max_leaves=4,
)
SECRETS = st.integers(0, 10**9).map(lambda number: f"SECRET-{number}-SECRET")
TIMES = st.datetimes(datetime(2, 1, 1), datetime(9999, 1, 1)).map(  # noqa: DTZ001  # written with Z below
    lambda moment: moment.replace(microsecond=0).isoformat() + "Z"
) | st.sampled_from(["0001-01-01T00:00:00Z", "", "2026-03-01T10:00:00.123456789Z"])


def models(parent: type[Object] = Object) -> Iterator[type[Object]]:
    for model in parent.__subclasses__():
        yield from models(model)
        if model is not CamelObject and not model.__pydantic_generic_metadata__["parameters"]:
            yield model


MODELS = sorted(set(models()), key=lambda model: model.__name__)


def written(model: type[Object]) -> st.SearchStrategy[dict[str, Any]]:
    """An answer of 100ms: members left out or null wherever that may be, and others that nobody knows."""
    required, optional = {}, {}
    for name, about in model.model_fields.items():
        value = member(about.annotation, about.metadata)
        known_as = about.alias or name
        (required if about.is_required() else optional)[known_as] = value
    known = st.fixed_dictionaries(
        required, optional={name: st.none() | each for name, each in optional.items()}
    )
    return st.builds(lambda known, more: more | known, known, st.dictionaries(NAMES, JSON, max_size=2))


def member(kind: Any, marks: list[Any]) -> st.SearchStrategy[Any]:
    """A value of a member, as JSON has it."""
    if kind == datetime | None or any(getattr(mark, "func", None) for mark in marks):
        return TIMES
    origin, inside = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return member(inside[0], list(inside[1:]))
    if origin is UnionType:
        return st.one_of([member(each, []) for each in inside if each is not NoneType])
    if origin is tuple:
        return st.lists(member(inside[0], []), max_size=2)
    if origin is dict:
        return st.dictionaries(NAMES, member(inside[1], []), max_size=2)
    return simple(kind, marks)


def simple(kind: Any, marks: list[Any]) -> st.SearchStrategy[Any]:
    if kind is str:
        least = max((mark.min_length for mark in marks if isinstance(mark, MinLen)), default=0)
        return st.text(min_size=least, max_size=8)
    if kind in SIMPLE:
        return SIMPLE[kind]
    return st.deferred(lambda: written(kind))


SIMPLE: Mapping[Any, st.SearchStrategy[Any]] = {
    bool: st.booleans(),
    int: st.integers(-(2**40), 2**40),
    float: st.floats(-1e9, 1e9).filter(lambda number: not number.is_integer()),
    SecretStr: SECRETS,
    object: JSON,
    Any: JSON,
}


@pytest.mark.parametrize("model", MODELS)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_every_member_is_kept_and_no_secret_shows(model: type[Object], data: st.DataObject) -> None:
    answer = data.draw(written(model))
    read = model.model_validate_json(json.dumps(answer))

    again = plain(read)
    assert holds(again, answer)
    assert members(again) == members(answer)
    assert plain(model.model_validate_json(json.dumps(again))) == again
    assert "SECRET-" not in repr(read) + str(read) + read.model_dump_json()


def holds(again: Any, answer: Any) -> bool:
    """Whether every value is what it was, at every depth; null is as good as absent."""
    if isinstance(answer, dict):
        return all(holds(again[name], each) for name, each in answer.items())
    if isinstance(answer, list) and answer:
        return all(holds(one, other) for one, other in zip(again, answer, strict=True))
    return answer is None or normal(again) == normal(answer)


def members(value: Any) -> Any:
    """Which members there are, at every depth; null is as good as empty."""
    if isinstance(value, dict) and value:
        return {name: members(each) for name, each in value.items()}
    if isinstance(value, list) and value:
        return [members(each) for each in value]
    return None


def test_there_are_models_to_look_at() -> None:
    assert len(MODELS) > 60
