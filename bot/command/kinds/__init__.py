"""The kinds of argument a command may state: a file each, found by walking this package."""

import importlib
import pkgutil
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from bot.command.kinds.base import Kind, Stated


def kind_of(name: str, field: FieldInfo) -> Kind:
    """The kind of a command's field.

    Raises TypeError when it is of no kind that people can type, or of two.
    """
    marks = (*field.metadata, *_marks(field.annotation))
    return _kind(name, field.annotation, marks, required=field.is_required())


@cache
def kinds() -> tuple[type[Kind], ...]:
    """Every kind there is."""
    modules = [
        importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)
    ]
    held = [(module.__name__, each) for module in modules for each in vars(module).values()]
    stated = [each for module, each in held if isinstance(each, type) and each.__module__ == module]
    return tuple(each for each in stated if issubclass(each, Kind) and each is not Kind)


def _kind(name: str, annotation: Any, marks: tuple[Any, ...], *, required: bool) -> Kind:
    plain = _plain(annotation)
    stated = Stated(plain, marks, required, _item(name, plain))
    # What was noted on a type says more than the type: a marked text is no plain text.
    for marked in (True, False):
        found = [one for kind in kinds() if bool(kind.mark) is marked and (one := kind.of(stated))]
        if len(found) > 1:
            raise TypeError(f"{name}: {annotation} is of two kinds: {found}")
        if found:
            return found[0]
    raise TypeError(f"{name}: nobody can type a value of {annotation}")


def _item(name: str, annotation: Any) -> Kind | None:
    if get_origin(annotation) not in (list, tuple):
        return None
    item = get_args(annotation)[0]
    return _kind(name, item, _marks(item), required=True)


def _plain(annotation: Any) -> Any:
    """A type without what was noted on it, and without its None."""
    if get_origin(annotation) is Annotated:
        return _plain(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        types = [each for each in get_args(annotation) if each is not NoneType]
        return _plain(types[0]) if len(types) == 1 else annotation
    return annotation


def _marks(annotation: Any) -> tuple[Any, ...]:
    if get_origin(annotation) is Annotated:
        return get_args(annotation)[1:]
    if get_origin(annotation) in (Union, UnionType):
        return tuple(mark for each in get_args(annotation) for mark in _marks(each))
    return ()
