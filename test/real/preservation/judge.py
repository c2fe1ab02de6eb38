"""Imports every module of a package as a fresh interpreter would and writes down what it then holds.

    python3 -S judge.py SPEC.json      {root, library, owned, modules, out, limit}

One process per module. Since importing `a.b` imports `a` first, the processes of a package's submodules are forked
from the one that has just imported the package: nothing else is shared, so nothing is masked, and no `__init__`
runs twice. Each line of `out` is one module: what failed, or its names and what its other imports give.
"""
import ast
import json
import os
import signal
import sys

ModuleType = type(sys)
FUNCTIONS = ("function", "builtin_function_or_method", "method", "cython_function_or_method")
PLAIN = (bool, int, str, type(None))


def attempt(action):
    """What went wrong, or None."""
    try:
        action()
    except BaseException as error:
        return f"{type(error).__name__}: {error}"[:600]
    return None


class Judge:
    def __init__(self, spec):
        self.root = os.path.realpath(spec["root"])
        self.owned = set(spec["owned"])
        self.limit = spec["limit"]
        self.out = os.open(spec["out"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND)
        self.judged = set(spec["modules"])
        self.children = {}
        for name in sorted(self.judged):
            while name not in self.children.setdefault(name.rpartition(".")[0], []):
                self.children[name.rpartition(".")[0]].append(name)
                name = name.rpartition(".")[0]
                if not name:
                    break

    def write(self, record):
        os.write(self.out, (json.dumps(record) + "\n").encode())

    def below(self, name):
        yield name
        for child in self.children.get(name, ()):
            yield from self.below(child)

    def write_failure(self, name, error):
        for each in self.below(name):
            if each in self.judged:
                self.write({"module": each, "error": error})

    def in_child(self, name, action):
        """Runs an action in a process of its own; whatever it does not survive is its failure."""
        process = os.fork()
        if process == 0:
            error = attempt(action)
            if error:
                self.write_failure(name, "Judging failed: " + error)
            os._exit(0)
        status = os.waitpid(process, 0)[1]
        if status != 0:
            self.write_failure(name, "Ended: " + describe(status))

    def visit(self, name):
        signal.alarm(self.limit)
        error = attempt(lambda: __import__(name))
        if not self.children.get(name):
            self.write_failure(name, error) if error else self.record(name)
            return
        signal.alarm(0)
        if error:
            self.write_failure(name, error)
            return
        if name in self.judged:
            self.in_child("", lambda: self.record(name))
        for child in self.children[name]:
            self.in_child(child, lambda child=child: self.visit(child))

    def record(self, name):
        signal.alarm(self.limit)
        module = sys.modules[name]
        held = dict(getattr(module, "__dict__", {}))
        exported = held.get("__all__")
        exported = sorted(map(str, exported)) if isinstance(exported, (list, tuple, set)) else None
        listed = set(exported or ())
        public = {key: self.identity(value) for key, value in held.items() if key in listed or not key.startswith("_")}
        tree = source_tree(held)
        again, space = self.repeat_imports(tree, held)
        self.write({
            "module": name, "names": public, "exported": exported,
            "star": attempt(lambda: exec(f"from {name} import *", {})),
            "lazy": self.lazy_names(module, held, exported),
            "again": again, "chains": self.broken_chains(tree, held, space),
        })

    def lazy_names(self, module, held, exported):
        """Names that the module offers without holding them."""
        offered = {key for key in (*dir(module), *(exported or ())) if isinstance(key, str) and not key.startswith("_")}
        return {key: self.obtained(module, key) for key in sorted(offered - held.keys())}

    def obtained(self, module, key):
        try:
            return self.identity(getattr(module, key))
        except BaseException as error:
            return f"e:{type(error).__name__}"

    def identity(self, value):
        """What a value is, in terms that do not change from one process to the next."""
        kind = type(value)
        if issubclass(kind, ModuleType):
            return "m:" + str(object.__getattribute__(value, "__dict__").get("__name__"))
        if issubclass(kind, type) or kind.__name__ in FUNCTIONS:
            return f"c:{getattr(value, '__module__', None)}:{getattr(value, '__qualname__', '?')}"
        if kind is str and (self.root in value or "/" in value and os.path.exists(value)):
            return f"p:{os.path.exists(value)}"
        if kind in PLAIN and len(repr(value)) < 100:
            return "v:" + repr(value)
        return f"t:{kind.__module__}:{kind.__qualname__}"

    def is_owned(self, name):
        return name.partition(".")[0] in self.owned

    def repeat_imports(self, tree, held):
        """Runs each import of the file once more, those inside functions too: what is got, or how it fails."""
        space, outcomes = dict(held), []
        for node, place in imports_of(tree):
            for alias in node.names:
                single = ast.copy_location(single_import(node, alias), node)
                code = compile(ast.fix_missing_locations(ast.Module([single], [])), "again", "exec")
                before = set(space)
                error = attempt(lambda: exec(code, space))
                outcomes.append([place, error and error.split(":")[0] + " " + alias.name.rpartition(".")[2],
                                 None if error else self.got(node, alias, space)])
                self.forget_others(space, before, alias)
        return [each for each in outcomes if each[1] or each[2]], space

    def forget_others(self, space, before, alias):
        if alias.name == "*":
            for key in set(space) - before:
                del space[key]

    def got(self, node, alias, space):
        """What an import of the repository's own gives; None for others."""
        if alias.name == "*":
            return None
        if isinstance(node, ast.Import):
            return "m:" + alias.name if self.is_owned(alias.name) else None
        if node.level == 0 and not self.is_owned(node.module or ""):
            return None
        return self.identity(space[alias.asname or alias.name])

    def broken_chains(self, tree, held, space):
        """`a.b.c` where a module of the repository lacks the next part, beginning with the module's full name."""
        broken = set()
        for chain, imported in chains_of(tree):
            value = (space if imported else held).get(chain[0])
            for at, attribute in enumerate(chain[1:], 1):
                if not issubclass(type(value), ModuleType) or not self.is_owned(value.__name__):
                    break
                holder = value
                try:
                    value = getattr(holder, attribute)
                except BaseException:
                    broken.add(".".join([holder.__name__, *chain[at:]]))
                    break
        return sorted(broken)


def describe(status):
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        return "time limit" if number == signal.SIGALRM else f"signal {number}"
    return f"exit {os.WEXITSTATUS(status)}"


def source_tree(held):
    try:
        with open(held["__file__"], "rb") as file:
            return ast.parse(file.read())
    except (KeyError, OSError, SyntaxError, TypeError, ValueError):
        return ast.Module([], [])


def imports_of(tree):
    """Each import statement with `here` or, inside a function, `lazy`."""
    stack = [(tree, "here")]
    while stack:
        node, place = stack.pop()
        if isinstance(node, ast.Import) or isinstance(node, ast.ImportFrom) and node.module != "__future__":
            yield node, place
        within = "lazy" if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) else place
        stack.extend((child, within) for child in reversed(list(ast.iter_child_nodes(node))))


