"""Typing in Chromium: a killed page, a lost connection and a lost session take no word along."""

import pytest
from django.contrib.sessions.models import Session

from registry.models import Project, Scratch, User
from registry.tests.admin import test_admin_in_a_browser
from registry.tests.admin.forms import url
from registry.tests.make import make_project

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]
browser = test_admin_in_a_browser.browser
Editor = test_admin_in_a_browser.Editor


def says(page, words):
    page.locator("[data-autosave]", has_text=words).wait_for()


def test_what_was_typed_before_the_browser_was_killed_is_restored_and_saved_with_a_key(browser, live_server):
    project = make_project(title="Before", state="draft")
    editor = Editor(browser, live_server.url)
    editor.open(url(project))
    editor.page.fill("#id_title", "Half a tit")
    says(editor.page, "Kept at")
    editor.page.close()  # as a crash does: nothing of the page runs any more
    page = editor.page = editor.page.context.new_page()
    page.add_init_script(test_admin_in_a_browser.WATCH)
    editor.open(url(project))
    assert page.input_value("#id_title") == "Before"
    page.click("summary >> text=Compare")
    assert page.locator(".scratch-notice td", has_text="Half a tit").is_visible()
    page.click("text=Restore")
    page.fill("#id_title", page.input_value("#id_title") + "le")
    with page.expect_navigation():
        page.keyboard.press("Control+s")
    editor.look()
    assert Project.objects.get(pk=project.pk).title == "Half a title" and not Scratch.objects.exists()
    assert page.locator(".scratch-notice").count() == 0 and editor.complaints == []


def test_without_a_connection_and_after_the_session_is_lost_the_text_stays_until_it_is_saved(browser, live_server):
    project = make_project(title="Before", state="draft")
    editor = Editor(browser, live_server.url)
    editor.open(url(project))
    page, others = editor.page, editor.page.context
    others.set_offline(True)
    page.fill("#id_title", "Typed on a train")
    says(page, "no connection")
    nagged = []
    page.on("dialog", lambda dialog: (nagged.append(dialog.type), dialog.dismiss()))
    page.close(run_before_unload=True)
    page.wait_for_function("document.readyState")
    assert nagged == ["beforeunload"] and not Scratch.objects.exists()
    others.set_offline(False)
    says(page, "Kept at")
    Session.objects.all().delete()
    page.fill("#id_title", "Typed after the session ended")
    says(page, "You are signed out. Your text is kept.")
    assert "session+ended" in page.evaluate("Object.values(sessionStorage).join()")
    with others.expect_page() as opened:
        page.click("[data-autosave] a")
    door = opened.value
    door.fill("#id_login", User.objects.get().username)
    door.fill("#id_password", "a good pass phrase")
    door.click(".account-form [type=submit]")
    door.wait_for_url("**/admin/")
    door.close()
    page.bring_to_front()
    page.evaluate("dispatchEvent(new Event('focus'))")
    says(page, "Kept at")
    assert page.evaluate("sessionStorage.length") == 0
    with page.expect_navigation():
        page.click("[name=_continue]")
    assert Project.objects.get(pk=project.pk).title == "Typed after the session ended"
