"""`python -m flows.report`, and the flow of the deployment."""

from pathlib import Path

from flows.report import STORED, report

WRONG = {
    ("--start", "yesterday"): "'yesterday' is not an ISO date",
    ("--start", "2018-11-02", "--end", "2018-11-01"): "the window is empty",
    ("--start", "2016-11-02", "--end", "2018-11-01"): "a report has 366 days at most",
    ("--out", "/nowhere/at/all.html"): "cannot write /nowhere/at/all.html: No such file",
    ("--warehouse", "nowhere"): "is not of the form TYPE/NAME",
}


def last_line(done):
    assert "Traceback" not in done.stderr
    return done.stderr.splitlines()[-1]


def test_the_command_writes_a_page_and_says_in_one_line_why_it_does_not(command, tmp_path):
    command("embedded", "sample", "--hours", "2", "--end", "2018-11-02", "--songs", "5")
    nothing = command("flows.report", "--out", str(tmp_path / "none.html"))
    assert nothing.returncode == 1
    assert "nothing to report: no run has loaded anything yet" in last_line(nothing)

    assert command("flows.hourly", "--window-end", "2018-11-02").returncode == 0
    out = tmp_path / "report.html"
    done = command("flows.report", "--out", str(out))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{out}: {out.stat().st_size:,} bytes\n"
    assert "2018-10-03 00:00 to 2018-11-02 00:00" in out.read_text()
    assert list(tmp_path.glob(".report*")) == []

    for arguments, words in WRONG.items():
        wrong = command("flows.report", *arguments)
        assert (wrong.returncode, wrong.stdout) == (2, ""), arguments
        assert words in last_line(wrong)

    without = tmp_path / "without"
    without.mkdir()
    (without / "pygal.py").write_text("raise ModuleNotFoundError(name='pygal')")
    bare = command("flows.report", "--out", str(out), PYTHONPATH=str(without))
    assert bare.returncode == 2
    assert "pip install 'sparkify[report]' (no pygal)" in last_line(bare)


def test_the_flow_keeps_the_page_in_the_work_bucket_or_in_a_file(warehouse, prefect_api, tmp_path):
    warehouse.load("ts | song\n2018-11-01 10:00 | You Gotta Be")
    warehouse.block.save("report-test", overwrite=True)
    slug = "embedded-redshift/report-test"
    lake = warehouse.block.lake
    assert report(slug) == f"s3://{lake.work_bucket}/{lake.work_prefix}/{STORED}"
    assert [entry.key for entry in lake.walk_work("reports")] == [f"{lake.work_prefix}/{STORED}"]
    assert report(slug) == report(slug)
    file = report(slug, out=tmp_path / "report.html")
    assert "“You Gotta Be”" in Path(file).read_text()
