"""Amounts: their number, their unit, and what is none."""

from typing import Any

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analystkit.layers.amounts import find, number


@pytest.mark.parametrize(
    ("text", "words", "value", "unit"),
    [
        ("It cost £6.4 million.", "£6.4 million", 6.4e6, "GBP"),
        ("worth $212m", "$212m", 2.12e8, "USD"),
        ("a bill of A$3.50", "A$3.50", 3.5, "AUD"),
        ("$1,000 each", "$1,000", 1000, "USD"),
        ("900,000 francs a year", "900,000 francs", 900_000, "franc"),
        ("two million Swiss francs", "two million Swiss francs", 2e6, "CHF"),
        ("60 million won", "60 million won", 6e7, "KRW"),
        ("a million dollars", "a million dollars", 1e6, "USD"),
        ("spent Rs 6,000 crore on roads", "Rs 6,000 crore", 6e10, "rupee"),
        ("five lakh rupees", "five lakh rupees", 5e5, "rupee"),
        ("an alleged N80.2 billion fraud", "N80.2 billion", 8.02e10, "NGN"),
        ("by 18 percent", "18 percent", 18, "percent"),
        ("by 25%", "25%", 25, "percent"),
        ("4.5 pct", "4.5 pct", 4.5, "percent"),
        ("by a quarter of a percentage point", "a quarter of a percentage point", 0.25, "percentage point"),
        ("twenty-five percent", "twenty-five percent", 25, "percent"),
        ("a 10-kilometer run", "10-kilometer", 10, "km"),
        ("some 3,000 km² of land", "3,000 km²", 3000, "km²"),
        ("1.5 million barrels a day", "1.5 million barrels a day", 1.5e6, "bbl/d"),
        ("at 40 degrees Celsius", "40 degrees Celsius", 40, "°C"),
    ],
)
def test_amounts_are_numbers_with_units(text: str, words: str, value: float, unit: str) -> None:
    (record,) = find(text)
    assert (record["text"], record["value"], record["unit"]) == (words, pytest.approx(value), unit)


@pytest.mark.parametrize(
    ("text", "value", "to", "modifier"),
    [
        ("$5-6 billion", 5e9, 6e9, None),
        ("about 5 to 10 percent", 5, 10, "about"),
        ("between 3 and 5 miles", 3, 5, None),
        ("at least 20 tons", 20, None, "at least"),
    ],
)
def test_ranges_and_hedges_are_kept(text: str, value: float, to: float | None, modifier: str | None) -> None:
    (record,) = find(text)
    assert (record["value"], record.get("to"), record.get("modifier")) == (value, to, modifier)


@pytest.mark.parametrize(
    "text", ["23 officers won", "up to 60 vessels", "a mile away", "in 2016", "a 48-page text", "G7", "N95 masks", ""]
)
def test_other_numbers_are_none(text: str) -> None:
    assert list(find(text)) == []


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.sampled_from(["$5", "€", "million", "3", "to", "percent", "a", "km", "–", "£1.2", "🕊️", ",", "half"]))
)
def test_amounts_are_disjoint_and_in_place(parts: list[str]) -> None:
    text = " ".join(parts)
    end = 0
    for record in find(text):
        assert end <= record["start"] < record["end"]
        assert text[record["start"] : record["end"]] == record["text"]
        end = record["end"]


def test_the_layer_leaves_furniture_out() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("analystkit_layout")
    nlp.add_pipe("analystkit_amounts")
    doc = nlp("It cost $5 million.\n\n1 of 2 | A ship of 300 tons. Photo by Ana Ruiz/UPI\n")
    found: list[dict[str, Any]] = doc._.amounts
    assert [record["text"] for record in found] == ["$5 million"]


def test_one_word_is_a_number_in_figures_or_letters() -> None:
    words = ("1,200", "Twelve", "twenty-four", "sixty", "a", "many", "twenty-odd", "40th")
    assert [number(word) for word in words] == [1200, 12, 24, 60, None, None, None, None]
