"""What analystkit raises on purpose.

    AnalystkitError
    ├── ArticleError (ValueError)     the input cannot be read as an article
    │   └── FetchError                the address cannot be fetched, or holds no article
    ├── CorpusError                   a folder is no corpus, or was begun with other inputs or another pipeline
    ├── CorrectionsError (ValueError) data is not a correction that we can read
    │   └── StoreError                the file of corrections is foreign, damaged or cannot be written
    ├── LessonError (ValueError)      an exercise or a set of answers cannot be made, read or graded
    │   ├── ExerciseError             there is nothing to ask, or the exercise's file is not one
    │   └── AnswersError              a file is not a student's answers to the exercise
    ├── NotebookError                 a notebook cannot be read, or one of its cells fails
    ├── FormatError (ValueError)      a file of another format cannot be read or written
    ├── PipelineError                 the language pipeline is missing or does not fit
    ├── SchemaError (ValueError)      data is not an analysis of the schema we know
    └── SpanError (ValueError)        an offset lies outside the text

    AnalystkitWarning (UserWarning)   the result stands, but the user should know something

Catch `AnalystkitError` to catch them all:

    try:
        article = analystkit.read("minutes.txt")
    except analystkit.errors.AnalystkitError as error:
        print(error)
"""


class AnalystkitError(Exception):
    """Base of everything analystkit raises on purpose; the message is written for the user."""


class ArticleError(AnalystkitError, ValueError):
    """Raised when a source cannot be read as an article.

    The file is missing, empty, too large or not text; the HTML holds no article; the string is blank.
    """


class FetchError(ArticleError):
    """Raised when a web address cannot be fetched or holds no article.

    The address is malformed, private or unreachable; the server answers with an error, too slowly, too much
    or something other than a page; or no article text is found on the page.
    """


class CorpusError(AnalystkitError):
    """Raised when a folder cannot be read, or gone on with, as the corpus that it should be.

    It holds no corpus, or one of other inputs or another pipeline; another process is writing it; an article
    that is asked for is not in it.
    """


class CorrectionsError(AnalystkitError, ValueError):
    """Raised when data that should be corrections (an event, a correction file) do not follow their schema."""


class StoreError(CorrectionsError):
    """Raised when a store of corrections cannot be used.

    It is another kind of file, damaged, from a later version, held by another program, or cannot be written.
    """


class LessonError(AnalystkitError, ValueError):
    """Base of what goes wrong with exercises and answers."""


class ExerciseError(LessonError):
    """Raised when an exercise cannot be made, because there is nothing to ask, or its file is not an exercise."""


class AnswersError(LessonError):
    """Raised when answers cannot be graded: the file is not one of answers, or they belong to another exercise."""


class FormatError(AnalystkitError, ValueError):
    """Raised when an export cannot be written, or a file that should be one cannot be read as an analysis."""


class NotebookError(AnalystkitError):
    """Raised when a notebook cannot be read or run: it is missing or damaged, a cell fails or takes too long."""


class PipelineError(AnalystkitError):
    """Raised when a pipeline cannot be loaded, or lacks what one of our layers needs from it."""


class SchemaError(AnalystkitError, ValueError):
    """Raised when data that should be an analysis does not follow the schema."""


class SpanError(AnalystkitError, ValueError):
    """Raised when a span does not lie within the text it is meant to mark."""


class AnalystkitWarning(UserWarning):
    """Issued when analystkit goes on with a lesser result than the one asked for."""
