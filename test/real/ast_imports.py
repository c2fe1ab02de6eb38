"""What CPython's own `ast` and `symtable` say of Python files, as lists of strings that view.mjs produces from facts.

Usage: ast_imports.py --list [--packages]     prints the interpreter's own source files, NUL between them
       ast_imports.py < names                 prints one JSON line per file name read (NUL between them)
"""

import ast
import json
import os
import re
import symtable
import sys
import sysconfig
import warnings

SWALLOWING = {"ImportError", "ModuleNotFoundError", "Exception", "BaseException"}
INVISIBLE = {"__classdict__", ".0", ".type_params", ".generic_base", ".defaults"}


def when_of(flags):
    return next((word for word in ("typing", "lazy", "guarded", "conditional") if word in flags), "runtime")


def final_name(node):
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", None)


def swallows(expression):
    return any(final_name(node) in SWALLOWING for node in ast.walk(expression))


def is_type_checking(test):
    plain = isinstance(test, ast.Name) or isinstance(test, ast.Attribute) and isinstance(test.value, ast.Name)
    return plain and final_name(test) == "TYPE_CHECKING"


def branches_of_if(node, flags):
    test = node.test
    if is_type_checking(test):
        return [(node.body, flags | {"typing"}), (node.orelse, flags)]
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not) and is_type_checking(test.operand):
        return [(node.body, flags), (node.orelse, flags | {"typing"})]
    return [(node.body, flags | {"conditional"}), (node.orelse, flags | {"conditional"})]


def branches_of_try(node, flags):
    caught = any(handler.type is None or swallows(handler.type) for handler in node.handlers)
    inside = flags | {"guarded"} if caught else flags
    branches = [(node.body, inside), (node.orelse, inside), (node.finalbody, flags)]
    return branches + [(handler.body, inside | {"conditional"}) for handler in node.handlers]


def suppresses(item):
    call = item.context_expr
    return isinstance(call, ast.Call) and final_name(call.func) == "suppress" and any(map(swallows, call.args))


def branches(node, flags):
    """The statement lists inside a statement, each with the circumstances of what stands in it."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return [(node.body, flags & {"typing"} | {"lazy"})]
    if isinstance(node, ast.ClassDef):
        return [(node.body, flags)]
    if isinstance(node, ast.If):
        return branches_of_if(node, flags)
    if hasattr(node, "handlers"):
        return branches_of_try(node, flags)
    if isinstance(node, (ast.With, ast.AsyncWith)):
        return [(node.body, flags | {"guarded"} if any(map(suppresses, node.items)) else flags)]
    if isinstance(node, (ast.For, ast.AsyncFor, ast.While)):
        return [(node.body + node.orelse, flags | {"conditional"})]
    if hasattr(node, "cases"):
        return [(case.body, flags | {"conditional"}) for case in node.cases]
    return []


def import_rows(node, flags):
    star = isinstance(node, ast.ImportFrom) and node.names[0].name == "*"
    kind = "import" if isinstance(node, ast.Import) else "star" if star else "from"
    level, module = getattr(node, "level", 0) or 0, getattr(node, "module", "") or ""
    for alias in node.names:
        # The lines of single names are known since Python 3.10.
        name_line = node.lineno if star else getattr(alias, "lineno", "")
        yield "|".join(map(str, (kind, level, module, alias.name, alias.asname or "", node.lineno, name_line, when_of(flags))))


def imports_of(tree):
    rows, pending = [], [(tree.body, frozenset())]
    while pending:
        body, flags = pending.pop()
        for node in body:
            if isinstance(node, (ast.Import, ast.ImportFrom)):
                rows.extend(import_rows(node, flags))
            pending.extend(branches(node, flags))
    return rows


def plain_name(name, owner):
    """Undoes the mangling of private names inside a class."""
    prefix = "_" + owner.lstrip("_") if owner and owner.lstrip("_") else None
    return name[len(prefix):] if prefix and name.startswith(prefix + "__") and not name.endswith("__") else name


def tables_of(top):
    pending = [(top, None)]
    while pending:
        table, owner = pending.pop()
        inner = table.get_name() if table.get_type() == "class" else owner
        yield table, inner
        pending.extend((child, inner) for child in table.get_children())


def scopes_of(top):
    """One row per scope: kind, line (where CPython's is exact), names bound in it; None where comprehensions have no scope."""
    if sys.version_info >= (3, 12):
        return None
    rows, globally = [], set()
    for table, owner in tables_of(top):
        symbols = [(plain_name(s.get_name(), owner), s) for s in table.get_symbols() if s.get_name() not in INVISIBLE]
        bound = {name for name, s in symbols if s.is_local()}
        globally |= {name for name, s in symbols if s.is_declared_global() and (s.is_assigned() or s.is_imported())}
        if table is top:
            module_names = {name for name, s in symbols if s.is_assigned() or s.is_imported()}
            continue
        rows.append(scope_row(table, bound))
    return rows + ["module||" + ",".join(sorted(module_names | globally))]


def scope_row(table, bound):
    kind = "class" if table.get_type() == "class" else "function"
    if table.get_name() == "lambda" or ".0" in table.get_identifiers():
        kind = "lambda" if table.get_name() == "lambda" else "comprehension"
    line = table.get_lineno() if kind in ("class", "function") else ""
    return f"{kind}|{line}|" + ",".join(sorted(bound))


def deleted_names(tree):
    """Names that a `del` statement mentions: symtable counts them as bound, the facts as uses."""
    return sorted({node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Del)})


