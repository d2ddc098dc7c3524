"""Look of the figures: palette, sizes, type, direction of axes, the frame of text, files.

``palette`` and ``sizes`` are plain values; ``axes`` is the only place that knows start from end.
"""

from helpers.theme.axes import (
    Run,
    bare,
    day,
    heads,
    limits,
    limits_of_years,
    offset,
    orient,
    rows,
    years,
)
from helpers.theme.canvas import canvas, mark_style, panels, style
from helpers.theme.frame import frame_heights, framed, on_a_slide, title_lines, unframed
from helpers.theme.legends import columns_that_fit, legend, legend_inside, room_beside_rows
from helpers.theme.live import linked
from helpers.theme.maps import BORDER, COAST, TINTS, as_map, backing, legend_at_the_east
from helpers.theme.palette import (
    LINE_PITCH_EM,
    PALETTE,
    SMALL_SIZE,
    contrast,
    ink_on,
    line_colour,
    shade,
)
from helpers.theme.save import FORMATS, encoded
from helpers.theme.sizes import CSS_PIXELS_PER_INCH, POINTS_PER_INCH, SIZES, Size, size_named
from helpers.theme.text import (
    drawn,
    font_families,
    line_spacing,
    lines_height,
    set_line_pitch,
    text_size,
    text_width,
    wrap,
)

__all__ = [
    "BORDER",
    "COAST",
    "CSS_PIXELS_PER_INCH",
    "FORMATS",
    "LINE_PITCH_EM",
    "PALETTE",
    "POINTS_PER_INCH",
    "SIZES",
    "SMALL_SIZE",
    "TINTS",
    "Run",
    "Size",
    "as_map",
    "backing",
    "bare",
    "canvas",
    "columns_that_fit",
    "contrast",
    "day",
    "drawn",
    "encoded",
    "font_families",
    "frame_heights",
    "framed",
    "heads",
    "ink_on",
    "legend",
    "legend_at_the_east",
    "legend_inside",
    "limits",
    "limits_of_years",
    "line_colour",
    "line_spacing",
    "lines_height",
    "linked",
    "mark_style",
    "offset",
    "on_a_slide",
    "orient",
    "panels",
    "room_beside_rows",
    "rows",
    "set_line_pitch",
    "shade",
    "size_named",
    "style",
    "text_size",
    "text_width",
    "title_lines",
    "unframed",
    "wrap",
    "years",
]
