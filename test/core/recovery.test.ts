import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Journal, type JournalFile, parseJournal, serialise } from '../../src/core/journal.js';
import { decideRecovery, type Observed, type Standing } from '../../src/core/recovery.js';

const id = (letter: string) => letter.repeat(40);
const OLD = id('a');
const NEW = id('b');
const content = (letter: string) => ({
  blob: id(letter),
  mode: '100644' as const,
  disk: id(letter),
  permissions: 0o644,
});

function file(path: string, before: string | null, after: string | null, tracked = true): JournalFile {
  const state = (letter: string | null) => (letter === null ? null : content(letter));
  return {
    path,
    tracked,
    temporary: `.regraft-${path.length}`,
    before: state(before),
    after: state(after),
  };
}

const FILES = [file('created.py', null, '1'), file('rewritten.py', '2', '3'), file('deleted.py', '4', null)];

function journalOf(files: JournalFile[] = FILES): Journal {
  const run: Journal['run'] = {
    schema: 1,
    id: '20260101-000000-abcdef',
    kind: 'apply',
    subject: null,
    branch: 'refs/heads/main',
    before: OLD,
    started: '2026-01-01T00:00:00.000Z',
    verify: [],
    commits: [{ commit: NEW, parent: OLD, moveCommit: null, batch: 'b', title: 't', files: [], moves: [] }],
  };
  return { schema: 1, batch: 'b', title: 't', old: OLD, new: NEW, files, directories: [], created: [], run };
}

const journal = journalOf();
const disk = (state: 'before' | 'after', one: JournalFile): Standing => one[state]?.disk ?? null;

function observed(branch: string | null, standings: readonly Standing[], rest: Partial<Observed> = {}): Observed {
  const files = new Map(FILES.map((one, index) => [one.path, standings[index] as Standing]));
  return { head: 'refs/heads/main', branch, files, indexLock: 'none', ...rest };
}

const all = (state: 'before' | 'after') => FILES.map((one) => disk(state, one));
const kinds = (decision: ReturnType<typeof decideRecovery>) =>
  'steps' in decision
    ? decision.steps.map((step) => ('file' in step ? `${step.kind} ${step.file.path}` : step.kind))
    : [];

/** Performs the first `count` steps on an observed state, as the io layer does on a disk. */
function perform(
  state: Observed,
  decision: ReturnType<typeof decideRecovery>,
  count = Number.POSITIVE_INFINITY,
): Observed {
  const files = new Map(state.files);
  let { indexLock } = state;
  for (const step of 'steps' in decision ? decision.steps.slice(0, count) : []) {
    if (step.kind === 'restore' || step.kind === 'remove') files.set(step.file.path, disk('before', step.file));
    if (step.kind === 'release-index') indexLock = 'none';
  }
  return { ...state, files, indexLock };
}

describe('the branch decides', () => {
  test('at the new commit: forward, whatever the files', () => {
    const decision = decideRecovery(journal, observed(NEW, all('after')));
    expect(decision.action).toBe('finish');
    expect(kinds(decision)).toEqual(['update-index', 'write-log', 'delete-journal']);
  });

  test('at the old commit: back', () => {
    const decision = decideRecovery(journal, observed(OLD, all('after')));
    expect(decision).toMatchObject({ action: 'roll-back', kept: [] });
    expect(kinds(decision)).toEqual([
      'remove created.py',
      'restore rewritten.py',
      'restore deleted.py',
      'clear-directories',
      'drop-pins',
      'delete-journal',
    ]);
  });

  test.each([
    ['another commit', { branch: id('c') }],
    ['nothing', { branch: null }],
    ['another branch', { head: 'refs/heads/side' }],
    ['a detached head', { head: null }],
  ])('at %s: stop, and print both', (_name, rest) => {
    const decision = decideRecovery(journal, observed(OLD, all('after'), rest));
    expect(decision).toMatchObject({ action: 'stop', problem: { code: 'cannot-recover' } });
    expect(decision.action === 'stop' && decision.problem.message).toContain(OLD);
    expect(decision.action === 'stop' && decision.problem.message).toContain(NEW);
  });

  test('after a refused compare-and-swap the batch goes back although the branch is elsewhere', () => {
    expect(decideRecovery(journal, observed(id('c'), all('after')), true).action).toBe('roll-back');
    expect(decideRecovery(journal, observed(NEW, all('after')), true).action).toBe('finish');
  });
});

