/** `regraft transform` on real repositories: preview, apply, undo, saved plans, recipes, transforms that fail. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type Sandbox, sandbox } from '../support/cli.js';

let box: Sandbox;
afterEach(() => box.remove());

const TREE = {
  'shop/__init__.py': '',
  'shop/prices.py': 'def total(items):\n    return sum(items)\n',
  'shop/cart.py': 'from shop.prices import total  # the sum\n\n\ndef pay():\n    return total([1, 2])\n',
};
/** A transform of one's own, outside of what it is for. */
const own = (body: string, more = '') => `${more}export default (file, api, options) => {\n  ${body}\n};\n`;
const problems = (document: any) =>
  document.problems.map(({ code, path, line }: any) => [code, path, line].filter((part) => part !== null).join(':'));

describe('a built-in transform', () => {
  it('is previewed, done and taken back', async () => {
    box = sandbox(TREE);
    const preview = await box.json('transform', 'relative-imports', 'shop');
    expect(preview).toMatchObject({
      exitCode: 0,
      problems: [],
      data: { transform: 'relative-imports', files: 3, rewritten: [{ path: 'shop/cart.py', added: 1, removed: 1 }] },
    });
    expect(preview.data.plan.batches).toMatchObject([
      {
        title: 'Transform shop/cart.py with relative-imports',
        changes: [{ kind: 'rewrite', edits: [{ reason: 'relative-imports' }] }],
      },
    ]);
    expect(box.git('status', '--porcelain')).toBe('');
    expect((await box.regraft('transform', 'relative-imports', '--check')).exitCode).toBe(2);
    expect((await box.regraft('transform', 'relative-imports', '--apply', '-n')).exitCode).toBe(0);
    expect(box.git('log', '--oneline')).not.toContain('Transform');
    const done = await box.json('transform', 'relative-imports', '--apply');
    expect(done).toMatchObject({ exitCode: 0, data: { run: { status: 'done' } } });
    expect(box.git('show', 'HEAD:shop/cart.py')).toContain('from .prices import total  # the sum');
    expect((await box.regraft('transform', 'relative-imports', '--check')).exitCode).toBe(0);
    expect((await box.json('undo')).exitCode).toBe(0);
    expect(box.git('show', 'HEAD:shop/cart.py')).toContain('from shop.prices import total');
  });

  it('is found by name only, whatever files are called', async () => {
    box = sandbox({ ...TREE, 'relative-imports': 'x', 'relative-imports.js': own('throw new Error()') });
    expect((await box.json('transform', 'relative-imports')).data.rewritten).toHaveLength(1);
    expect(await box.json('transform', 'relative-import')).toMatchObject({
      exitCode: 1,
      problems: [{ code: 'unknown-transform', hint: 'did you mean relative-imports?' }],
    });
    expect(problems(await box.json('transform', 'toString'))).toEqual(['unknown-transform']);
    const listed = await box.json('transform');
    expect(listed.data.transforms.map(({ name }: any) => name)).toContain('rename-symbol');
    expect((await box.regraft('transform')).stdout).toContain('relative-imports');
  });

  it('is shown with the next command', async () => {
    box = sandbox(TREE);
    expect(
      (await box.regraft('transform', 'relative-imports', 'shop', '--option', 'levels=1')).stdout,
    ).toMatchInlineSnapshot(`
      "~ shop/cart.py  +1 -1

      Plan: of 3 files 1 to rewrite.
      To do it:
        regraft transform relative-imports shop --option levels=1 --apply
      "
    `);
    expect((await box.regraft('transform', 'relative-imports', '--format', 'markdown')).stdout).toMatchInlineSnapshot(`
      "## Transform relative-imports

      **Plan&#58; of 3 files 1 to rewrite.**

      | File | Lines added | Lines removed |
      | --- | --: | --: |
      | <code>shop/cart.py</code> | +1 | -1 |

      To do it: <code>regraft transform relative-imports --apply</code>
      "
    `);
    expect((await box.regraft('transform', 'relative-imports', '--format', 'patch')).stdout).toContain(
      '\n+from .prices import total  # the sum\n',
    );
    expect((await box.regraft('transform', 'absolute-imports')).stdout).toBe('Plan: of 3 files nothing to do.\n');
  });
});

