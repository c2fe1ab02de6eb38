/** The JSON document: shape, key order, and that any text in it survives and stays inert. */
import { describe, expect, it } from 'vitest';
import { cyclesOf } from '../../src/core/graph.js';
import type { Change } from '../../src/core/model.js';
import { problem } from '../../src/core/problems.js';
import { envelope as envelopeParts, graphData, planData, planPart, usagesData } from '../../src/report/envelope.js';
import {
  batch,
  decision,
  graph,
  HOSTILE_NAMES,
  mention,
  nameOf,
  plan,
  reference,
  refusal,
  unknown,
  usage,
} from './support.js';

const envelope = (...args: Parameters<typeof envelopeParts>) => [...envelopeParts(...args)].join('');

describe('the document', () => {
  it('has its keys in one order', () => {
    const odd = { hint: null, message: 'm', column: 2, line: 1, path: 'a.py', severity: 'error', code: 'c' } as const;
    expect(envelope({ command: 'graph', exitCode: 3, data: { a: 1 }, problems: [odd] })).toBe(
      '{"schema":1,"ok":false,"command":"graph","exitCode":3,"data":{"a":1},"problems":[{"code":"c","severity":"error","path":"a.py","line":1,"column":2,"message":"m","hint":null}]}\n',
    );
  });

  it.each([
    [0, true],
    [1, false],
    [2, false],
    [3, false],
    [4, false],
    [130, false],
  ])('exit %d is ok: %s', (exitCode, ok) => {
    expect(JSON.parse(envelope({ command: 'x', exitCode, data: {}, problems: [] })).ok).toBe(ok);
  });

  it('has data even where a command has none', () => {
    expect(JSON.parse(envelope({ command: 'x', exitCode: 1, data: undefined, problems: [] })).data).toEqual({});
  });

  it.each([...HOSTILE_NAMES, 'tag\u{e0041}'])('carries any text, inert: %j', (name) => {
    const text = envelope({ command: 'x', exitCode: 0, data: { [name]: name }, problems: [problem('c', name)] });
    expect(text.slice(0, -1)).not.toMatch(
      /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|\p{Surrogate}|[\u{e0000}-\u{e007f}]/u,
    );
    expect(JSON.parse(text).data).toEqual({ [name]: name });
    expect(JSON.parse(text).problems[0].message).toBe(name);
  });
});

it('gives a graph in the contract’s shape', () => {
  const drawn = graph('a -> pkg.b\npkg.b -> a lazy');
  const built = {
    ...drawn,
    modules: drawn.modules.map((module) => ({ ...module, otherNames: module.name === 'a' ? ['Top.a'] : [] })),
    unresolved: [{ path: 'a.py', line: 3, name: '.gone', when: 'guarded' as const, reason: 'no such module' }],
    unknowns: [{ path: 'a.py', line: null, reason: 'not valid UTF-8' }],
  };
  expect(graphData(built, cyclesOf(built), nameOf)).toEqual({
    modules: [
      { name: 'a', path: 'a.py', names: ['Top.a'] },
      { name: 'pkg.b', path: 'pkg/b.py' },
    ],
    imports: [
      {
        importer: 'a',
        imported: 'pkg.b',
        path: 'a.py',
        importedPath: 'pkg/b.py',
        line: 1,
        form: 'from',
        when: 'runtime',
      },
      { importer: 'pkg.b', imported: 'a', path: 'pkg/b.py', importedPath: 'a.py', line: 2, form: 'from', when: 'lazy' },
    ],
    unresolved: [{ importer: 'a', path: 'a.py', line: 3, name: '.gone', when: 'guarded', reason: 'no such module' }],
    unknowns: [{ path: 'a.py', line: null, reason: 'not valid UTF-8' }],
    cycles: [{ kind: 'deferred', modules: ['a', 'pkg.b'], paths: ['a.py', 'pkg/b.py'] }],
  });
});

it('gives usages in the contract’s shape, mentions told apart', () => {
  const found = usage({
    verdict: 'used',
    usages: [reference('a.py', 1), mention('README.md', 2, 'docs', 'mention')],
    unknowns: [unknown('b.py', 9)],
  });
  expect(usagesData([found])).toEqual({
    targets: [
      {
        module: 'pkg.x_robust',
        path: 'pkg/x_robust.py',
        verdict: 'used',
        references: [
          expect.objectContaining({
            path: 'a.py',
            line: 1,
            column: 6,
            class: 'from',
            confidence: 'certain',
            effect: 'reference',
          }),
          expect.objectContaining({
            path: 'README.md',
            line: 2,
            class: 'docs',
            confidence: 'likely',
            effect: 'mention',
          }),
        ],
        unknowns: [
          {
            path: 'b.py',
            line: 9,
            column: 3,
            code: 'dynamic-import',
            text: 'import_module(name)',
            reason: 'imports a computed name',
          },
        ],
      },
    ],
  });
});

it('does not leak the analysis behind a usage', () => {
  const [target] = usagesData([usage({ usages: [reference('a.py', 1)] })]).targets;
  expect(Object.keys(target?.references[0] ?? {})).toEqual([
    'path',
    'line',
    'column',
    'text',
    'class',
    'confidence',
    'effect',
    'reason',
  ]);
});

it('gives moved and new files in the contract’s shape, without what pins them', () => {
  const edits = [{ start: 0, end: 0, text: 'x', reason: 'new file' }];
  const changes: Change[] = [
    { kind: 'move', path: 'q/a.py', from: 'a.py', before: 'c'.repeat(40), edits: [] },
    { kind: 'create', path: 'a.py', edits },
  ];
  expect(planPart(plan([{ ...batch([], []), changes }])).batches[0]?.changes).toEqual([
    { kind: 'move', path: 'q/a.py', from: 'a.py', edits: [] },
    { kind: 'create', path: 'a.py', edits },
  ]);
});

it('gives a plan in the contract’s shape', () => {
  const refusals = [
    refusal('body-differs', 'a.py', 1),
    refusal('body-differs', 'a.py', 2),
    refusal('missing-name', 'a.py', 3),
  ];
  const data = planData(plan([batch(['a.py'], ['b.py'])], refusals), [decision({ decision: 'refuse', refusals })]);
  expect(data.plan).toEqual({
    id: '0123456789abcdef',
    base: 'b'.repeat(40),
    batches: [
      {
        id: 'b1',
        title: 'Delete b.py',
        changes: [
          { kind: 'rewrite', path: 'a.py', edits: [{ start: 1, end: 2, text: 'x', reason: 'redirected' }] },
          { kind: 'delete', path: 'b.py' },
        ],
      },
    ],
    findings: [],
    refusals,
  });
  expect(data.pairs).toEqual([
    {
      keep: 'pkg/x.py',
      remove: 'pkg/x_robust.py',
      decision: 'refuse',
      verdict: 'identical',
      similarity: 1,
      codes: ['body-differs', 'missing-name'],
      accepted: [],
    },
  ]);
});
