# A messenger of PyQt6 with one contact: a list of calls, a bar that asks for devices, a button that accepts, and the call window of
# docs/hosts/qt.md, which the test has written beside it. Its channel to the contact, and the hands of the person, are lines of JSON on
# its standard input; what happens it says on its standard output.
#
#   qt-messenger.py FOLDER NAME CONTACT     FOLDER has call_window.py; the files of the page are in FOLDER/dist
import json
import sys
import threading

from PyQt6.QtCore import QObject, Qt, pyqtSignal
from PyQt6.QtGui import QKeySequence, QShortcut
from PyQt6.QtWidgets import (
    QApplication,
    QLabel,
    QListWidget,
    QMainWindow,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

folder, own_name, contact = sys.argv[1:]
sys.path.insert(0, folder)
from call_window import CallWindow, register_scheme  # noqa: E402


def say(**words):
    print(json.dumps(words), flush=True)


class Hands(QObject):
    """What the test has a person do, on the thread of the window."""

    did = pyqtSignal(dict)


class Messenger(QMainWindow):
    def __init__(self):
        super().__init__()
        self.setWindowTitle(own_name)
        self.resize(420, 900)
        self.records = QListWidget()
        self.bar = QLabel("no device was asked for")
        self.accept_button = QPushButton("Accept")
        self.accept_button.hide()
        self.accept_button.clicked.connect(lambda: self.ask("accept", {"media": "video"}))
        self.call = CallWindow(f"{folder}/dist", self.may_capture)
        self.call.fact.connect(self.heard)
        self.call.setFixedHeight(640)
        box = QVBoxLayout()
        for part in (self.records, self.bar, self.accept_button, self.call):
            box.addWidget(part)
        middle = QWidget()
        middle.setLayout(box)
        self.setCentralWidget(middle)
        # The back button of a phone and the Escape key of a desktop are one thing.
        back = QShortcut(QKeySequence(Qt.Key.Key_Back), self)
        back.activated.connect(self.go_back)
        self.asked = []
        self.rings = False
        self.state = "none"

    def may_capture(self, feature):
        self.asked.append(feature.name)
        self.bar.setText(f"{feature.name} is in use")
        return True

    def ask(self, verb, data):
        self.call.request(verb, data, lambda answer, code: say(verb=verb, answer=answer, code=code))

    def go_back(self):
        def done(answer, _code):
            if not answer.get("handled"):
                self.call.hide()
            say(back=answer.get("handled"), callIsShown=self.call.isVisible())

        self.call.request("back-button", {}, done)

    def heard(self, kind, data):
        if kind == "ready":
            person = {"id": contact, "name": contact}
            self.call.request("configure", {"contact": person, "lang": "en", "colorScheme": "light"})
        elif kind == "signal":
            say(signal=data["message"])
        elif kind == "ring":
            self.rings = data["on"]
        elif kind == "incoming":
            self.accept_button.show()
        elif kind == "state-changed":
            self.state = data["state"]
            self.accept_button.setVisible(self.state == "incoming")
        elif kind == "call-ended":
            record = data["record"]
            self.records.addItem(f"{record['direction']} {record['outcome']} {contact}")
        elif kind == "error":
            say(error=data["code"], message=data["message"])
        say(fact=kind)

    def do(self, deed):
        name = deed["do"]
        if name == "receive":
            self.call.request("receive-signal", {"message": deed["message"], "from": contact})
        elif name == "press-accept":
            self.accept_button.click()
        elif name == "back":
            self.go_back()
        elif name == "ask":
            self.ask(deed["verb"], deed.get("data", {}))
        elif name == "look":
            lines = [self.records.item(row).text() for row in range(self.records.count())]
            say(
                look={
                    "state": self.state,
                    "rings": self.rings,
                    "accept": self.accept_button.isVisible(),
                    "asked": self.asked,
                    "bar": self.bar.text(),
                    "records": lines,
                }
            )
        elif name == "script":
            self.call.page().runJavaScript(deed["script"], lambda value: say(value=value))
        elif name == "pixel":
            image = self.call.grab().toImage()
            say(value=image.pixelColor(*deed["at"]).lightness())
        elif name == "quit":
            QApplication.quit()


register_scheme()
app = QApplication(sys.argv)
messenger = Messenger()
messenger.show()
hands = Hands()
hands.did.connect(messenger.do)


def listen():
    for line in sys.stdin:
        hands.did.emit(json.loads(line))
    hands.did.emit({"do": "quit"})


threading.Thread(target=listen, daemon=True).start()
code = app.exec()
# Before the interpreter takes objects apart in an order of its own.
messenger.call.setPage(None)
sys.exit(code)
