"""Any page of a list holds exactly the rows that walking there finds, although the far half is read from the end."""

from django.test import TestCase

from registry.filters import FILTERS
from registry.models import Citation, CountryBudget, Project
from registry.tests.make import make_budget, make_project, make_source
from registry.web.paging import PER_PAGE


class TestEveryPage(TestCase):
    """Three pages and a row, with ties in every column and rows that do not state it."""

    @classmethod
    def setUpTestData(cls):
        cited = [Citation(source=make_source(), locator="row 1")]
        for n in range(3 * PER_PAGE + 1):
            money = [{"amount": None, "currency": ""}, {"amount": "5.00"}, {"amount": "4.00"}, {}][n % 4]
            gap = [None, "30", "45"][n % 3]
            make_budget(title=f"T{n % 5}", year=[None, 2020, 2021][n % 3], gap_percent=gap, citations=cited, **money)
        for n in range(2 * PER_PAGE):
            dates = ["", "2018", "2019-05/..", "../2020"][n % 4]
            make_project(title=f"T{n % 3}", dates=dates, status=["ongoing", "completed"][n % 2], citations=cited)

    def walked(self, model, query):
        """All codes in the order of the API, which reads from the beginning to the end."""
        records = self.client.get(f"/api/v1/{model.slug}/?fields=code&page_size=500&{query}").json()["results"]
        return [record["code"] for record in records]

    def page(self, model, query, number):
        context = self.client.get(f"/{model.slug}/?{query}&page={number}").context_data
        assert context["pages"].number == number and context["notices"] == []
        return [entry.pk for entry in context["page_obj"]], context["pages"].total

    def hold(self, model, query):
        whole = self.walked(model, query)
        total = self.page(model, query, 1)[1]
        assert total == -(-len(whole) // PER_PAGE)
        for number in range(1, total + 1):
            start = (number - 1) * PER_PAGE
            assert self.page(model, query, number)[0] == whole[start : start + PER_PAGE], (query, number)
        return whole

    def test_every_page_in_every_order_holds_its_rows(self):
        for model in (CountryBudget, Project):
            for name in FILTERS[model].ordering_columns():
                forwards, backwards = (self.hold(model, f"ordering={sign}{name}") for sign in ("", "-"))
                assert sorted(forwards) == sorted(backwards) == sorted(model.objects.values_list("pk", flat=True))

    def test_every_page_of_a_narrowed_list_holds_its_rows(self):
        assert len(self.hold(Project, "status=ongoing&ordering=dates")) == PER_PAGE

    def test_what_is_not_stated_comes_last_in_both_directions(self):
        for name in ("year", "amount", "gap_percent"):
            for sign in ("", "-"):
                whole = self.walked(CountryBudget, f"ordering={sign}{name}")
                values = CountryBudget.objects.in_bulk(whole)
                stated = [getattr(values[code], name) is not None for code in whole]
                assert stated == sorted(stated, reverse=True), f"{sign}{name}"
