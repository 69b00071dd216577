"""Another program at the same desktop, with the clipboard: run with a display, it is asked in lines.

``read`` answers with text, selection and kinds of data in one line of JSON; ``take WORDS`` puts words there first.
"""

from __future__ import annotations

import json
import sys

from PySide6.QtCore import QSocketNotifier
from PySide6.QtGui import QClipboard, QGuiApplication


def main() -> int:
    """Answer until standard input ends."""
    application = QGuiApplication(["other"])
    clipboard = application.clipboard()

    def heard() -> None:
        line = sys.stdin.readline()
        if not line:
            application.quit()
            return
        word, _, rest = line.rstrip("\n").partition(" ")
        if word == "take":
            clipboard.setText(rest)
        answer = {
            "text": clipboard.text(QClipboard.Mode.Clipboard),
            "selection": clipboard.text(QClipboard.Mode.Selection),
            "kinds": clipboard.mimeData().formats(),
        }
        print(json.dumps(answer), flush=True)

    notifier = QSocketNotifier(0, QSocketNotifier.Type.Read, application)
    notifier.activated.connect(heard)
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
