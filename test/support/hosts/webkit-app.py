# A native app with a WebView: WebKitGTK by its GObject bindings (Debian: gir1.2-webkit2-4.1 python3-gi). It has a message handler "sx" with
# reply, and hands texts from its standard input to the page, texts of the page to its standard output, each as one line of JSON.
#
#   webkit-app.py URL call     texts for the page go by call_async_javascript_function
#   webkit-app.py URL reply    they are the replies to what the page has said, where it has said something
import json
import sys
import threading

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("JavaScriptCore", "4.1")
gi.require_version("WebKit2", "4.1")
from gi.repository import GLib, Gtk, JavaScriptCore, WebKit2  # noqa: E402

url, way = sys.argv[1:]
replies = []


def say(kind, text):
    print(json.dumps({kind: text}), flush=True)


def heard(_manager, value, reply):
    if way == "reply":
        replies.append((value.get_context(), reply))
    else:
        reply.return_value(JavaScriptCore.Value.new_null(value.get_context()))
    say("text", value.to_string() if value.is_string() else None)
    return True


def called(view, result):
    try:
        view.call_async_javascript_function_finish(result)
    except GLib.Error as error:
        say("refused", error.message)


def post(text):
    if replies:
        context, reply = replies.pop(0)
        reply.return_value(JavaScriptCore.Value.new_string(context, text))
    else:
        given = GLib.Variant("a{sv}", {"text": GLib.Variant("s", text)})
        view.call_async_javascript_function("sxReceive(text)", -1, given, None, None, None, called)


def listen():
    for line in sys.stdin:
        message = json.loads(line)
        if "text" in message:
            GLib.idle_add(post, message["text"])
        else:
            GLib.idle_add(view.reload)
    GLib.idle_add(Gtk.main_quit)


manager = WebKit2.UserContentManager()
manager.connect("script-message-with-reply-received::sx", heard)
manager.register_script_message_handler_with_reply("sx", None)
view = WebKit2.WebView(user_content_manager=manager)
window = Gtk.Window(default_width=390, default_height=780)
window.add(view)
window.show_all()
view.load_uri(url)
threading.Thread(target=listen, daemon=True).start()
Gtk.main()
