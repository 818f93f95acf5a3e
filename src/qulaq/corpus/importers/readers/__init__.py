"""
One module a format; each defines `READER`, and its name is the format's key (`graph_api`: graph-api).

What readers share is in `qulaq.corpus.importers.reader`; none knows another.
"""
