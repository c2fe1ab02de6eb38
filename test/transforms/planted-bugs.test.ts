/**
 * Bugs planted into the results of relocations, one at a time: an edit left out, a dot too many, an alias misspelt, an
 * import hoisted, an entry of `__all__` lost. Where CPython says that the result does something else, the check must
 * have refused it, without knowing how the edits were computed.
 */
import { describe, expect, it } from 'vitest';
import { Linker } from '../../src/core/linker.js';
import type { Snapshot } from '../../src/core/model.js';
import { overlay } from '../../src/core/overlay.js';
import { meaningProblems, orderProblems, type Relocated } from '../../transforms/relocation/checking.js';
import { unitsOf } from '../../transforms/relocation/units.js';
import { PYTHON_AVAILABLE } from '../bundled/checkout.js';
import {
  type MoveFixture,
  type Planned,
  plannedOn,
  type Situation,
  situations,
  treeIn,
  verdictsOf,
} from '../fixtures/support.js';
import { LONG } from '../support/long.js';

/** @returns lines in the place of the one, or null where the bug cannot be */
type Bug = readonly [name: string, plant: (line: string, former: string | undefined) => string | null];

const IS_IMPORT = /^\s*(?:from|import)\b/;
const TO = (from: RegExp, to: string) => (line: string) => replaced(line, from, to);
const OF_IMPORTS = (plant: (line: string) => string | null) => (line: string) =>
  IS_IMPORT.test(line) ? plant(line) : null;

