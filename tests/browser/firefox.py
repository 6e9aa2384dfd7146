"""The system's Firefox, driven over WebDriver BiDi (https://w3c.github.io/webdriver-bidi/), the W3C's protocol.

Playwright needs a Firefox that was built for it; this is the one that people have.
"""

import base64
import itertools
import json
import subprocess
import time
from pathlib import Path

import websocket

SECONDS = 90
"""Longest time for one answer, and for what a page is waited for."""


class Firefox:
    """One Firefox without a window, with a profile of its own; what its pages ask for and complain of is kept.

    Attributes:
        asked: Addresses of all requests.
        complaints: Errors of scripts and of the console, broken policies among them.
        downloads: The folder that files are saved in.
    """

    def __init__(self, program, folder, *, scripts=True):
        self.downloads = folder / "downloads"
        self.downloads.mkdir()
        profile = folder / "profile"
        profile.mkdir()
        (profile / "user.js").write_text(
            "".join(f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in self._settings(scripts))
        )
        self._log = (folder / "log").open("w+")
        command = [program, "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port", "0"]
        self._process = subprocess.Popen(command, stdout=self._log, stderr=self._log)
        self.asked, self.complaints, self._numbers = [], [], itertools.count(1)
        try:
            self._socket = websocket.create_connection(
                f"{self._address(folder / 'log')}/session", timeout=SECONDS, suppress_origin=True
            )
            self.do("session.new", capabilities={})
            self.do("session.subscribe", events=["log.entryAdded", "network.beforeRequestSent"])
            # A tab of our own: in the first one the address bar keeps the focus, and Enter and space click nothing.
            self.page = self.do("browsingContext.create", type="tab", background=False)["context"]
            self.size(1280, 800)
        except BaseException:
            self.close()
            raise

    def _settings(self, scripts):
        yield "javascript.enabled", scripts
        yield "browser.download.folderList", 2
        yield "browser.download.dir", str(self.downloads)
        yield "browser.download.useDownloadDir", True
        yield "browser.download.always_ask_before_handling_new_types", False
        for quiet in ("app.update", "datareporting.policy.dataSubmission", "extensions.update", "browser.safebrowsing"):
            yield f"{quiet}.enabled", False
        yield "network.captive-portal-service.enabled", False
        yield "network.connectivity-service.enabled", False
        yield "datareporting.policy.dataSubmissionEnabled", False

    def _address(self, log: Path):
        until = time.monotonic() + SECONDS
        while time.monotonic() < until and self._process.poll() is None:
            for line in log.read_text(errors="replace").splitlines():
                if line.startswith("WebDriver BiDi listening on "):
                    return line.rpartition(" ")[2]
            time.sleep(0.2)
        raise RuntimeError(f"Firefox did not come up:\n{log.read_text(errors='replace')[-2000:]}")

    def do(self, method, **params):
        """One command of the protocol; its result."""
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            message = json.loads(self._socket.recv())
            if message["type"] == "event":
                self._note(message["method"], message["params"])
            elif message.get("id") == number:
                if message["type"] == "error":
                    raise RuntimeError(f"{method}: {message['error']}: {message['message']}")
                return message["result"]

    def _note(self, event, params):
        if event == "network.beforeRequestSent":
            self.asked.append(params["request"]["url"])
        elif params["level"] == "error":
            self.complaints.append(params["text"])

    def size(self, width, height):
        """Makes the page so wide and high, in CSS pixels."""
        self.do("browsingContext.setViewport", context=self.page, viewport={"width": width, "height": height})

    def shown(self):
        """What the page shows, as a PNG."""
        return base64.b64decode(self.do("browsingContext.captureScreenshot", context=self.page)["data"])

    def printed(self):
        """The page as it is printed, as a PDF."""
        return base64.b64decode(self.do("browsingContext.print", context=self.page)["data"])

    def open(self, url):
        """Goes to an address and waits until it is loaded."""
        self.do("browsingContext.navigate", context=self.page, url=url, wait="complete")

    def evaluate(self, function, *arguments):
        """Calls a JavaScript function with plain values; what it returns must be JSON."""
        result = self.do(
            "script.callFunction",
            functionDeclaration=f"(given) => JSON.stringify(({function})(...JSON.parse(given)) ?? null)",
            arguments=[{"type": "string", "value": json.dumps(arguments)}],
            target={"context": self.page},
            awaitPromise=True,
        )
        if result["type"] == "exception":
            raise AssertionError(result["exceptionDetails"]["text"])
        return json.loads(result["result"]["value"])

    def wait(self, function, *arguments):
        """Waits until a JavaScript function returns something true; that."""
        until = time.monotonic() + SECONDS
        while not (value := self.evaluate(function, *arguments)):
            assert time.monotonic() < until, f"not within {SECONDS} s: {function}"
            time.sleep(0.1)
        return value

    def press(self, *keys):
        """Presses and releases keys, one after the other; for several at once: a tuple, the last of which is hit."""
        actions = []
        for key in keys:
            together = key if isinstance(key, tuple) else (key,)
            actions += [{"type": "keyDown", "value": one} for one in together]
            actions += [{"type": "keyUp", "value": one} for one in reversed(together)]
        self._act({"type": "key", "id": "keys", "actions": actions})

    def drag(self, start, end):
        """Presses the mouse at one point of the view, and lets it go at another; both (x, y)."""
        moves = [{"type": "pointerMove", "x": round(x), "y": round(y)} for x, y in (start, end)]
        down, up = {"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}
        self._act({"type": "pointer", "id": "mouse", "actions": [moves[0], down, moves[1], up]})

    def click(self, find, *arguments):
        """Clicks, with the mouse, the middle of the element that a JavaScript function returns, when it is there."""
        at = self.wait(
            f"""(...given) => {{
              const node = ({find})(...given);
              node?.scrollIntoView({{ block: "center" }});
              const [box] = node?.getClientRects() ?? [];
              return box && [box.x + box.width / 2, box.y + box.height / 2];
            }}""",
            *arguments,
        )
        self.drag(at, at)

    def _act(self, source):
        self.do("input.performActions", context=self.page, actions=[source])

    def close(self):
        """Ends the browser."""
        self._process.terminate()
        try:
            self._process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._log.close()
