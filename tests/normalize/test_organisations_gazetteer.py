"""The gazetteer as data: what every row must keep, and rows of one's own."""

import csv
import datetime
from importlib.resources import files

import pytest

from normalize.organisations import UnitContext, body_of, parse_units, standard
from normalize.organisations.vocabulary import heads

DATA = files("normalize") / "data"


def rows(name):
    return list(csv.DictReader((DATA / name).read_text(encoding="utf-8").splitlines()))


BODIES = rows("organisations.csv")
GROUP_CLASSES = ("so", "tinh", "huyen", "xa", "bo", "dang")


@pytest.mark.parametrize(
    "name",
    [
        "organisations.csv", "organisation_heads.csv", "organisation_groups.csv", "organisation_positions.csv",
        "organisation_words.csv", "organisation_bare.csv", "phrase_abbreviations.csv", "provinces.csv",
        "districts.csv",
    ],
)  # fmt: skip
def test_every_row_says_where_it_is_from(name):
    assert [row for row in rows(name) if not row["source"].strip()] == []


def test_a_class_has_one_row():
    ids = [row["class_id"] for row in BODIES]
    assert len(ids) == len(set(ids))


def test_successors_are_known_classes_that_live_on():
    known = {row["class_id"]: row for row in BODIES}
    for row in BODIES:
        if row["successor"]:
            assert row["valid_to"], row["class_id"]
            assert row["successor"] in known, row["class_id"]


def test_dates_are_days_in_order():
    for row in BODIES:
        body = body_of(row)
        if body.valid_from and body.valid_to:
            assert body.valid_from <= body.valid_to, body.class_id


def test_groups_and_bare_names_point_to_known_classes():
    known = {row["class_id"] for row in BODIES}
    for row in [*rows("organisation_groups.csv"), *rows("organisation_bare.csv")]:
        named = {row[column] for column in GROUP_CLASSES} - {"", "@local"}
        assert named <= known, row


def test_open_classes_of_heads_are_known():
    known = {row["class_id"] for row in BODIES}
    assert {name for head in heads().values() for name in head.classes.values()} <= known


@pytest.mark.parametrize(
    "body",
    [body for body in standard().bodies if not body.class_id.endswith("*")],
    ids=lambda body: body.class_id,
)
def test_a_full_name_names_its_class(body):
    """The name a body has, written in full, in the papers of a body beside it and of its time."""
    if body.kind != "unit":
        return
    issuers = {"sub": "Sở Y tế", "huyen": "UBND huyện Mai Châu", "xa": "UBND xã Tân Phú", "bo": "Bộ Y tế"}
    issuer = body.issuers[0] if body.issuers else None
    context = UnitContext(
        issuer=issuers.get(body.class_id.split(".")[0], "UBND tỉnh"), issuer_class=issuer, date=body.valid_to
    )
    found = [mention.class_id for mention in parse_units(body.canonical, context)]
    assert found == [body.class_id]


def test_rows_of_ones_own_win():
    own = standard().with_bodies(
        [
            body_of({"class_id": "own.ttdl", "canonical": "Trung tâm Dữ liệu", "abbreviations": "TTDL"}),
            body_of({"class_id": "so.skhcn", "canonical": "Sở Khoa học và Công nghệ", "names": "Sở KH"}),
        ]
    )
    context = UnitContext(issuer="UBND tỉnh", gazetteer=own)
    assert [item.class_id for item in parse_units("Sở KH; Trung tâm Dữ liệu; TTDL; Sở Nội vụ", context)] == [
        "so.skhcn",
        "own.ttdl",
        "own.ttdl",
        "so.snv",
    ]
    assert parse_units("Sở KH", UnitContext(issuer="UBND tỉnh"))[0].class_id is None


def test_a_body_lives_from_its_first_to_its_last_day():
    body = body_of({"class_id": "x", "canonical": "X", "valid_from": "2020-01-01", "valid_to": "2020-12-31"})
    lived = {
        day: body.lived_on(datetime.date.fromisoformat(day))
        for day in ("2019-12-31", "2020-01-01", "2020-12-31", "2021-01-01")
    }
    assert list(lived.values()) == [False, True, True, False]
    assert body.lived_on(None)