/** What goes wrong in one line that the relocation wrote. */
const BUGS: readonly Bug[] = [
  ['the edit is left out', (line, former) => (former !== undefined && former !== line ? former : null)],
  ['the line is lost', OF_IMPORTS(TO(/\S.*/, 'pass'))],
  [
    'the import is written twice, once as it was',
    (line, former) => (IS_IMPORT.test(line) && former ? `${former}\n${line}` : null),
  ],
  ['a dot too many', TO(/^(\s*from )(\.+)/, '$1.$2')],
  ['a dot too few', TO(/^(\s*from )\.(?=[\w.])/, '$1')],
  ['relative where it was absolute', TO(/^(\s*from )(?=\w)/, '$1.')],
  ['an alias misspelt', TO(/( as \w+)/, '$1_')],
  ['an alias lost', TO(/ as \w+/, '')],
  ['an alias too many', OF_IMPORTS(TO(/^(\s*(?:from \S+ import|import) [\w.]+)$/, '$1 as other'))],
  ['the last name lost', TO(/^(\s*from .* import .*), \w+\s*$/, '$1')],
  ['the first name lost', TO(/^(\s*from .* import )\w+, /, '$1')],
  ['another name', TO(/^(\s*from \S+ import \w+)/, '$1_')],
  ['a star instead of names', TO(/^(from .* import )(?!\*)[\w, ]+$/, '$1*')],
  ['the module bound instead of its name', TO(/^(\s*)from (\w[\w.]*) import (\w+)$/, '$1import $2 as $3')],
  ['the package instead of the module', TO(/^(\s*(?:from|import) \w+(?:\.\w+)*)\.\w+/, '$1')],
  ['the package left out', TO(/^(\s*(?:from|import) )\w+\.(?=\w)/, '$1')],
  ['a package of the name in the middle left out', TO(/^(\s*(?:from|import) \w+)\.\w+(?=\.\w)/, '$1')],
  ['another case', OF_IMPORTS(TO(/(?<=[. ])([a-z])(?=\w* import|\w*$)/, 'X$1'))],
  ['only for type checkers', (line) => replaced(line, /^(from|import) .*$/, 'if False:\n    $&')],
  ['guarded', (line) => replaced(line, /^(from|import) .*$/, 'try:\n    $&\nexcept ValueError:\n    raise')],
  [
    'hoisted out of its function',
    (line) => replaced(line, /^[ \t]+((?:from|import) .*)$/, '    pass\n$1\nif True:\n    pass'),
  ],
  ['put into a function', (line) => replaced(line, /^(from|import) .*$/, 'def _late():\n    $&')],
  ['another spelling bound', TO(/^(\s*import )(\w+)(\.\w+)+$/, '$&\n$1$2 as root')],
  ['deleted after use', OF_IMPORTS((line) => replaced(line, /^(from \S+ import (\w+))$/, '$1\ndel $2'))],
  ['an entry of __all__ lost', (line) => (line.includes('__all__') ? replaced(line, /["']\w+["'],? ?/, '') : null)],
  [
    'an entry of __all__ misspelt',
    (line) => (line.includes('__all__') ? replaced(line, /(["']\w+)(["'])/, '$1_$2') : null),
  ],
  ['a string cut short', TO(/(["'][\w.]+)\w(["'])/, '$1$2')],
  ['a string too long', TO(/(["'][\w./]+\w)(["'])/, '$1s$2')],
  ['a string that begins elsewhere', TO(/(["'])\w+\.(\w)/, '$1$2')],
  ['a path of another directory', TO(/(["'])(\w+)\//, '$1$2s/')],
  ['a name misspelt', (line) => (IS_IMPORT.test(line) ? null : replaced(line, /\b([a-z]\w+)\./, '$1_.'))],
  [
    'an attribute of something else',
    (line) => (IS_IMPORT.test(line) ? null : replaced(line, /\b([a-z]\w*)\.([a-z]\w+)/, '$1.$2.$2')),
  ],
  [
    'a part of a chain lost',
    (line) => (IS_IMPORT.test(line) ? null : replaced(line, /\b([a-z]\w*)\.[a-z]\w*\.(?=\w)/, '$1.')),
  ],
];

function replaced(line: string, from: RegExp, to: string): string | null {
  const changed = line.replace(from, to);
  return changed === line ? null : changed;
}

interface Mutant {
  readonly about: string;
  readonly result: Snapshot;
  readonly planned: Planned;
  readonly relocated: Omit<Relocated, 'after'>;
}

const MOVES = situations<MoveFixture>('move').filter(
  ({ before, after, intent }) => before !== after && after.has('judge.py') && !intent.shims && !intent.withTests,
);

/** Every bug in every line of Python that a relocation changed. */
async function mutantsOf(situation: Situation<MoveFixture>): Promise<Mutant[]> {
  const tree = new Map([...situation.before].filter(([path]) => path !== 'judge.py'));
  const planned = await plannedOn(tree, situation.intent);
  const { snapshot, tools, result } = planned;
  const before = new Linker(tools.codebase(snapshot));
  const { units, relocation } = unitsOf(
    before.codebase,
    Object.entries(situation.intent.moves).map(([from, to]) => ({ from, to })),
  );
  const { created, shims, rewritten, hits } = result;
  const afterwards = new Set(result.result.files.map(({ path }) => path));
  const deleted = [...tree.keys()].filter((path) => !afterwards.has(relocation.file(path)));
  const relocated = { before, relocation, units, rewritten, created: [...created, ...shims], shims, deleted, hits };
  return rewritten
    .filter((path) => path.endsWith('.py'))
    .flatMap((path) => planted(situation.name, path, planned, relocated));
}

function planted(name: string, path: string, planned: Planned, relocated: Omit<Relocated, 'after'>): Mutant[] {
  const place = relocated.relocation.file(path);
  const text = (snapshot: Snapshot, at: string) => Buffer.from(snapshot.read(at) as Uint8Array).toString('latin1');
  const [old, now] = [text(planned.snapshot, path).split('\n'), text(planned.result.result, place).split('\n')];
  const known = new Set(old);
  return now.flatMap((line, index) =>
    known.has(line)
      ? []
      : BUGS.flatMap(([bug, plant]): Mutant[] => {
          const wrong = plant(line, old.length === now.length ? old[index] : undefined);
          if (wrong === null) return [];
          const bytes = Buffer.from(now.with(index, wrong).join('\n'), 'latin1');
          const replacement = new Map([[place, { mode: '100644' as const, content: bytes }]]);
          const result = overlay(planned.result.result, replacement, planned.tools.nameBlob);
          return [{ about: `${name}: ${place}:${index + 1}: ${bug}`, result, planned, relocated }];
        }),
  );
}

function problemsOf({ result, planned, relocated }: Pick<Mutant, 'result' | 'planned' | 'relocated'>) {
  const after = new Linker(planned.tools.codebase(result));
  return [
    ...meaningProblems({ ...relocated, after }, planned.result.accepted),
    ...orderProblems({ ...relocated, after }),
  ].filter(({ severity }) => severity === 'error');
}

/** One situation in so many, the same each time; the long suite takes all. */
const EACH = LONG ? 1 : 30;

interface Count {
  broken: number;
  readonly escaped: string[];
}

/** What CPython sees and the check does not. */
async function examine(situation: Situation<MoveFixture>, count: Count): Promise<void> {
  const mutants = await mutantsOf(situation);
  const judge = situation.after.get('judge.py') as string;
  const verdicts = verdictsOf(mutants.map(({ result }) => new Map([...treeIn(result), ['judge.py', judge]])));
  for (const [index, mutant] of mutants.entries()) {
    const verdict = verdicts[index] as string;
    if (verdict === '') continue;
    count.broken++;
    if (problemsOf(mutant).length === 0) count.escaped.push(`${mutant.about} -> ${verdict.trim().split('\n').at(-1)}`);
  }
}

describe.runIf(PYTHON_AVAILABLE)('bugs planted into relocations', () => {
  it('are refused wherever CPython sees a difference', async () => {
    const count: Count = { broken: 0, escaped: [] };
    for (const situation of MOVES.filter((_, index) => index % EACH === 0)) await examine(situation, count);
    expect(count.escaped).toEqual([]);
    expect(count.broken).toBeGreaterThan(2000 / EACH);
  }, 900_000);
});
