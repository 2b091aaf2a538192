"""Who reports: an identifier and a type that the standard knows, or nobody."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from heritage import iati as settings_of_iati
from registry.models import OrganisationType


@pytest.mark.parametrize(
    ("given", "operator", "said"),
    [
        ({"IATI_ORGANISATION": "ministry", "IATI_ORGANISATION_TYPE": "10"}, "A ministry", "XM-DAC"),
        ({"IATI_ORGANISATION": "AZ-TIN-1/2", "IATI_ORGANISATION_TYPE": "10"}, "A ministry", "none of / & | ?"),
        ({"IATI_ORGANISATION": "AZ-TIN-12"}, "A ministry", "IATI_ORGANISATION_TYPE"),
        ({"IATI_ORGANISATION_TYPE": "10"}, "A ministry", "IATI_ORGANISATION is"),
        ({"IATI_ORGANISATION": "AZ-TIN-12", "IATI_ORGANISATION_TYPE": "10"}, "", "needs OPERATOR"),
    ],
    ids=["no identifier", "a mark that is not allowed", "no type", "a type alone", "no name"],
)
def test_settings_that_cannot_be_used_are_refused_at_start(given, operator, said):
    with pytest.raises(ImproperlyConfigured, match=said.replace("|", r"\|").replace("?", r"\?")):
        settings_of_iati.settings_of(lambda name, default: given.get(name, default), operator=operator)


def test_settings_that_fit_are_taken_and_every_type_of_the_register_is_one_of_iati():
    given = {"IATI_ORGANISATION": "XM-DAC-41304", "IATI_ORGANISATION_TYPE": "40"}
    assert settings_of_iati.settings_of(given.get, operator="A body") == given
    assert set(OrganisationType.values) <= set(settings_of_iati.TYPES)
