"""Places as lawyers write them, found in the calendar library: countries, regions, cities of business, and the banks there.

In: a place of `working days of`. Out: `Calendar`, which yields a year's holidays; or `UnknownPlace`, with what to write instead.
Only `govlang calendar lock` comes here, and with it the `holidays` package (the extra `calendar`). No answer does.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import Any

from govlang.diagnostics import did_you_mean
from govlang.frozen import dataclass
from govlang.syntax import nodes as n

# Names of countries beside those that the library has.
ALSO = {
    "United States of America": "US", "America": "US", "Great Britain": "GB", "Czech Republic": "CZ", "Holland": "NL",
    "The Netherlands": "NL", "Republic of Korea": "KR", "Korea": "KR", "Russian Federation": "RU", "Cape Verde": "CV",
    "People's Republic of China": "CN", "Türkiye": "TR", "Viet Nam": "VN", "Macao": "MO", "Côte d'Ivoire": "CI",
}  # fmt: skip

# Cities by which contracts name a calendar, with the country and region whose holidays are kept there.
CITIES = {
    "Tokyo": ("JP", ""), "Osaka": ("JP", ""), "London": ("GB", "ENG"), "Edinburgh": ("GB", "SCT"), "Paris": ("FR", ""),
    "Frankfurt": ("DE", "HE"), "Munich": ("DE", "BY"), "Zurich": ("CH", "ZH"), "Geneva": ("CH", "GE"), "Basel": ("CH", "BS"),
    "New York": ("US", "NY"), "San Francisco": ("US", "CA"), "Los Angeles": ("US", "CA"), "Chicago": ("US", "IL"),
    "Boston": ("US", "MA"), "Toronto": ("CA", "ON"), "Montreal": ("CA", "QC"), "Vancouver": ("CA", "BC"),
    "Stockholm": ("SE", ""), "Copenhagen": ("DK", ""), "Helsinki": ("FI", ""), "Tallinn": ("EE", ""), "Riga": ("LV", ""),
    "Vilnius": ("LT", ""), "Dublin": ("IE", ""), "Amsterdam": ("NL", ""), "The Hague": ("NL", ""), "Brussels": ("BE", ""),
    "Lisbon": ("PT", ""), "Madrid": ("ES", "MD"), "Sydney": ("AU", "NSW"), "Melbourne": ("AU", "VIC"), "Mumbai": ("IN", "MH"),
    "Shanghai": ("CN", ""), "Beijing": ("CN", ""), "Seoul": ("KR", ""), "Taipei": ("TW", ""), "Dubai": ("AE", ""),
}  # fmt: skip


class UnknownPlace(ValueError):
    """A place that the library does not know, or that is not clear. `hint` says what to write instead."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


@dataclass(frozen=True, slots=True)
class Calendar:
    """What of the library stands for a place: a country, a region of it, kinds of holidays; or a bank's own calendar."""

    country: str
    region: str
    kinds: tuple[str, ...]
    bank: str
    taken: str
    note: str = ""

    def of(self, year: int) -> Iterator[tuple[date, str]]:
        """The holidays of a year with their names, in English where the library has it."""
        import holidays

        if self.bank:
            found: Any = holidays.financial_holidays(self.bank, years=year)
        else:
            found = holidays.country_holidays(
                self.country, subdiv=self.region or None, years=year, categories=self.kinds, language=_language(self.country)
            )
        yield from sorted((day, str(name)) for day, name in found.items() if day.year == year)

    def years(self) -> tuple[int, int]:
        """The first and the last year that the library can tell."""
        kind = _class(self.country)
        return kind.start_year, kind.end_year


def find(place: n.Place) -> Calendar:
    """The calendar of a place. Raises UnknownPlace."""
    country, region, note = _where(place)
    name = _name(country)
    where = f"{name}, {region}" if region else name
    if not place.banks:
        return Calendar(country, region, ("public",), "", f"public holidays of {where}", note)
    if "bank" in _class(country).supported_categories:
        return Calendar(country, region, ("public", "bank"), "", f"public and bank holidays of {where}", note)
    if country == "US":
        return Calendar(country, region, (), "XFED", "holidays of the Federal Reserve")
    more = f"no bank holidays of {name} are known: its public holidays count for {place.text}"
    notes = "; ".join(part for part in (note, more) if part)
    return Calendar(country, region, ("public",), "", f"public holidays of {where}", notes)


