"""A pytest plugin that writes down each name by which code of the repository imports by value: file, line, name.

FLOW_ROOT is the repository, FLOW_LOG the file that gets one JSON line per place and name.
"""
import builtins
import importlib
import importlib.util
import json
import os
import sys

ROOT = os.path.realpath(os.environ["FLOW_ROOT"]) + os.sep
seen = set()


def record(name):
    frame = sys._getframe(2)
    path = os.path.realpath(frame.f_code.co_filename)
    row = (path[len(ROOT):], frame.f_lineno, name)
    if not path.startswith(ROOT) or not isinstance(name, str) or row in seen:
        return
    seen.add(row)
    with open(os.environ["FLOW_LOG"], "a", encoding="utf-8") as log:
        log.write(json.dumps({"path": row[0], "line": row[1], "name": name}) + "\n")


def spied(function):
    def spy(name, *args, **options):
        record(name)
        return function(name, *args, **options)

    return spy


importlib.import_module = spied(importlib.import_module)
importlib.util.find_spec = spied(importlib.util.find_spec)
plain_import = builtins.__import__


def spying_import(name, globals=None, locals=None, fromlist=(), level=0):
    record(name)
    return plain_import(name, globals, locals, fromlist, level)


builtins.__import__ = spying_import
