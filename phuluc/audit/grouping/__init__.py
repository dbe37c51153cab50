"""Same task, other document: which tasks are the same piece of work, how alike they are, and why.

    groups = group_tasks(tasks, GroupingSettings())   # list[TaskGroup], in the order of their first member
    explain(a, b).text("vi")                          # the reason for any two tasks, grouped or not
    theme_title("admin_procedures", "vi")             # the heading of a theme, for people

A task may be in several groups: "publish the procedures; put them on the website" answers two rows of another plan.
Pure: no file of the corpus is read here. See docs/same-task.md.
"""

from phuluc.audit.grouping.grouping import group_tasks
from phuluc.audit.grouping.model import GroupingSettings, Member, Reason, TaskGroup, TaskText, Weight
from phuluc.audit.grouping.reasons import explain
from phuluc.audit.grouping.themes import theme_codes, theme_title

__all__ = [
    "GroupingSettings",
    "Member",
    "Reason",
    "TaskGroup",
    "TaskText",
    "Weight",
    "explain",
    "group_tasks",
    "theme_codes",
    "theme_title",
]
