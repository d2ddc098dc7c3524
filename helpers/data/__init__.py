"""Tables of the project: load one typed by its schema, check them all.

>>> from helpers.data import load
>>> load("countries").dtypes["order"]
Int64Dtype()
"""

from helpers.data.faults import DataError, Fault
from helpers.data.schema import codes, data_folder, fields, resource, table_names
from helpers.data.tables import in_reading_order, load
from helpers.data.validation import validate

__all__ = [
    "DataError",
    "Fault",
    "codes",
    "data_folder",
    "fields",
    "in_reading_order",
    "load",
    "resource",
    "table_names",
    "validate",
]
