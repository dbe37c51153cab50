"""The report of an audit: `audit.html` (one file, no network) and `audit.xlsx`, made from the tables of OUT.

    files = write_report(out, rules, ReportOptions(lang="vi", files={doc_id: path}))

`rules` (by id, `phuluc.audit.rule.Rule`) says what each rule is called and why it is one; a finding of a rule it does
not know is shown under its code. Everything else is read from OUT: documents, tasks, deadlines, units, rows, findings,
task_groups. The same OUT gives the same bytes: nothing here asks for the time.
"""

from phuluc.audit.report.model import ReportFiles, ReportOptions
from phuluc.audit.report.write import write_report

__all__ = ["ReportFiles", "ReportOptions", "write_report"]
