/** The dossier: its whole text at two widths, its wording before and after, and hostile names. */
import { describe, expect, it } from 'vitest';
import { problem } from '../../src/core/problems.js';
import { type DossierInput, dossier } from '../../src/report/dossier.js';
import { colourStyle, plainStyle } from '../../src/report/style.js';
import {
  batch,
  comparison,
  decision,
  HOSTILE_NAMES,
  mention,
  OBEYED,
  plan,
  reference,
  refusal,
  unknown,
  usage,
} from './support.js';

const DELETED = decision({
  usage: usage({
    verdict: 'used',
    usages: [
      reference('pkg/__init__.py', 3),
      reference('pkg/user.py', 1),
      reference('pkg/user.py', 2, 'import', 'lazy'),
      reference('dashboard/api.py', 7, 'from', 'guarded'),
      ...[1, 2, 3, 4].map((line) => reference('tests/test_x.py', line, 'attribute')),
      mention('docs/plan.md', 5, 'docs', 'mention'),
    ],
  }),
  findings: [problem('becomes-one', 'two become one: lock (Lock)', { severity: 'info', place: 'pkg/x_robust.py' })],
  accepted: [refusal('path-reference', 'scripts/restore.py', 13, 'names pkg/x_robust.py')],
});

const REFUSED = decision({
  keep: 'pkg/engine.py',
  remove: 'pkg/engine_robust.py',
  decision: 'refuse',
  comparison: comparison({
    verdict: 'diverged',
    similarity: 0.99987,
    lines: { keep: 1427, remove: 1301 },
    symbols: {
      same: ['run'],
      changed: [{ name: 'Engine.start', what: ['default', 'body'], keepLine: 4, removeLine: 4 }],
      onlyKeep: ['Engine.stop', 'Engine.pause', 'helper'],
      onlyRemove: ['replay'],
      renamed: [],
    },
  }),
  usage: usage({
    verdict: 'used',
    usages: [mention('scripts/restore.py', 9, 'string', 'reference', 'path')],
    unknowns: [unknown('scripts/health.py', 27, 'the name comes from a list that holds it')],
  }),
  refusals: [refusal('path-reference', 'scripts/restore.py', 9), refusal('dynamic-import', 'scripts/health.py', 27)],
});

const INPUT: DossierInput = {
  decisions: [DELETED, REFUSED],
  plan: plan([batch(['pkg/__init__.py', 'pkg/user.py'], ['pkg/x_robust.py'])]),
  applied: false,
  command: 'regraft dedupe pkg --suffix _robust',
};

describe('the whole text', () => {
  it('at 100 columns', () => {
    expect(dossier(INPUT, plainStyle(100))).toMatchInlineSnapshot(`
      "✓ pkg/x.py ← pkg/x_robust.py  would be deleted
        identical, 100.0 % similar, 932 lines kept, 932 removed
        ✓ import statements    2  pkg/__init__.py:3, pkg/user.py:1
        ✓ lazy imports         1  pkg/user.py:2
        ✓ guarded imports      1  dashboard/api.py:7
        ✓ attribute chains     4  tests/test_x.py:1 and 3 more
        not found: typing imports, dynamic imports, strings, config and build, paths, notebooks, data,
          JavaScript
        · mentions (left)      1  docs/plan.md:5
        info[becomes-one]: two become one: lock (Lock)
        accepted[path-reference]: names pkg/x_robust.py (scripts/restore.py:13)

      ✗ pkg/engine.py ← pkg/engine_robust.py  refused
        diverged, 99.9 % similar, 1,427 lines kept, 1,301 removed
        ✗ paths                1  scripts/restore.py:9
        ? computed imports     1  scripts/health.py:27
                                  the name comes from a list that holds it
        not found: import statements, lazy imports, guarded imports, typing imports, attribute chains,
          dynamic imports, strings, config and build, notebooks, data, JavaScript
        changed: Engine.start (default, body)
        only in the kept module: Engine.stop, .pause, helper
        only in the duplicate: replay
        error[path-reference]: stands in the way
          --> scripts/restore.py:9:5
          hint: look at it
                or --accept path-reference:scripts/restore.py
        error[dynamic-import]: stands in the way
          --> scripts/health.py:27:5
          hint: look at it
                or --accept dynamic-import:scripts/health.py

      Files that would change (~ rewritten, - deleted):
        ~ pkg/__init__.py
        ~ pkg/user.py
        - pkg/x_robust.py

      Plan: 2 to rewrite, 1 to delete, 932 lines fewer; 1 of 2 pairs refused.
      To do it:
        regraft dedupe pkg --suffix _robust --apply
      After looking, to accept what was refused of pkg/engine_robust.py:
        regraft dedupe pkg --suffix _robust --accept path-reference:scripts/restore.py:9 --accept dynamic-import:scripts/health.py:27
      "
    `);
  });

  it('at 60 columns', () => {
    expect(dossier(INPUT, plainStyle(60))).toMatchInlineSnapshot(`
      "✓ pkg/x.py ← pkg/x_robust.py  would be deleted
        identical, 100.0 % similar, 932 lines kept, 932 removed
        ✓ import statements    2  pkg/__init__.py:3, pkg/user.py:1
        ✓ lazy imports         1  pkg/user.py:2
        ✓ guarded imports      1  dashboard/api.py:7
        ✓ attribute chains     4  tests/test_x.py:1 and 3 more
        not found: typing imports, dynamic imports, strings,
          config and build, paths, notebooks, data, JavaScript
        · mentions (left)      1  docs/plan.md:5
        info[becomes-one]: two become one: lock (Lock)
        accepted[path-reference]: names pkg/x_robust.py
          (scripts/restore.py:13)

      ✗ pkg/engine.py ← pkg/engine_robust.py  refused
        diverged, 99.9 % similar, 1,427 lines kept, 1,301 removed
        ✗ paths                1  scripts/restore.py:9
        ? computed imports     1  scripts/health.py:27
                                  the name comes from a list that
                                  holds it
        not found: import statements, lazy imports,
          guarded imports, typing imports, attribute chains,
          dynamic imports, strings, config and build, notebooks,
          data, JavaScript
        changed: Engine.start (default, body)
        only in the kept module: Engine.stop, .pause, helper
        only in the duplicate: replay
        error[path-reference]: stands in the way
          --> scripts/restore.py:9:5
          hint: look at it
                or --accept path-reference:scripts/restore.py
        error[dynamic-import]: stands in the way
          --> scripts/health.py:27:5
          hint: look at it
                or --accept dynamic-import:scripts/health.py

      Files that would change (~ rewritten, - deleted):
        ~ pkg/__init__.py
        ~ pkg/user.py
        - pkg/x_robust.py

      Plan: 2 to rewrite, 1 to delete, 932 lines fewer; 1 of 2
        pairs refused.
      To do it:
        regraft dedupe pkg --suffix _robust --apply
      After looking, to accept what was refused of pkg/engine_robust.py:
        regraft dedupe pkg --suffix _robust --accept path-reference:scripts/restore.py:9 --accept dynamic-import:scripts/health.py:27
      "
    `);
  });
});