describe('the syntax tree', () => {
  it('of a file is shown, control characters in it as text', async () => {
    box = sandbox({ ...TREE, 'shop/x.py': 'a = f("\u001b[2J")\n' });
    const shown = await box.regraft('transform', '--tree', 'shop/x.py');
    expect([shown.exitCode, shown.stderr]).toEqual([0, '']);
    expect(shown.stdout).toMatchInlineSnapshot(`
      "module 1:1
        expression_statement 1:1
          assignment 1:1
            left: identifier 1:1 "a"
            right: call 1:5
              function: identifier 1:5 "f"
              arguments: argument_list 1:6
                string 1:7
                  string_start 1:7 "\\""
                  string_content 1:8 "\\u001b[2J"
                  string_end 1:12 "\\""
      "
    `);
    expect((await box.json('transform', '--tree', 'shop/x.py', 'shop/cart.py')).data.trees).toMatchObject([
      { path: 'shop/x.py' },
      { path: 'shop/cart.py' },
    ]);
    expect(problems(await box.json('transform', '--tree', 'shop/y.py'))).toEqual(['unknown-path:shop/y.py']);
    expect(problems(await box.json('transform', '--tree'))).toEqual(['usage']);
  });
});

describe.each(['mjs', 'js', 'cjs', 'ts', 'mts', 'cts'])('a file in .%s', (extension) => {
  const head = extension === 'cjs' ? 'module.exports =' : 'export default';
  const types = extension.endsWith('ts') ? ': { source: string }' : '';
  const source = `${head} function transform(file${types}) {\n  return file.source.replace('sum', 'max');\n}\n`;

  it('is run', async () => {
    box = sandbox({ ...TREE, [`tools/t.${extension}`]: source });
    const done = await box.json('transform', `tools/t.${extension}`, 'shop/prices.py', '--apply');
    expect(done).toMatchObject({ exitCode: 0, data: { run: { status: 'done' } } });
    expect(box.git('show', 'HEAD:shop/prices.py')).toContain('max(items)');
  });
});

describe('a file of TypeScript', () => {
  it('may import others', async () => {
    box = sandbox({
      ...TREE,
      'tools/t.ts':
        "import type { Transform } from 'regraft';\nimport { word } from './word.js';\nconst t: Transform = ({ source }) => source.replace('sum', word as string);\nexport default t;\nexport const include: string = 'prices.py';\n",
      'tools/word.ts': "export const word: string = 'max';\n",
    });
    const { data } = await box.json('transform', 'tools/t.ts');
    expect(data).toMatchObject({ files: 1, rewritten: [{ path: 'shop/prices.py' }] });
  });

  it('is told with the line that fails', async () => {
    box = sandbox({
      ...TREE,
      'tools/t.ts': 'interface A {\n  b: 1;\n}\n\nexport default (a: A): string => {\n  throw new Error("no");\n};\n',
    });
    const {
      problems: [first],
    } = await box.json('transform', 'tools/t.ts', 'shop/cart.py');
    expect(first.message).toBe('tools/t.ts failed with Error: no (t.ts:6:9)');
  });
});

