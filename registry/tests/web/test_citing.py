"""Citing a version of a record: in words, and as files that reference managers read."""

import pytest

from registry import ledger
from registry.models import ENTRIES, State
from registry.tests.make import MAKERS, make_project
from registry.tests.web.page import read

pytestmark = pytest.mark.django_db
nouns = pytest.mark.parametrize("model", ENTRIES, ids=lambda model: model.slug)
AWKWARD = r"50 % of {Şəki} & “Bakı” \ $_#^~ <b>"


def edit(entry, **values):
    for name, value in values.items():
        setattr(entry, name, value)
    with ledger.batch(by=None, reason="Read again") as batch:
        batch.save(entry, expected=entry.version)
    return entry


@nouns
def test_every_noun_is_cited_with_the_lasting_address_of_its_version(client, model):
    entry = edit(MAKERS[model](title="First"), title="Second")
    lasting = f"http://testserver{entry.get_absolute_url()}history/2/"
    page = read(client, entry.get_absolute_url())
    assert f"“Second.” Caspian Heritage Register, record {entry.pk}, version 2 of" in page.text
    assert lasting in page.text and f"{entry.get_absolute_url()}history/2/" in page.links
    for style, ending in (("bibtex", "bib"), ("ris", "ris")):
        answer = client.get(f"{entry.get_absolute_url()}cite/{style}/")
        assert lasting in answer.content.decode() and entry.pk in answer.content.decode()
        assert answer["Content-Disposition"] == f'attachment; filename="{entry.pk}-v2.{ending}"'
    assert "version 1 of" in read(client, f"{entry.get_absolute_url()}history/1/").text


def test_bibtex_escapes_what_tex_reads_as_a_command_and_keeps_every_script(client):
    project = make_project(title=AWKWARD)
    answer = client.get(f"{project.get_absolute_url()}cite/bibtex/")
    assert answer["Content-Type"] == "application/x-bibtex; charset=utf-8"
    text = answer.content.decode()
    title = r"50 \% of \{Şəki\} \& “Bakı” \textbackslash{} \$\_\#\textasciicircum{}\textasciitilde{} <b>"
    assert f"  title = {{{{{title}}}}},\n" in text and "\r" not in text
    assert text.startswith(f"@misc{{{project.pk}-v1,\n") and text.endswith("}\n")
    assert "author = {{Caspian Heritage Register}}" in text and "urldate" not in text


def test_ris_has_one_tag_a_line_with_the_line_ends_of_its_format(client):
    project = make_project(title=AWKWARD)
    answer = client.get(f"{project.get_absolute_url()}cite/ris/")
    assert answer["Content-Type"] == "application/x-research-info-systems; charset=utf-8"
    lines = answer.content.decode().split("\r\n")
    assert lines[0] == "TY  - ELEC" and lines[-2:] == ["ER  - ", ""]
    assert f"TI  - {AWKWARD}" in lines and all(line[2:6] == "  - " for line in lines[:-1])
    assert "\n" not in "".join(lines)


def test_the_citation_is_in_the_language_of_the_page_and_leads_to_the_same_address(client):
    project = make_project(title="Fortress", translations={"fa": {"title": "دژ"}})
    page = client.get(f"/fa/projects/{project.pk}/").context_data["cite"]
    assert "دژ" in page.plain and project.pk in page.plain
    assert page.permanent_url == f"http://testserver/projects/{project.pk}/history/1/"
    text = client.get(page.bibtex_url).content.decode()
    assert "/fa/" not in text and "{Fortress}" in text


def test_what_is_no_style_or_no_public_record_is_not_found(client):
    project, draft = make_project(), make_project(state=State.DRAFT)
    assert client.get(f"{project.get_absolute_url()}cite/word/").status_code == 404
    assert client.get(f"{draft.get_absolute_url()}cite/ris/").status_code == 404
