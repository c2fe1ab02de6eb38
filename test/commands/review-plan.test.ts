/** `regraft review` from a saved plan to one that `apply` carries out, answered from a script; a question too many fails. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Environment, Outcome } from '../../src/commands/command.js';
import { reviewPlan } from '../../src/commands/review-plan.js';
import { colourStyle, plainStyle } from '../../src/report/style.js';
import { type Sandbox, sandbox } from '../support/cli.js';

const CODE = 'def f():\n    return 1\n';
const PAIRS = {
  'pkg/__init__.py': '',
  'pkg/a.py': CODE,
  'pkg/a_robust.py': CODE,
  'pkg/b.py': CODE,
  'pkg/b_robust.py': CODE,
  'pkg/c.py': CODE,
  'pkg/c_robust.py': 'def f():\n    return 2\n',
  'use.py': 'from pkg.a_robust import f\n\nprint(f())\n',
};
const MOVES = {
  'shop/__init__.py': '',
  'shop/tax.py': 'def rate():\n    return 7\n',
  'shop/cart.py': 'from .tax import rate\n\n\ndef total():\n    return rate() * 2\n',
  'util/__init__.py': '',
  'util/text.py': CODE,
  'util/dates.py': CODE,
  'app.py': 'import shop.tax\nfrom util import text\n\nprint(shop.tax.rate(), text.f())\n',
  '../moves.yaml': 'shop/tax.py: shop/money/rates.py\nutil: helpers\nshop/cart.py: shop/basket.py\n',
};

let box: Sandbox;
afterEach(() => box.remove());

interface Reviewed extends Outcome {
  readonly asked: readonly string[];
}

/** @param save `null` to review without saving */
async function review(
  answers: readonly string[],
  save: string | null = '../new.json',
  more: Partial<Environment> = {},
) {
  const asked: string[] = [];
  const endings: (() => void)[] = [];
  const environment: Environment = {
    directory: box.top,
    format: 'text',
    style: plainStyle(80),
    terminal: true,
    progress: () => undefined,
    narrate: () => undefined,
    afterwards: (action) => void endings.push(action),
    signal: new AbortController().signal,
    engine: undefined,
    ask: async (question) => {
      const answer = answers[asked.length];
      asked.push(question);
      if (answer === undefined) throw new Error(`no answer is left for:\n${question}`);
      return answer;
    },
    ...more,
  };
  const outcome = await reviewPlan(environment, { plan: '../plan.json', save: save ?? undefined });
  expect(asked.length).toBe(answers.length);
  return { ...outcome, asked } satisfies Reviewed;
}

async function planned(files: Readonly<Record<string, string>>, ...args: string[]): Promise<void> {
  box = sandbox(files);
  await box.regraft(...args, '--save', '../plan.json');
}

const saved = (name = '../new.json') => JSON.parse(readFileSync(join(box.top, name), 'utf8'));
const titlesOf = () => saved().batches.map(({ title }: { title: string }) => title);
const kept = () => readdirSync(join(box.top, '.git/regraft')).filter((name) => name.startsWith('review-'));
/** What the plan that came of it leaves, and that nothing else had been written. */
async function applied(): Promise<string[]> {
  expect(box.git('status', '--porcelain')).toBe('');
  expect(box.git('rev-list', '--count', 'HEAD')).toBe('1');
  const { exitCode, stderr } = await box.regraft('apply', '../new.json');
  expect([exitCode, stderr]).toEqual([0, '']);
  return box.git('ls-files').split('\n');
}

