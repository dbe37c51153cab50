"""Number formats of spreadsheets (ECMA-376 part 1, 18.8.30/31): a value to the text the sheet shows."""

from __future__ import annotations

import datetime as dt
import math
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cache

import regex

# Built-in formats that files name by number alone. 14 and 22 follow the computer's settings: Vietnamese ones.
BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    12: "# ?/?", 13: "# ??/??", 14: "dd/mm/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "dd/mm/yyyy h:mm", 37: "#,##0;(#,##0)",
    38: "#,##0;(#,##0)", 39: "#,##0.00;(#,##0.00)", 40: "#,##0.00;(#,##0.00)", 41: "#,##0;-#,##0;-;@",
    42: "#,##0;-#,##0;-;@", 43: "#,##0.00;-#,##0.00;-;@", 44: "#,##0.00;-#,##0.00;-;@", 45: "mm:ss",
    46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
}  # fmt: skip
_TOKEN = regex.compile(
    r"""(?P<quoted>"[^"]*") | \\(?P<escaped>.) | _(?P<pad>.) | \*(?P<fill>.)
      | \[(?P<bracket>[^\]]*)\]
      | (?P<ampm>AM/PM|A/P) | (?P<general>General)
      | (?P<date>y+|m+|d+|h+|s+(?:\.0+)?|e+|b+|g+)
      | (?P<number>[0\#?]+(?:,[0\#?]+)*,*(?:\.[0\#?]*,*)?(?:E[+-][0\#?]+)?|\.[0\#?]+)
      | (?P<other>.)""",
    regex.VERBOSE | regex.IGNORECASE | regex.DOTALL,
)
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS_VI = ("Một", "Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Mười", "Mười Một", "Mười Hai")
_DAYS_VI = ("Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy", "Chủ Nhật")
_CONDITION = regex.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)$")
_EPOCH, _EPOCH_1904 = dt.datetime(1899, 12, 30), dt.datetime(1904, 1, 1)  # sheets have no time zone
Token = tuple[str, str]
_ANY_DOUBLE = Context(prec=400)


def show_number(value: float, code: str, *, from_1904: bool = False) -> str:
    """Give the text a sheet shows for a number under a format code."""
    tokens = _section(value, code)
    kinds = {kind for kind, _ in tokens}
    if "date" in kinds or "elapsed" in kinds:
        return _show_date(value, tokens, from_1904=from_1904)
    if kinds & {"general", "text"} or not tokens:
        return (
            "".join(general(value) if kind in {"general", "text"} else text for kind, text in tokens)
            if tokens
            else ("" if ";" in code else general(value))
        )
    return _show_number(value, tokens, sectioned=len(_sections(code)) > 1)


