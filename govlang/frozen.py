"""Immutable values: the `dataclass` of the standard library, without its cost at start-up.

In: a class with annotated fields. Out: the same class with slots, an initialiser, equality, a hash that is computed once, and
positional matching. The standard decorator writes and compiles source text for every class (about half a millisecond each);
with some two hundred node types that would be most of the time that `govlang check` takes. Only what this project uses is
here: defaults, factories, `compare=False`, `kw_only`, `order`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")
V = TypeVar("V")
R = TypeVar("R")


class _Missing:
    """The type of `MISSING`."""


MISSING = _Missing()
OFTEN = 400


class Field:
    """What `field` says about one attribute."""

    __slots__ = ("compare", "default", "factory", "kw_only", "repr")

    def __init__(self, default: Any, factory: Any, compare: bool, kw_only: bool, repr: bool) -> None:
        self.default, self.factory = default, factory
        self.compare, self.kw_only, self.repr = compare, kw_only, repr


def field(
    *,
    default: Any = MISSING,
    default_factory: Any = MISSING,
    compare: bool = True,
    kw_only: bool = False,
    repr: bool = True,
) -> Any:
    """A field that is not compared, is given by keyword only, or has a fresh default for each value."""
    return Field(default, default_factory, compare, kw_only, repr)


@dataclass_transform(field_specifiers=(field,))
def dataclass(*, frozen: bool = False, slots: bool = True, order: bool = False) -> Callable[[type[T]], type[T]]:
    """Makes a class of values; `frozen` ones are hashable and cannot be changed."""

    def decorate(cls: type[T]) -> type[T]:
        return _build(cls, frozen, order)

    return decorate


def replace(value: T, /, **changes: Any) -> T:
    """A copy of a value with some fields changed. Raises TypeError for a field that the value does not have."""
    cls: Any = type(value)
    puts: dict[str, Callable[[Any, Any], None]] = cls.__puts__
    unknown = changes.keys() - puts.keys()
    if unknown:
        raise TypeError(f"{cls.__name__} has no field {sorted(unknown)[0]}")
    made: T = cls.__new__(cls)
    for name, put in puts.items():
        put(made, changes[name] if name in changes else getattr(value, name))
    return made


def once(function: Callable[[V], R]) -> Callable[[V], R]:
    """A function of one frozen value that is worked out once for each value, and kept with it."""

    @wraps(function)
    def kept(value: V) -> R:
        try:
            known: dict[Any, R] = value._known  # type: ignore[attr-defined]
        except AttributeError:
            known = {}
            object.__setattr__(value, "_known", known)
        if function not in known:
            known[function] = function(value)
        return known[function]

    return kept


_ATOMS = frozenset({str, int, bool, type(None)})  # most of what there is, with nothing inside


def parts(value: object) -> Iterator[object]:
    """Every value inside a value, through fields and tuples, each once however often it is shared."""
    seen: set[int] = set()
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if id(part) in seen:
            continue
        seen.add(id(part))
        yield part
        kind = type(part)
        if kind is tuple:
            waiting += part  # type: ignore[arg-type]
        elif kind in _ATOMS:
            continue
        elif isinstance(part, tuple):
            waiting += part
        else:
            waiting += [getattr(part, name) for name in getattr(kind, "__record_fields__", ())]


_REQUIRED = Field(MISSING, MISSING, True, False, True)


def _build(cls: type[T], frozen: bool, order: bool) -> type[T]:
    namespace = dict(cls.__dict__)
    namespace.pop("__dict__", None)
    namespace.pop("__weakref__", None)
    fields: dict[str, Field] = {}
    inherits = False  # what all such values do comes from a base that is one of the same kind
    for base in cls.__mro__[-2:0:-1]:
        if "__record_fields__" in base.__dict__:
            fields.update(base.__dict__["__record_fields__"])
            inherits = hasattr(base, "_hash") == frozen
    own = tuple(cls.__annotations__)
    for name in own:
        given = namespace.pop(name, MISSING)
        if type(given) is not Field:
            given = _REQUIRED if given is MISSING else Field(given, MISSING, True, False, True)
        fields[name] = given
    keywords = [name for name, item in fields.items() if item.kw_only]
    positional = [name for name in fields if name not in keywords] if keywords else list(fields)
    kept = () if inherits or not frozen or hasattr(cls, "_hash") else ("_hash", "_known")
    namespace["__slots__"] = (*own, *kept)
    namespace["__record_fields__"] = {name: fields[name] for name in (*positional, *keywords)}
    namespace["__match_args__"] = tuple(positional)
    namespace["__compared__"] = _COMPARED
    namespace["__puts__"] = _PUTS
    namespace["__init__"] = _first
    if not inherits:
        namespace.setdefault("__repr__", _repr)
        namespace["__eq__"] = _eq
        namespace["__hash__"] = _hash if frozen else None
        if frozen:
            namespace["__setattr__"] = _frozen_setattr
            namespace["__delattr__"] = _frozen_delattr
    if order:
        namespace.update(__lt__=_lt, __le__=_le, __gt__=_gt, __ge__=_ge)
    made: Any = type(cls)
    built: type[T] = made(cls.__name__, cls.__bases__, namespace)
    built.__qualname__ = cls.__qualname__
    return built


class _Later:
    """Something about a class of values that is worked out when it is first asked for: most classes are never used in a run."""

    def __init__(self, name: str, work_out: Callable[[Any], Any]) -> None:
        self.name, self.work_out = name, work_out

    def __get__(self, value: object, cls: Any) -> Any:
        found = self.work_out(cls)
        setattr(cls, self.name, staticmethod(found) if callable(found) else found)
        return found


def _first(self: Any, *values: Any, **given: Any) -> None:
    """The first value of a class: its initialiser is made."""
    cls: Any = next(base for base in type(self).__mro__ if "__record_fields__" in base.__dict__)
    cls.__init__ = _initialiser(cls, cls.__record_fields__, len(cls.__match_args__))
    cls.__init__(self, *values, **given)


def _initialiser(cls: Any, fields: dict[str, Field], positional: int) -> Callable[..., None]:
    """The initialiser of a class; one that has been used often makes way for one that is written for the class."""
    names = tuple(fields)
    plain = {name: item.default for name, item in fields.items() if item.default is not MISSING}
    made = {name: item.factory for name, item in fields.items() if item.factory is not MISSING}
    puts: dict[str, Callable[[Any, Any], None]] = cls.__puts__
    setters, size = tuple(puts.values()), len(names)
    uses = 0

    def complete(values: tuple[Any, ...], given: dict[str, Any]) -> list[Any]:
        if len(values) > positional:
            raise TypeError(f"{cls.__name__} takes {positional} values in order, not {len(values)}")
        found = list(values)
        for name in names[len(values) :]:
            if name in given:
                found.append(given.pop(name))
            elif name in plain:
                found.append(plain[name])
            elif name in made:
                found.append(made[name]())
            else:
                raise TypeError(f"{cls.__name__} needs {name}")
        if given:
            raise TypeError(f"{cls.__name__} has no field {sorted(given)[0]}, or it is given twice")
        return found

    def __init__(self: Any, *values: Any, **given: Any) -> None:
        nonlocal uses
        uses += 1
        if uses == OFTEN:
            cls.__init__ = _written(puts, fields)
        all_values = values if len(values) == size == positional and not given else complete(values, given)
        for put, value in zip(setters, all_values):  # noqa: B905 - as many of one as of the other
            put(self, value)

    return __init__


def _setters(cls: Any) -> dict[str, Callable[[Any, Any], None]]:
    """What sets each field, whether or not the class lets itself be changed: `object.__setattr__` would look for it each time."""
    return {name: getattr(cls, name).__set__ for name in cls.__record_fields__}


def _written(puts: dict[str, Callable[[Any, Any], None]], fields: dict[str, Field]) -> Callable[..., None]:
    """The same initialiser as source text, compiled: three times as fast, and worth a quarter of a millisecond only then."""
    known: dict[str, Any] = {"MISSING": MISSING, **{f"put_{name}": put for name, put in puts.items()}}
    head, body = ["self"], []
    for name, item in fields.items():
        if item.kw_only and "*" not in head:
            head.append("*")
        value = name
        if item.default is not MISSING:
            known[f"default_{name}"] = item.default
            head.append(f"{name}=default_{name}")
        elif item.factory is not MISSING:
            known[f"make_{name}"] = item.factory
            head.append(f"{name}=MISSING")
            value = f"make_{name}() if {name} is MISSING else {name}"
        else:
            head.append(name)
        body.append(f"    put_{name}(self, {value})")
    exec(f"def __init__({', '.join(head)}):\n" + "\n".join(body or ["    pass"]), known)
    written: Callable[..., None] = known["__init__"]
    return written


def _compared(cls: Any) -> Callable[[Any], Any]:
    """What values are compared and hashed by: the values of these fields (one field: its value; none: nothing)."""
    names = [name for name, item in cls.__record_fields__.items() if item.compare]
    return attrgetter(*names) if names else lambda self: ()


_COMPARED, _PUTS = _Later("__compared__", _compared), _Later("__puts__", _setters)


def _eq(self: Any, other: Any) -> Any:
    if self is other:
        return True
    if type(self) is not type(other):
        return NotImplemented
    key: Callable[[Any], object] = self.__compared__
    return bool(key(self) == key(other))


def _hash(self: Any) -> int:
    try:
        known: int = self._hash
    except AttributeError:
        known = hash((type(self).__name__, self.__compared__(self)))
        object.__setattr__(self, "_hash", known)
    return known


def _lt(self: Any, other: Any) -> bool:
    return self.__compared__(self) < self.__compared__(other) if type(self) is type(other) else NotImplemented


def _le(self: Any, other: Any) -> bool:
    return self.__compared__(self) <= self.__compared__(other) if type(self) is type(other) else NotImplemented


def _gt(self: Any, other: Any) -> bool:
    return self.__compared__(self) > self.__compared__(other) if type(self) is type(other) else NotImplemented


def _ge(self: Any, other: Any) -> bool:
    return self.__compared__(self) >= self.__compared__(other) if type(self) is type(other) else NotImplemented


def _repr(self: Any) -> str:
    shown = (f"{name}={getattr(self, name)!r}" for name, item in self.__record_fields__.items() if item.repr)
    return f"{type(self).__name__}({', '.join(shown)})"


def _frozen_setattr(self: Any, name: str, value: Any) -> None:
    raise AttributeError(f"{type(self).__name__} cannot be changed")


def _frozen_delattr(self: Any, name: str) -> None:
    raise AttributeError(f"{type(self).__name__} cannot be changed")