describe('a reviewed plan of deletions', () => {
  it('holds what was accepted, and apply carries out exactly that', async () => {
    await planned(PAIRS, 'dedupe');
    const { exitCode, problems, asked, output } = await review(['y', 'n', 'n', 'y']);
    expect([exitCode, problems]).toEqual([0, []]);
    expect(asked[0]).toContain('── 1 of 3 ─');
    expect(asked[0]).toContain('✓ pkg/a.py ← pkg/a_robust.py  would be deleted');
    expect(asked[0]).toContain('-from pkg.a_robust import f\n+from pkg.a import f\n');
    expect(asked[0]?.endsWith('\ndo it? [y,n,e,a,u,d,q,?] ')).toBe(true);
    expect(asked[2]).toContain('error[body-differs]');
    expect(asked[2]?.endsWith('\nrefused; leave it out? [n,e,a,u,d,q,?] ')).toBe(true);
    expect(asked[3]).toContain('1 to be done; 2 left out.\nComputed again: 1 commit, 2 files; 0 refused.\n');
    expect(output).toContain('To do it:\n  regraft apply ../new.json\n');
    expect(saved().intent.pairs).toEqual([{ keep: 'pkg/a.py', remove: 'pkg/a_robust.py' }]);
    expect(kept()).toEqual([]);
    const files = await applied();
    expect(files).not.toContain('pkg/a_robust.py');
    expect(files).toContain('pkg/b_robust.py');
  });

  it('takes a copy for the module to keep, and a code for a refusal', async () => {
    await planned(PAIRS, 'dedupe');
    const { asked } = await review(['e', 'swap', 'y', 'y', 'e', 'body-differs', 'y', 'y']);
    expect(asked[1]).toBe('  swap: the other copy stays\nchange to (nothing to go back): ');
    expect(asked[2]).toContain('✓ pkg/a_robust.py ← pkg/a.py  would be deleted');
    expect(asked[5]).toContain('  body-differs: that is accepted\n');
    expect(asked[6]).toContain('accepted[body-differs]');
    expect(saved().intent.accept).toEqual(['body-differs:pkg/c_robust.py']);
    const files = await applied();
    expect(files.filter((path) => path.startsWith('pkg/'))).toEqual([
      'pkg/__init__.py',
      'pkg/a_robust.py',
      'pkg/b.py',
      'pkg/c.py',
    ]);
    expect(box.git('log', '-1', '--format=%B')).toContain('body-differs pkg/c_robust.py');
  });

  it('accepts nothing any more for what was rejected after all', async () => {
    await planned(PAIRS, 'dedupe');
    await review(['y', 'y', 'e', 'body-differs', 'n', 'y']);
    expect(saved().intent).toMatchObject({ accept: [], pairs: [{ keep: 'pkg/a.py' }, { keep: 'pkg/b.py' }] });
  });

  it('gives one a commit of its own', async () => {
    await planned(PAIRS, 'dedupe', '--batch-size', '5');
    expect(saved('../plan.json').batches).toHaveLength(1);
    await review(['y', 'c', 'n', 'y']);
    expect(saved().intent.apart).toEqual(['pkg/b_robust.py']);
    expect(titlesOf()).toEqual([
      'Delete pkg/a_robust.py, a duplicate of pkg/a.py',
      'Delete pkg/b_robust.py, a duplicate of pkg/b.py',
    ]);
    await applied();
    expect(box.git('rev-list', '--count', 'HEAD')).toBe('3');
  });

  it('takes answers back, also the last one and what was answered all at once', async () => {
    await planned(PAIRS, 'dedupe');
    const { asked } = await review(['y', 'u', 'a', 'u', 'n', 'y', 'n', 'u', 'n', 'u', 'u', 'n', 'u', 'y', 'n', 'y']);
    expect(asked.map((each) => /── (.*?) ─/.exec(each)?.[1])).toEqual([
      '1 of 3',
      '2 of 3',
      '1 of 3',
      '3 of 3',
      '1 of 3',
      '2 of 3',
      '3 of 3',
      'what is left',
      '3 of 3',
      'what is left',
      '3 of 3',
      '2 of 3',
      '3 of 3',
      '2 of 3',
      '3 of 3',
      'what is left',
    ]);
    expect(saved().intent.pairs.map(({ remove }: { remove: string }) => remove)).toEqual(['pkg/b_robust.py']);
  });

  it('is not saved when nothing is left of it', async () => {
    await planned(PAIRS, 'dedupe');
    const { exitCode, output, asked } = await review(['n', 'n', 'n', 'y']);
    expect([exitCode, output]).toEqual([0, 'nothing is left of the plan: nothing was saved\n']);
    expect(asked[3]).toContain('Nothing is left of the plan.');
    expect(existsSync(join(box.top, '../new.json'))).toBe(false);
    expect(kept()).toEqual([]);
  });

  it('shows each difference on the files that the deletions before it leave', async () => {
    const use = 'from pkg.a_robust import f\nfrom pkg.b_robust import f as g\n';
    await planned({ ...PAIRS, 'use.py': use }, 'dedupe');
    const { asked } = await review(['y', 'q']);
    expect(asked[1]).toContain(' from pkg.a import f\n-from pkg.b_robust import f as g\n+from pkg.b import f as g\n');
  });
});