def single_import(node, alias):
    if isinstance(node, ast.Import):
        return ast.Import([alias])
    return ast.ImportFrom(node.module, [alias], node.level)


def chains_of(tree):
    """Each `a.b.c` with whether a function's own import binds `a`; without those whose `a` is another local name."""
    stack = [(tree, set(), set())]
    while stack:
        node, imported, local = stack.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            by_import, by_others = local_names(node)
            imported, local = (imported - by_others) | by_import, (local - by_import) | by_others
        parts, at = [], node
        while isinstance(at, ast.Attribute) and isinstance(at.ctx, ast.Load):
            parts.append(at.attr)
            at = at.value
        if parts and isinstance(at, ast.Name) and at.id not in local:
            yield [at.id, *reversed(parts)], at.id in imported
        inner = [at] if parts else ast.iter_child_nodes(node)
        stack.extend((child, imported, local) for child in inner)


def local_names(function):
    """Names that a function's imports bind, and names that anything else in it binds."""
    by_import, by_others = set(), set()
    for node in ast.walk(function):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            by_import.update(alias.asname or alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.arg):
            by_others.add(node.arg)
        elif isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            by_others.add(node.id)
    return by_import, by_others - by_import


def keep_bytecode_apart(root, scratch):
    """Compiled files of the judged tree go to a directory that nobody else uses."""
    external = sys.modules["_frozen_importlib_external"]
    usual = external.cache_from_source

    def cache_from_source(path, debug_override=None, *, optimization=None):
        full = os.path.abspath(path)
        if full.startswith(root + os.sep):
            return os.path.join(scratch, full[len(root) + 1:].replace(os.sep, ".") + "c")
        return usual(path, debug_override, optimization=optimization)

    external.cache_from_source = cache_from_source


class OnlyFromRoot:
    """Top-level names of the repository are found there or not at all, whatever is installed."""

    def __init__(self, root, owned):
        self.root, self.owned = root, owned
        self.finder = next(each for each in sys.meta_path if getattr(each, "__name__", "") == "PathFinder")

    def find_spec(self, name, path=None, target=None):
        if path is not None or name not in self.owned:
            return None
        spec = self.finder.find_spec(name, [self.root])
        if spec is None:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return spec


def prepare(spec):
    root = os.path.realpath(spec["root"])
    scratch = spec["out"] + ".cache"
    os.makedirs(scratch)
    os.chdir(scratch)
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nothing, descriptor)
    keep_bytecode_apart(root, scratch)
    sys.path[:] = [root, *sys.path[1:], spec["library"]]
    sys.meta_path.insert(0, OnlyFromRoot(root, set(spec["owned"])))
    sys.argv = ["judge", "--version"]


def main():
    with open(sys.argv[1]) as file:
        spec = json.load(file)
    judge = Judge(spec)
    prepare(spec)
    for top in judge.children.get("", ()):
        judge.in_child(top, lambda: judge.visit(top))


main()
