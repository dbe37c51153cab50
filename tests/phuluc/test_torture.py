"""The torture of `bench.torture` in small: real processes, real kills, and nothing left behind."""

from bench.torture import torture


def test_kills_lose_nothing_double_nothing_and_leave_nothing(tmp_path, monkeypatch, capsys):
    passing = tmp_path / "tmp"
    passing.mkdir()
    monkeypatch.setenv("TMPDIR", str(passing))
    assert torture(tmp_path, documents=40, workers=2, parents=1, children=2) == 0
    assert "1 parents and 2 workers killed" in capsys.readouterr().out
    assert list(passing.iterdir()) == []
