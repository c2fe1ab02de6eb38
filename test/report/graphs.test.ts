/** Graphs as text, DOT and Mermaid: what is drawn, what is collapsed, and that names cannot break out of labels. */
import { describe, expect, it } from 'vitest';
import { cyclesOf } from '../../src/core/graph.js';
import { dot } from '../../src/report/dot.js';
import { cyclesText, graphText, unresolvedText, whyText } from '../../src/report/graph-text.js';
import { mermaid } from '../../src/report/mermaid.js';
import { plainStyle } from '../../src/report/style.js';
import { graph, HOSTILE_NAMES, nameOf, OBEYED } from './support.js';

const SMALL = graph(`
  app -> pkg.a
  app -> pkg.a lazy
  pkg.a -> pkg.b
  pkg.b -> pkg.a
  pkg.b -> app typing
  pkg.c -> pkg.a guarded
`);
const STYLE = plainStyle(80);

describe('text', () => {
  it('says who imports whom', () => {
    expect(graphText(SMALL, cyclesOf(SMALL), nameOf, STYLE)).toMatchInlineSnapshot(`
      "4 modules, 6 imports (2 not at import time); 2 cycles (1 at import time);
        0 unresolved; 0 unknown

      app
          → pkg.a
      pkg.a
          → pkg.b
      pkg.b
          → app (typing), pkg.a
      pkg.c
          → pkg.a (guarded)

      next: regraft graph --cycles
      "
    `);
  });

  it('shows cycles with the imports that close them', () => {
    expect(cyclesText(cyclesOf(SMALL), SMALL, nameOf, STYLE)).toMatchInlineSnapshot(`
      "2 import cycles

      ✗ 2 modules, at import time
          pkg.a  → pkg.b    pkg/a.py:3
          pkg.b  → pkg.a    pkg/b.py:4

      ? 3 modules, closed only by lazy or typing imports
          app    → pkg.a          app.py:1
          pkg.a  → pkg.b          pkg/a.py:3
          pkg.b  → app    typing  pkg/b.py:5
      "
    `);
  });

  it('closes an import-time cycle with import-time imports only', () => {
    const mixed = graph('a -> b lazy\na -> b\nb -> a typing\nb -> a');
    const text = cyclesText(cyclesOf(mixed), mixed, nameOf, STYLE);
    expect(text).toContain('a.py:2');
    expect(text).toContain('b.py:4');
    expect(text).not.toContain('a.py:1');
  });

  it('is glad without cycles', () => {
    expect(cyclesText([], graph('a -> b'), nameOf, STYLE)).toBe('✓ no import cycles\n');
  });

  it('shows packages where modules are too many', () => {
    const rows = Array.from({ length: 70 }, (_, i) => `left.m${i} -> right.m${i}`).join('\n');
    const text = graphText(graph(rows), [], nameOf, STYLE);
    expect(text).toContain('left  70 modules\n    → right (70)\n');
    expect(text).not.toContain('m12');
  });

  it('shows what does not resolve, each place once', () => {
    const missing = { path: 'a.py', line: 3, name: '.gone', when: 'guarded' as const, reason: 'no such module' };
    const text = unresolvedText({ ...SMALL, unresolved: [missing, missing] }, STYLE);
    expect(text).toBe('2 unresolved imports\n\n✗ .gone (guarded)\n    a.py:3\n    no such module (2 names)\n');
    expect(unresolvedText(SMALL, STYLE)).toContain('✓');
  });

  it('explains a chain', () => {
    const chain = [SMALL.imports[0], SMALL.imports[2]].filter((edge) => edge !== undefined);
    expect(whyText(chain, 'pkg/b.py', nameOf, STYLE)).toBe(
      'app reaches pkg.b in 2 steps\n    app    → pkg.a    app.py:1\n    pkg.a  → pkg.b    pkg/a.py:3\n',
    );
    expect(whyText([], 'pkg/b.py', nameOf, STYLE)).toBe('no chain of imports leads to pkg.b\n');
  });
});