describe('every crash state', () => {
  const standings = (one: JournalFile): Standing[] => [disk('before', one), disk('after', one), id('e'), null, 'other'];
  const states = standings(FILES[0] as JournalFile).flatMap((a) =>
    standings(FILES[1] as JournalFile).flatMap((b) => standings(FILES[2] as JournalFile).map((c) => [a, b, c])),
  );

  test(`of ${states.length} rolls back: ours to before, anybody else's kept`, () => {
    for (const state of states) {
      const start = observed(OLD, state);
      const decision = decideRecovery(journal, start);
      const end = perform(start, decision);
      for (const one of FILES) {
        const now = start.files.get(one.path);
        const ours = now === disk('before', one) || now === disk('after', one);
        expect(end.files.get(one.path)).toBe(ours ? disk('before', one) : now);
        expect('kept' in decision && decision.kept.includes(one.path)).toBe(!ours);
      }
    }
  });

  test('may be interrupted after any step and taken up again', () => {
    for (const state of states) {
      for (const indexLock of ['none', 'ours', 'foreign'] as const) {
        const start = observed(OLD, state, { indexLock });
        const whole = perform(start, decideRecovery(journal, start));
        const count = kinds(decideRecovery(journal, start)).length;
        for (let cut = 0; cut < count; cut++) {
          const half = perform(start, decideRecovery(journal, start), cut);
          expect(perform(half, decideRecovery(journal, half))).toEqual(whole);
        }
      }
    }
  });
});

test('only our own index lock is released', () => {
  const steps = (indexLock: Observed['indexLock']) =>
    [OLD, NEW].map((branch) => kinds(decideRecovery(journal, observed(branch, all('after'), { indexLock })))[0]);
  expect(steps('ours')).toEqual(['release-index', 'release-index']);
  expect(steps('foreign')).toEqual(['remove created.py', 'update-index']);
});

test('a compiled left-over that somebody made anew is not reported', () => {
  const cached = journalOf([file('__pycache__/x.pyc', '5', null, false)]);
  const state = { ...observed(OLD, []), files: new Map([['__pycache__/x.pyc', id('e')]]) };
  expect(decideRecovery(cached, state)).toMatchObject({ action: 'roll-back', kept: [] });
});

describe('journal', () => {
  test('survives being written and read', () => {
    expect(parseJournal(serialise(journal))).toEqual(journal);
  });

  test('any path survives', () => {
    const name = fc.string({ unit: 'binary', minLength: 1 }).map((text) => `n${text.replace(/[/\0]/g, '')}`);
    fc.assert(
      fc.property(name, (path) => {
        const one = journalOf([file(path, '1', null)]);
        expect(parseJournal(serialise(one))).toEqual(one);
      }),
    );
  });

  test.each([
    ['cut short', serialise(journal).slice(0, 200)],
    ['empty', ''],
    ['of another version', serialise({ ...journal, schema: 2 } as never)],
    ['with an id that is none', serialise({ ...journal, new: '--force' })],
    ['with a path that leads out', serialise(journalOf([file('../x', '1', null)]))],
    ['with a path into the git directory', serialise(journalOf([file('.git/hooks/x', '1', null)]))],
    ['with a foreign temporary file', serialise(journalOf([{ ...file('x', '1', null), temporary: 'README' }]))],
    ['with a directory that leads out', serialise({ ...journal, created: ['../x'] })],
    ['with a run that is a path', serialise({ ...journal, run: { ...journal.run, id: '../../x' } })],
    ['with what it should not have', serialise({ ...journal, extra: 1 } as never)],
  ])('%s is not acted upon', (_name, text) => {
    expect(() => parseJournal(text)).toThrow(/journal of the interrupted run cannot be read/);
  });
});
