"""Plants a copy of a module beside it and redirects some importers to the copy, by CPython's own `ast` and `tokenize`.

Usage: plant_copy.py candidates ROOT PACKAGE
           prints the modules of ROOT/PACKAGE that at least two other files import, with the styles of those imports
       plant_copy.py plant ROOT PACKAGE MODULE SUFFIX SEED
           copies MODULE to MODULE + SUFFIX and redirects half of its importers; prints what was redirected
"""

import ast
import io
import json
import os
import random
import sys
import tokenize
import warnings


class Source:
    """One file: bytes, tree, tokens with byte offsets."""

    def __init__(self, root, path):
        self.path = path
        with open(os.path.join(root, path), "rb") as file:
            self.data = file.read()
        self.starts = [0]
        for line in io.BytesIO(self.data):
            self.starts.append(self.starts[-1] + len(line))
        self.tree = ast.parse(self.data)
        self.nodes = list(ast.walk(self.tree))
        self.parents = None
        self.imports = [node for node in self.nodes if isinstance(node, (ast.Import, ast.ImportFrom))]
        self.tokens = None
        parts = path[:-3].split("/")
        self.is_package = parts[-1] == "__init__"
        self.name = ".".join(parts[:-1] if self.is_package else parts)
        self.package = self.name if self.is_package else self.name.rpartition(".")[0]

    def offset(self, line, column):
        return self.starts[line - 1] + column

    def span(self, node):
        return self.offset(node.lineno, node.col_offset), self.offset(node.end_lineno, node.end_col_offset)

    def names_in(self, start, end):
        """The NAME tokens of a byte range, as (text, start, end) in bytes."""
        if self.tokens is None:
            self.tokens = [self.token_place(token) for token in self.all_tokens() if token.type == tokenize.NAME]
        return [token for token in self.tokens if start <= token[1] < end]

    def all_tokens(self):
        return tokenize.tokenize(io.BytesIO(self.data).readline)

    def token_place(self, token):
        row, column = token.start
        line = self.data[self.starts[row - 1] : self.starts[row]].decode("utf-8")
        here = self.starts[row - 1] + len(line[:column].encode())
        return token.string, here, here + len(token.string.encode())

    def circumstances(self, node):
        words = set()
        if self.parents is None:
            self.parents = {child: parent for parent in self.nodes for child in ast.iter_child_nodes(parent)}
        while node in self.parents:
            node = self.parents[node]
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                words.add("lazy")
            elif hasattr(node, "handlers"):
                words.add("guarded")
            elif isinstance(node, ast.If):
                words.add("conditional")
        return " ".join(sorted(words))


def resolved(source, node):
    """The absolute dotted name after `from`."""
    if not node.level:
        return node.module or ""
    base = source.package.split(".")
    base = base[: len(base) - (node.level - 1)]
    return ".".join(base + ([node.module] if node.module else []))


def bindings_of(source, name):
    """Nodes that bind a name anywhere in a file, import statements apart."""
    bound = []
    for node in source.nodes:
        if isinstance(node, ast.Name) and node.id == name and not isinstance(node.ctx, ast.Load):
            bound.append(node)
        elif getattr(node, "name", None) == name and not isinstance(node, ast.alias):
            bound.append(node)
        elif isinstance(node, ast.arg) and node.arg == name or name in (getattr(node, "names", None) or []):
            bound.append(node)
    return bound


def imports_binding(source, name):
    return [(node, alias) for node in source.imports for alias in node.names if (alias.asname or alias.name.split(".")[0]) == name]


def dotted(node):
    if isinstance(node, ast.Attribute):
        inner = dotted(node.value)
        return f"{inner}.{node.attr}" if inner else None
    return node.id if isinstance(node, ast.Name) else None


