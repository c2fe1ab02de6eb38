/** Values for reports: plans, usages and graphs built by hand, and names that would like to be obeyed. */
import type { Comparison } from '../../src/core/compare.js';
import type { ImportEdge } from '../../src/core/edges.js';
import type { ImportGraph } from '../../src/core/graph.js';
import type { Batch, Problem } from '../../src/core/model.js';
import type { PairDecision, Plan } from '../../src/core/plan.js';
import { problem } from '../../src/core/problems.js';
import type { Unknown } from '../../src/core/unknowns.js';
import type { ModuleUsage, Usage } from '../../src/core/usages.js';

/** One of each kind of hostile name. */
export const HOSTILE_NAMES = [
  'esc\u001b[31m\u001b]8;;x\u0007.py',
  'csi\u009b2J.py',
  'bidi\u202egpj.py',
  'isolate\u2066x\u2069.py',
  'line\nbreak\r.py',
  'separators\u2028\u2029.py',
  'html<script>alert(1)</script>.py',
  'ticks`x`.py',
  'pipe|x|.py',
  'quote"x\'.py',
  'back\\slash.py',
  'lone\ud800.py',
  '@someone.py',
  '[link](javascript:x).py',
  '__bold__.py',
] as const;

/** Nothing that a terminal obeys, but for line feeds and (in coloured text) the given sequences. */
export const OBEYED =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|\p{Surrogate}/u;

export function comparison(over: Partial<Comparison> = {}): Comparison {
  return {
    verdict: 'identical',
    similarity: 1,
    structure: 1,
    contained: 1,
    textSimilarity: 1,
    lines: { keep: 932, remove: 932 },
    symbols: { same: [], changed: [], onlyKeep: [], onlyRemove: [], renamed: [] },
    docstringsDiffer: [],
    commentsDiffer: false,
    reason: 'The code is the same.',
    ...over,
  };
}

/** A reference of Python code, in the given circumstances. */
export function reference(path: string, line: number, kind = 'from', when = 'runtime'): Usage {
  const text = 'from pkg.x_robust import run';
  const source = { reference: { when } } as unknown as Usage['source'];
  return { path, line, column: 6, text, class: kind, confidence: 'certain', effect: 'reference', reason: '', source };
}

/** What a text file says. */
export function mention(path: string, line: number, kind: string, effect: Usage['effect'], form = 'dotted'): Usage {
  const source = { mention: { form } } as unknown as Usage['source'];
  const text = 'see pkg/x_robust.py';
  return { path, line, column: 1, text, class: kind, confidence: 'likely', effect, reason: 'prose', source };
}

export function unknown(path: string, line: number, reason = 'imports a computed name'): Unknown {
  return { path, line, column: 3, code: 'dynamic-import', text: 'import_module(name)', reason };
}

export function usage(over: Partial<ModuleUsage> = {}): ModuleUsage {
  const path = 'pkg/x_robust.py';
  const target = { key: path, path, name: 'x_robust', dottedNames: ['pkg.x_robust', 'Top.pkg.x_robust'] };
  return { target, verdict: 'unused', usages: [], unknowns: [], ...over };
}

export function decision(over: Partial<PairDecision> = {}): PairDecision {
  return {
    keep: 'pkg/x.py',
    remove: 'pkg/x_robust.py',
    decision: 'delete',
    comparison: comparison(),
    usage: usage(),
    refusals: [],
    findings: [],
    accepted: [],
    rewritten: [],
    ...over,
  };
}

export function plan(batches: readonly Batch[] = [], refusals: readonly Problem[] = []): Plan {
  const intent = { command: 'dedupe' as const, suffixes: [], pairs: [], accept: [], batchSize: 1 };
  return { schema: 1, id: '0123456789abcdef', base: 'b'.repeat(40), intent, batches, findings: [], refusals };
}

/** A batch that rewrites and deletes files. */
export function batch(rewritten: readonly string[], deleted: readonly string[], id = 'b1'): Batch {
  const edits = [{ start: 1, end: 2, text: 'x', reason: 'redirected' }];
  return {
    id,
    title: `Delete ${deleted.join(', ')}`,
    message: 'message\n',
    changes: [
      ...rewritten.map((path) => ({ kind: 'rewrite' as const, path, before: 'a'.repeat(40), edits })),
      ...deleted.map((path) => ({ kind: 'delete' as const, path, before: 'a'.repeat(40) })),
    ],
  };
}

export function refusal(code: string, path: string, line: number, message = 'stands in the way'): Problem {
  return problem(code, message, { place: { path, line, column: 5 }, hint: `look at it; or --accept ${code}:${path}` });
}

/** `a -> b`, `a -> b lazy`, one edge per line; every module is `<name>.py` with dots for slashes. */
export function graph(drawing: string): ImportGraph {
  const imports = drawing
    .split('\n')
    .map((row) => row.trim())
    .filter((row) => row.includes('->'))
    .map((row, index): ImportEdge => {
      const [, from, to, when] = /^(\S+) -> (\S+)(?: (\w+))?$/.exec(row) as unknown as [
        string,
        string,
        string,
        string?,
      ];
      const kind = (when ?? 'runtime') as ImportEdge['when'];
      return { path: pathOf(from), importedPath: pathOf(to), line: index + 1, form: 'from', when: kind };
    });
  const paths = [...new Set(imports.flatMap((edge) => [edge.path, edge.importedPath]))].sort();
  const modules = paths.map((path) => ({ path, name: nameOf(path), otherNames: [] }));
  return { modules, imports, unresolved: [], unknowns: [] };
}

function pathOf(name: string): string {
  return `${name.replaceAll('.', '/')}.py`;
}

export function nameOf(path: string): string {
  return path.replace(/\.py$/, '').replaceAll('/', '.');
}