describe('a reviewed plan of moves', () => {
  const MOVE = ['move', '--map', '../moves.yaml'] as const;

  it('goes elsewhere, and by its parts', async () => {
    await planned(MOVES, ...MOVE);
    const { asked, exitCode } = await review(['e', 'shop/fees/', 'y', 's', 'n', 'y', 'c', 'y']);
    expect(exitCode).toBe(0);
    expect(asked[0]).toContain('shop/tax.py → shop/money/rates.py\n+ shop/money/__init__.py  new\n');
    expect(asked[2]).toContain('shop/tax.py → shop/fees/tax.py');
    expect(asked[3]?.endsWith('[y,n,c,s,e,a,u,d,q,?] ')).toBe(true);
    expect(asked[4]).toContain('what is in util is asked one by one; its __init__.py stays\n\n── 2 of 4 ─');
    expect(asked[4]).toContain('util/dates.py → helpers/dates.py');
    expect(asked[6]).toContain('shop/cart.py → shop/basket.py');
    expect(saved().intent.apart).toEqual(['shop/cart.py']);
    const files = await applied();
    expect(files.filter((path) => /shop|util|helpers/.test(path))).toEqual([
      'helpers/__init__.py',
      'helpers/text.py',
      'shop/__init__.py',
      'shop/basket.py',
      'shop/fees/__init__.py',
      'shop/fees/tax.py',
      'util/__init__.py',
      'util/dates.py',
    ]);
    expect(readFileSync(join(box.top, 'app.py'), 'utf8')).toContain('import shop.fees.tax\nfrom helpers import text\n');
    expect(box.git('rev-list', '--count', 'HEAD')).toBe('3');
  });

  it('says what stands in the way of a destination, and asks again', async () => {
    await planned(MOVES, ...MOVE);
    const { asked } = await review(['e', '../../elsewhere.py', 'e', '', 'e', 'app.py', 'n', 'n', 'y', 'y']);
    expect(asked[2]).toContain('../../elsewhere.py lies outside the repository\n');
    expect(asked[4]).not.toContain('outside the repository');
    expect(asked[6]).toContain('error[destination-exists]');
    expect(saved().intent.moves).toEqual([{ from: 'shop/cart.py', to: 'shop/basket.py' }]);
  });

  it('that is rejected shows what the others cannot do without it', async () => {
    const swap = { ...MOVES, '../moves.yaml': 'util/text.py: util/dates.py\nutil/dates.py: util/text.py\n' };
    await planned(swap, ...MOVE);
    const { asked, exitCode, problems } = await review(['y', 'n', 'y']);
    expect(asked[0]).toContain('together with what depends on it: util/dates.py');
    expect(asked[2]).toContain('Computed again: 0 commits, 0 files; 1 refused.\nerror[destination-exists]');
    expect([exitCode, problems.map(({ code }) => code)]).toEqual([3, ['destination-exists']]);
    expect((await box.json('apply', '../new.json')).exitCode).toBe(3);
  });

  it('asks for doubtful places in texts as --review does, and takes them back as one answer', async () => {
    const settings = 'plugins:\n  - name: tax\n    kind: shop/tax\n';
    await planned({ ...MOVES, 'settings.yaml': settings, '../moves.yaml': 'shop/tax.py: shop/rates.py\n' }, ...MOVE);
    const doubtful = saved('../plan.json').refusals.length;
    expect(doubtful).toBeGreaterThan(0);
    const answers = Array.from({ length: doubtful }, () => 'n');
    const { asked, exitCode } = await review(['y', ...answers, 'u', ...answers, 'y']);
    expect(exitCode).toBe(0);
    expect(asked[1]).toContain('settings.yaml:');
    expect(asked[1]).toContain('rewrite? [');
    expect(saved().intent.accept).toHaveLength(doubtful);
    expect(await applied()).toContain('shop/rates.py');
    expect(readFileSync(join(box.top, 'settings.yaml'), 'utf8')).toBe(settings);
  });
});

