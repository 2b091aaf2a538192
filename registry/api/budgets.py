"""Country budgets in the API: money as reported, and the gap in money under each reading of its definition."""

from rest_framework import serializers

from registry.models import CountryBudget

from .base import EntrySerializer, EntryViewSet


class GapAmountSerializer(serializers.Serializer):
    """The gap in the budget's currency, by what it is a share of; both readings while the source does not say which."""

    of_need = serializers.DecimalField(22, 2, allow_null=True, help_text="b g / (1 - g)")
    of_budget = serializers.DecimalField(22, 2, allow_null=True, help_text="b g")


class CountryBudgetSerializer(EntrySerializer):
    """An annual heritage budget as one source gives it, with its gap."""

    model = CountryBudget

    @classmethod
    def own_fields(cls) -> dict[str, serializers.Field]:
        """With what the gap means in money, beside its basis."""
        found: dict[str, serializers.Field] = {}
        for name, field in super().own_fields().items():
            found[name] = field
            if name == "gap_basis":
                found["gap_amount"] = GapAmountSerializer(allow_null=True)
        return found


class CountryBudgetViewSet(EntryViewSet):
    """Country budgets for heritage, each with the gap that was reported and its definition."""

    serializer_class = CountryBudgetSerializer