describe('drawings', () => {
  it('in DOT', () => {
    expect(dot(SMALL, nameOf)).toMatchInlineSnapshot(`
      "digraph imports {
        rankdir=LR;
        node [shape=box, fontname="sans-serif"];
        n0 [label="app", tooltip="app.py"];
        subgraph cluster_1 {
          label="pkg";
          n1 [label="pkg.a", tooltip="pkg/a.py"];
          n2 [label="pkg.b", tooltip="pkg/b.py"];
          n3 [label="pkg.c", tooltip="pkg/c.py"];
        }
        n0 -> n1;
        n1 -> n2;
        n2 -> n0 [style=dashed, label="typing"];
        n2 -> n1;
        n3 -> n1 [style=solid, label="guarded"];
      }
      "
    `);
  });

  it('in Mermaid', () => {
    expect(mermaid(SMALL, nameOf)).toMatchInlineSnapshot(`
      "flowchart LR
        n0["app"]
        subgraph s1["pkg"]
          n1["pkg.a"]
          n2["pkg.b"]
          n3["pkg.c"]
        end
        n0 --> n1
        n1 --> n2
        n2 -.-> n0
        n2 --> n1
        n3 --> n1
      "
    `);
  });

  it('draws one arrow per pair, by the earliest import', () => {
    expect(dot(SMALL, nameOf).match(/n0 -> n1/g)).toHaveLength(1);
    expect(dot(SMALL, nameOf)).toContain('n0 -> n1;');
  });

  it('leaves implicit imports of parent packages out', () => {
    const [edge] = SMALL.imports;
    const implicit = { ...SMALL, imports: edge ? [{ ...edge, form: 'implicit' as const }] : [] };
    expect(dot(implicit, nameOf)).not.toContain('->');
    expect(mermaid(implicit, nameOf)).not.toContain('-->');
  });

  it('draws packages in Mermaid beyond its own limit of arrows', () => {
    const rows = Array.from({ length: 501 }, (_, i) => `left.m${i} -> right.m${i}`).join('\n');
    const text = mermaid(graph(rows), nameOf);
    expect(text).toContain('drawn by package');
    expect(text).toContain('p0 --> p1');
    expect(text.split('\n').length).toBeLessThan(10);
  });
});

describe('hostile names', () => {
  const hostile = (name: string) => ({
    ...graph(''),
    modules: [{ path: `a${name}`, name, otherNames: [] }],
    imports: [
      { path: `a${name}`, importedPath: `b${name}`, line: 1, form: 'from' as const, when: 'runtime' as const },
      { path: `b${name}`, importedPath: `a${name}`, line: 1, form: 'from' as const, when: 'runtime' as const },
    ],
    unresolved: [{ path: name, line: 1, name, when: 'runtime' as const, reason: name }],
  });
  const same = (path: string) => `pkg.${path.slice(1)}`;

  it.each(HOSTILE_NAMES)('are inert in text: %j', (name) => {
    const built = hostile(name);
    const cycles = cyclesOf(built);
    for (const text of [
      graphText(built, cycles, same, STYLE),
      cyclesText(cycles, built, same, STYLE),
      unresolvedText(built, STYLE),
      whyText(built.imports, `a${name}`, same, STYLE),
    ])
      expect(text).not.toMatch(OBEYED);
  });

  it.each(HOSTILE_NAMES)('stay inside DOT strings: %j', (name) => {
    const text = dot(hostile(name), same);
    expect(text).not.toMatch(OBEYED);
    const withoutStrings = text.replace(/"(?:[^"\\\n]|\\.)*"/g, 'S');
    expect(withoutStrings).toBe(dot(hostile('plain.py'), same).replace(/"(?:[^"\\\n]|\\.)*"/g, 'S'));
  });

  it.each(HOSTILE_NAMES)('stay inside Mermaid labels: %j', (name) => {
    const labels = (text: string) => text.replace(/\["[\p{L}\p{N} _./#;-]*"\]/gu, 'L');
    expect(labels(mermaid(hostile(name), same))).toBe(labels(mermaid(hostile('plain.py'), same)));
  });
});
