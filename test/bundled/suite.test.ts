/** The repository's own tests pass as it is, and after its deletable duplicates are gone. */
import { describe, expect, it } from 'vitest';
import { bundledRepository } from '../../src/bundled/index.js';
import { type PairTruth, TRUTH } from '../../src/bundled/truth.js';
import { LONG } from '../support/long.js';
import { inCheckout, PYTHON_AVAILABLE, python } from './checkout.js';

const { files } = bundledRepository();

/** Redirects and deletes pairs by plain replacement of the dotted names, without regraft. */
function without(pairs: readonly PairTruth[]): Map<string, string> {
  const result = new Map(files);
  for (const { keep, remove, references } of pairs) {
    const [oldName, newName] = [remove, keep].map((path) => path.replace(/^integration\/|\.py$/g, '')) as [
      string,
      string,
    ];
    for (const { path } of references)
      result.set(path, (result.get(path) ?? '').replaceAll(`.${oldName}`, `.${newName}`));
    result.delete(remove);
  }
  return result;
}

function unittest(repository: ReadonlyMap<string, string>): { status: number | null; count: number; stderr: string } {
  return inCheckout(repository, (root) => {
    const { status, stderr } = python(root, '-m', 'unittest', 'discover', '-q');
    return { status, stderr, count: Number(/^Ran (\d+) tests/m.exec(stderr)?.[1] ?? 0) };
  });
}

/** The first two of a kind; all of them in the long suite. */
const sample = (pairs: readonly PairTruth[]) => (LONG ? pairs : pairs.slice(0, 2));

describe.skipIf(!PYTHON_AVAILABLE)("the bundled repository's own tests (need python3)", () => {
  const deletable = TRUTH.filter((pair) => pair.decision === 'delete');
  const kept = TRUTH.filter((pair) => pair.decision === 'refuse' && !pair.deletedWhenAccepted);

  it('pass before, none skipped', () => {
    const run = unittest(files);
    expect(run.stderr).toMatch(/\nOK\n*$/);
    expect(run.status).toBe(0);
    expect(run.count).toBeGreaterThan(30);
  });

  it('pass after the deletable pairs are redirected and deleted, as many as before', () => {
    const after = without(deletable);
    expect([...after.keys()].length).toBe(files.size - 4);
    const run = unittest(after);
    expect(run.stderr).toMatch(/\nOK\n*$/);
    expect(run.count).toBe(unittest(files).count);
  });

  it.each(sample(deletable))(
    'notice that $remove is deleted without redirecting, unless its import is guarded',
    ({ remove }) => {
      const guarded = remove.includes('comprehensive_error_recovery');
      const run = unittest(new Map([...files].filter(([path]) => path !== remove)));
      expect(run.status === 0).toBe(guarded);
    },
  );

  it.each(sample(kept))('fail when $remove is redirected and deleted all the same', (pair) => {
    expect(unittest(without([pair])).status).not.toBe(0);
  });

  it('pass when the pair of which only the path is named is deleted', () => {
    expect(unittest(without(TRUTH.filter((pair) => pair.deletedWhenAccepted))).status).toBe(0);
  });

  it('pass, but skip, in a checkout of another name', () => {
    const run = inCheckout(files, (root) => python(root, '-c', RENAMED));
    expect(run.stderr).toMatch(/OK \(skipped=2\)/);
  });
});

/** Copies the checkout beside itself and runs the tests there; the parent then still has a directory TestMaster. */
const RENAMED = `
import shutil, subprocess, sys
shutil.copytree(".", "../clone")
sys.exit(subprocess.call([sys.executable, "-B", "-m", "unittest", "discover", "-q"], cwd="../clone"))
`;
