"""Harvests the sites as Dublin Core; what was taken back comes as a deleted record."""

from sickle import Sickle

register = Sickle("https://register.example/oai/")
for record in register.ListRecords(metadataPrefix="oai_dc", set="sites"):
    if record.deleted:
        print(record.header.identifier, "is gone")
    else:
        print(record.header.identifier, record.metadata["title"][0])