def _where(place: n.Place) -> tuple[str, str, str]:
    """The country and region of a place, and what to know about it."""
    name = place.name.text
    if place.within is not None:
        country = _countries().get(_plain(place.within.text))
        if country is None:
            hint = did_you_mean(place.within.text, _country_names()) or "name the country in English"
            raise UnknownPlace(f"'{place.within.text}' is no country that the calendar library knows", hint)
        return _in_country(name, country)
    if country := _countries().get(_plain(name)):
        return country, "", ""
    cities = {_plain(city): found for city, found in CITIES.items()}
    if _plain(name) in cities:
        return (*cities[_plain(name)], "")
    return _anywhere(name)


def _in_country(name: str, country: str) -> tuple[str, str, str]:
    regions = _regions(country)
    if not regions:
        return country, "", f"no regions of {_name(country)} are known: its national holidays count for {name}"
    cities = {_plain(city): code for city, (where, code) in CITIES.items() if where == country}
    found = regions.get(_plain(name)) or cities.get(_plain(name))
    if found is None:
        names = sorted(_region_names(country))
        hint = did_you_mean(name, names) or f"its regions are {', '.join(names[:30])}"
        raise UnknownPlace(f"the calendar library knows no region '{name}' of {_name(country)}", hint)
    return country, found, ""


def _anywhere(name: str) -> tuple[str, str, str]:
    """A region without its country: sound where only one country has a region of that name."""
    found = [(country, _regions(country)[_plain(name)]) for country in _codes() if _plain(name) in _regions(country)]
    if len(found) == 1:
        return (*found[0], "")
    if found:
        written = " or ".join(f"`{name} in {_name(country)}`" for country, _ in found)
        raise UnknownPlace(f"there is a {name} in {', '.join(_name(country) for country, _ in found)}", f"write {written}")
    every = [*_country_names(), *CITIES, *(region for country in _codes() for region in _region_names(country))]
    hint = did_you_mean(name, every) or f"name a country, or a region with its country: `{name} in ...`"
    raise UnknownPlace(f"the calendar library knows no place '{name}'", hint)


# ---------------------------------------------------------------- the library's own tables


def _codes() -> list[str]:
    """The two-letter codes of all countries."""
    from holidays import registry

    return sorted({names[1] for names in registry.COUNTRIES.values()})


def _countries() -> dict[str, str]:
    """Countries by their names in plain letters, and by their codes."""
    from holidays import registry

    found = {_plain(name): code for name, code in ALSO.items()}
    for module, names in registry.COUNTRIES.items():
        for name in (module, *names):
            found.setdefault(_plain(name), names[1])
    return found


def _country_names() -> list[str]:
    return sorted({*(_name(code) for code in _codes()), *ALSO})


def _name(code: str) -> str:
    """A country's name in words."""
    from holidays import registry

    module = next(module for module, names in registry.COUNTRIES.items() if names[1] == code)
    small = ("and", "of", "the")
    return " ".join(word if word in small else word.capitalize() for word in module.split("_")).replace("Hongkong", "Hong Kong")


def _class(code: str) -> Any:
    import holidays

    return getattr(holidays, code)


def _regions(code: str) -> dict[str, str]:
    """The regions of a country by their names in plain letters, and by their codes."""
    kind = _class(code)
    found = {_plain(region): region for region in kind.subdivisions}
    for region, names in kind.get_subdivision_aliases().items():
        for name in names:
            found[_plain(name)] = region
    return found


def _region_names(code: str) -> list[str]:
    kind = _class(code)
    aliases = kind.get_subdivision_aliases()
    return [next(iter(aliases.get(region) or (region,))) for region in kind.subdivisions]


def _language(code: str) -> str | None:
    kind = _class(code)
    language: str | None = "en_US" if "en_US" in kind.supported_languages else kind.default_language
    return language


def _plain(name: str) -> str:
    """A name without accents, spaces and capitals."""
    letters = unicodedata.normalize("NFKD", name.casefold().replace("ø", "o").replace("ł", "l"))
    return "".join(letter for letter in letters if letter.isalnum())
