"""A readable table of named things, each loaded on first use; other packages add by entry points."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from typing import Generic, TypeVar

from qulaq.errors import Misused, UnknownName
from qulaq.lang import Sayable, phrase

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Later(Generic[T]):
    """
    A thing that is made when it is asked for.
    """

    make: Callable[[], T]


class Registry(Generic[T]):
    """
    Keys to dotted paths `module:name`, imported when asked for, to things made then, or already at hand.

    Outsiders add to the entry-point *group*. A key with two owners is an error, as is an unknown one.
    """

    def __init__(
        self, built_in: Mapping[str, str | Later[T] | T], *, group: str, kind: Sayable
    ) -> None:
        self._built_in = dict(built_in)
        self._group = group
        self._kind = kind
        self._loaded: dict[str, T] = {}

    @cached_property
    def _outside(self) -> dict[str, EntryPoint]:
        outside: dict[str, EntryPoint] = {}
        for entry in entry_points(group=self._group):
            if entry.name in self._built_in or entry.name in outside:
                raise Misused(
                    where=self._kind,
                    found=phrase("two packages claim the name “{name}”.", name=entry.name),
                    remedy=phrase("Uninstall one of them."),
                )
            outside[entry.name] = entry
        return outside

    def keys(self) -> list[str]:
        return [*self._built_in, *self._outside]

    def __iter__(self) -> Iterator[T]:
        return (self.get(key) for key in self.keys())

    def get(self, key: str) -> T:
        """
        The thing of that key. Raises UnknownName, which lists the known ones, the nearest first.
        """
        if key not in self._loaded:
            self._loaded[key] = self._load(key)
        return self._loaded[key]

    def _load(self, key: str) -> T:
        if key in self._built_in:
            return _made(self._built_in[key])
        if key not in self._outside:
            raise UnknownName.among(key, self.keys(), kind=self._kind)
        try:
            outside: T = self._outside[key].load()
        except Exception as error:  # a stranger's code may raise anything
            raise Misused(
                where=self._kind,
                found=phrase(
                    "“{name}” of another package does not load: {error}.", name=key, error=error
                ),
                remedy=phrase("Mend or uninstall that package."),
            ) from error
        return outside


def _made(thing: str | Later[T] | T) -> T:
    if isinstance(thing, Later):
        return thing.make()
    if not isinstance(thing, str):
        return thing
    module, _, name = thing.partition(":")
    imported: T = getattr(import_module(module), name)
    return imported