describe('files', () => {
  it('are those of the globs; what is named is taken as it is', async () => {
    const seen = own(
      "api.report(file.path + ' ' + JSON.stringify(options)); return null;",
      "export const include = ['*.{txt,md}', 'docs/**/a?.py'];\n",
    );
    box = sandbox({
      ...TREE,
      't.mjs': seen,
      'a.md': '',
      'deep/b.txt': '',
      'docs/x/y/ab.py': '',
      'docs/abc.py': '',
      'c.json': '',
    });
    const files = async (...args: string[]) =>
      (await box.json('transform', 't.mjs', ...args)).data.plan.findings.map(
        ({ message }: any) => message.split(' ')[0],
      );
    expect(await files()).toEqual(['a.md', 'deep/b.txt', 'docs/x/y/ab.py']);
    expect(await files('deep', 'c.json')).toEqual(['c.json', 'deep/b.txt']);
    expect(await files('--include', 'shop/*.py')).toEqual(['shop/__init__.py', 'shop/cart.py', 'shop/prices.py']);
    expect(await files('--exclude', 'deep', '--exclude', '*.md')).toEqual(['docs/x/y/ab.py']);
    expect(await files('c.json', 'a.md', '--exclude', 'c.json')).toEqual(['a.md']);
    const [first] = (
      await box.json('transform', 't.mjs', 'a.md', '--option', 'b=x=y', '--option', 'a', '--option', 'b=2')
    ).data.plan.findings;
    expect(first.message).toBe('a.md {"a":"true","b":"2"}');
    expect(problems(await box.json('transform', 't.mjs', 'nowhere'))).toEqual([
      'unknown-path:null'.replace(':null', ''),
    ]);
    expect(problems(await box.json('transform', 't.mjs', '--option', '=x'))).toEqual(['usage']);
  });

  it('of scripts are for transforms with a parser; links and what cannot be read are left', async () => {
    const script = own(
      "return api.j(file.source).find(api.j.Identifier, { name: 'a' }).forEach((p) => { p.node.name = 'b'; }).toSource();",
      "export const parser = 'tsx';\n",
    );
    box = sandbox({ ...TREE, 'tools/t.mjs': script, 'web/x.ts': 'let a: number = 1;\n', 'web/y.jsx': 'let c;\n' });
    symlinkSync('x.ts', join(box.top, 'web/link.ts'));
    writeFileSync(join(box.top, 'web/bad.js'), Buffer.from([0xff, 0xfe, 0x00]));
    box.git('add', '-A');
    box.git('commit', '-q', '-m', 'more');
    const done = await box.json('transform', 'tools/t.mjs', '--apply');
    expect(done).toMatchObject({ exitCode: 0, data: { files: 2, rewritten: [{ path: 'web/x.ts' }] } });
    expect(done.data.plan.findings).toMatchObject([{ code: 'unreadable', severity: 'warning', path: 'web/bad.js' }]);
    expect(box.git('show', 'HEAD:web/x.ts')).toBe('let b: number = 1;');
  });

  it('keep their bytes: BOM, line ends, encoding', async () => {
    box = sandbox({ 't.mjs': own("return file.source.replace('1', '2');") });
    const latin = Buffer.from('# coding: latin-1\r\nx = "\xe9"; y = 1\r\n', 'latin1');
    writeFileSync(join(box.top, 'l.py'), latin);
    writeFileSync(join(box.top, 'b.py'), '\ufeffx = 1\r\ny = 3');
    box.git('add', '-A');
    box.git('commit', '-q', '-m', 'bytes');
    expect((await box.json('transform', 't.mjs', '--apply')).exitCode).toBe(3);
    // The coding line of the first has a 1 as well: latin-2 is no encoding that can be written.
    expect((await box.json('transform', 't.mjs', 'b.py', '--apply')).exitCode).toBe(0);
    expect(readFileSync(join(box.top, 'b.py'), 'utf8')).toBe('\ufeffx = 2\r\ny = 3');
    expect(readFileSync(join(box.top, 'l.py')).equals(latin)).toBe(true);
    box.write({ 'u.mjs': own("return file.source.replace('y = 1', 'y = \"é€\"');") });
    expect(problems(await box.json('transform', 'u.mjs', 'l.py'))).toEqual(['not-encodable:l.py']);
  });
});

