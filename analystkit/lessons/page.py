"""An exercise as one HTML file for students: no server, no Python, no network.

Without scripts the page shows the article and says that the exercise needs them. It keeps the answers in the tab
(session storage), so that loading it again loses nothing, and nothing is left on the computer when the tab is closed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analystkit.corrections import text_hash
from analystkit.lessons.bundling import script, style
from analystkit.markup import escape, highlight
from analystkit.page.document import document
from analystkit.wire import script_json

if TYPE_CHECKING:
    from analystkit.lessons.exercise import Exercise

_START = """
{
  const stored = (act) => {
    try {
      return act(window.sessionStorage);
    } catch {
      return null; // a browser that keeps nothing for files: the exercise works all the same
    }
  };
  const { exercise, textHash } = JSON.parse(document.getElementById("exercise-data").textContent);
  const before = stored((storage) => JSON.parse(storage.getItem(exercise.id)));
  mountExercise(document.getElementById("exercise"), exercise, {
    textHash,
    answers: before,
    onChange: (sheet) => stored((storage) => storage.setItem(exercise.id, JSON.stringify(sheet.toAnswers(textHash)))),
  });
  document.getElementById("static").remove();
  document.getElementById("exercise").setAttribute("role", "main");
}
"""

_PAGE = """
body { margin: 0; }
#static { max-width: 60em; margin: 0 auto; padding: 1.5rem 1.25rem; font: 17px/1.65 Georgia, "DejaVu Serif", serif; }
"""


def render_page(exercise: Exercise) -> str:
    """The page that `Exercise.share` writes, as a string."""
    data = exercise.to_dict()
    bare = {
        "article": data["article"],
        "text": data["text"],
        "furniture": data["furniture"],
        "entities": [],
        "quotes": [],
        "stances": [],
    }
    return document(
        '<div id="exercise"></div>\n'
        f'<main id="static" class="ak-reader"><p><b>{escape(data["title"])}.</b> {escape(data["task"])} '
        "This exercise needs a browser with scripts switched on; here is the article to read.</p>\n"
        f"{highlight(bare)}</main>\n"
        '<script type="application/json" id="exercise-data">'
        f"{script_json({'exercise': data, 'textHash': text_hash(data['text'])})}</script>",
        title=f"{data['title']}: {data['article']['title'] or data['article']['id']}",
        styles=[style() + _PAGE],
        script=script() + _START,
    )
