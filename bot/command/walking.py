"""Everything that a package states is found by walking it: a file more needs no entry anywhere."""

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from functools import cache
from types import ModuleType
from typing import Any, TypeVar

Stated = TypeVar("Stated")


@cache  # a walk reads every folder of the package from disk
def modules(package: str) -> tuple[ModuleType, ...]:
    """Every module below a package, imported."""
    found = pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}.")
    return tuple(importlib.import_module(module.name) for module in found)


@cache
def classes(package: str, base: type[Stated]) -> tuple[type[Stated], ...]:
    """The classes of a kind that the modules of a package state themselves."""
    return tuple(held for module in modules(package) for held in _stated(module, base))


def _stated(module: ModuleType, base: type[Stated]) -> Iterator[type[Stated]]:
    stated: Mapping[str, Any] = vars(module)
    for held in stated.values():
        if isinstance(held, type) and issubclass(held, base) and held.__module__ == module.__name__:
            yield held