describe('a reviewed plan of another kind', () => {
  it('merges fewer modules', async () => {
    const files = { 'p/__init__.py': '', 'p/x.py': 'A = 1\n', 'p/y.py': 'B = 2\n', 'p/z.py': 'C = 3\n' };
    await planned(files, 'merge', 'p/x.py', 'p/y.py', 'p/z.py', '--into', 'p/all.py');
    const { asked } = await review(['y', 'c', 'n', 'y', 'y']);
    expect(asked[0]).toContain('+++ b/p/all.py');
    expect(asked[2]).toContain('a merge is one commit');
    expect(await applied()).toEqual(['p/__init__.py', 'p/all.py', 'p/y.py']);
  });

  it('retires fewer shims', async () => {
    await planned({ 'p/__init__.py': '', 'p/x.py': CODE, 'p/y.py': CODE }, 'dedupe');
    await box.regraft('move', 'p/x.py', 'p/new/x.py', '--shim', '--apply');
    await box.regraft('move', 'p/y.py', 'p/new/y.py', '--shim', '--apply');
    await box.regraft('retire', '--save', '../shims.json');
    box.git('mv', '-k', 'none', 'none2');
    writeFileSync(join(box.top, '../plan.json'), readFileSync(join(box.top, '../shims.json')));
    const { asked } = await review(['n', 'y', 'y']);
    expect(asked[0]).toContain('p/x.py  p.x → p.new.x');
    expect((await box.json('apply', '../new.json')).exitCode).toBe(0);
    expect(box.git('ls-files', 'p/x.py', 'p/y.py')).toBe('p/x.py');
  });

  it('transforms fewer files, one of them in a commit of its own', async () => {
    const user = 'from p import x\n';
    const files = { 'p/__init__.py': '', 'p/x.py': CODE, 'p/a.py': user, 'p/b.py': user, 'p/c.py': user };
    await planned(files, 'transform', 'relative-imports');
    const { asked } = await review(['n', 'c', 'y', 'y']);
    expect(asked[0]).toContain('~ p/a.py  +1 -1\n');
    expect(asked[0]).toContain('-from p import x\n+from . import x\n');
    expect(saved().intent).toMatchObject({ except: ['p/a.py'], apart: ['p/b.py'] });
    expect(titlesOf()).toEqual(['Transform p/c.py with relative-imports', 'Transform p/b.py with relative-imports']);
    await applied();
    expect(readFileSync(join(box.top, 'p/a.py'), 'utf8')).toBe(user);
    expect(readFileSync(join(box.top, 'p/b.py'), 'utf8')).toBe('from . import x\n');
  });

  it('leaves out files that a transform failed on, so that the others go', async () => {
    const files = {
      'p/__init__.py': '',
      'p/a.py': 'BAD = 1\n',
      'p/b.py': 'OLD = 1\n',
      't.mjs':
        "export default (file) => { if (file.source.includes('BAD')) throw new Error('no'); return file.source.replace('OLD', 'NEW'); };\n",
    };
    await planned(files, 'transform', 't.mjs', 'p');
    expect(saved('../plan.json').batches).toEqual([]);
    const { asked } = await review(['y', 'n', 'y']);
    expect(asked[0]).toContain('-OLD = 1\n+NEW = 1\n');
    expect(asked[1]).toContain('error[transform-failed]');
    await applied();
    expect(readFileSync(join(box.top, 'p/b.py'), 'utf8')).toBe('NEW = 1\n');
  });
});

