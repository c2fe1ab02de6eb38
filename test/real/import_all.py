"""Imports each named module in a child forked from a clean interpreter; prints one JSON object per module.

Arguments: the directory that is put first on the path, or `-` for none. Standard input: names, separated by NUL.
"""

import importlib
import json
import os
import select
import signal
import subprocess
import sys
import traceback

LOADED = set(sys.modules)
SECONDS = 30
AT_ONCE = 3


def verdict(name):
    try:
        importlib.import_module(name)
        return {"exception": None}
    except BaseException as error:
        frames = [f for f in traceback.extract_tb(error.__traceback__) if "importlib" not in f.filename]
        # What a module says of itself, such as that it is for another platform.
        said = bool(frames) and (frames[-1].line or "").startswith("raise ")
        bases = [each.__name__ for each in type(error).__mro__]
        return {
            "exception": type(error).__name__,
            "bases": bases,
            "message": str(error)[:300],
            "said": said,
            "missing": getattr(error, "name", None),
            "chain": [[f.filename, f.lineno] for f in frames[-6:]],
        }


def apart(name):
    """This script has loaded the module itself. What the interpreter imports for itself nobody can import first."""
    code = f"import sys; began = {name!r} in sys.modules; import {name}; print(began)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    if ran.returncode != 0:
        return {"name": name, "exception": "ImportError", "bases": ["ImportError"], "message": ran.stderr[-300:]}
    return {"name": name, "exception": None, "started": ran.stdout.strip() == "True"}


def start(name):
    read, write = os.pipe()
    child = os.fork()
    if child:
        os.close(write)
        return child, read
    signal.alarm(SECONDS)
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(null, stream)
    answer = json.dumps({"name": name, **verdict(name)})
    os.write(write, answer.encode("utf-8", "replace"))
    os._exit(0)


def main():
    names = [name for name in sys.stdin.read().split("\0") if name]
    for name in sorted(set(names) & LOADED):
        print(json.dumps(apart(name)), flush=True)
    names = [name for name in names if name not in LOADED]
    if sys.argv[1] != "-":
        sys.path.insert(0, sys.argv[1])
    sys.dont_write_bytecode = True
    sys.argv = ["import_all"]
    open_children = {}
    while names or open_children:
        while names and len(open_children) < AT_ONCE:
            name = names.pop()
            child, read = start(name)
            open_children[read] = (name, child, b"")
        for read in select.select(list(open_children), [], [])[0]:
            name, child, answer = open_children[read]
            part = os.read(read, 65536)
            if part:
                open_children[read] = (name, child, answer + part)
                continue
            del open_children[read]
            os.close(read)
            os.waitpid(child, 0)
            print(answer.decode() if answer else json.dumps({"name": name, "exception": "died"}), flush=True)


main()