describe('wording', () => {
  it('speaks of what was done', () => {
    const text = dossier({ ...INPUT, applied: true }, plainStyle(100));
    expect(text).toContain('✓ pkg/x.py ← pkg/x_robust.py  deleted\n');
    expect(text).toContain('Done: 2 rewritten, 1 deleted, 932 lines fewer; 1 of 2 pairs refused.\n');
    expect(text).toContain('regraft undo');
    expect(text).not.toContain('would');
    expect(text).not.toContain('--apply');
  });

  it('never rounds up to 100 %', () => {
    expect(dossier(INPUT, plainStyle(100))).toContain('99.9 % similar');
  });

  it('counts a file once that is rewritten and later deleted', () => {
    const batches = [batch(['pkg/b_robust.py'], ['pkg/a_robust.py']), batch([], ['pkg/b_robust.py'], 'b2')];
    const text = dossier({ ...INPUT, plan: plan(batches) }, plainStyle(100));
    expect(text).toContain('Plan: 0 to rewrite, 2 to delete');
    expect(text).not.toContain('~ pkg/b_robust.py');
  });

  it('repeats a saved plan’s own command', () => {
    const text = dossier({ ...INPUT, command: 'regraft apply plan.json' }, plainStyle(100));
    expect(text).toContain('\n  regraft apply plan.json\n');
    expect(text).not.toContain('After looking');
  });

  it('offers no acceptance that would not decide the pair', () => {
    const stuck = { ...REFUSED, refusals: [...REFUSED.refusals, refusal('missing-name', 'pkg/engine_robust.py', 1)] };
    expect(dossier({ ...INPUT, decisions: [stuck] }, plainStyle(100))).not.toContain('After looking');
  });

  it('quotes what a shell would take apart', () => {
    const odd = { ...REFUSED, refusals: [refusal('dynamic-import', "a b'; rm -rf x.py", 2)] };
    const text = dossier({ ...INPUT, decisions: [odd] }, plainStyle(100));
    expect(text).toContain(`--accept 'dynamic-import:a b'\\''; rm -rf x.py:2'`);
  });

  it('counts refusals beyond the first six', () => {
    const refusals = Array.from({ length: 9 }, (_, i) => refusal('dynamic-import', 'a.py', i + 1));
    const text = dossier({ ...INPUT, decisions: [{ ...REFUSED, refusals }] }, plainStyle(100));
    expect(text).toContain('and 3 more refusals: --format json shows all');
    expect(text.match(/error\[dynamic-import\]/g)).toHaveLength(6);
  });

  it('has nothing to do without pairs', () => {
    expect(dossier({ ...INPUT, decisions: [] }, plainStyle(100))).toBe('no duplicates found: nothing to do\n');
  });

  it('keeps to ASCII where asked', () => {
    expect(dossier(INPUT, plainStyle(100, false))).not.toMatch(/[✓✗←]/);
  });
});

describe('hostile names', () => {
  it.each(HOSTILE_NAMES)('are inert: %j', (name) => {
    const hostile = decision({
      keep: name,
      remove: name,
      decision: 'refuse',
      comparison: comparison({ symbols: { same: [], changed: [], onlyKeep: [name], onlyRemove: [name], renamed: [] } }),
      usage: usage({ usages: [reference(name, 1)], unknowns: [unknown(name, 1, name)] }),
      refusals: [refusal('dynamic-import', name, 1, name)],
      findings: [problem('becomes-one', name, { severity: 'info', place: name })],
      accepted: [refusal('path-reference', name, 1, name)],
    });
    const input = { ...INPUT, decisions: [hostile, decision({ remove: name })], plan: plan([batch([name], [name])]) };
    expect(dossier({ ...input, command: `regraft dedupe ${name}` }, plainStyle(100))).not.toMatch(OBEYED);
    const coloured = dossier(input, colourStyle(100)).replace(/\u001b\[\d+m/g, '');
    expect(coloured).not.toMatch(OBEYED);
  });
});

it('says the same with colours', () => {
  const coloured = dossier(INPUT, colourStyle(100));
  expect(coloured).toContain('\u001b[');
  expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(dossier(INPUT, plainStyle(100)));
});
