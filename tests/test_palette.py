import pytest

from analystkit.palette import DARK, EITHER, LIGHT, POLARITY_SIGNS, stylesheet

BACKGROUNDS = ["paper", "panel", "quote-tint", "quote-lit", "entity-tint", "neutral-tint"]


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
class TestThemes:
    @pytest.mark.parametrize("behind", BACKGROUNDS)
    @pytest.mark.parametrize("text", ["ink", "quiet"])
    def test_text_is_readable_on_every_tint(self, theme, text, behind):
        assert contrast(theme[text], theme[behind]) >= 4.5

    @pytest.mark.parametrize("polarity", POLARITY_SIGNS)
    def test_signs_are_readable_on_their_chip(self, theme, polarity):
        assert contrast(theme[polarity], theme[f"{polarity}-tint"]) >= 4.5

    @pytest.mark.parametrize("behind", BACKGROUNDS)
    @pytest.mark.parametrize("line", ["entity", "quote", "focus", *POLARITY_SIGNS])
    def test_lines_stand_out_from_every_tint(self, theme, line, behind):
        assert contrast(theme[line], theme[behind]) >= 3

    def test_selected_words_stay_readable(self, theme):
        assert contrast(theme["ink"], theme["selection"]) >= 4.5


@pytest.mark.parametrize("page", ["#ffffff", "#111111"])
@pytest.mark.parametrize("line", ["entity", "quote", *POLARITY_SIGNS])
def test_lines_for_any_page_stand_out_on_white_and_on_black(line, page):
    assert contrast(EITHER[line], page) >= 3


def test_themes_name_the_same_colours_and_the_stylesheet_carries_them():
    assert LIGHT.keys() == DARK.keys()
    css = stylesheet()
    for name in LIGHT:
        assert css.count(f"--ak-{name}: {LIGHT[name]};") == 1
        assert css.count(f"--ak-{name}: {DARK[name]};") == 2
