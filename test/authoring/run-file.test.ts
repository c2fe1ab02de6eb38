/** How a transform is run on one file, and how it may fail. */
import { describe, expect, it } from 'vitest';
import { graphView } from '../../src/authoring/graph-view.js';
import { transformModule } from '../../src/authoring/module-shape.js';
import { runOnFile } from '../../src/authoring/run-file.js';
import type { Transform } from '../../src/authoring/types.js';
import { loadParser } from '../../src/python/parser.js';
import { draw } from '../support/tree.js';

const { linker } = await draw({
  'p/__init__.py': 'from .a import f\n',
  'p/a.py': 'import p.b\nimport numpy\n\n\ndef f(): pass\n',
  'p/b.py': 'from p import a\n',
});
const parser = await loadParser();

const never = new AbortController().signal;

function run(transform: unknown, source = 'x = 1\n', path = 'p/a.py', limit = 5_000, signal = never) {
  const module = { default: transform as Transform };
  const running = { module, name: 'tools/t.mjs', options: {}, linker, graph: graphView(linker), parser, limit, signal };
  return runOnFile(running, { path, source });
}
const message = async (transform: unknown, limit?: number) =>
  (await run(transform, undefined, undefined, limit)).failure?.message;

describe('a failing transform', () => {
  it.each([
    ['throws', () => (null as any).x, 'failed with TypeError'],
    ['throws no error', () => Promise.reject('no'), 'failed with no'],
    ['returns a number', () => 5, 'returned a number: a transform returns the new text, or nothing'],
    ['returns a list', () => ['x'], 'returned an array'],
    ['returns half a character', () => 'x = "\ud83d"\n', 'returned text that no file can hold'],
    ['returns NUL', async () => 'x\0', 'returned text that no file can hold'],
    ['returns too much', () => 'x'.repeat(65 * 1024 * 1024), 'more than any source has'],
    [
      'never stops growing',
      () => {
        let s = 'x';
        for (;;) s += s;
      },
      'RangeError: Invalid string length',
    ],
    ['leaves the repository', (_: unknown, api: any) => api.move('p/a.py', '../a.py'), "'../a.py' is no path"],
    ['names an absolute path', (_: unknown, api: any) => api.create('/etc/x', ''), "'/etc/x' is no path"],
    ['names git', (_: unknown, api: any) => api.remove('p//a.py'), "'p//a.py' is no path"],
    [
      'overlaps',
      ({ source }: any, api: any) => {
        const py = api.py(source);
        py.replace({ start: 0, end: 3 }, 'a');
        py.replace({ start: 2, end: 5 }, 'b');
        return py.toSource();
      },
      'two edits overlap: "x =" of line 1 replaced by "a", and "= 1" of line 1 replaced by "b"',
    ],
  ])('that %s is told with its file', async (_, transform, said) => {
    const { failure, edits } = await run(transform);
    expect(failure).toMatchObject({ code: 'transform-failed', severity: 'error', path: 'p/a.py' });
    expect(failure?.message).toContain(said);
    expect(edits).toEqual([]);
  });

  it('that does not end is ended', async () => {
    expect(
      await message(() => {
        for (;;);
      }, 50),
    ).toBe('tools/t.mjs did not end within 0.05 seconds');
    expect(await message(() => new Promise(() => undefined), 50)).toBe('tools/t.mjs did not end within 0.05 seconds');
  });

  it('is left behind when the command is interrupted', async () => {
    const controller = new AbortController();
    const waiting = run(() => new Promise(() => undefined), undefined, undefined, 60_000, controller.signal);
    setTimeout(() => controller.abort(), 20);
    await expect(waiting).rejects.toMatchObject({ exitCode: 130 });
  });

  it('asks for nothing', async () => {
    const failed = await run((_: unknown, api: any) => {
      api.move('p/a.py', 'p/c.py');
      throw new Error('no');
    });
    expect(failed).toMatchObject({ moves: [], failure: { code: 'transform-failed' } });
  });
});