describe('a review that is left', () => {
  it('goes on where it was left, and takes back what was answered before', async () => {
    await planned(PAIRS, 'dedupe');
    const left = await review(['n', 'y', 'q']);
    expect([left.exitCode, left.data]).toEqual([0, { answered: 2, of: 3 }]);
    expect(left.output).toBe(
      '2 of 3 answers given and kept; to go on there:\n  regraft review ../plan.json --save ../new.json\n',
    );
    expect(kept()).toHaveLength(1);
    const { asked } = await review(['u', 'n', 'n', 'u', 'u', 'y', 'n', 'y']);
    expect(asked[0]).toContain('going on after the last answer; u takes it back\n\n── 3 of 3 ─');
    expect(asked[1]).toContain('── 2 of 3 ─');
    expect(saved().intent.pairs).toEqual([{ keep: 'pkg/b.py', remove: 'pkg/b_robust.py' }]);
    expect(kept()).toEqual([]);
  });

  it('keeps edits too, and its answers when there was no name to save under', async () => {
    await planned(PAIRS, 'dedupe');
    await review(['e', 'swap', 'q']);
    const done = await review(['y', 'y', 'n', 'y'], null);
    expect(done.asked[0]).toContain('✓ pkg/a_robust.py ← pkg/a.py');
    expect(done.output).toBe('to go on there:\n  regraft review ../plan.json --save FILE\n');
    const { asked } = await review(['y']);
    expect(asked[0]).toContain('what is left');
    expect(saved().intent.pairs[0]).toEqual({ keep: 'pkg/a_robust.py', remove: 'pkg/a.py' });
  });

  it('has nothing to do with another plan', async () => {
    await planned(PAIRS, 'dedupe');
    await review(['n', 'q']);
    await box.regraft('dedupe', 'pkg', '--batch-size', '2', '--save', '../other.json');
    writeFileSync(join(box.top, '../plan.json'), readFileSync(join(box.top, '../other.json')));
    const { asked } = await review(['q']);
    expect(asked[0]).not.toContain('going on');
    expect(asked[0]).toContain('── 1 of 3 ─');
  });

  it.each([
    ['cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length - 3)],
    [
      'of another version',
      (bytes: Buffer) => Buffer.concat([bytes.subarray(0, 8), Buffer.from([1, 2, 3, 4]), bytes.subarray(12)]),
    ],
    ['something else', () => Buffer.from('hello')],
  ])('begins anew where what was kept is %s, and says so', async (_, damage) => {
    await planned(PAIRS, 'dedupe');
    await review(['n', 'q']);
    const path = join(box.top, '.git/regraft', kept()[0] as string);
    writeFileSync(path, damage(readFileSync(path)));
    const { asked } = await review(['q']);
    expect(asked[0]).toContain('the answers kept from before cannot be read; it begins anew\n\n── 1 of 3 ─');
  });
});

it('an interrupted review keeps what was answered', async () => {
  await planned(PAIRS, 'dedupe');
  const controller = new AbortController();
  const ask = async () => {
    controller.abort();
    return 'n';
  };
  await expect(review([], '../new.json', { ask, signal: controller.signal })).rejects.toMatchObject({ exitCode: 130 });
  expect(await review(['q'])).toMatchObject({ exitCode: 0, data: { answered: 1, of: 3 } });
  const atQuestion = new AbortController();
  // So the command line answers for whoever was interrupted at a question.
  const leaves = async () => {
    atQuestion.abort();
    return 'q';
  };
  expect(await review([], '../new.json', { ask: leaves, signal: atQuestion.signal })).toMatchObject({ exitCode: 130 });
});

it('a plan that does nothing is not asked about', async () => {
  await planned({ 'p/__init__.py': '', 'p/x.py': CODE }, 'transform', 'relative-imports');
  expect(await review([])).toMatchObject({
    exitCode: 0,
    output: 'the plan does nothing: there is nothing to review\n',
  });
  expect(existsSync(join(box.top, '../new.json'))).toBe(false);
});

describe('a review is refused', () => {
  it('off a terminal, before anything is read', async () => {
    await planned(PAIRS, 'dedupe');
    const { exitCode, problems } = await box.json('review', '../nothing.json', '--save', '../new.json');
    expect([exitCode, problems[0].code]).toEqual([1, 'usage']);
    expect(problems[0].hint).toContain('--accept CODE:PATH:LINE');
  });

  it('of a stale plan', async () => {
    await planned(PAIRS, 'dedupe');
    box.write({ 'more.py': CODE });
    box.git('add', '-A');
    box.git('commit', '-qm', 'more');
    await expect(review([])).rejects.toMatchObject({ exitCode: 3, problems: [{ code: 'stale-plan' }] });
  });

  it('of an altered plan', async () => {
    await planned(PAIRS, 'dedupe');
    const plan = saved('../plan.json');
    plan.intent.pairs.pop();
    writeFileSync(join(box.top, '../plan.json'), JSON.stringify(plan));
    await expect(review([])).rejects.toMatchObject({ exitCode: 3, problems: [{ code: 'stale-plan' }] });
  });

  it('where a file stands already, before anybody has answered', async () => {
    await planned(PAIRS, 'dedupe');
    await expect(review([], '../plan.json')).rejects.toMatchObject({ problems: [{ code: 'exists' }] });
  });
});

describe('what is shown', () => {
  it('is all of it with d, through the pager where there is one', async () => {
    await planned(PAIRS, 'dedupe');
    const shown: string[] = [];
    const show = async (text: string) => void shown.push(text);
    await review(['d', 'a', 'n', 'd', 'q'], '../new.json', { show });
    expect(shown).toHaveLength(2);
    expect(shown[0]).toContain('deleted file mode 100644');
    expect(shown[1]).toContain('Plan: 1 to rewrite, 2 to delete');
    const { asked } = await review(['d', 'q']);
    expect(asked[1]).toContain('Plan: 1 to rewrite, 2 to delete');
  });

  it('fits on the screen whatever its size', async () => {
    const long = Array.from({ length: 90 }, (_, at) => `def f${at}():\n    return ${at}\n`).join('\n');
    await planned({ ...PAIRS, 'pkg/a.py': CODE + long, 'pkg/a_robust.py': CODE + long }, 'dedupe');
    for (const rows of [12, 24, 40]) {
      const { asked } = await review(['?', 'q'], '../new.json', { rows });
      expect(asked[0]?.split('\n').length).toBeLessThanOrEqual(rows);
      expect(asked[1]?.split('\n').length).toBeLessThanOrEqual(Math.max(rows, 18));
      expect(asked[0]).toContain('d shows');
    }
  });

  it('is inert, whatever files are called and hold', async () => {
    const name = 'pkg/\u001b[2Jx\u202e.py';
    const files = {
      'pkg/__init__.py': '',
      [name]: 'A = "\u001b[31m"\n',
      [name.replace('.py', '_robust.py')]: 'A = "\u001b[31m"\n',
    };
    await planned(files, 'dedupe');
    const { asked } = await review(['d', '\u001b[2J', 'y', 'y'], '../new.json', { style: colourStyle(80) });
    const own = /\u001b\[(?:0|1|2|22|3[1236]|39)m/g;
    expect(asked.join('').replace(own, '')).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    expect(asked[1]).toContain('\\x1b[2Jx\\u202e');
    expect(asked[2]).toContain("'\\x1b[2J' is no answer");
    expect(asked[1]).toContain('\\x1b[31m');
  });
});
