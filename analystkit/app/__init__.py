"""The article notebook as an app, for people without JupyterLab: Voila serves it, without its code.

On this computer only, unless told otherwise. Voila's own template would ask a CDN for icons; ours does not,
and a content security policy keeps the page from asking anybody but its own server.
"""

from __future__ import annotations

import ipaddress
import os
from pathlib import Path
from typing import Any, Final

from analystkit.errors import AnalystkitError

NOTEBOOK: Final = "notebooks/01_read_an_article.ipynb"
"""The notebook that is served, in the folder that `analystkit lab` uses, too."""

_POLICY: Final = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",  # JupyterLab's own loader, and anywidget's modules
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "worker-src 'self' blob:",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'self'",
    )
)


def is_local(host: str) -> bool:
    """Whether a host name or address stands for this computer only."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def arguments(notebook: Path, *, host: str, port: int, browser: bool) -> list[str]:
    """Voila's command line."""
    return [
        str(notebook.resolve()),
        f"--Voila.ip={host}",
        f"--port={port}",
        "--template=analystkit",
        "--theme=light",
        *(() if browser else ("--no-browser",)),
    ]


def settings(host: str) -> dict[str, Any]:
    """Settings for Voila's server.

    On this computer only, it also refuses to be called by any other name, since a web page could otherwise
    point a name of its own at this address and act as if it were the app.
    """
    return {
        "headers": {"Content-Security-Policy": _POLICY, "X-Content-Type-Options": "nosniff"},
        "allow_remote_access": not is_local(host),
        "local_hostnames": ["localhost"],
    }


def start(notebook: Path, *, host: str = "127.0.0.1", port: int = 8866, browser: bool = True) -> None:
    """Serve a notebook as an app until it is stopped.

    Args:
        notebook: The notebook; each visitor gets a kernel that runs it.
        host: The address to listen at. Whoever can reach it can use the app.
        port: The first port to try.
        browser: Whether to open it in a browser.

    Raises:
        AnalystkitError: Voila is not installed.
    """
    # Voila looks for templates in Jupyter's data folders only
    share = Path(__file__).with_name("share")
    os.environ["JUPYTER_PATH"] = os.pathsep.join(filter(None, (str(share), os.environ.get("JUPYTER_PATH"))))
    try:
        from voila.app import Voila  # type: ignore[import-untyped]
    except ImportError as error:
        raise AnalystkitError(
            "The app needs Voila, which is not installed. Install it with: pip install 'analystkit[app]'"
        ) from error
    Voila.launch_instance(
        argv=arguments(notebook, host=host, port=port, browser=browser), tornado_settings=settings(host)
    )
