"""Records every import that happens inside a repository. Copied as `sitecustomize.py` to the front of PYTHONPATH.

SPY_ROOT is the repository, SPY_LOG the file that gets one JSON line per pair of importing and imported file. Two spies
together see everything: a finder on `sys.meta_path` sees first imports, whoever asks for them (`importlib.import_module`
included); `builtins.__import__` is wrapped to see statements whose module was already loaded. Compiled code that imports
on behalf of the repository (unpickling) is marked: no text of the repository asks for that import.
"""

import builtins
import importlib
import importlib.machinery
import json
import os
import sys

ROOT = os.path.realpath(os.environ["SPY_ROOT"]) + os.sep
LOG = os.environ["SPY_LOG"]
MACHINERY = (importlib.__file__, __file__)
seen = set()


def inside(path):
    """The path relative to the repository, or None."""
    real = os.path.realpath(path) if path else ""
    return real[len(ROOT):] if real.startswith(ROOT) and real.endswith((".py", ".pyi")) else None


def importer():
    """File and line that ask for an import: the first frame that is not import machinery."""
    frame = sys._getframe(1)
    while frame and (frame.f_code.co_filename.startswith("<frozen importlib") or frame.f_code.co_filename in MACHINERY):
        frame = frame.f_back
    if frame is None:
        return None, 0
    return inside(frame.f_globals.get("__file__") or frame.f_code.co_filename), frame.f_lineno


def record(asker, line, imported, name, compiled=False):
    pair = (asker, imported, compiled)
    if asker is None or imported is None or asker == imported or pair in seen:
        return
    seen.add(pair)
    row = {"path": asker, "importedPath": imported, "line": line, "name": name, "compiled": compiled}
    with open(LOG, "a", encoding="utf-8") as log:
        log.write(json.dumps(row) + "\n")


def file_of(name):
    return inside(getattr(sys.modules.get(name), "__file__", None))


class Spy:
    @staticmethod
    def find_spec(name, path=None, target=None):
        asker, line = importer()
        if asker is not None:
            spec = importlib.machinery.PathFinder.find_spec(name, path, target)
            record(asker, line, inside(getattr(spec, "origin", None)), name)
        return None


def record_statement(asker, line, name, package, names, level, compiled=False):
    base = importlib.util.resolve_name("." * level + name, package) if level else name
    parts = base.split(".")
    for count in range(1, len(parts) + 1):
        dotted = ".".join(parts[:count])
        record(asker, line, file_of(dotted), dotted, compiled)
    for each in names or ():
        dotted = f"{base}.{each}"
        if dotted in sys.modules and getattr(sys.modules.get(base), each, None) is sys.modules[dotted]:
            record(asker, line, file_of(dotted), dotted, compiled)


plain_import = builtins.__import__


def spying_import(name, globals=None, locals=None, fromlist=(), level=0):
    module = plain_import(name, globals, locals, fromlist, level)
    asker, line = importer()
    if asker is not None:
        package = (globals or {}).get("__package__") or (globals or {}).get("__name__", "").rpartition(".")[0]
        # A statement passes a tuple or None; PyImport_Import passes a list.
        record_statement(asker, line, name, package, fromlist, level, isinstance(fromlist, list))
    return module


plain_import_module = importlib.import_module


def spying_import_module(name, package=None):
    module = plain_import_module(name, package)
    asker, line = importer()
    record_statement(asker, line, importlib.util.resolve_name(name, package) if name.startswith(".") else name, "", (), 0)
    return module


import importlib.util  # noqa: E402

sys.meta_path.insert(0, Spy)
builtins.__import__ = spying_import
importlib.import_module = spying_import_module