describe('failures', () => {
  const failing = own(
    "if (file.path.endsWith('cart.py')) throw new TypeError('no\\nmore'); return file.source.replace('sum', 'max');",
  );

  it('are collected; nothing is done unless they are accepted', async () => {
    box = sandbox({ ...TREE, 'tools/t.mjs': failing });
    const refused = await box.json('transform', 'tools/t.mjs', '--apply');
    expect(refused.exitCode).toBe(3);
    expect(refused.problems).toMatchObject([
      { code: 'transform-failed', path: 'shop/cart.py', message: 'tools/t.mjs failed with TypeError: no (t.mjs:2:44)' },
    ]);
    expect(refused.data.plan.batches).toEqual([]);
    expect(box.git('status', '--porcelain')).toBe('');
    expect((await box.regraft('transform', 'tools/t.mjs')).stdout).toContain(
      'regraft transform tools/t.mjs --accept transform-failed:shop/cart.py\n',
    );
    const other = await box.json('transform', 'tools/t.mjs', '--accept', 'transform-failed:shop/prices.py');
    expect(other.exitCode).toBe(3);
    const done = await box.json('transform', 'tools/t.mjs', '--accept', 'transform-failed', '--apply');
    expect(done).toMatchObject({
      exitCode: 0,
      data: { skipped: [{ path: 'shop/cart.py', code: 'transform-failed' }] },
    });
    expect(box.git('show', 'HEAD:shop/prices.py')).toContain('max(items)');
  });

  it('that are the same are told once', async () => {
    const fail = own(
      "if (!options.word) throw new Error('give --option word=WORD'); if (options.word === file.path.length + '') throw new Error('no'); return null;",
    );
    box = sandbox({ ...TREE, 'shop/b.py': '', 'shop/c.py': '', 't.mjs': fail });
    const everywhere = await box.json('transform', 't.mjs');
    expect(everywhere.problems).toMatchObject([
      {
        code: 'transform-failed',
        path: null,
        message: 't.mjs failed with Error: give --option word=WORD (t.mjs:2:28), on all 5 files',
        hint: 'mend the transform, or its options: --option key=value',
      },
    ]);
    expect((await box.regraft('transform', 't.mjs')).stdout).not.toContain('--accept');
    const some = await box.regraft('transform', 't.mjs', '--option', 'word=9');
    expect(some.stdout.match(/error\[/g)).toHaveLength(1);
    expect(some.stdout).toContain('--> shop/b.py\n      shop/c.py\n');
  });

  it('of Python: what would no longer parse, resolve or be bound is refused with its line', async () => {
    const cases = own(
      `return {
    syntax: file.source.replace('(items):', '(items:'),
    gone: file.source.replace('shop.prices', 'shop.price'),
    unbound: file.source.replace('from shop.prices import total  # the sum\\n', ''),
  }[options.what];`,
    );
    box = sandbox({ ...TREE, 't.mjs': cases });
    const run = async (what: string) =>
      problems(await box.json('transform', 't.mjs', '--option', `what=${what}`, '--apply'));
    expect(await run('syntax')).toEqual(['check-syntax:shop/prices.py:1']);
    expect(await run('gone')).toEqual(['check-unresolved:shop/cart.py:1']);
    expect(await run('unbound')).toEqual(['check-binding:shop/cart.py:4']);
    expect(box.git('status', '--porcelain')).toBe('');
    const { data } = await box.json('transform', 't.mjs', '--option', 'what=syntax', '--accept', 'transform-failed');
    expect(data.plan.batches).toEqual([]);
  });

  it('of the file itself are told before anything is read', async () => {
    box = sandbox({
      ...TREE,
      'a.mjs': 'export const x = ;\n',
      'b.mjs': 'export const x = 1;\n',
      'c.mjs': 'throw new Error("boom");\n',
      'd.txt': '',
    });
    for (const [name, code] of [
      ['a.mjs', 'bad-transform'],
      ['b.mjs', 'bad-transform'],
      ['c.mjs', 'bad-transform'],
      ['d.txt', 'no-transform'],
      ['e.mjs', 'no-transform'],
      ['./shop', 'no-transform'],
    ] as const)
      expect([name, await box.json('transform', name)]).toMatchObject([name, { exitCode: 1, problems: [{ code }] }]);
  });

  it('of files that git does not know are told with the preview', async () => {
    box = sandbox({ ...TREE, 't.mjs': own("return file.path === 'new.py' ? 'x = 2\\n' : null;") });
    writeFileSync(join(box.top, 'new.py'), 'x = 1\n');
    const document = await box.json('transform', 't.mjs');
    expect(document.data.plan.findings).toMatchObject([{ code: 'untracked', severity: 'warning', path: 'new.py' }]);
    expect((await box.json('transform', 't.mjs', '--apply')).exitCode).toBe(3);
  });

  it('to come to an end are warned of', async () => {
    box = sandbox({ ...TREE, 't.mjs': own("return file.source + '# more\\n';") });
    const document = await box.json('transform', 't.mjs', 'shop/cart.py');
    expect(document.data.plan.findings).toMatchObject([
      { code: 'not-idempotent', severity: 'warning', path: 'shop/cart.py' },
    ]);
  });
});

describe('a transform that asks for more', () => {
  it('moves modules, everything that refers to them following', async () => {
    box = sandbox({
      ...TREE,
      't.mjs': own(
        "if (file.path === 'shop/prices.py') { api.move(file.path, 'shop/core/sums.py', { shim: true }); return file.source.replace('sum(', 'max('); }",
      ),
    });
    const done = await box.json('transform', 't.mjs', '--apply');
    expect(done).toMatchObject({ exitCode: 0, data: { moved: [{ from: 'shop/prices.py', to: 'shop/core/sums.py' }] } });
    expect(done.data.plan.batches.map(({ id }: any) => id)).toEqual(['b1', 'b2']);
    expect(box.git('show', 'HEAD:shop/cart.py')).toContain('from shop.core.sums import total');
    expect(box.git('show', 'HEAD:shop/core/sums.py')).toContain('max(items)');
    expect(box.git('show', 'HEAD:shop/prices.py')).toContain('regraft: shim');
  });

  it('is refused where the built-in commands refuse', async () => {
    const asks = own(
      `({
    move: () => api.move('shop/prices.py', 'shop/cart.py'),
    gone: () => api.move('shop/gone.py', 'shop/x.py'),
    used: () => api.remove('shop/prices.py'),
    other: () => api.remove('shop/prices.py', { keep: 'shop/cart.py' }),
    data: () => api.remove('data.json'),
    there: () => api.create('shop/cart.py', 'x = 1\\n'),
    git: () => api.create('.git/hooks/post-commit', 'x'),
    twice: () => { api.create('n.py', ''); api.create('n.py', 'x'); },
  })[options.ask]();`,
    );
    box = sandbox({ ...TREE, 't.mjs': asks, 'data.json': '{}' });
    const asked = async (ask: string) => {
      const document = await box.json('transform', 't.mjs', 'shop/cart.py', '--option', `ask=${ask}`, '--apply');
      expect([ask, document.exitCode, document.data.run]).toEqual([ask, 3, undefined]);
      return document.problems[0].code;
    };
    expect(await asked('move')).toBe('destination-exists');
    expect(await asked('gone')).toMatch(/no-such|unknown/);
    expect(await asked('used')).toBe('still-used');
    expect(await asked('other')).toBe('keeper-uses-duplicate');
    expect(await asked('data')).toBe('unknown-target');
    expect(await asked('there')).toBe('destination-exists');
    expect(await asked('twice')).toBe('same-destination');
    await asked('git');
    expect(existsSync(join(box.top, '.git/hooks/post-commit'))).toBe(false);
    expect(box.git('status', '--porcelain')).toBe('');
  });

  it('removes what nothing uses, and duplicates of what stays', async () => {
    const tree = {
      ...TREE,
      'shop/old.py': 'X = 1\n',
      'shop/prices_copy.py': TREE['shop/prices.py'],
      'user.py': 'from shop.prices_copy import total\n',
    };
    box = sandbox({
      ...tree,
      't.mjs': own(
        "if (file.path === 'shop/old.py') api.remove(file.path); if (file.path === 'shop/prices_copy.py') api.remove(file.path, { keep: 'shop/prices.py' });",
      ),
    });
    const done = await box.json('transform', 't.mjs', '--apply');
    expect(done).toMatchObject({ exitCode: 0, data: { deleted: ['shop/old.py', 'shop/prices_copy.py'] } });
    expect(box.git('show', 'HEAD:user.py')).toBe('from shop.prices import total');
    expect(box.git('log', '-1', '--format=%s')).toBe('Delete shop/old.py, which nothing uses');
  });
});

describe('runs', () => {
  const comment = own("return file.source.startsWith('#') ? null : '# seen\\n' + file.source;");

  it('have as many files per commit as asked for', async () => {
    box = sandbox({ ...TREE, 't.mjs': comment });
    const done = await box.json('transform', 't.mjs', '--batch-size', '2', '--apply');
    expect(done.data.run.titles).toEqual(['Transform 2 files with t.mjs', 'Transform shop/prices.py with t.mjs']);
    expect(problems(await box.json('transform', 't.mjs', '--batch-size', '-1'))).toEqual(['usage']);
  });

  it('that break the verification are rolled back, or lose what breaks it', async () => {
    box = sandbox({ ...TREE, 't.mjs': comment });
    const verify = ['--verify', "sh -c '! grep -q seen shop/cart.py'"];
    const failed = await box.json('transform', 't.mjs', ...verify, '--apply');
    expect(failed).toMatchObject({ exitCode: 4, data: { run: { status: 'verification-failed' } } });
    expect(box.git('status', '--porcelain')).toBe('');
    const isolated = await box.json('transform', 't.mjs', ...verify, '--on-failure', 'isolate', '--apply');
    expect(isolated.data.run.culprits).toMatchObject([{ operation: 'shop/cart.py' }]);
    expect(box.git('grep', '-l', '# seen', 'HEAD', '--', 'shop')).toBe('HEAD:shop/__init__.py\nHEAD:shop/prices.py');
  });

  it('never take the transform itself for a file of the repository', async () => {
    box = sandbox({
      ...TREE,
      'tools/t.js': own(
        "if (file.path === 'shop/prices.py') api.move(file.path, 'shop/sums.py');",
        "export const include = '**/*';\n",
      ),
    });
    const document = await box.json('transform', 'tools/t.js');
    expect([document.exitCode, document.data.files]).toEqual([0, 3]);
  });

  it('are saved, and carried out as they were saved or not at all', async () => {
    box = sandbox({ ...TREE, 't.mjs': comment });
    const saved = await box.json(
      'transform',
      't.mjs',
      'shop',
      '--option',
      'b=1',
      '--option',
      'a=2',
      '--exclude',
      '*_test.py',
      '--save',
      '../plan.json',
    );
    expect(JSON.parse(readFileSync(join(box.top, '../plan.json'), 'utf8')).intent).toMatchObject({
      command: 'transform',
      transform: 't.mjs',
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      options: { a: '2', b: '1' },
      paths: ['shop'],
      exclude: ['*_test.py'],
    });
    const applied = await box.json('apply', '../plan.json');
    expect(applied).toMatchObject({ exitCode: 0, data: { plan: { id: saved.data.plan.id }, run: { status: 'done' } } });
    expect(problems(await box.json('apply', '../plan.json'))).toEqual(['stale-plan']);
  });

  it('of a transform that has changed since are stale, and it is not even started', async () => {
    box = sandbox({ ...TREE });
    const elsewhere = join(box.top, '..', 't.mjs');
    writeFileSync(elsewhere, comment);
    expect((await box.json('transform', '../t.mjs', '--save', '../plan.json')).exitCode).toBe(0);
    writeFileSync(
      elsewhere,
      `import { writeFileSync } from 'node:fs';\nwriteFileSync(${JSON.stringify(join(box.top, '..', 'canary'))}, '');\n${comment}`,
    );
    expect(problems(await box.json('apply', '../plan.json'))).toEqual(['stale-plan']);
    expect(existsSync(join(box.top, '..', 'canary'))).toBe(false);
    writeFileSync(elsewhere, comment);
    expect((await box.json('apply', '../plan.json')).exitCode).toBe(0);
  });

  it('of a forged plan inject nothing', async () => {
    box = sandbox({ ...TREE, 't.mjs': comment });
    await box.json('transform', 't.mjs', '--save', '../plan.json');
    const plan = JSON.parse(readFileSync(join(box.top, '../plan.json'), 'utf8'));
    const forged = (change: (copy: any) => void) => {
      const copy = structuredClone(plan);
      change(copy);
      writeFileSync(join(box.top, '../forged.json'), JSON.stringify(copy));
      return box.json('apply', '../forged.json');
    };
    expect(
      problems(
        await forged((copy) => {
          copy.batches[0].changes[0].edits[0].text = 'evil\n';
        }),
      ),
    ).toEqual(['stale-plan']);
    expect(
      problems(
        await forged((copy) => {
          copy.intent.hash = null;
        }),
      ),
    ).toEqual(['stale-plan']);
    expect(
      problems(
        await forged((copy) => {
          copy.intent.hash = '0'.repeat(64);
        }),
      ),
    ).toEqual(['stale-plan']);
    expect(
      problems(
        await forged((copy) => {
          copy.intent.transform = 'relative-imports';
        }),
      ),
    ).toEqual(['stale-plan']);
    expect(
      problems(
        await forged((copy) => {
          copy.intent.options.x = 'y';
        }),
      ),
    ).toEqual(['stale-plan']);
    expect(
      problems(
        await forged((copy) => {
          copy.intent.paths = ['../..'];
        }),
      ),
    ).toEqual(['bad-plan']);
    expect(box.git('status', '--porcelain')).toBe('');
  });
});

describe('Ctrl-C', () => {
  it.each([
    ['a loop without end', 'for (;;);'],
    ['a wait without end', 'return new Promise(() => {});'],
  ])('ends %s', async (_, body) => {
    box = sandbox({ ...TREE });
    const ready = join(box.top, '..', 'ready');
    box.write({
      't.mjs': own(
        `writeFileSync(${JSON.stringify(ready)}, ''); ${body}`,
        "import { writeFileSync } from 'node:fs';\n",
      ),
    });
    const child = spawn('node', [resolve('bin/regraft.js'), 'transform', 't.mjs'], { cwd: box.top, stdio: 'ignore' });
    const ended = once(child, 'exit');
    while (!existsSync(ready)) await new Promise((go) => setTimeout(go, 50));
    await new Promise((go) => setTimeout(go, 200));
    child.kill('SIGINT');
    expect((await ended)[0]).toBe(130);
  });
});

describe('a phase of a recipe', () => {
  const recipe = `phases:
  - name: dots
    transform:
      file: relative-imports
      paths: shop
      options: {levels: 1}
  - name: words
    transform: {file: tools/t.mjs, options: {word: max, count: 3, on: true}}
  - name: away
    move: {shop/prices.py: shop/core/sums.py}
`;
  const words = own(
    "return file.source.replace('sum(', options.word + '(' + (options.count === '3' && options.on === 'true' ? '' : 'oops('));",
  );

  it('is planned on what those before it come to, done, and done no second time', async () => {
    box = sandbox({ ...TREE, 'recipe.yaml': recipe, 'tools/t.mjs': words });
    const preview = await box.json('run', 'recipe.yaml');
    expect(preview).toMatchObject({
      exitCode: 0,
      data: {
        phases: [
          { status: 'planned', rewritten: [{ path: 'shop/cart.py' }] },
          { status: 'planned', transform: 'tools/t.mjs' },
          { status: 'planned' },
        ],
      },
    });
    expect((await box.regraft('run', 'recipe.yaml')).stdout).toContain('~ shop/cart.py  +1 -1');
    expect((await box.regraft('run', 'recipe.yaml', '--format', 'markdown')).stdout).toContain(
      '1 commit: 1 to rewrite',
    );
    expect(await box.json('run', 'recipe.yaml', '--apply')).toMatchObject({ exitCode: 0, problems: [] });
    expect(box.git('show', 'HEAD:shop/cart.py')).toContain('from .core.sums import total');
    expect(box.git('show', 'HEAD:shop/core/sums.py')).toContain('max(items)');
    const again = await box.json('run', 'recipe.yaml');
    expect(again.data.phases.map(({ status }: any) => status)).toEqual(['done', 'done', 'done']);
  });

  it('leaves files out, accepts by name, and tells its options in the commit', async () => {
    const accepting = `phases:
  - name: words
    transform: {file: tools/t.mjs, options: {word: max}, exclude: shop/cart.py, accept: transform-failed}
`;
    const some = own(
      "if (file.path.endsWith('__init__.py')) throw new Error(); return file.source.replace('sum', options.word) + '# seen';",
    );
    box = sandbox({ ...TREE, 'recipe.yaml': accepting, 'tools/t.mjs': some });
    const done = await box.json('run', 'recipe.yaml', '--apply');
    expect(done).toMatchObject({ exitCode: 0, data: { phases: [{ rewritten: [{ path: 'shop/prices.py' }] }] } });
    expect(box.git('log', '-1', '--format=%B')).toContain('\n\n    --option word=max\n\n- shop/prices.py\n');
    box.write({ 'recipe.yaml': accepting.replace('transform-failed', 'check-binding') });
    expect((await box.json('run', 'recipe.yaml')).problems).toMatchObject([{ code: 'unknown-acceptance', line: 3 }]);
  });

  it('that fails or does not load is refused, and stops there', async () => {
    box = sandbox({ ...TREE, 'recipe.yaml': recipe, 'tools/t.mjs': own("throw new Error('no');") });
    const refused = await box.json('run', 'recipe.yaml');
    expect(refused.data.phases.map(({ status }: any) => status)).toEqual(['planned', 'refused', 'not-planned']);
    expect(new Set(problems(refused).map((each: string) => each.split(':')[0]))).toEqual(new Set(['transform-failed']));
    box.write({ 'recipe.yaml': recipe.replace('tools/t.mjs', 'tools/u.mjs').replace('paths: shop', 'paths: shops') });
    box.git('commit', '-qam', 'other');
    const missing = await box.json('run', 'recipe.yaml');
    expect(problems(missing)).toEqual(['unknown-path:recipe.yaml:3']);
    box.write({ 'recipe.yaml': recipe.replace('tools/t.mjs', 'tools/u.mjs') });
    box.git('commit', '-qam', 'another');
    expect(problems(await box.json('run', 'recipe.yaml'))).toEqual(['no-transform:tools/u.mjs']);
  });
});
