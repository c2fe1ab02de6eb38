"""A pytest plugin that writes the outcome of every test, by id, to the file that OUTCOMES names."""
import json
import os

SEVERITY = ("passed", "skipped", "xpassed", "xfailed", "failed", "error")
outcomes = {}


def note(test, outcome):
    outcomes[test] = max(outcomes.get(test, "passed"), outcome, key=SEVERITY.index)


def pytest_runtest_logreport(report):
    outcome = report.outcome
    if hasattr(report, "wasxfail"):
        outcome = {"passed": "xpassed", "skipped": "xfailed"}.get(outcome, outcome)
    elif outcome == "failed" and report.when != "call":
        outcome = "error"
    note(report.nodeid, outcome)


def pytest_collectreport(report):
    if report.failed:
        note(report.nodeid, "error")


def pytest_sessionfinish():
    with open(os.environ["OUTCOMES"], "w") as file:
        json.dump(outcomes, file)
