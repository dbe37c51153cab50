"""`audit.html`: the templates filled in; one file with its style, script and data, and nothing else allowed."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from phuluc.audit.report.model import LANGS
from phuluc.audit.report.payload import payload
from phuluc.audit.report.safety import digest, for_script, shown
from phuluc.audit.report.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from phuluc.audit.report.comparison import Comparison
    from phuluc.audit.report.gather import Report
    from phuluc.audit.report.model import Lang
    from phuluc.audit.report.pictures import Picture
    from phuluc.audit.report.scores import Score

_SCORES_SHOWN = 12
_GROUPS_SHOWN = 8
_SCRIPTS = ("page.js", "lists.js", "findings.js", "groups.js", "views.js")


def page(report: Report, pictures: Mapping[str, Picture]) -> str:
    """Give the text of the file."""
    environment = Environment(
        loader=PackageLoader("phuluc", "audit/report/templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["shown"] = shown
    style = _own("page.css")
    script = f"(() => {{\n{''.join(map(_own, _SCRIPTS))}}})();"  # a scope of its own: window has a `top` too
    return environment.get_template("page.html.jinja").render(
        report=report,
        languages=[Wording(lang) for lang in _ordered(report)],
        lowest=_lowest(report),
        differing=_differing(report),
        style=Markup(style),  # noqa: S704 - our own files
        script=Markup(script),  # noqa: S704
        style_digest=digest(style),
        script_digest=digest(script),
        data=Markup(for_script(payload(report, pictures))),  # noqa: S704 - no "<" is left in it
    )


def _own(name: str) -> str:
    return files("phuluc").joinpath(f"audit/report/templates/{name}").read_text("utf-8")


def _ordered(report: Report) -> list[Lang]:
    return sorted(LANGS, key=lambda lang: lang != report.options.lang)


def _lowest(report: Report) -> list[Score]:
    """Give the documents to look at first: those with the least points, of soundness, then completeness."""

    def points(score: Score) -> tuple[float, float, int]:
        return (score.soundness or 0.0, score.completeness or 0.0, score.doc)

    return sorted(report.scores, key=points)[:_SCORES_SHOWN]


def _differing(report: Report) -> list[tuple[int, Comparison]]:
    """Give the groups to look at first with their places: of several bodies, far apart in time, or much shared."""
    shown_groups = list(enumerate(report.comparisons[: report.groups_shown]))
    several = [each for each in shown_groups if len(each[1].bodies) > 1]
    return sorted(several, key=lambda each: (-(each[1].spread or 0), -len(each[1].bodies), each[0]))[
        :_GROUPS_SHOWN
    ]