def general(value: float) -> str:
    """Write a number as "General" does: no needless zeros, eleven figures at most."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    text = f"{value:.10g}"
    if "e" in text:
        mantissa, _, exponent = text.partition("e")
        return f"{mantissa}E{exponent[0]}{exponent[1:].zfill(2)}"
    return text


@cache
def _sections(code: str) -> tuple[tuple[str, tuple[Token, ...]], ...]:
    """Cut a format code at its semicolons: (condition, tokens) of each section."""
    sections: list[tuple[str, tuple[Token, ...]]] = []
    tokens: list[Token] = []
    condition = ""
    for match in _TOKEN.finditer(code):
        kind, text = match.lastgroup or "other", match[0]
        if kind == "other" and text == ";":
            sections.append((condition, tuple(tokens)))
            tokens, condition = [], ""
        elif kind == "bracket":
            inner = match["bracket"]
            if inner[:1] == "$":
                tokens += [("literal", inner[1:].partition("-")[0])]
                if inner.casefold().endswith("42a"):
                    tokens.append(("vietnamese", ""))
            elif inner.casefold().strip("hms") == "" and inner:
                tokens.append(("elapsed", inner.casefold()))
            elif _CONDITION.match(inner):
                condition = inner
        elif kind == "quoted":
            tokens.append(("literal", text[1:-1]))
        elif kind == "escaped":
            tokens.append(("literal", match["escaped"]))
        elif kind in {"pad", "fill"}:
            tokens.append(("literal", " " if kind == "pad" else ""))
        elif kind == "other":
            tokens.append(
                {"%": ("percent", "%"), "@": ("text", "@"), "/": ("slash", "/")}.get(text, ("literal", text))
            )
        else:
            tokens.append((kind, text.casefold() if kind == "date" else text))
    sections.append((condition, tuple(tokens)))
    return tuple(sections)


def _section(value: float, code: str) -> tuple[Token, ...]:
    sections = _sections(code)
    if any(condition for condition, _ in sections[:2]):
        for condition, tokens in sections[:3]:
            if not condition or _holds(value, condition):
                return tokens
        return sections[-1][1]
    if value < 0 and len(sections) > 1:
        return sections[1][1]
    if value == 0 and len(sections) > 2:
        return sections[2][1]
    return sections[0][1]


def _holds(value: float, condition: str) -> bool:
    match = _CONDITION.match(condition)
    if match is None:
        return False
    limit = float(match[2])
    return {
        "<": value < limit, "<=": value <= limit, ">": value > limit, ">=": value >= limit,
        "=": value == limit, "<>": value != limit,
    }[match[1]]  # fmt: skip


def _show_number(value: float, tokens: tuple[Token, ...], *, sectioned: bool) -> str:
    numbers = [text for kind, text in tokens if kind == "number"]
    if not numbers:
        return "".join(text for _, text in tokens)
    if any(kind == "slash" for kind, _ in tokens) and len(numbers) >= 2:
        return _fraction(value, tokens, numbers)
    percent = sum(kind == "percent" for kind, _ in tokens)
    pattern = numbers[0]
    shown = _digits(abs(value) * 100**percent, pattern)
    out: list[str] = []
    for kind, text in tokens:
        if kind == "number":
            out.append(shown)
            shown = ""
        else:
            out.append(text)
    # With a section of its own for negatives, the minus is written there or not at all.
    sign = "-" if value < 0 and not sectioned and any("1" <= digit <= "9" for digit in "".join(out)) else ""
    return sign + "".join(out).strip()


def _digits(value: float, pattern: str) -> str:
    mantissa, exponent_mark, exponent = pattern.upper().partition("E")
    if exponent_mark:
        places = len(mantissa.partition(".")[2])
        text = f"{value:.{places}E}"
        head, _, power = text.partition("E")
        sign = "+" if exponent[:1] == "+" and power[0] == "+" else power[0].replace("+", "")
        return f"{head}E{sign}{power[1:].lstrip('0').zfill(len(exponent) - 1)}"
    whole, _, decimals = mantissa.partition(".")
    scale = len(mantissa) - len(mantissa.rstrip(","))
    whole, decimals = whole.rstrip(","), decimals.rstrip(",")
    number = Decimal(repr(value)).scaleb(-3 * scale)
    # A double reaches 1e308: the 28 digits of the usual context would refuse the larger ones.
    rounded = number.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP, _ANY_DOUBLE)
    integer, _, fraction = f"{rounded:f}".partition(".")
    least = whole.count("0")
    integer = integer.lstrip("0").zfill(least) if integer.strip("0") or least else ""
    if "," in whole:
        integer = regex.sub(r"(?<=\d)(?=(?:\d{3})+$)", ",", integer)
    optional = len(decimals) - len(decimals.rstrip("#?"))
    while optional and fraction.endswith("0"):
        fraction, optional = fraction[:-1], optional - 1
    return integer + ("." + fraction if "." in mantissa else "")  # "0.##" shows 12 as "12."


def _fraction(value: float, tokens: tuple[Token, ...], numbers: list[str]) -> str:
    slash = next(index for index, (kind, _) in enumerate(tokens) if kind == "slash")
    below = next((text for kind, text in tokens[slash:] if kind == "number"), "?")
    best = min(range(1, 10 ** len(below)), key=lambda d: (abs(round(abs(value) * d) / d - abs(value)), d))
    above = round(abs(value) * best)
    sign = "-" if value < 0 else ""
    if len(numbers) > 2:
        whole, above = divmod(above, best)
        return sign + " ".join(
            filter(None, (str(whole) if whole or not above else "", f"{above}/{best}" if above else ""))
        )
    return f"{sign}{above}/{best}"


def _show_date(value: float, tokens: tuple[Token, ...], *, from_1904: bool) -> str:
    if not 0 <= value < 2_958_466 or math.isnan(value):
        return general(value)
    days = value if from_1904 or value >= 60 else value + 1  # Lotus's 29 February 1900
    moment = (_EPOCH_1904 if from_1904 else _EPOCH) + dt.timedelta(seconds=round(days * 86_400, 3))
    if not any(kind == "date" and "." in text for kind, text in tokens):
        moment = (moment + dt.timedelta(milliseconds=500)).replace(microsecond=0)
    vietnamese = any(kind == "vietnamese" for kind, _ in tokens)
    half_day = any(kind == "ampm" for kind, _ in tokens)
    out: list[str] = []
    for index, (kind, text) in enumerate(tokens):
        if kind == "date":
            minutes = text[0] == "m" and len(text) <= 2 and _is_minutes(tokens, index)
            out.append(
                _date_part(moment, "n" * len(text) if minutes else text, vietnamese, half_day=half_day)
            )
        elif kind == "elapsed":
            per = {"h": 3600, "m": 60, "s": 1}[text[0]]
            out.append(str(int(round(value * 86_400) // per)).zfill(len(text)))
        elif kind == "ampm":
            out.append("AM" if moment.hour < 12 else "PM")
        elif kind == "number":
            continue
        else:
            out.append(text if kind not in {"vietnamese", "text"} else "")
    return "".join(out).strip()


def _is_minutes(tokens: tuple[Token, ...], index: int) -> bool:
    """In a format, m is minutes right after hours or right before seconds, else months."""
    before = next((text for kind, text in reversed(tokens[:index]) if kind in {"date", "elapsed"}), "")
    after = next((text for kind, text in tokens[index + 1 :] if kind in {"date", "elapsed"}), "")
    return before[:1] == "h" or after[:1] == "s"


def _date_part(moment: dt.datetime, text: str, vietnamese: bool, *, half_day: bool) -> str:  # noqa: PLR0911 - one guard a letter
    letter, length = text[0], len(text)
    if letter in "ye":
        return f"{moment.year % 100:02d}" if length <= 2 and letter == "y" else str(moment.year)
    if letter == "m":
        if length <= 2:
            return str(moment.month).zfill(length)
        if vietnamese:
            return f"Thg{moment.month}" if length == 3 else f"Tháng {_MONTHS_VI[moment.month - 1]}"
        name = _MONTHS[moment.month - 1]
        return name[:3] if length == 3 else name[0] if length == 5 else name
    if letter == "d":
        if length <= 2:
            return str(moment.day).zfill(length)
        if vietnamese:
            name = _DAYS_VI[moment.weekday()]
            return name if name.startswith("Chủ") else f"Thứ {name}"
        return _DAYS[moment.weekday()][: 3 if length == 3 else None]
    if letter == "h":
        return str((moment.hour - 1) % 12 + 1 if half_day else moment.hour).zfill(length)
    if letter == "n":
        return str(moment.minute).zfill(length)
    if letter == "s":
        whole, dot, places = text.partition(".")
        tail = f"{moment.microsecond:06d}"[: len(places)] if dot else ""
        return str(moment.second).zfill(len(whole)) + dot + tail
    return ""
