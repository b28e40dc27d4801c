#!/usr/bin/python3
"""A window for WebKitWebDriver as narrow as a phone, which MiniBrowser cannot be. It notes what goes wrong in a page."""
import os

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import Gtk, WebKit2  # noqa: E402

NOTE_FAULTS = """
window.faults = [];
document.addEventListener('securitypolicyviolation', (event) => faults.push(`policy: ${event.violatedDirective} ${event.blockedURI}`));
addEventListener('error', (event) => faults.push(`error: ${event.message || event.target?.outerHTML}`), true);
addEventListener('unhandledrejection', (event) => faults.push(`rejected: ${event.reason}`));
"""

context = WebKit2.WebContext.new_with_website_data_manager(WebKit2.WebsiteDataManager.new_ephemeral())
context.set_automation_allowed(True)
context.set_preferred_languages(["de-DE"])


def view_for(_session):
    manager = WebKit2.UserContentManager()
    frames, start = WebKit2.UserContentInjectedFrames.ALL_FRAMES, WebKit2.UserScriptInjectionTime.START
    manager.add_script(WebKit2.UserScript.new(NOTE_FAULTS, frames, start, None, None))
    view = WebKit2.WebView(web_context=context, is_controlled_by_automation=True, user_content_manager=manager)
    window = Gtk.Window()
    window.set_decorated(False)
    window.add(view)
    window.show_all()
    window.resize(int(os.environ["WINDOW_WIDTH"]), 800)
    return view


def started(_context, session):
    session.set_application_info(WebKit2.ApplicationInfo())
    session.connect("create-web-view", view_for)


context.connect("automation-started", started)
Gtk.main()
