"""The book, the slides and the handout, made from the executed notebooks and the tables."""

import sys

# As it is imported, jsonschema compiles a grammar of addresses for two seconds if it finds this
# package. Whatever reads a notebook imports jsonschema, and nothing here checks an address.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]  # None: not to be found
