"""Plants a copy of a module that differs from it in one known way, and says what a comparison of the two must find.

Usage: plant_clones.py KIND SOURCE TARGET SEED
           KIND: exact, reformatted, renamed, removed, added, default, reordered, half
           prints the truth as JSON (sets of names of functions, classes and methods), or nothing where the module offers
           no occasion for this kind
       plant_clones.py alike
           reads pairs of paths, one of each a line, and prints how alike the pairs are: of the runs of three nodes in their
           syntax trees, names and values aside, the part that both have

Symbols are those of the module's top level and of classes there, at any depth; names that a module binds twice are left out.
"""

import ast
import collections
import io
import json
import keyword
import random
import sys
import tokenize


def symbols(tree):
    """Qualname -> node of every function, class and method."""
    found, twice = {}, set()
    waiting = [("", node) for node in tree.body]
    while waiting:
        prefix, node = waiting.pop(0)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            name = prefix + node.name
            if name in found:
                twice.add(name)
            found[name] = node
            if isinstance(node, ast.ClassDef):
                waiting += [(name + ".", inner) for inner in node.body]
        elif isinstance(node, (ast.If, ast.Try, ast.With)):
            # Definitions in branches: not what is tested here.
            for inner in ast.walk(node):
                if isinstance(inner, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                    twice.add(prefix + inner.name)
    for name in list(found):
        if name in twice or any(name.startswith(other + ".") for other in twice):
            del found[name]
    return found, twice


class Module:
    def __init__(self, text, seed):
        self.text = text
        self.lines = text.splitlines(keepends=True)
        self.tree = ast.parse(text)
        self.symbols, self.twice = symbols(self.tree)
        self.random = random.Random(seed)
        self.names = set(self.symbols)

    def rows(self, node):
        """First and last line of a definition, decorators included; from 0, the last one excluded."""
        first = min([node.lineno] + [each.lineno for each in getattr(node, "decorator_list", [])])
        return first - 1, node.end_lineno

    def without(self, *nodes):
        dropped = {row for node in nodes for row in range(*self.rows(node))}
        return "".join(line for row, line in enumerate(self.lines) if row not in dropped)

    def truth(self, **found):
        empty = {"same": [], "changed": [], "onlyKeep": [], "onlyRemove": [], "renamed": {}}
        return {**empty, **found, "twice": sorted(self.twice)}

    def exact(self):
        return self.text, self.truth(same=sorted(self.names))

    def reformatted(self):
        return ast.unparse(self.tree) + "\n", self.truth(same=sorted(self.names))

    def renamed(self):
        names = self.renamable()
        if len(names) < 5:
            return None
        new = {name: f"{'Other' if name[0].isupper() else 'other_'}{index}" for index, name in enumerate(sorted(names))}
        text = substituted(self.text, new)
        changed = {name for name in self.names if any(part in new for part in name.split("."))}
        renamed = {name: ".".join(new.get(part, part) for part in name.split(".")) for name in changed}
        return text, self.truth(renamed=renamed, mayChange=sorted(self.names - changed), same=[])

    def renamable(self):
        bound, imported, fixed = set(), set(), set()
        for node in ast.walk(self.tree):
            if isinstance(node, (ast.Import, ast.ImportFrom)):
                imported |= {part for alias in node.names for part in (alias.asname or alias.name).split(".")}
            elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                bound.add(node.name)
            elif isinstance(node, ast.arg):
                bound.add(node.arg)
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                bound.add(node.id)
            elif isinstance(node, ast.JoinedStr):
                # Names inside f-strings are no tokens before Python 3.12.
                fixed |= {name.id for name in ast.walk(node) if isinstance(name, ast.Name)}
                fixed |= {name.attr for name in ast.walk(node) if isinstance(name, ast.Attribute)}
        builtin = set(dir(__builtins__)) | {"self", "cls"} | set(keyword.softkwlist)
        return {
            name for name in bound - imported - fixed - builtin if not (name.startswith("__") or keyword.iskeyword(name))
        }

    def loose(self):
        """Definitions that no code of the module mentions by a bare name, and methods that override nothing here."""
        used = {node.id for node in ast.walk(self.tree) if isinstance(node, ast.Name)}
        classes = {node.name for node in self.symbols.values() if isinstance(node, ast.ClassDef)}
        found = []
        for name, node in self.symbols.items():
            if isinstance(node, ast.ClassDef) or node.end_lineno - node.lineno < 3:
                continue
            owner = self.symbols.get(name.rpartition(".")[0])
            if owner is None and "." in name:
                continue
            if owner is None and node.name not in used and not node.decorator_list:
                found.append(name)
            elif owner is not None and not node.name.startswith("__"):
                bases = {each.id for each in ast.walk(owner) if isinstance(each, ast.Name) and each in owner.bases}
                if not bases & classes and len(owner.body) > 2 and node.name not in used:
                    found.append(name)
        return sorted(found)

    def removed(self):
        loose = self.loose()
        if not loose:
            return None
        name = self.random.choice(loose)
        return self.without(self.symbols[name]), self.truth(same=sorted(self.names - {name}), onlyKeep=[name])

    def added(self):
        owners = [name for name, node in self.symbols.items() if isinstance(node, ast.ClassDef) and "." not in name]
        owners = [name for name in owners if self.symbols[name].col_offset == 0]
        if not owners:
            return None
        owner = self.random.choice(owners)
        node = self.symbols[owner]
        indent = " " * node.body[-1].col_offset
        body = [
            f"{indent}def planted_summary(self, values, limit=10):\n",
            f"{indent}    total = 0\n",
            f"{indent}    for index, value in enumerate(values):\n",
            f"{indent}        if index < limit:\n",
            f"{indent}            total += value\n",
            f"{indent}    return total\n",
        ]
        end = node.end_lineno
        head = self.lines[:end]
        if not head[-1].endswith("\n"):
            head[-1] += "\n"
        text = "".join(head + ["\n"] + body + self.lines[end:])
        return text, self.truth(same=sorted(self.names), onlyRemove=[f"{owner}.planted_summary"])

    def default(self):
        found = []
        for name, node in self.symbols.items():
            if isinstance(node, ast.ClassDef):
                continue
            for value in node.args.defaults + [each for each in node.args.kw_defaults if each]:
                if isinstance(value, ast.Constant) and value.lineno == value.end_lineno:
                    found.append((name, value))
        if not found:
            return None
        name, value = self.random.choice(found)
        row = self.lines[value.lineno - 1].encode()
        row = row[: value.col_offset] + b"'planted'" + row[value.end_col_offset :]
        text = "".join(self.lines[: value.lineno - 1] + [row.decode()] + self.lines[value.lineno :])
        return text, self.truth(same=sorted(self.names - {name}), changed=[name])

    def reordered(self):
        nodes = [node for node in self.tree.body if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]
        nodes = [node for node in nodes if node.name in self.symbols]
        if len(nodes) < 3:
            return None
        shuffled = nodes[:]
        while shuffled == nodes:
            self.random.shuffle(shuffled)
        out, at = [], 0
        for old, new in zip(nodes, shuffled):
            first, last = self.rows(old)
            out += self.lines[at:first] + self.lines[slice(*self.rows(new))]
            if not out[-1].endswith("\n"):
                out[-1] += "\n"
            at = last
        return "".join(out + self.lines[at:]), self.truth(same=sorted(self.names))

    def half(self):
        middle = len(self.lines) / 2
        kept = [node for node in self.tree.body if node.end_lineno <= middle]
        if not any(isinstance(node, (ast.FunctionDef, ast.ClassDef)) for node in kept):
            return None
        text = "".join(self.lines[: kept[-1].end_lineno])
        there, _ = symbols(ast.parse(text))
        stays = {name for name in self.names if name in there}
        gone = {name for name in self.names - stays if name.rpartition(".")[0] not in self.names - stays}
        # What is left may mean what is gone: then it means something else in the copy.
        return text, self.truth(same=[], mayChange=sorted(stays), onlyKeep=sorted(gone))


def substituted(text, new):
    out, row, column = [], 1, 0
    lines = text.splitlines(keepends=True)
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type != tokenize.NAME or token.string not in new:
            continue
        (line, start), (_, end) = token.start, token.end
        while row < line:
            out.append(lines[row - 1][column:])
            row, column = row + 1, 0
        out.append(lines[row - 1][column:start] + new[token.string])
        column = end
    out.append(lines[row - 1][column:] if row <= len(lines) else "")
    return "".join(out + lines[row:])


def shape(path):
    """Runs of three kinds of nodes, in the order of the tree, with how often each stands there."""
    with open(path, encoding="utf-8") as file:
        tree = ast.parse(file.read())
    kinds = [type(node).__name__ for node in ast.walk(tree) if not isinstance(node, (ast.Import, ast.ImportFrom, ast.alias))]
    return collections.Counter(zip(kinds, kinds[1:], kinds[2:]))


def alike(lines):
    for line in lines:
        first, second = (shape(path) for path in json.loads(line))
        print(2 * (first & second).total() / max(1, first.total() + second.total()))


def statements(text):
    """How many there are that are more than imports, docstrings and the like: too few are no copy but a stub."""
    idle = (ast.Import, ast.ImportFrom, ast.Expr, ast.Pass)
    return sum(isinstance(node, ast.stmt) and not isinstance(node, idle) for node in ast.walk(ast.parse(text)))


def main():
    if sys.argv[1:] == ["alike"]:
        return alike(sys.stdin)
    kind, source, target, seed = sys.argv[1:]
    with open(source, encoding="utf-8", newline="") as file:
        text = file.read()
    if "\r" in text or "\f" in text:
        return
    planted = getattr(Module(text, int(seed)), kind)()
    if planted is None:
        return
    text, truth = planted
    if statements(text) < 12:
        return
    with open(target, "w", encoding="utf-8", newline="") as file:
        file.write(text)
    print(json.dumps(truth))


if __name__ == "__main__":
    main()
