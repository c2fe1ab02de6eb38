/** regraft's verdicts, symbol reports and decisions on the bundled repository against the written truth. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundledRepository } from '../../src/bundled/index.js';
import { TRUTH, type TruthPlace } from '../../src/bundled/truth.js';
import type { Environment } from '../../src/commands/command.js';
import { computePlan, type Planned } from '../../src/commands/dedupe.js';
import { openSession, type Session } from '../../src/commands/session.js';
import { plainStyle } from '../../src/report/style.js';
import { type Sandbox, sandbox } from '../support/cli.js';
import { LONG } from '../support/long.js';
import { PYTHON_AVAILABLE } from './checkout.js';

const FILES = bundledRepository().files;
const TESTS = 'python3 -m unittest discover -q';
const byName = (a: string, b: string) => (a < b ? -1 : 1);

let box: Sandbox;
let session: Session;
let planned: Planned;

const environment = (directory: string): Environment => ({
  directory,
  format: 'text',
  style: plainStyle(100),
  terminal: false,
  progress: () => undefined,
  narrate: () => undefined,
  afterwards: () => undefined,
  signal: new AbortController().signal,
  engine: undefined,
});

function planWith(accept: readonly string[]): Planned {
  const pairs = TRUTH.map(({ keep, remove }) => ({ keep, remove }));
  const intent = { command: 'dedupe', suffixes: ['_robust'], pairs, accept, batchSize: 1 } as const;
  return computePlan(session, intent, environment(box.top));
}

beforeAll(async () => {
  box = sandbox(Object.fromEntries(FILES), { name: bundledRepository().name });
  session = await openSession(environment(box.top));
  planned = planWith([]);
});
afterAll(() => box.remove());

/** `path:line` of a place in the truth. */
function lineOf({ path, text }: TruthPlace): string {
  const lines = (FILES.get(path) ?? '').split('\n');
  return `${path}:${lines.findIndex((line) => line.includes(text)) + 1}`;
}

describe.each(TRUTH.map((truth, index) => [truth.remove, truth, index] as const))('%s', (_, truth, index) => {
  const decision = () => planned.result.decisions[index] as Planned['result']['decisions'][number];

  it('has the verdict, lines and symbol differences of the truth', () => {
    const { comparison } = decision();
    expect(comparison.verdict).toBe(truth.verdict);
    expect(comparison.lines).toEqual(truth.lines);
    expect(comparison.symbols.changed.map((symbol) => symbol.name).sort(byName)).toEqual(
      [...truth.changed].sort(byName),
    );
    expect([...comparison.symbols.onlyKeep].sort(byName)).toEqual([...truth.onlyKeep].sort(byName));
    expect([...comparison.symbols.onlyRemove].sort(byName)).toEqual([...truth.onlyRemove].sort(byName));
  });

  it('is decided as the truth says, for its reasons', () => {
    expect(decision().decision).toBe(truth.decision);
    expect([...new Set(decision().refusals.map((refusal) => refusal.code))].sort(byName)).toEqual(truth.codes);
  });

  it('finds exactly the references, the evidence and the mentions', () => {
    const places = (effect: string) =>
      decision()
        .usage.usages.filter((usage) => usage.effect === effect)
        .map((usage) => `${usage.path}:${usage.line}`);
    const unknowns = decision().usage.unknowns.map((unknown) => `${unknown.path}:${unknown.line}`);
    const expected = [...truth.references, ...truth.evidence].map(lineOf);
    const found = [...places('reference'), ...unknowns, ...places('mention')];
    for (const place of expected) expect(found).toContain(place);
    for (const place of [...places('reference'), ...unknowns]) expect(expected).toContain(place);
    for (const place of truth.mentions.map(lineOf)) expect(places('mention')).toContain(place);
  });

  it('is deleted when its place is accepted, exactly where the truth says so', () => {
    const flags = decision().refusals.filter((refusal) => refusal.code === 'path-reference');
    if (!truth.deletedWhenAccepted) return expect(truth.codes).not.toContain('path-reference');
    const accepted = planWith(flags.map((refusal) => `${refusal.code}:${refusal.path}:${refusal.line}`));
    expect(accepted.result.decisions[index]?.decision).toBe('delete');
  });
});

it('deletes only what the truth deletes, and saves as many lines', () => {
  const deleted = planned.plan.batches.flatMap((batch) => batch.changes).filter((change) => change.kind === 'delete');
  const going = TRUTH.filter((truth) => truth.decision === 'delete');
  expect(deleted.map((change) => change.path).sort(byName)).toEqual(going.map((truth) => truth.remove).sort(byName));
});

it.skipIf(!PYTHON_AVAILABLE || !LONG)(
  'applies with the tests green after each commit, and undo brings the tree hash back',
  async () => {
    const tree = box.git('rev-parse', 'HEAD^{tree}');
    const applied = await box.json('dedupe', 'integration', '--suffix', '_robust', '--apply', '--verify', TESTS);
    expect(applied.exitCode).toBe(3);
    expect(applied.data.run.status).toBe('done');
    expect(applied.data.run.verified.map((verified: { ran: number }) => verified.ran)).toEqual([289, 289, 289, 289]);
    expect(box.git('status', '--porcelain')).toBe('');
    expect((await box.regraft('undo')).exitCode).toBe(0);
    expect(box.git('rev-parse', 'HEAD^{tree}')).toBe(tree);
  },
);
