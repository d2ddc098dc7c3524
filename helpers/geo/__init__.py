"""Numbers of maps: projection, great circles, outlines. It opens no table and draws nothing.

>>> round(great_circle((49.441, 39.976), (44.834, 41.691)))  # Alat to Tbilisi
432
"""

from helpers.geo.distance import great_circle, way_length
from helpers.geo.outlines import Outlines, broken_topology, crossings
from helpers.geo.projection import projected

__all__ = [
    "Outlines",
    "broken_topology",
    "crossings",
    "great_circle",
    "projected",
    "way_length",
]
