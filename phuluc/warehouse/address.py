"""Where a target is, read from its URL; and how to speak of it without telling its password."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias, get_args
from urllib.parse import parse_qs, unquote, urlsplit

from phuluc.exits import UsageError
from phuluc.language import say

Kind: TypeAlias = Literal["duckdb", "postgresql", "delta"]
_MASK = "***"
_RESERVED = set("/?#[]@: ")
"""Must be written as %2F, %3F, … in the password of a URL (RFC 3986, 2.2)."""


@dataclass(frozen=True, slots=True)
class Address:
    """A target.

    Attributes:
        url: as the driver takes it, password included: never print it.
        shown: the same without the password.
        secrets: what must never be printed, in every spelling.
    """

    kind: Kind
    url: str
    shown: str
    secrets: tuple[str, ...]

    def __repr__(self) -> str:
        return f"Address({self.shown})"

    @property
    def path(self) -> Path:
        """The file or folder of a duckdb or delta target: what stands after the two slashes."""
        return Path(unquote(self.url.split("://", 1)[1]))

    def masked(self, text: str) -> str:
        """Give a driver's message without the password."""
        for secret in self.secrets:
            text = text.replace(secret, _MASK)
        return text


def parse_address(url: str) -> Address:
    """Read the URL of a target; raises UsageError, which does not repeat a password."""
    scheme, separator, rest = url.partition("://")
    kind = {"postgres": "postgresql"}.get(scheme, scheme)
    secrets = _secrets(url)
    shown = url
    for secret in secrets:
        shown = shown.replace(secret, _MASK)
    if kind not in get_args(Kind) or not separator or not (rest or kind == "postgresql"):
        raise UsageError(say("load.bad_target", target=shown))
    if kind != "postgresql":
        # "duckdb:///data/x.duckdb" is /data/x.duckdb, as in every URL; a relative path has two slashes.
        return Address("duckdb" if kind == "duckdb" else "delta", url, url, ())
    # The driver would take such a password for a host, a port or a path, and say it in its message.
    if any(set(secret) & _RESERVED for secret in _credentials(url)):
        raise UsageError(say("load.unescaped", target=shown))
    return Address("postgresql", url, shown, secrets)


def _secrets(url: str) -> tuple[str, ...]:
    """Find passwords: `user:password@`, also one with an unescaped "@" or "/", and `?password=`."""
    found = set(_credentials(url))
    try:
        split = urlsplit(url)
        found.add(split.password or "")
        query = split.query
    except ValueError:  # "[" in a password: no URL, and still not to be printed
        query = ""
    for name in ("password", "sslpassword", "passfile"):
        found.update(parse_qs(query).get(name, ()))
    for part in query.split("&"):
        if part.startswith(("password=", "sslpassword=")):
            found.add(part.split("=", 1)[1])
    spellings = {spelling for secret in found for spelling in (secret, unquote(secret)) if secret}
    return tuple(sorted(spellings, key=len, reverse=True))


def _credentials(url: str) -> list[str]:
    """Give the password before the last "@", whatever stands in it."""
    credentials, at, _ = url.partition("://")[2].rpartition("@")
    return [credentials.split(":", 1)[1]] if at and ":" in credentials else []
