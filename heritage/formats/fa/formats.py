"""Numbers in Persian (CLDR). `registry.web.digits` turns digits, point and comma into the Persian ones on pages."""

DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