def loads_of(tree):
    return [node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)]


def literal_names(value):
    """The strings of a written-out list, or None."""
    if isinstance(value, ast.BinOp) and isinstance(value.op, ast.Add):
        left, right = literal_names(value.left), literal_names(value.right)
        return None if left is None or right is None else left + right
    if not isinstance(value, (ast.List, ast.Tuple, ast.Set)):
        return None
    names = [element.value if isinstance(element, ast.Constant) else None for element in value.elts]
    return names if all(isinstance(name, str) for name in names) else None


def export_value(node):
    """The value that a statement gives to, or adds to, `__all__`."""
    if isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign)):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return node.value if any(isinstance(t, ast.Name) and t.id == "__all__" for t in targets) else None
    return None


def exports_of(tree):
    """Names of `__all__` when plain assignments with written-out lists are all there is; else None."""
    mentions = sum(isinstance(n, ast.Name) and n.id == "__all__" for n in ast.walk(tree))
    values = [value for value in map(export_value, tree.body) if value is not None]
    if mentions == 0 or mentions != len(values):
        return None
    parts = [literal_names(value) for value in values]
    return None if None in parts else [name for part in parts for name in part]


def view(path):
    with open(path, "rb") as file:
        source = file.read()
    tree = ast.parse(source, path)
    return {
        "path": path,
        "imports": imports_of(tree),
        "scopes": scopes_of(symtable.symtable(source, path, "exec")),
        "loads": loads_of(tree),
        "exports": exports_of(tree),
        "deleted": deleted_names(tree),
    }


def own_files(packages_only):
    paths = sysconfig.get_paths()
    roots = sorted({paths["purelib"], paths["platlib"]} | (set() if packages_only else {paths["stdlib"]}))
    found = set()
    for root in roots:
        for folder, _, names in os.walk(root):
            found.update(os.path.join(folder, name) for name in names if name.endswith((".py", ".pyi")))
    return sorted(found)


def main():
    warnings.simplefilter("ignore")
    sys.setrecursionlimit(20000)
    if "--list" in sys.argv:
        sys.stdout.write("\0".join(own_files("--packages" in sys.argv)))
        return
    for path in filter(None, sys.stdin.read().split("\0")):
        try:
            answer = view(path)
        except (SyntaxError, ValueError, RecursionError, MemoryError, UnicodeError) as problem:
            answer = {"path": path, "error": f"{type(problem).__name__}: {re.sub(r'[^ -~]', '?', str(problem))}"}
        sys.stdout.write(json.dumps(answer) + "\n")


main()
