"""Names that a document defines itself: "Tên đầy đủ (VIẾT TẮT)", "sau đây viết tắt là X", initials."""

from __future__ import annotations


class Glossary:
    """placeholder."""

    def __init__(self) -> None:
        self.expansions: dict[str, str] = {}

    def named(self, head: str) -> tuple[str, ...]:
        return ()