describe('what a transform is given', () => {
  it('cannot be changed, and reaches no disk', async () => {
    const seen: unknown[] = [];
    await run((file: object, api: object, options: object) => {
      seen.push(
        Object.isFrozen(file),
        Object.isFrozen(api),
        Object.isFrozen((api as any).graph),
        Object.keys(api).sort(),
      );
      seen.push(options);
    });
    expect(seen).toEqual([
      true,
      true,
      true,
      ['create', 'graph', 'j', 'jscodeshift', 'move', 'py', 'remove', 'report', 'shimText', 'stats'],
      {},
    ]);
  });

  it('reports with a place', async () => {
    const { reports, failure } = await run((file: any, api: any) => {
      const [integer] = api.py(file).find('integer');
      api.report('here', integer);
      api.report('there', { start: 0, end: 1 });
      api.report('somewhere');
    });
    expect(failure).toBeNull();
    expect(reports.map(({ line, column }) => [line, column])).toEqual([
      [1, 5],
      [1, 1],
      [null, null],
    ]);
    expect(await message((_: unknown, api: any) => api.report('here', 5))).toContain('a node or a span of the file');
  });

  it('keeps what it prints out of the result', async () => {
    const { reports } = await run(() => {
      console.log('hello', { a: 1 });
      console.error('oh');
    });
    expect(reports.map(({ message: text, path }) => [path, text])).toEqual([
      ['p/a.py', 'hello {"a":1}'],
      ['p/a.py', 'oh'],
    ]);
  });

  it('looks at the graph', async () => {
    let seen: unknown;
    await run((_: unknown, { graph }: any) => {
      seen = {
        name: graph.moduleName('p/a.py'),
        none: graph.moduleName('no-such/x-y.py'),
        resolved: [graph.resolve('p.a'), graph.resolve('.b', 'p/a.py'), graph.resolve('os')],
        importers: graph
          .importers('p.a')
          .filter(({ form }: any) => form !== 'implicit')
          .map(({ path, line }: any) => `${path}:${line}`),
        imports: graph
          .imports('p/b.py')
          .filter(({ form }: any) => form !== 'implicit')
          .map(({ importedPath }: any) => importedPath),
        cycles: graph.cycles().map(({ paths }: any) => paths),
        definition: graph.definition('p', 'f'),
        needs: graph.requirements('p/b.py'),
        files: graph.files(),
        taken: graph.importers('p.a').map(({ path, names }: any) => `${path} ${names.map(({ name }: any) => name)}`),
        sources: [graph.source('p/b.py'), graph.source('gone.py')],
      };
    });
    expect(seen).toEqual({
      name: 'p.a',
      none: null,
      resolved: ['p/a.py', 'p/b.py', null],
      importers: ['p/__init__.py:1', 'p/b.py:1'],
      imports: ['p/a.py'],
      cycles: [['p/a.py', 'p/b.py']],
      definition: { path: 'p/a.py', name: 'f' },
      needs: { files: ['p/__init__.py', 'p/a.py', 'p/b.py'], installed: ['numpy'] },
      files: ['p/__init__.py', 'p/a.py', 'p/b.py'],
      taken: ['p/__init__.py f', 'p/b.py '],
      sources: [{ path: 'p/b.py', source: 'from p import a\n' }, null],
    });
  });
});

describe('scripts', () => {
  const rename = ({ source }: any, { j }: any) =>
    j(source)
      .find(j.Identifier, { name: 'a' })
      .forEach(({ node }: any) => {
        if (node.type === 'Identifier') node.name = 'b';
      })
      .toSource();

  it.each([
    ['x.ts', 'const a: number = 1;\n', 'const b: number = 1;\n'],
    ['x.tsx', 'const x = <T a={a as any} />;\n', 'const x = <T a={b as any} />;\n'],
    ['x.js', 'const a = <T />; // c\n', 'const b = <T />; // c\n'],
    ['x.mjs', 'import { a } from "a";\r\na();\r\n', 'import { b } from "a";\r\nb();\r\n'],
  ])('%s have their parser and keep their line ends', async (path, before, after) => {
    const { edits, failure } = await run(rename, before, path);
    expect(failure).toBeNull();
    let text = before;
    for (const { span, text: by } of [...edits].reverse()) text = text.slice(0, span.start) + by + text.slice(span.end);
    expect(text).toBe(after);
  });

  it('that do not parse are told with their line', async () => {
    const { failure } = await run(rename, 'const a = 1;\nconst = ;\n', 'x.js');
    expect(failure).toMatchObject({ code: 'transform-failed', path: 'x.js', line: 2 });
  });

  it('that would no longer parse are refused with their line', async () => {
    const broken = await run(({ source }: any) => source.replace('2', ''), 'const a = 1;\nconst b = 2;\n', 'x.ts');
    expect(broken.failure).toMatchObject({ code: 'check-syntax', path: 'x.ts', line: 2 });
    const before = await run(({ source }: any) => source.replace('2', '3'), 'const = 2;\n', 'x.ts');
    expect(before).toMatchObject({ failure: null, edits: [{ text: 'const = 3;\n' }] });
  });
});

describe('what a file exports', () => {
  const own = () => 'x';
  it.each([
    ['a namespace', { default: own, parser: 'tsx', include: '*.tsx' }],
    ['a function with properties', Object.assign(() => 'x', { parser: 'tsx', include: ['*.tsx'] })],
    ['a namespace of CommonJS', { default: Object.assign(() => 'x', { parser: 'tsx', include: ['*.tsx'] }) }],
    ['what was compiled to CommonJS', { default: { default: own, parser: 'tsx', include: '*.tsx' } }],
  ])('%s is a transform', (_, exported) => {
    const { default: transform, parser: name, include } = transformModule(exported, 't.js');
    expect([typeof transform, name, include]).toEqual(['function', 'tsx', ['*.tsx']]);
  });

  it.each([
    null,
    {},
    { default: 5 },
    { default: own, parser: 'perl' },
    { default: own, include: 5 },
    { default: own, include: [''] },
  ])('%j is none', (exported) => {
    expect(() => transformModule(exported, 't.js')).toThrow(/t\.js/);
  });
});
