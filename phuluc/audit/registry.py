"""Which rules there are: ours, and those of installed plug-ins.

A plug-in is a distribution with an entry point in the group `phuluc.audit` that names a module with a function
`phuluc_audit_rules`, marked `@hookimpl` (`phuluc.audit.rule`).
"""

from __future__ import annotations

import tomllib
from importlib import import_module
from importlib.resources import files
from pkgutil import iter_modules
from typing import TYPE_CHECKING, TypeAlias

import pluggy

import phuluc.audit.rules
from phuluc.audit.rule import PLUGINS, Hooks, Rule, Words
from phuluc.exits import UsageError
from phuluc.language import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from phuluc.audit.rule import DocumentCheck, GroupCheck, WatcherFactory

    Checks: TypeAlias = Mapping[str, DocumentCheck | WatcherFactory | GroupCheck]


def own_rules() -> list[Rule]:
    """Give the rules of Phuluc itself, family by family."""
    modules = [import_module(f"phuluc.audit.rules.{family}") for family in _families()]
    return [rule for module in modules for rule in module.phuluc_audit_rules()]


def all_rules() -> dict[str, Rule]:
    """Give every rule by id, ours first; raises UsageError where a plug-in cannot be loaded or repeats an id."""
    manager = pluggy.PluginManager(PLUGINS)
    manager.add_hookspecs(Hooks)
    try:
        manager.load_setuptools_entrypoints(PLUGINS)
    except Exception as error:  # any: it is code of strangers; the user hears which rules are to blame
        raise UsageError(say("audit.plugin", error=f"{type(error).__name__}: {error}")) from error
    for family in reversed(_families()):  # pluggy asks the last one first
        manager.register(import_module(f"phuluc.audit.rules.{family}"))
    rules: dict[str, Rule] = {}
    for rule in (rule for given in manager.hook.phuluc_audit_rules() for rule in given):
        if rule.id in rules:
            raise UsageError(say("audit.same_rule", rule=rule.id))
        rules[rule.id] = rule
    return rules


def _families() -> list[str]:
    return sorted(module.name for module in iter_modules(phuluc.audit.rules.__path__))


def described(family: str, checks: Checks) -> list[Rule]:
    """Join the checks of a family with what `data/rules/<family>.toml` says of each rule."""
    text = files("phuluc").joinpath(f"audit/data/rules/{family}.toml").read_text("utf-8")
    return [
        Rule(
            id=name,
            severity=said["severity"],
            scope=said["scope"],
            family=family,
            title=Words(**said["title"]),
            why=Words(**said["why"]),
            example=Words(**said["example"]),
            messages={key: Words(**words) for key, words in said["says"].items()},
            thresholds=said.get("thresholds", {}),
            check=checks[name],
        )
        for name, said in tomllib.loads(text).items()
    ]
