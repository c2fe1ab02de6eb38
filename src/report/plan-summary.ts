/** What a plan comes to, for texts and Markdown alike: files, counts, differences by symbol, the next commands. */
import { acceptFlag } from '../core/accept.js';
import type { Comparison } from '../core/compare.js';
import type { PairDecision, Plan } from '../core/plan.js';
import { counted, grouped, shellWord } from './words.js';

export interface FileOutcomes {
  readonly rewritten: readonly string[];
  readonly deleted: readonly string[];
}

/** Each file once, sorted; one that is rewritten in an early batch and deleted in a later one counts as deleted. */
export function fileOutcomes(plan: Plan): FileOutcomes {
  const changes = plan.batches.flatMap((batch) => batch.changes);
  const paths = (kind: 'rewrite' | 'delete') =>
    new Set(changes.filter((change) => change.kind === kind).map(({ path }) => path));
  const deleted = paths('delete');
  const rewritten = [...paths('rewrite')].filter((path) => !deleted.has(path));
  return { rewritten: rewritten.sort(), deleted: [...deleted].sort() };
}

export interface Summarised {
  readonly decisions: readonly PairDecision[];
  readonly plan: Plan;
  readonly applied: boolean;
  readonly command: string;
}

/** One line: `Plan: 5 to rewrite, 3 to delete, 2,912 lines fewer; 5 of 8 pairs refused.` */
export function planCounts({ decisions, plan, applied }: Summarised): string {
  const { rewritten, deleted } = fileOutcomes(plan);
  const going = decisions.filter(({ decision }) => decision === 'delete');
  const lines = going.reduce((sum, { comparison }) => sum + comparison.lines.remove, 0);
  const refused = decisions.length - going.length;
  const [head, rewrite, remove] = applied
    ? ['Done', `${grouped(rewritten.length)} rewritten`, `${grouped(deleted.length)} deleted`]
    : ['Plan', `${grouped(rewritten.length)} to rewrite`, `${grouped(deleted.length)} to delete`];
  const pairs = `${refused} of ${counted(decisions.length, 'pair')} refused`;
  return `${head}: ${rewrite}, ${remove}, ${counted(lines, 'line')} fewer; ${pairs}.`;
}

/** Differences of two modules, one row per kind of difference; no rows when there are none. */
export function symbolDifferences({ symbols }: Comparison): { label: string; names: string[] }[] {
  const rows = [
    { label: 'changed', names: symbols.changed.map(({ name, what }) => `${name} (${what.join(', ')})`) },
    { label: 'only in the kept module', names: [...symbols.onlyKeep] },
    { label: 'only in the duplicate', names: [...symbols.onlyRemove] },
  ];
  return rows.filter(({ names }) => names.length > 0);
}

export interface NextCommand {
  readonly what: string;
  readonly command: string;
}

/** More flags than this are not accepted in one go by anybody who has looked at each. */
const MOST_FLAGS = 3;

/** What to run next; the last resort, accepting refusals by name, only where that would decide the pair. */
export function nextCommands({ decisions, applied, command }: Summarised): NextCommand[] {
  const isSaved = command.startsWith('regraft apply ');
  const going = decisions.some(({ decision }) => decision === 'delete');
  const own: NextCommand[] = [];
  if (applied && going) own.push({ what: 'To take it back', command: 'regraft undo' });
  if (!applied && going) own.push({ what: 'To do it', command: isSaved ? command : `${command} --apply` });
  return isSaved ? own : [...own, ...acceptances(decisions, command)];
}

function acceptances(decisions: readonly PairDecision[], command: string): NextCommand[] {
  return decisions.flatMap(({ remove, refusals }) => {
    const flags = [...new Set(refusals.map(acceptFlag))];
    if (flags.length === 0 || flags.length > MOST_FLAGS || flags.includes(null)) return [];
    const words = flags.map((flag) => `--accept ${shellWord((flag as string).slice('--accept '.length))}`);
    return [{ what: `After looking, to accept what was refused of ${remove}`, command: [command, ...words].join(' ') }];
  });
}
