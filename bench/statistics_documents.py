"""The documents that `bench.statistics_pages` draws for making rules: what each looks like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.statistics_pages import ACCOUNTS, COUNTRIES, FUELS, STATES, Sheet, columns, figures

if TYPE_CHECKING:
    from collections.abc import Callable

    from bench.statistics_pages import Press

YEARS = [(str(year), 1) for year in range(2004, 2010)]


def release(press: Press) -> None:
    press.heading("Income and poverty in 2009")
    press.prose(2)
    head = [[("", 1), *YEARS]]
    press.table(
        Sheet(
            head,
            figures(1, COUNTRIES[:12], 6, "rate"),
            "head",
            title="Table 1. Unemployment rates, percent",
            notes="Source: Eurostat (une_rt_a). Note: a break in series occurs in 2007 for Denmark.",
        )
    )
    press.prose(1.5)
    press.table(
        Sheet(
            head, figures(2, FUELS, 6), "none", title="Table 2. Energy consumption by source (trillion Btu)"
        )
    )
    press.prose(1)


def spanning(press: Press) -> None:
    press.prose(1)
    head = [
        [("", 1), ("Males", 3), ("Females", 3)],
        [("Country", 1), *[("2000", 1), ("2005", 1), ("2009", 1)] * 2],
    ]
    press.table(
        Sheet(
            head,
            figures(3, COUNTRIES[:15], 6, "count"),
            "head",
            title="Table 3: Persons employed (thousands)",
        )
    )
    press.prose(1)
    press.table(
        Sheet(
            head,
            figures(4, COUNTRIES[8:20], 6, "rate"),
            "none",
            font="Helvetica",
            size=8,
            title="Table 4: Employment rates by sex",
        )
    )
    press.prose(0.7)


def accounts(press: Press) -> None:
    press.heading("Budget receipts")
    press.prose(0.8)
    body = [
        ["Receipts"],
        *figures(5, ACCOUNTS, 4, "count"),
        ["Outlays"],
        *figures(
            6,
            ["National defense", "Social security", "Medicare and other\nhealth programs", "Net interest"],
            4,
        ),
    ]
    press.table(
        Sheet(
            [
                columns(
                    "Category", "Actual\n2008", "Estimate\n2009", "Change from\nprior year", "Share of\nGDP"
                )
            ],
            body,
            "under",
            leaders=True,
            low=True,
        )
    )
    press.prose(1)


def states(press: Press) -> None:
    press.flow("Table 324. Crimes reported, by state", "Helvetica-Bold", 10)
    head = [columns("State", "Total", "Violent\ncrime", "Property\ncrime", "Motor\nvehicle\ntheft")]
    press.table(
        Sheet(
            head,
            figures(7, STATES, 4, "count", 0.1),
            "columns",
            gap_every=5,
            leaders=True,
            size=8,
            font="Helvetica",
            notes="- Represents zero. NA Not available. Source: Federal Bureau.",
        )
    )
    press.prose(1.2)


def grouped(press: Press) -> None:
    press.prose(1.2)
    press.table(
        Sheet(
            [columns("State", "1990", "2000", "2010")],
            figures(8, STATES, 3),
            "none",
            gap_every=5,
        )
    )
    press.prose(1)


def columns_of_prose(press: Press) -> None:
    press.left, press.right = 50, 296
    press.prose(3, size=9)
    press.table(
        Sheet(
            [columns("Sector", "2007", "2008")],
            figures(9, FUELS[:7], 2, "rate"),
            "head",
            size=8,
            title="Table 5. Growth by sector",
        )
    )
    press.prose(2.4, size=9)
    press.left, press.right, press.y = 316, 562, 62
    press.prose(7, size=9)


def survey(press: Press) -> None:
    press.prose(0.8)
    body = [
        ["Would you say the economy is getting\nbetter or getting worse?", "45%", "41%", "14%"],
        ["Do you approve of the way the\ngovernment handles transport?", "38%", "52%", "10%"],
        ["Have you used a train this year?", "71%", "29%", "-"],
        ["Should fares be lowered even if\ntaxes had to rise for it?", "33%", "60%", "7%"],
    ]
    press.table(
        Sheet(
            [columns("Question", "Yes", "No", "Don't\nknow")],
            body,
            "none",
            row_gap=6,
            widths=[3, 1, 1, 1],
        )
    )
    press.prose(0.6)
    press.table(
        Sheet(
            [columns("Question", "Yes", "No", "Don't\nknow")],
            body,
            "rows",
            row_gap=0,
            widths=[3, 1, 1, 1],
        )
    )
    press.prose(0.6)


def words(press: Press) -> None:
    press.prose(0.8)
    body = [
        [
            "Directive 2000/60/EC",
            "Water policy; good status\nof all waters by 2015",
            "Transposed",
            "Environment\nAgency",
        ],
        [
            "Directive 91/271/EEC",
            "Urban waste water",
            "Transposed, reports\nevery two years",
            "Ministry of Health",
        ],
        [
            "Regulation 166/2006",
            "Register of releases and\ntransfers of pollutants from\nindustrial facilities",
            "In force",
            "Environment\nAgency",
        ],
        ["Directive 2008/50/EC", "Ambient air quality", "Pending", "Regional authorities"],
    ]
    head = [columns("Act", "Subject", "Status", "Authority")]
    for ruling, gap in (("none", 5), ("rows", 2), ("all", 0)):
        press.table(Sheet(head, body, ruling, row_gap=gap, align="left", widths=[1.3, 1.7, 1.3, 1.3]))
        press.prose(0.5)


def framed(press: Press) -> None:
    press.prose(0.6)
    press.table(Sheet([[("Indicator", 1), *YEARS[:4]]], figures(10, ACCOUNTS, 4, "rate"), "box", size=9))
    press.prose(0.6)
    press.table(
        Sheet(
            [[("Fuel", 1), *YEARS[:5]]], figures(11, FUELS, 5, "spaced"), "shaded", font="Helvetica", size=8
        )
    )
    press.prose(0.6)


def pairs(press: Press) -> None:
    press.prose(1)
    press.table(
        Sheet(
            [columns("Year", "Number of cases")],
            figures(12, [str(y) for y in range(1998, 2009)], 1),
            "none",
            widths=[
                1,
                1.4,
            ],
            title="Table 6. Cases closed",
        )
    )
    press.prose(1)
    press.table(
        Sheet(
            [columns("Item", "Amount")],
            figures(13, ACCOUNTS, 1, "money"),
            "under",
            leaders=True,
            widths=[4, 1],
        )
    )
    press.prose(0.5)


def one_go(press: Press) -> None:
    press.prose(1)
    press.table(Sheet([[("", 1), *YEARS[:5]]], figures(14, COUNTRIES[:14], 5, "count"), "head", one_go=True))
    press.prose(1)


def two_tables(press: Press) -> None:
    press.prose(0.5)
    for number in (1, 2, 3):
        press.flow(f"{number}. Trade in goods, group {number}", "Times-Bold", 10)
        press.table(
            Sheet(
                [columns("Partner", "Exports", "Imports", "Balance")],
                figures(20 + number, COUNTRIES[number * 5 : number * 5 + 5], 3, "spaced"),
                "none",
            )
        )


def levels(press: Press) -> None:
    press.prose(0.7)
    head = [
        [("", 1), ("Fiscal year 2010", 4), ("Fiscal year 2011", 4)],
        [("", 1), ("Request", 2), ("Enacted", 2), ("Request", 2), ("Enacted", 2)],
        [("Account", 1), *[("Number", 1), ("Percent", 1)] * 4],
    ]
    press.table(Sheet(head, figures(50, ACCOUNTS, 8, "rate"), "head", size=8, widths=[2.8, *[0.8] * 8]))
    press.flow("a/ Preliminary.", size=7)
    press.prose(0.7)
    rows = figures(51, [*FUELS[:4], "Subtotal", *FUELS[4:], "Total"], 5, "count", 0.15)
    press.table(
        Sheet(
            [[("Source", 1), ("Unit", 1), *YEARS[1:5]]],
            [[row[0], "PJ" if at % 2 else "thousand\ntonnes", *row[2:]] for at, row in enumerate(rows)],
            "none",
            size=8.5,
        )
    )
    press.flow("(1) Including peat. (2) Provisional figure.", size=7)
    press.prose(0.7)


def halves(press: Press) -> None:
    press.prose(0.7)
    left, right = figures(52, STATES[:10], 2), figures(53, STATES[10:20], 2)
    head = [columns("State", "Rank", "Value", "State", "Rank", "Value")]
    press.table(
        Sheet(
            head,
            [a + b for a, b in zip(left, right, strict=True)],
            "under",
            widths=[1.6, 0.8, 0.8, 1.6, 0.8, 0.8],
        )
    )
    press.prose(0.7)
    press.table(
        Sheet(
            [],
            figures(54, ["Population", "Area, km2", "Density", "Growth rate", "Median age"], 3, "rate"),
            "none",
            align="centre",
        )
    )
    press.prose(0.7)
    rows = figures(55, COUNTRIES[:15], 6, "money", 0.2)
    press.table(Sheet([[("(million EUR)", 1), *YEARS]], rows, "rows", size=7, leading=1.2))


def wrapped(press: Press) -> None:
    press.prose(0.6)
    labels = [
        "Adults who had looked for work in the\nfour weeks before the interview",
        "Discouraged",
        "Persons not in the labour force who\nwanted a job",
        "Unemployed 27 weeks or longer",
        "Part-time workers for economic\nreasons, all industries together",
    ]
    press.table(
        Sheet(
            [columns("", "Thousands", "Per cent")],
            figures(56, labels, 2, "rate"),
            "none",
            widths=[2.4, 1, 1],
        )
    )
    press.prose(0.6)
    press.table(
        Sheet(
            [columns("", "Thousands", "Per cent")],
            figures(57, labels, 2, "count"),
            "head",
            widths=[2.4, 1, 1],
            low=True,
        )
    )
    press.prose(0.6)
    body = [
        [a, b, c, d]
        for (a, b), c, d in zip(
            [
                ("Clarity", "Patients ask what the item\nmeans"),
                ("Range", "Answers gather at one end"),
                ("Recall", "The period asked about is\ntoo long to remember"),
            ],
            ["Reword", "Add choices\nat both ends", "Shorten"],
            ["May", "June", "July"],
            strict=True,
        )
    ]
    press.table(
        Sheet(
            [columns("Property", "Reason for change", "Action", "Due")],
            body,
            "head",
            align="left",
            row_gap=4,
            widths=[1, 2, 1.2, 0.8],
        )
    )


def by_word(press: Press) -> None:
    press.by_word = True
    spanning(press)
    press.new_page()
    survey(press)
    press.new_page()
    levels(press)


DOCUMENTS: dict[str, Callable[[Press], None]] = {
    function.__name__: function
    for function in (
        release, spanning, accounts, states, grouped, columns_of_prose, survey, words, framed, pairs,
        one_go, two_tables, levels, halves, wrapped, by_word,
    )
}  # fmt: skip
