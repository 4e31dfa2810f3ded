"""Plots as SVG: well-formed, named and described; thresholds drawn, no data never at zero, nothing told by colour alone."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from fractions import Fraction
from itertools import pairwise

import pytest

from govlang.report.document.plots import plot
from govlang.report.document.values import point_table
from govlang.tools.document.blocks import Plot, Point, Series, text


def shape(drawn: str) -> ElementTree.Element:
    return ElementTree.fromstring(drawn)


QUARTERS = ("Q1 2026", "Q2 2026", "Q3 2026", "Q4 2026")


def line(name: str, *values: str | None) -> Series:
    points = tuple(Point(label, Fraction(value) if value else None) for label, value in zip(QUARTERS, values, strict=True))
    return Series(name, points)


SHARES = Plot(
    "shares", "Share of duties in time", "Helios: all. Norwind: none, then half.", "line", (), "share",
    (Point("low below 80%", Fraction(4, 5)),), None,
    (line("Helios", "1", "1", None, "1"), line("Norwind", None, "0", "1/2", "2/3")),
)  # fmt: skip


@pytest.mark.parametrize("alone", [True, False])
def test_a_plot_is_well_formed_named_and_described(alone: bool) -> None:
    drawn = plot(SHARES, standalone=alone, prefix="x")
    root = shape(drawn)
    assert root.get("role") == "img"
    names = (root.get("aria-labelledby") or "").split()
    said = {each.get("id"): each.text for each in root if each.get("id")}
    assert [said[name] for name in names] == [SHARES.title, SHARES.description]
    places = ("x", "y", "width", "height", "d", "viewBox")
    numbers = [value for tag in root.iter() for key, value in tag.attrib.items() if key in places]
    assert not any("." in value for value in numbers)
    assert ("class=" in drawn) is not alone
    assert ("var(--gl-" in drawn) is not alone
    shown = ["".join(each.itertext()) for each in root.iter("{http://www.w3.org/2000/svg}text")]
    assert {"Helios", "Norwind", "low below 80%", "no data", "0%", "100%"} <= set(shown)


def test_no_data_is_drawn_below_the_axis_and_breaks_the_line() -> None:
    root = shape(plot(SHARES))
    axis = max(_heights(root, "gl-axis", "V"))
    points = {title.text: _start(mark) for mark in _of(root, "gl-point") for title in mark if title.text}
    assert points["Q2 2026: 0%"][1] == axis
    assert points["Q3 2026: no data"][1] > axis
    assert points["Q1 2026: no data"][1] > points["Q3 2026: no data"][1]  # each line has its own place there
    ways = [way.get("d") or "" for way in _of(root, "gl-series")]
    assert [way.count("M") for way in ways] == [2, 1]


def _of(root: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [each for each in root.iter() if name in (each.get("class") or "").split()]


def _heights(root: ElementTree.Element, name: str, letter: str) -> list[int]:
    return [int(found) for each in _of(root, name) for found in re.findall(rf"{letter}(\d+)", each.get("d") or "")]


def _start(mark: ElementTree.Element) -> tuple[int, int]:
    """The middle of a mark: of a circle its row, of a square halfway down."""
    place = re.match(r"M(\d+) (\d+)", mark.get("d") or "")
    assert place is not None
    down = 4 if "H" in (mark.get("d") or "") else 0
    return int(place[1]), int(place[2]) + down


def test_bars_show_a_value_of_zero_and_no_bar_for_no_data() -> None:
    points = (Point("Helios", Fraction(0)), Point("Norwind", None), Point("Cetra", Fraction(1)))
    root = shape(plot(Plot("bars", "t", "d", "bars", points, "share")))
    widths = [int(bar.get("width") or 0) for bar in _of(root, "gl-bar")]
    assert len(widths) == 2
    assert widths[0] == 1 < widths[1]
    shown = ["".join(each.itertext()) for each in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "no data" in shown
    assert "0%" in shown


def test_hostile_names_stay_words_in_a_plot() -> None:
    name = '"><script>alert(1)</script>\u202e=HYPERLINK("x")' + "x" * 300
    drawn = plot(Plot("k", name, name, "line", (), "number", (Point(name, Fraction(1)),), None, (line(name, "1", None, "2", "3"),)))
    root = shape(drawn)
    assert "<script" not in drawn
    assert "\u202e" not in drawn
    assert [each.tag.rpartition("}")[2] for each in root.iter() if each.tag.endswith("script")] == []
    assert shape(plot(Plot("", "", "", "bars", (Point("\x07", None),)))) is not None
    assert shape(plot(Plot("e", "", "", "line", (), "number"))) is not None


@pytest.mark.parametrize("value", ["0", "1"])
def test_names_at_the_ends_of_lines_do_not_cover_each_other(value: str) -> None:
    same = tuple(line(f"Party {number}", value, value, value, value) for number in range(6))
    root = shape(plot(Plot("k", "t", "d", "line", (), "share", (), None, same)))
    shown = [each for each in root.iter("{http://www.w3.org/2000/svg}text") if (each.text or "").startswith("Party")]
    places = [int(each.get("y") or 0) for each in shown]
    assert len(places) == 6
    assert all(after - before >= 12 for before, after in pairwise(places))
    assert max(places) < int(root.get("height") or 0) - 20  # above the labels of the axis
    assert len({way.get("stroke-dasharray") for way in _of(root, "gl-series")}) == 6


def test_a_plot_with_several_lines_is_a_table_with_a_column_for_each() -> None:
    table = point_table(SHARES)
    assert [column.title for column in table.columns] == ["At", "Helios", "Norwind"]
    rows = [[text(cell.runs) for cell in row.cells] for row in table.rows]
    assert rows[0] == ["Q1 2026", "100%", "no data"]
    assert rows[-1] == ["low below 80%", "80%", "80%"]
    single = point_table(Plot("k", "t", "d", "bars", (Point("Helios", None),), "share"))
    assert [[text(cell.runs) for cell in row.cells] for row in single.rows] == [["Helios", "no data"]]
