"""Fill the templates of the generated pages.

They lie in ``helpers/publish/templates``. What comes from a table is escaped in text and attributes
alike; a name that a template asks for and does not get is an error.
"""

from __future__ import annotations

import functools
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from helpers.language import Language
from helpers.publish import languages

FOLDER = Path(__file__).parent / "templates"


@functools.cache
def environment() -> Environment:
    """Return the environment of the templates: everything is escaped, nothing may be missing."""
    made = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["own_name"] = languages.own_name
    return made


def render(template: str, lang: Language, **values: object) -> str:
    """Return a template filled, as HTML without empty lines, so that Markdown passes it through.

    Parameters
    ----------
    template : str
        Name of a file in ``helpers/publish/templates``.
    lang : Language
        Language of the page; templates take their words from ``lang.phrase``.
    **values : object
        What the template asks for.

    Raises
    ------
    jinja2.UndefinedError
        If the template asks for what is not given.
    """
    html = environment().get_template(template).render(values, lang=lang)
    return "\n".join(line.rstrip() for line in html.splitlines() if line.strip())
