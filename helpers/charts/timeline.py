"""Timeline of dated events."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from helpers import theme
from helpers.data import codes, source_ids
from helpers.language import Language

ROW_HEIGHT = 0.31  # inches at reading size
MARKER_SIZE = 8
HALO_SIZE = 17
DATE_MARGIN_DAYS = 250
YEARS_BETWEEN_TICKS = 3


def relations_timeline(events: pd.DataFrame, lang: Language, size: str = "reading") -> Figure:
    """Draw events in their order, each on a row of its own, along an axis of time.

    The fill of a mark shows how exactly the date is known: full for a day, empty for a month, a bar
    for a year. A halo marks a date that other sources contradict. The span from the first leaders'
    meeting to the last event is shaded, and a label above it counts the events in it.

    Parameters
    ----------
    events : pandas.DataFrame
        As :func:`helpers.data.relations_events` returns it: one row an event.
    lang : Language
        Language of the figure.
    size : {"reading", "projecting"}
        Size of the figure.

    Returns
    -------
    matplotlib.figure.Figure
        Its description has the fields ``count``, ``recent``, ``since`` and ``disputed``.
    """
    with theme.style(lang, size):
        height = ROW_HEIGHT * (max(len(events), 3) + 1) + 1
        figure, axes = theme.canvas(lang, size, height=height)
        if events.empty:
            theme.say_nothing_to_show(axes, lang)
            theme.describe(figure, count=0, recent=0, since="", disputed=0)
            return figure
        events = events.sort_values(["date_start", "event_id"]).reset_index(drop=True)
        start = _dense_since(events)
        counts = {
            "count": lang.number(len(events)),
            "recent": lang.number((events["date_start"] >= start).sum()),
            "since": lang.date(start, "month"),
        }
        _shade(axes, events, start, lang.phrase("steps-since", **counts), lang)
        for row, event in events.iterrows():
            _draw_event(axes, len(events) - 1 - row, event, lang, figure.size.scale)
        _time_axis(axes, events, lang)
        _date_labels(axes, events, lang)
        theme.legend(axes, lang, _legend_handles(events, lang, figure.size.scale), columns=4)
        theme.describe(
            figure,
            sources=source_ids(events),
            **counts,
            disputed=lang.number(events["other_date"].notna().sum()),
        )
        theme.finish(figure)
    return figure


def _dense_since(events: pd.DataFrame) -> pd.Timestamp:
    meetings = events[events["kind"] == "high_level_meeting"]
    return (events if meetings.empty else meetings)["date_start"].min()


def _shade(
    axes: Axes, events: pd.DataFrame, start: pd.Timestamp, label: str, lang: Language
) -> None:
    """Shade the dense span and label it in a row of its own above the events."""
    end = events["date_start"].max()
    axes.axvspan(start, end, color=theme.PALETTE["faint"], zorder=0, gid="dense-span")
    axes.text(
        end,
        len(events),
        lang.draw(label),
        ha=lang.end,
        va="center_baseline",
        weight="bold",
        gid="dense-span-label",
    )


def _draw_event(axes: Axes, y: int, event: pd.Series, lang: Language, scale: float) -> None:
    code = codes("events", "kind")[event["kind"]]
    colour = theme.PALETTE[code["colour"]]
    first, last = event["date_start"], event["last_day"]
    middle = first + (last - first) / 2
    if event["precision"] == "year":
        axes.plot([first, last], [y, y], color=colour, linewidth=5 * scale, solid_capstyle="butt")
    axes.plot(
        [middle],
        [y],
        marker=code["marker"],
        markersize=_marker_size(code) * scale,
        zorder=3,
        gid=event["event_id"],
        **theme.mark_style(code["colour"], scale, hollow=event["precision"] != "day"),
    )
    if pd.notna(event["other_date"]):
        axes.plot(
            [middle],
            [y],
            marker="o",
            markersize=HALO_SIZE * scale,
            zorder=2,
            gid=f"{event['event_id']}-disputed",
            **_halo(scale),
        )
    _draw_title(axes, y, event, lang, scale)


def _halo(scale: float) -> dict:
    return theme.mark_style("amber", scale) | {"markeredgecolor": "none"}


def _marker_size(code: dict) -> float:
    return MARKER_SIZE * (1.7 if code["marker"] == "*" else 1)


def _draw_title(axes: Axes, y: int, event: pd.Series, lang: Language, scale: float) -> None:
    """Write the title beside the mark: after it for early events, before it for late ones."""
    title = event[lang.column("title")]
    if pd.notna(event["other_date"]):
        other = lang.date(event["other_date"], "day")
        title = f"{title} ({lang.phrase('sources-say', value=other)})"
    after = event["early"]
    room = 12 * scale
    axes.annotate(
        lang.draw(title),
        (event["last_day"] if after else event["date_start"], y),
        xytext=(room if after != lang.is_rtl else -room, 0),
        textcoords="offset points",
        ha=lang.start if after else lang.end,
        va="center_baseline",
        gid=f"{event['event_id']}-title",
    )


def _time_axis(axes: Axes, events: pd.DataFrame, lang: Language) -> None:
    margin = pd.Timedelta(days=DATE_MARGIN_DAYS)
    ends = [events["date_start"].min() - margin / 2, events["last_day"].max() + margin]
    axes.set_xlim(*(ends[::-1] if lang.is_rtl else ends))
    years = range(ends[0].year + 1, ends[1].year + 1, YEARS_BETWEEN_TICKS)
    axes.set_xticks(
        [date2num(pd.Timestamp(year, 1, 1)) for year in years],
        [lang.draw(lang.number_text(str(year))) for year in years],
    )


def _date_labels(axes: Axes, events: pd.DataFrame, lang: Language) -> None:
    labels = [
        lang.draw(lang.date(event["date_start"], event["precision"], event["date_end"]))
        for _, event in events.iterrows()
    ]
    axes.set_yticks(range(len(events) - 1, -1, -1), labels)
    axes.set_ylim(-0.7, len(events) + 0.7)
    axes.tick_params(axis="y", length=0)
    axes.spines[lang.start].set_visible(False)


def _legend_handles(events: pd.DataFrame, lang: Language, scale: float) -> list:
    """Kinds that occur, then the three precisions, then the halo."""
    handles = []
    for kind in events["kind"].cat.remove_unused_categories().cat.categories:
        code = codes("events", "kind")[kind]
        look = theme.mark_style(code["colour"], scale)
        handles.append(_mark(code["marker"], _marker_size(code) * scale, look, code, lang))
    for phrase, hollow in (("day-known", False), ("month-known", True)):
        look = theme.mark_style("ink", scale, hollow)
        handles.append(_mark("o", MARKER_SIZE * scale, look, lang.phrase(phrase), lang))
    year = lang.draw(lang.phrase("year-known"))
    handles.append(Patch(facecolor=theme.PALETTE["ink"], label=year))
    if events["other_date"].notna().any():
        size = 0.8 * HALO_SIZE * scale
        handles.append(_mark("o", size, _halo(scale), lang.phrase("date-disputed"), lang))
    return handles


def _mark(marker: str, size: float, look: dict, label: str | dict, lang: Language) -> Line2D:
    text = label if isinstance(label, str) else lang.pick(label, "title")
    return Line2D([], [], marker=marker, markersize=size, label=lang.draw(text), **look)
