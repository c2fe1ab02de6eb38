/** `regraft merge`: several modules become one, everything that refers to them following. Preview unless told to apply. */
import { type MergeResult, planMerge } from '../../transforms/plan-merge.js';
import { parseAcceptances } from '../core/accept.js';
import type { MergeIntent, Plan } from '../core/plan.js';
import { problem, RegraftError } from '../core/problems.js';
import { mergeData } from '../report/merge-data.js';
import { mergeMarkdown } from '../report/merge-markdown.js';
import { mergedLines, mergeRunText, mergeText } from '../report/merge-text.js';
import { netChanges } from '../report/net-changes.js';
import { problemLines } from '../report/problems-text.js';
import { shellWord } from '../report/words.js';
import type { Environment, Outcome } from './command.js';
import { namedSymbols } from './named-symbols.js';
import { changesTo, type PlannedOperation } from './operations.js';
import { conclude, type PlannedWork, type PlanningOptions, planOf, verifyFlags } from './planning.js';
import { openSession, type Session } from './session.js';
import { moduleTargets, repositoryPath } from './targets.js';

export interface MergeOptions extends PlanningOptions {
  readonly names: readonly string[];
  readonly into: string | undefined;
  readonly conflicts: MergeIntent['conflicts'];
  /** `PATH:NAME` or `PATH:NAME=NEW`. */
  readonly rename: readonly string[];
  /** `PATH:NAME`. */
  readonly keep: readonly string[];
  readonly shims: boolean;
  readonly accept: readonly string[];
  readonly rewrite: readonly string[];
}

export async function merge(environment: Environment, options: MergeOptions): Promise<Outcome> {
  const session = await openSession(environment);
  const intent = intentOf(session, environment.directory, options);
  return conclude(environment, session, options, mergeWork(environment, session, intent, commandLine(options)));
}

type Asked = Pick<MergeOptions, 'names' | 'into' | 'conflicts' | 'rename' | 'keep' | 'shims' | 'accept' | 'rewrite'>;

/** What names mean in a repository. @param directory from where paths are meant */
export function intentOf(session: Session, directory: string, asked: Asked): MergeIntent {
  const { names, conflicts, shims, accept, rewrite } = asked;
  if (asked.into === undefined)
    throw new RegraftError(
      problem('usage', 'merge needs a place to merge into', { hint: 'add --into pkg/unified.py' }),
    );
  const from = moduleTargets(session, directory, names);
  const into = destination(session, directory, asked.into);
  const modules = [...new Set([...from, into])];
  const rename = namedSymbols(session, directory, modules, asked.rename, 'rename');
  const keep = namedSymbols(session, directory, modules, asked.keep, 'keep').map(({ path, name }) => ({ path, name }));
  return { command: 'merge', from, into, conflicts, rename, keep, shims, accept, rewrite };
}

/** A path, or a dotted name below the top of the repository or of the package that it begins with. */
function destination(session: Session, directory: string, into: string): string {
  const isDotted = !/[\\/]|\.pyi?$/.test(into);
  const known = isDotted ? session.codebase.layout.resolveAbsolute(into, '').found : null;
  if (known?.kind === 'module') return known.path;
  const parent =
    isDotted && into.includes('.')
      ? session.codebase.layout.resolveAbsolute(into.slice(0, into.lastIndexOf('.')), '').found
      : null;
  if (parent && parent.kind !== 'module') {
    const home = parent.path.replace(/(?:^|\/)__init__\.pyi?$/, '');
    return `${home}/${into.slice(into.lastIndexOf('.') + 1)}.py`;
  }
  const path = repositoryPath(session, directory, isDotted ? `${into.replaceAll('.', '/')}.py` : into);
  if (path !== null && path !== '') return path;
  throw new RegraftError(
    problem('outside-repository', `${into} lies outside the repository`, {
      hint: `name something below ${session.repository.top}`,
    }),
  );
}

/** The plan for an intent, and how it is shown. */
export function mergeWork(
  environment: Environment,
  session: Session,
  intent: MergeIntent,
  command: string,
): PlannedWork {
  const { plan, result } = computeMerge(session, intent, environment);
  const report = { plan, result, into: intent.into, from: intent.from, command };
  const isMarkdown = environment.format === 'markdown';
  return {
    plan,
    prepared: result.prepared,
    data: mergeData(report),
    undone: [],
    replan: (later) => {
      const again = computeMerge(later, intent, environment);
      return { prepared: again.result.prepared, refusals: again.plan.refusals };
    },
    hits: result.hits,
    operations: () => intent.from.map((path) => moduleOperation(environment, session, intent, { plan, result }, path)),
    preview: () => (isMarkdown ? mergeMarkdown(report) : mergeText(report, environment.style)),
    ran: (run) => mergeRunText(report, run, environment.style),
  };
}

/** A module that becomes a part of another; what the result looks like is shown with the first. */
function moduleOperation(
  { style }: Environment,
  session: Session,
  { from, into, keep }: MergeIntent,
  { plan, result }: { readonly plan: Plan; readonly result: MergeResult },
  path: string,
): PlannedOperation {
  const refusals = plan.refusals.filter((refusal) => refusal.path === path);
  const isOwn = (each: string) => each === path || (path === from[0] && each === into);
  return {
    key: path,
    isRefused: false,
    parts: [],
    whyNotApart: null,
    look: () => ({
      lines: [
        ...mergedLines({ from: [path], into, symbols: result.symbols, keep }, style),
        ...refusals.flatMap((refusal) => problemLines(refusal, style)),
      ],
      refusals,
      changes: changesTo(netChanges(session.snapshot, result.prepared), isOwn),
    }),
  };
}

/** Pure but for progress: the same intent on the same snapshot gives the same plan, to the byte. */
export function computeMerge(
  session: Session,
  intent: MergeIntent,
  environment: Environment,
): { readonly plan: Plan; readonly result: MergeResult } {
  const { acceptances, problems } = parseAcceptances(intent.accept);
  if (problems.length > 0) throw new RegraftError(problems);
  const { from, into, conflicts, rename, keep, shims, rewrite } = intent;
  const request = { from, into, conflicts, rename, keep, shims, acceptances, rewrites: rewrite };
  const result = planMerge(session.snapshot, request, session.tools, environment.progress);
  return { plan: planOf(session.snapshot.base, intent, result), result };
}

/** The command as it was given, for the next step to be printed. */
function commandLine(options: MergeOptions): string {
  const flags = [
    ...options.names.map(shellWord),
    `--into ${shellWord(options.into ?? '')}`,
    ...(options.conflicts === 'rename' ? ['--conflicts rename'] : []),
    ...options.rename.map((symbol) => `--rename ${shellWord(symbol)}`),
    ...options.keep.map((symbol) => `--keep ${shellWord(symbol)}`),
    ...(options.shims ? ['--shim'] : []),
    ...options.accept.map((code) => `--accept ${shellWord(code)}`),
    ...options.rewrite.map((place) => `--rewrite ${shellWord(place)}`),
    ...verifyFlags(options.verify),
  ];
  return ['regraft merge', ...flags].join(' ');
}
