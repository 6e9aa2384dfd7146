"""Names as words: persons' names, initials, countries."""

import pytest

from analystkit.layers.entities import countries, names


@pytest.mark.parametrize(
    ("words", "surname"),
    [
        ("Petra Halloran", "halloran"),
        ("Kim Jong Un", "kim"),
        ("Kim Yung-ho", "kim"),
        ("Xi Jinping", "xi"),
        ("Kim Novak", "novak"),
        ("Ursula von der Leyen", "von der leyen"),
        ("Mohammed bin Salman", "bin salman"),
        ("Zoë Márquez-Núñez", "marquez-nunez"),
        ("Robert Kennedy Jr.", "kennedy"),
        ("Margaret “Mags” Pemberton", "pemberton"),
        ("Itzel", ""),
    ],
)
def test_the_surname_is_found_in_either_order(words: str, surname: str) -> None:
    assert " ".join(names.person(words).surname) == surname


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Kim Jong Un", "Kim Jong-un", True),
        ("Kim Jong Un", "Kim Jong Il", False),
        ("Joe R. Biden", "Joe Biden", True),
        ("J. Biden", "Joe Biden", True),
        ("Damian Holt", "Agnes Holt", False),
        ("Jürgen Øyen", "Jurgen Oyen", True),
        ("Petra Halloran", "Petra Hallam", False),
    ],
)
def test_full_names_are_of_one_person_or_of_two(one: str, other: str, same: bool) -> None:
    assert names.person(one).is_same(names.person(other)) is same


@pytest.mark.parametrize(
    ("words", "called", "fit"),
    [
        ("Kim Jong Un", "Kim", 1.0),
        ("Kim Jong Un", "Un", 0.0),
        ("Ursula von der Leyen", "Leyen", 1.0),
        ("Margaret “Mags” Pemberton", "Mags", 0.8),
        ("William Windsor", "William", 0.5),
        ("Damian Holt", "Agnes", 0.0),
    ],
)
def test_how_a_person_may_be_called(words: str, called: str, fit: float) -> None:
    assert names.person(words).may_be_called(names.person(called).parts) == fit


@pytest.mark.parametrize(
    ("words", "gender"), [("Solveig Marr", "f"), ("Aldo Brandt", "m"), ("Kim Jong Un", None), ("Itzel", None)]
)
def test_given_names_tell_a_gender_or_do_not(words: str, gender: str | None) -> None:
    assert names.gender_of_given_name(names.person(words)) == gender


def test_initials_leave_small_words_out_and_in() -> None:
    assert "RFC" in names.initials("Regional Fisheries Council")
    assert {"BM", "BOM"} <= names.initials("Bank of Marovia")
    assert not names.initials("Meridian")


@pytest.mark.parametrize(
    ("words", "code", "role"),
    [
        ("North Korea", "KP", "name"),
        ("DPRK", "KP", "name"),
        ("Democratic People’s Republic of Korea", "KP", "name"),
        ("U.S.", "US", "name"),
        ("the Netherlands", "NL", "name"),
        ("Ukrainians", "UA", "demonym"),
        ("Swiss", "CH", "demonym"),
        ("Indian", "IN", "demonym"),
        ("Pyongyang", "KP", "capital"),
        ("Singapore", "SG", "name"),
    ],
)
def test_countries_their_people_and_capitals(words: str, code: str, role: str) -> None:
    found = countries.find(words)
    assert found is not None
    assert (found[0].code, found[1]) == (code, role)


@pytest.mark.parametrize("words", ["us", "Island", "Tarn", "in", ""])
def test_other_words_are_no_country(words: str) -> None:
    assert countries.find(words) is None
