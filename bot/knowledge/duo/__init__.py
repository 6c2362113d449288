"""The importer of the official DUO files: reads, compares, shows, and only then writes ``knowledge/scholen.csv``.

DUO publishes the same tables twice: ``duo.nl`` with ``;`` in windows-1252 and ``onderwijsdata.duo.nl`` with ``,`` in
UTF-8. Columns are found by name. The data are CC0.
"""
