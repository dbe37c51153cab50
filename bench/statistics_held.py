"""The documents that `bench.statistics_pages` draws for checking rules, not for making them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.statistics_pages import ACCOUNTS, COUNTRIES, FUELS, STATES, Sheet, columns, figures

if TYPE_CHECKING:
    from collections.abc import Callable

    from bench.statistics_pages import Press

YEARS = [(str(year), 1) for year in range(2004, 2010)]


def held_bulletin(press: Press) -> None:
    press.heading("Statistical bulletin", "Times-Bold", 14)
    press.prose(1.4, "Helvetica", 9)
    head = [
        [("", 2), ("Age group", 3)],
        columns("Region", "Total", "Under 25", "25 to 54", "55 and\nover"),
    ]
    press.table(
        Sheet(
            head,
            figures(31, STATES[:14], 4, "count"),
            "head",
            font="Helvetica",
            size=8,
            align="centre",
            title="Table A-1. Labor force by age, 2010 [Numbers in thousands]",
        )
    )
    press.prose(1, "Helvetica", 9)
    press.table(
        Sheet(
            [columns("Quarter", "Index", "Change, %")],
            figures(32, [f"{2006 + n // 4} Q{n % 4 + 1}" for n in range(12)], 2, "rate"),
            "none",
            gap_every=4,
            font="Helvetica",
            size=8,
            widths=[1, 1, 1],
        )
    )


def held_left(press: Press) -> None:
    press.prose(1)
    press.table(
        Sheet(
            [columns("Income quartile", "1994", "1997", "2003")],
            [
                ["Lowest", "$9,594 or less", "$22,400 or less", "$34,000 or less"],
                ["Lower middle", "$9,595-$17,992", "$22,401-$29,992", "$34,001-$48,000"],
                ["Upper middle", "$17,993-$25,771", "$29,993-$40,888", "$48,001-$66,900"],
                ["Highest", "Greater than $25,771", "Greater than $40,888", "Greater than $66,900"],
            ],
            "none",
            align="left",
            widths=[1.2, 1.2, 1.2, 1.2],
        )
    )
    press.prose(1)
    press.table(
        Sheet(
            [columns("Code", "Description", "Unit", "Value")],
            [
                ["A1", "Total area of the river basin\ndistrict", "km2", "12 400"],
                ["A2", "Population", "thousand", "1 230"],
                ["A3", "Share of protected areas in\nthe total area", "%", "17.5"],
                ["B1", "Abstraction", "million m3", "310"],
            ],
            "under",
            align="left",
            widths=[0.6, 2, 1, 1],
            row_gap=3,
        )
    )
    press.prose(0.6)


def held_columns(press: Press) -> None:
    press.left, press.right = 50, 296
    press.prose(5.5, size=9)
    press.left, press.right, press.y = 316, 562, 62
    press.prose(2, size=9)
    press.table(
        Sheet(
            [columns("", "Boys", "Girls", "All")],
            figures(33, [f"Grade {n}" for n in range(1, 11)], 3, "share"),
            "none",
            size=8,
            title="Table 7. Readers at or above the basic level",
            widths=[1.4, 1, 1, 1],
        )
    )
    press.prose(2.2, size=9)
    press.left, press.right, press.y = 50, 562, 640
    press.table(
        Sheet(
            [[("Country", 1), *YEARS]],
            figures(34, COUNTRIES[:9], 6, "rate"),
            "head",
            size=8,
            title="Table 8. Deficit",
        )
    )


def held_ruled(press: Press) -> None:
    press.prose(0.8)
    head = [
        [("Substance", 1), ("Threshold for releases", 3)],
        columns("", "to air\nkg/year", "to water\nkg/year", "to land\nkg/year"),
    ]
    press.table(
        Sheet(
            head,
            figures(
                35,
                ["Methane", "Carbon monoxide", "Ammonia", "Sulphur oxides", "Nitrous oxide"],
                3,
                "spaced",
                0.3,
            ),
            "columns",
        )
    )
    press.prose(0.8)
    press.table(
        Sheet(
            [columns("Program", "FY 2009", "FY 2010", "Difference")],
            figures(36, ACCOUNTS, 3, "money"),
            "all",
        )
    )
    press.prose(0.5)
    press.table(
        Sheet(
            [columns("Program", "FY 2009", "FY 2010", "Difference")],
            figures(37, FUELS, 3, "money"),
            "rows",
        )
    )


def held_long(press: Press) -> None:
    press.flow("Table 12.—Average annual expenditures of all consumer units", "Times-Bold", 10)
    labels = [
        "Income before taxes",
        "Age of reference person",
        "Average number of persons in\nconsumer unit",
        "Children under 18",
        "Earners",
        "Vehicles",
        "Housing tenure, homeowner with\nor without mortgage",
        "Renter",
        "Food at home",
        "Food away from home",
    ]
    body = [
        ["Characteristics of the unit"],
        *figures(38, labels[:6], 5, "rate", 0.1),
        ["Expenditures"],
        *figures(39, labels[6:], 5, "count", 0.1),
    ]
    press.table(
        Sheet(
            [
                columns(
                    "Item",
                    "All\nunits",
                    "Lowest\n20\npercent",
                    "Second\n20\npercent",
                    "Third\n20\npercent",
                    "Highest\n20\npercent",
                )
            ],
            body,
            "head",
            low=True,
            leaders=True,
            size=8.5,
        )
    )
    press.prose(1.4)
    press.flow("1 Components may not add to totals because of rounding.", size=7)


def held_lists(press: Press) -> None:
    press.heading("What the report covers")
    for number, text in enumerate(FUELS):
        press.text(72, press.y, "•")
        press.text(90, press.y, f"{text}: production, imports and stocks in each of {number + 3} regions")
        press.y += 14
    press.y += 10
    for left, lines in (
        (62, ["Contact", "Jane Doe", "Room 214", "555-0100"]),
        (340, ["Press office", "John Roe", "Room 3", "555-0199"]),
    ):
        for at, line in enumerate(lines):
            press.text(left, press.y + 13 * at, line)
    press.y += 70
    press.prose(1)
    for number in range(8):
        press.text(62, press.y, f"Annex {number + 1}")
        press.text(120, press.y, f"{FUELS[number]} in the Member States")
        press.text(532, press.y, str(40 + number * 3))
        press.y += 14
    press.y += 20
    press.table(
        Sheet(
            [columns("Year", "Births", "Deaths")],
            figures(40, [str(y) for y in range(2001, 2010)], 2, "count"),
            "none",
            widths=[1, 1, 1],
        )
    )


def held_dense(press: Press) -> None:
    press.prose(0.5, size=8)
    head = [
        [("", 1), ("2008", 4), ("2009", 4)],
        [("Sector", 1), *[("Q1", 1), ("Q2", 1), ("Q3", 1), ("Q4", 1)] * 2],
    ]
    press.table(
        Sheet(
            head,
            figures(41, [*FUELS, *ACCOUNTS], 8, "count"),
            "head",
            size=7.5,
            span_rules=False,
            widths=[2.6, *[0.75] * 8],
        )
    )
    press.prose(0.5, size=8)
    press.table(
        Sheet(
            head,
            figures(42, [*FUELS, *ACCOUNTS], 8, "rate"),
            "none",
            size=7.5,
            one_go=True,
            widths=[2.6, *[0.75] * 8],
        )
    )


HELD: dict[str, Callable[[Press], None]] = {
    function.__name__: function
    for function in (held_bulletin, held_left, held_columns, held_ruled, held_long, held_lists, held_dense)
}
