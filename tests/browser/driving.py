"""What the browser tests do, in words: open and run notebooks in JupyterLab, select words with the mouse."""

import json
from pathlib import Path

import nbformat


def select_words(page, first, last):
    """Drag the mouse from before the words ``first`` of the article to behind the next ``last``."""
    box = page.evaluate(
        """([first, last]) => {
          const article = document.querySelector('.ak-text');
          const text = article.textContent;
          const start = text.indexOf(first);
          const end = text.indexOf(last, start) + last.length;
          const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
          const rangeOf = (from, to) => {
            const range = document.createRange();
            walker.currentNode = article;
            let passed = 0;
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
              if (from >= passed && from < passed + node.length) range.setStart(node, from - passed);
              if (to > passed && to <= passed + node.length) range.setEnd(node, to - passed);
              passed += node.length;
            }
            return range;
          };
          const from = rangeOf(start, start + first.length);
          from.startContainer.parentElement.scrollIntoView({ block: 'center' });
          const head = from.getClientRects()[0];
          const tail = [...rangeOf(end - last.length, end).getClientRects()].at(-1);
          return [head.left + 1, head.top + head.height / 2, tail.right - 1, tail.top + tail.height / 2];
        }""",
        [first, last],
    )
    page.mouse.move(box[0], box[1])
    page.mouse.down()
    page.mouse.move(box[2], box[3], steps=8)
    page.mouse.up()


class Lab:
    """A JupyterLab server in a folder of its own, and what a test does in it."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder = folder
        self.url = url
        self.notebook = ""

    def write(self, name: str, *cells: str) -> str:
        """Put a notebook of code cells into the folder; the name of its file."""
        # With its kernel in the metadata: JupyterLab would ask for one, over the notebook.
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        book = nbformat.v4.new_notebook(metadata={"kernelspec": kernel})
        book.cells = [nbformat.v4.new_code_cell(source) for source in cells]
        nbformat.write(book, self.folder / f"{name}.ipynb")
        return f"{name}.ipynb"

    def open(self, page, notebook: str) -> None:
        """Open a notebook of the folder and wait until its kernel is there."""
        self.notebook = notebook
        # A workspace of its own: the shared one would open what earlier tests had open, in the same page.
        page.goto(f"{self.url}/lab/workspaces/{Path(notebook).stem}/tree/{notebook}", timeout=60_000)
        page.wait_for_function("window.jupyterapp !== undefined", timeout=60_000)
        self._wait(page, "panel", timeout=90_000)
        # A notebook without a kernel in its metadata makes JupyterLab ask for one, and this wait fails.
        self._ask(page, "panel.context.ready.then(() => panel.sessionContext.ready).then(() => true)")
        self._wait(page, "panel.sessionContext.session?.kernel?.status === 'idle'", timeout=90_000)

    def run_all(self, page, *, timeout: float = 120_000) -> None:
        """Run every cell and wait until each has its number; a cell left waiting is a failure.

        The command, not the menu: clicking the menu has been seen to leave cells waiting.
        """
        self._command(page, "notebook:run-all-cells", timeout=timeout)
        self._wait(
            page,
            """panel.content.widgets
              .filter((cell) => cell.model.type === 'code' && cell.model.sharedModel.source.trim())
              .every((cell) => cell.model.executionCount !== null)""",
            timeout=timeout,
        )

    def run_last(self, page) -> str:
        """Run the last cell and return what it printed."""
        self._ask(page, "(panel.content.activeCellIndex = panel.content.widgets.length - 1)")
        self._command(page, "notebook:run-cell")
        return self._ask(page, "panel.content.activeCell.model.outputs.toJSON().map((one) => one.text ?? '').join('')")

    def restart(self, page) -> None:
        """Start the notebook's kernel anew, without the question whether to, and clear what was shown."""
        self._command(page, "notebook:clear-all-cell-outputs")
        self._ask(page, "panel.sessionContext.restartKernel().then(() => true)")
        self._wait(page, "panel.sessionContext.session?.kernel?.status === 'idle'", timeout=90_000)

    def run(self, page, source: str) -> None:
        """Run code in the notebook's kernel, without a cell."""
        code = json.dumps(source)
        self._ask(
            page,
            f"panel.sessionContext.session.kernel.requestExecute({{code: {code}}}).done.then(() => true)",
        )

    def _command(self, page, name: str, *, timeout: float = 60_000) -> None:
        self._ask(page, f"(app.shell.activateById(panel.id), app.commands.execute('{name}'))", timeout=timeout)

    def _ask(self, page, expression: str, *, timeout: float = 60_000):
        """Evaluate JavaScript that may use ``app`` and ``panel``; a promise is waited for, ``timeout`` ms at most."""
        return page.evaluate(
            f"""(path) => {{
              {_PANEL}
              const late = (_, fail) => setTimeout(() => fail(new Error('JupyterLab is stuck')), {timeout});
              return Promise.race([{expression}, new Promise(late)]);
            }}""",
            self.notebook,
        )

    def _wait(self, page, expression: str, *, timeout: float) -> None:
        page.wait_for_function(
            f"(path) => {{ {_PANEL} return panel && ({expression}); }}", arg=self.notebook, timeout=timeout
        )


# JupyterLab itself, and the panel of the notebook that was opened.
_PANEL = """
  const app = window.jupyterapp;
  const panel = [...app.shell.widgets('main')].find((one) => one.context?.path === path);
"""
