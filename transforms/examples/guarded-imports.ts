/**
 * `try: from shop.prices import total` with `except ImportError` around it becomes the plain import where it cannot fail:
 * the module and all that it imports are of the repository or of the standard library, and give every name. What is left
 * of a time when the module was optional, or of a merge.
 */
import type { GraphView, PythonNode, PythonSource, Transform, TransformFile } from '../../src/index.js';

const transform: Transform = (file, { py, graph, stats }) => {
  const source = py(file);
  for (const node of source.find('try_statement')) {
    const body = node.child('body');
    if (!body || !isPlain(node) || !isSure(source, file, graph, body) || !givesAll(node, body)) continue;
    source.replace(node, dedented(source, node, body));
    stats('guards removed');
  }
  return source.toSource();
};

export default transform;

const statements = (block: PythonNode) => block.children.filter(({ named, type }) => named && type !== 'comment');

/** One `except` for failed imports, and nothing besides; in the body, only imports and flags such as `HAVE_X = True`. */
function isPlain(node: PythonNode): boolean {
  const clauses = node.children.filter(({ type }) => /_clause$/.test(type));
  const caught = /^except\s*\(?\s*((ImportError|ModuleNotFoundError)\s*,?\s*)+\)?\s*(as \w+)?\s*:/.test(
    clauses[0]?.text ?? '',
  );
  const isHarmless = ({ type, text }: PythonNode) =>
    /^import(_from)?_statement$/.test(type) || /^\w+\s*=\s*(True|False|None|\d+)$/.test(text);
  return clauses.length === 1 && caught && statements(node.child('body') as PythonNode).every(isHarmless);
}

/** Every import of the body succeeds, whatever is installed. */
function isSure(source: PythonSource, file: TransformFile, graph: GraphView, body: PythonNode): boolean {
  const imports = source.imports().filter(({ start, end }) => body.start <= start && end <= body.end);
  return imports.every(({ kind, module, names }) => {
    const modules = kind === 'import' ? names.map(({ name }) => name) : [module];
    const paths = modules.map((name) => graph.resolve(name, file.path));
    return paths.every((path) => {
      if (path === null) return false;
      const needs = graph.requirements(path);
      const given = kind === 'from' ? names.map(({ name }) => name) : [];
      const isThere = (name: string) =>
        graph.definition(path, name) !== null || graph.resolve(module.replace(/\.?$/, `.${name}`), file.path) !== null;
      return needs !== null && needs.installed.length === 0 && !needs.files.includes(file.path) && given.every(isThere);
    });
  });
}

/** Whatever the fallback gives, the body gives as well. */
function givesAll(node: PythonNode, body: PythonNode): boolean {
  const fallback = node.children.find(({ type }) => type === 'except_clause') as PythonNode;
  const given = names(body);
  return [...names(fallback)].every((name) => given.has(name));
}

function names(block: PythonNode): Set<string> {
  const assigned = block.find('assignment').map((node) => node.child('left')?.text ?? '');
  const defined = block.find(['function_definition', 'class_definition']).map((node) => node.child('name')?.text ?? '');
  const imported = block
    .find(['import_statement', 'import_from_statement'])
    .flatMap((node) => node.childrenOf('name'))
    .map(
      (node) =>
        node.child('alias')?.text ?? (node.parent?.type === 'import_statement' ? node.text.split('.')[0] : node.text),
    );
  return new Set([...assigned, ...defined, ...imported].filter((name): name is string => name !== undefined));
}

/** The lines of the body, as far in as the `try` stood. */
function dedented(source: PythonSource, node: PythonNode, body: PythonNode): string {
  const [outer, inner] = [' '.repeat(node.column - 1), ' '.repeat(body.column - 1)];
  const text = source.text(body).trimEnd();
  return text.replaceAll(`\n${inner}`, `\n${outer}`);
}
