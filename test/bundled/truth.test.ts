/** The written truth is true: each place exists once, nothing else names a duplicate, CPython sees the same differences. */
import { describe, expect, it } from 'vitest';
import { bundledRepository } from '../../src/bundled/index.js';
import { TRUTH, type TruthPlace } from '../../src/bundled/truth.js';
import { inCheckout, PYTHON_AVAILABLE, python } from './checkout.js';

const { files } = bundledRepository();

/** The place as `path:line`; throws unless its text stands there exactly once. */
function located({ path, text }: TruthPlace): string {
  const parts = (files.get(path) ?? '').split(text);
  if (parts.length !== 2) throw new Error(`${text} stands ${parts.length - 1} times in ${path}`);
  return `${path}:${(parts[0] as string).split('\n').length}`;
}

describe('the written truth', () => {
  it('names every line that names a duplicate, and no other', () => {
    const places = TRUTH.flatMap((pair) => [...pair.references, ...pair.mentions]).map(located);
    const lines = [...files].flatMap(([path, text]) =>
      text.split('\n').flatMap((line, i) => (line.includes('_robust') ? [`${path}:${i + 1}`] : [])),
    );
    expect(places.sort()).toEqual(lines.sort());
  });

  it.each(TRUTH)('$remove is refused with evidence or deleted', (pair) => {
    expect(pair.evidence.map(located).length > 0).toBe(pair.decision === 'refuse');
    expect(pair.codes.length > 0).toBe(pair.decision === 'refuse');
    expect([...pair.codes].sort()).toEqual(pair.codes);
  });

  it('deletes four pairs and refuses four', () => {
    const deleted = TRUTH.filter((pair) => pair.decision === 'delete');
    expect(deleted.map((pair) => pair.linesSaved)).toEqual([1050, 1200, 932, 1286]);
    expect(TRUTH.filter((pair) => pair.decision === 'refuse').flatMap((pair) => pair.codes)).toEqual([
      'body-differs',
      'signature-differs',
      'dynamic-import',
      'missing-name',
      'path-reference',
    ]);
  });
});

describe.skipIf(!PYTHON_AVAILABLE)('the truth as CPython sees it (needs python3)', () => {
  const seen = inCheckout(files, (root) => {
    if (!PYTHON_AVAILABLE) return [];
    const run = python(root, '-c', COMPARE, ...TRUTH.flatMap((pair) => [pair.keep, pair.remove]));
    if (run.status !== 0) throw new Error(run.stderr);
    return JSON.parse(run.stdout) as unknown[];
  });

  it.each(TRUTH.map((pair, i) => ({ ...pair, i })))('$keep', ({ i, changed, onlyKeep, onlyRemove, verdict }) => {
    expect(seen[i]).toEqual({ changed: [...changed].sort(), onlyKeep, onlyRemove, verdict });
  });

  it('parses every Python file as Python 3.8', () => {
    const run = inCheckout(files, (root) => python(root, '-c', PARSE));
    expect(run).toMatchObject({ status: 0, stderr: '' });
  });
});

const PARSE = `
import ast, pathlib
for path in pathlib.Path(".").rglob("*.py"):
    ast.parse(path.read_text(encoding="utf-8"), str(path), feature_version=(3, 8))
`;

/** Differences by qualified name, docstrings apart; statements of a class or module that define nothing count as its own. */
const COMPARE = `
import ast, json, sys
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)

def without_docstrings(tree):
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef) + FUNCTIONS) and ast.get_docstring(node, clean=False) is not None:
            node.body = node.body[1:] or [ast.Pass()]
    return tree

def add(found, name, text):
    assert name not in found, name
    found[name] = text

def symbols(body, prefix, found):
    rest = []
    for node in body:
        if isinstance(node, FUNCTIONS):
            add(found, prefix + node.name, ast.dump(node))
        elif isinstance(node, ast.ClassDef):
            head = [ast.dump(part) for part in node.bases + node.keywords + node.decorator_list]
            own = symbols(node.body, prefix + node.name + ".", found)
            add(found, prefix + node.name, repr(head + own))
        elif isinstance(node, (ast.Assign, ast.AnnAssign)) and not prefix:
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            add(found, target.id, ast.dump(node))
        else:
            rest.append(ast.dump(node))
    return rest

def read(path):
    text = open(path, encoding="utf-8").read()
    found = {}
    found["<module>"] = repr(symbols(without_docstrings(ast.parse(text)).body, "", found))
    return text, found

def compare(keep, remove):
    (keep_text, k), (remove_text, r) = read(keep), read(remove)
    changed = sorted(name for name in k if name in r and k[name] != r[name])
    only_keep, only_remove = sorted(set(k) - set(r)), sorted(set(r) - set(k))
    if keep_text == remove_text:
        verdict = "identical"
    elif changed or (only_keep and only_remove):
        verdict = "diverged"
    else:
        verdict = "subset" if only_keep else "superset" if only_remove else "equivalent"
    return {"changed": changed, "onlyKeep": only_keep, "onlyRemove": only_remove, "verdict": verdict}

paths = sys.argv[1:]
print(json.dumps([compare(*pair) for pair in zip(paths[::2], paths[1::2])]))
`;
