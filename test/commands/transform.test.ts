/** `regraft transform` on real repositories: preview, apply, undo, saved plans, transforms that fail. */
import { afterEach, describe, expect, it } from 'vitest';
import { type Sandbox, sandbox } from '../support/cli.js';

let box: Sandbox;
afterEach(() => box.remove());

const TREE = {
  'shop/__init__.py': '',
  'shop/prices.py': 'def total(items):\n    return sum(items)\n',
  'shop/cart.py': 'from shop.prices import total  # the sum\n\n\ndef pay():\n    return total([1, 2])\n',
};

describe('a built-in transform', () => {
  it('is previewed, done and taken back', async () => {
    box = sandbox(TREE);
    const preview = await box.json('transform', 'relative-imports', 'shop');
    expect(preview).toMatchObject({
      exitCode: 0,
      problems: [],
      data: { rewritten: [{ path: 'shop/cart.py', added: 1, removed: 1 }] },
    });
    expect(box.git('status', '--porcelain')).toBe('');
    expect((await box.regraft('transform', 'relative-imports', '--check')).exitCode).toBe(2);
    expect(await box.json('transform', 'relative-imports', '--apply')).toMatchObject({
      exitCode: 0,
      data: { run: { status: 'done' } },
    });
    expect(box.git('show', 'HEAD:shop/cart.py')).toContain('from .prices import total  # the sum');
    expect((await box.regraft('transform', 'relative-imports', '--check')).exitCode).toBe(0);
    expect((await box.json('undo')).exitCode).toBe(0);
    expect(box.git('show', 'HEAD:shop/cart.py')).toContain('from shop.prices import total');
  });
});

describe.each(['mjs', 'js', 'cjs', 'ts'])('a file in .%s', (extension) => {
  const head = extension === 'cjs' ? 'module.exports =' : 'export default';
  const types = extension === 'ts' ? ': { source: string }' : '';
  const source = `${head} function transform(file${types}) {\n  return file.source.replace('sum', 'max');\n}\n`;

  it('is run', async () => {
    box = sandbox({ ...TREE, [`tools/t.${extension}`]: source });
    const done = await box.json('transform', `tools/t.${extension}`, 'shop/prices.py', '--apply');
    expect(done).toMatchObject({ exitCode: 0, data: { run: { status: 'done' } } });
    expect(box.git('show', 'HEAD:shop/prices.py')).toContain('max(items)');
  });
});
