# A window of QtWebEngine without an app: the engine as it is embedded, for the tests that read its pages by DevTools.
import sys

from PyQt6.QtCore import QUrl
from PyQt6.QtWebEngineCore import QWebEnginePage
from PyQt6.QtWebEngineWidgets import QWebEngineView
from PyQt6.QtWidgets import QApplication


def grant(origin, feature):
    page.setFeaturePermission(
        origin, feature, QWebEnginePage.PermissionPolicy.PermissionGrantedByUser
    )


app = QApplication(sys.argv)
view = QWebEngineView()
page = view.page()
page.featurePermissionRequested.connect(grant)
view.resize(1200, 850)
view.load(QUrl("about:blank"))
view.show()
code = app.exec()
view.setPage(None)
sys.exit(code)
