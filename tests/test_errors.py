import inspect

import pytest

from analystkit import errors

FAMILY = [value for value in vars(errors).values() if inspect.isclass(value)]


@pytest.mark.parametrize("error", [e for e in FAMILY if not issubclass(e, Warning)])
def test_one_except_clause_catches_the_whole_family(error):
    with pytest.raises(errors.AnalystkitError):
        raise error("why")


def test_a_failed_fetch_is_an_article_that_cannot_be_read():
    assert issubclass(errors.FetchError, errors.ArticleError)


@pytest.mark.parametrize("error", [errors.ArticleError, errors.SchemaError, errors.SpanError])
def test_wrong_input_is_also_a_value_error(error):
    assert issubclass(error, ValueError)


@pytest.mark.parametrize("error", FAMILY)
def test_every_class_says_when_it_is_raised(error):
    assert len(error.__doc__.split()) > 6
    assert error.__name__ in errors.__doc__


def test_our_warning_can_be_filtered_as_a_user_warning():
    assert issubclass(errors.AnalystkitWarning, UserWarning)
