"""The speaker's window of a deck in the language of the deck.

The plug-in of reveal.js writes the page of that window itself, in English and from left to right.
"""

from __future__ import annotations

import json
from html import escape

from helpers.errors import BuildError
from helpers.language import Language

# What the plug-in says, and the phrase that says it.
WORDS = {
    "<title>reveal.js - {}</title>": ("Speaker View", "speaker-view"),
    '>{}</div>\n\n\t\t<div id="current-slide">': ("Loading speaker view...", "speaker-loading"),
    '<span class="overlay-element label">{}</span>': ("Upcoming", "speaker-upcoming"),
    '<h4 class="label">{} <span': ("Time", "speaker-time"),
    '<span class="reset-button">{}</span>': ("Click to Reset", "speaker-reset"),
    'style="display: none">{}</h4>': ("Pacing – Time to finish current slide", "speaker-pacing"),
    '<h4 class="label">{}</h4>': ("Notes", "speaker-notes"),
    "innerHTML = '{}' + (": ("Layout", "speaker-layout"),
    "'default': '{}'": ("Default", "speaker-layout-default"),
    "'wide': '{}'": ("Wide", "speaker-layout-wide"),
    "'tall': '{}'": ("Tall", "speaker-layout-tall"),
    "'notes-only': '{}'": ("Notes only", "speaker-layout-notes"),
}
LOOK = """
			body { font-family: "Book", "DejaVu Sans", sans-serif; }
			.speaker-controls-notes .value { font-size: 18px; line-height: 1.6; text-align: start; }
			.overlay-element { font-size: 12px; padding: 3px 6px; }
			.speaker-controls-notes .value code { direction: ltr; unicode-bidi: isolate; }
		</style>
	</head>
"""


class SpeakerError(BuildError):
    """The plug-in is not as it was; the message says what is not there."""


def window(script: str, lang: Language) -> str:
    """Return the plug-in for a language: words, direction, face, and how it writes the time.

    Parameters
    ----------
    script : str
        The plug-in ``notes.js`` of reveal.js.
    lang : Language
        Language of the deck.

    Raises
    ------
    SpeakerError
        If the plug-in lacks something that is to be replaced.
    """
    changes = {
        frame.format(english): frame.format(_quoted(lang.phrase(phrase)))
        for frame, (english, phrase) in WORDS.items()
    }
    changes |= {
        '<html lang="en">': f'<html lang="{lang.code}" dir="{lang.direction}">',
        '<meta charset="utf-8">': '<meta charset="utf-8"><link rel="stylesheet" '
        "href=\"${new URL('../assets/faces.css', document.baseURI)}\">",
        "\t\t</style>\n\t</head>\n": LOOK,
        "'en-US', { hour12: true,": f"{json.dumps(_clock(lang))}, {{ hour12: false,",
    }
    for old, new in changes.items():
        if old not in script:
            raise SpeakerError(f"the speaker's window of reveal.js has no {old!r} any more")
        script = script.replace(old, new, 1)
    return script


def _quoted(text: str) -> str:
    """Return a text that is safe in HTML, inside a string of a script."""
    return escape(text).replace("\\", "").replace("`", "").replace("${", "")


def _clock(lang: Language) -> str:
    """Return the locale of the clock, with the digits that the deck has."""
    return f"{lang.code}-u-nu-latn"