class Redirection:
    """What has to change in one file so that it uses the copy; `styles` says which forms its imports have."""

    def __init__(self, source, target, suffix, rng):
        self.source, self.target, self.suffix, self.rng = source, target, suffix, rng
        self.parent, _, self.stem = target.rpartition(".")
        self.edits, self.styles = {}, []
        for node in source.imports:
            if isinstance(node, ast.ImportFrom):
                self.from_statement(node)
            else:
                self.import_statement(node)

    def note(self, style, node):
        self.styles.append(f"{style} {self.source.circumstances(node)}".strip())

    def append_suffix(self, end, extra=""):
        self.edits[end] = self.suffix + extra

    def from_statement(self, node):
        module = resolved(self.source, node)
        if module == self.target:
            names = self.source.names_in(*self.source.span(node))
            index = next(i for i, (text, _, _) in enumerate(names) if text == "import")
            self.append_suffix(names[index - 1][2])
            star = "star " if node.names[0].name == "*" else ""
            self.note(star + ("from relative" if node.level else "from absolute"), node)
        elif module == self.parent:
            for alias in node.names:
                if alias.name == self.stem:
                    self.member(node, alias)

    def member(self, node, alias):
        end = self.source.span(alias)[0] + len(self.stem.encode())
        if alias.asname:
            self.append_suffix(end)
            self.note("member with alias", node)
        elif self.may_rename_uses() and self.rng.random() < 0.5:
            self.append_suffix(end)
            for use in self.source.nodes:
                if isinstance(use, ast.Name) and use.id == self.stem:
                    self.append_suffix(self.source.span(use)[1])
            self.note("member, uses renamed", node)
        else:
            self.append_suffix(end, f" as {self.stem}")
            self.note("member under its old name", node)

    def may_rename_uses(self):
        source, nodes = self.source, self.source.nodes
        texts = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
        alone = len(imports_binding(source, self.stem)) == 1 and not bindings_of(source, self.stem)
        quoted = any(self.stem in text for text in texts)
        in_fstring = any(isinstance(node, ast.JoinedStr) for node in nodes)
        return alone and not quoted and not in_fstring and not source.is_package

    def import_statement(self, node):
        for alias in node.names:
            if alias.name != self.target:
                continue
            names = self.source.names_in(*self.source.span(alias))
            self.append_suffix(names[self.target.count(".")][2])
            self.note("import with alias" if alias.asname else "import", node)
            if not alias.asname:
                self.rename_chains()

    def rename_chains(self):
        for node in self.source.nodes:
            if isinstance(node, ast.Attribute) and dotted(node) == self.target:
                self.append_suffix(self.source.span(node)[1])

    def result(self):
        data = self.source.data
        for end in sorted(self.edits, reverse=True):
            data = data[:end] + self.edits[end].encode() + data[end:]
        return data


def is_utf8(data):
    try:
        return bool(data.decode("utf-8")) or not data
    except UnicodeDecodeError:
        return False


def sources_of(root, package, mentioning=""):
    """The files that can be parsed and that contain a text."""
    found = []
    for folder, _, names in os.walk(os.path.join(root, package)):
        for name in sorted(names):
            path = os.path.relpath(os.path.join(folder, name), root).replace(os.sep, "/")
            if name.endswith(".py") and all(part.isidentifier() for part in path[:-3].split("/")):
                try:
                    with open(os.path.join(root, path), "rb") as file:
                        if mentioning.encode() not in file.read():
                            continue
                    source = Source(root, path)
                except (SyntaxError, ValueError):
                    continue
                if not source.data.startswith(b"\xef\xbb\xbf") and is_utf8(source.data):
                    found.append(source)
    return sorted(found, key=lambda source: source.path)


def is_plain_module(sources, source):
    """A module that nothing else of its name hides: no stub, no attribute of its package with the same name."""
    parent, _, stem = source.name.rpartition(".")
    if source.is_package or stem.startswith("__") or not parent:
        return False
    init = next((each for each in sources if each.is_package and each.name == parent), None)
    hidden = init and (bindings_of(init, stem) or any(
        isinstance(node, ast.ImportFrom) and resolved(init, node) != parent for node, _ in imports_binding(init, stem)
    ))
    return init is not None and not hidden and not bindings_of(source, stem)


def redirections(sources, target, suffix, rng):
    found = [Redirection(source, target, suffix, rng) for source in sources if source.name != target]
    return [each for each in found if each.edits]


def candidates(root, package):
    sources = sources_of(root, package)
    rows = []
    for source in sources:
        if is_plain_module(sources, source):
            found = redirections(sources, source.name, "_robust", random.Random(0))
            if len(found) >= 2:
                rows.append({"module": source.name, "styles": sorted({style for each in found for style in each.styles})})
    return rows


def plant(root, package, target, suffix, seed):
    rng = random.Random(seed)
    sources = sources_of(root, package, target.rpartition(".")[2])
    original = Source(root, target.replace(".", "/") + ".py")
    found = redirections(sources, target, suffix, rng)
    chosen = rng.sample(found, max(1, len(found) // 2))
    with open(os.path.join(root, original.path[:-3] + suffix + ".py"), "wb") as file:
        file.write(original.data)
    for each in chosen:
        ast.parse(each.result())
        with open(os.path.join(root, each.source.path), "wb") as file:
            file.write(each.result())
    return {
        "path": original.path,
        "importers": len(found),
        "redirected": [{"path": each.source.path, "module": each.source.name, "styles": each.styles} for each in chosen],
    }


def main():
    warnings.simplefilter("ignore")
    command, root, package, *rest = sys.argv[1:]
    answer = candidates(root, package) if command == "candidates" else plant(root, package, rest[0], rest[1], int(rest[2]))
    json.dump(answer, sys.stdout)


main()
