/** The phases of a first recipe: each is planned on the result of those before it, and proposed only if nothing refuses it. */
import { planRecipe, type RecipePlan } from '../../transforms/plan-recipe.js';
import { DEFAULT_MARKERS, namedPairs } from '../core/families.js';
import type { Problem, Snapshot } from '../core/model.js';
import { parseRecipe } from '../core/recipe.js';
import type { DraftPhase, DraftSection, LeftOut } from '../core/setup/draft.js';
import { suggestedTiers } from '../core/setup/tiers.js';
import type { ComparedPair } from '../report/duplicates.js';
import { phaseText } from '../report/recipe-draft.js';
import type { Environment } from './command.js';
import { findDuplicates } from './duplicates.js';
import { findPairs } from './pairs.js';
import { namingFor, pastOf } from './recipe-names.js';
import type { Session } from './session.js';
import { turn } from './turn.js';

export interface DraftedSections {
  readonly sections: readonly DraftSection[];
  /** Modules that are copies of others, whether they go or not. */
  readonly copies: readonly string[];
}

/** @param modules all of them. @param shims those of them that only hand names on */
export async function draftSections(
  environment: Environment,
  session: Session,
  modules: readonly string[],
  shims: readonly string[],
): Promise<DraftedSections> {
  const trial = new Trial(environment, session);
  const named = pairsByName(session);
  const byName = await nameSection(trial, named);
  const alike = await pairsByContent(environment, session, named);
  const byContent = await contentSection(trial, alike);
  // A module whose copy stays must not leave it behind: by its name it is known as one.
  const kept = named.filter(({ remove }) => byName.leftOut.some(({ what }) => what === remove)).map(({ keep }) => keep);
  const copies = [...named.map(({ remove }) => remove), ...alike.flatMap(({ remove, keep }) => [remove, keep])];
  const fixed = new Set([...copies, ...kept, ...shims]);
  const movable = modules.filter((path) => !fixed.has(path) && !TEST.test(path) && !path.endsWith('__init__.py'));
  return { sections: [byName, byContent, await tierSection(trial, movable)], copies };
}

/** Where tests stand, and what runners start. */
const TEST = /(?:^|\/)(?:(?:tests?|migrations)\/|(?:test_[^/]*|[^/]*_test|conftest|setup|__main__)\.py$)/;

/** The state of the repository after the phases that are proposed so far. */
class Trial {
  #current: Snapshot;

  constructor(
    private readonly environment: Environment,
    private readonly session: Session,
  ) {
    this.#current = session.snapshot;
  }

  async plan(phase: DraftPhase): Promise<RecipePlan['phases'][number]> {
    await turn(this.environment);
    this.environment.progress(`planning: ${phase.name}`);
    const { phases } = parseRecipe('regraft.yaml', `phases:\n${phaseText(phase)}\n`);
    const naming = namingFor(this.environment, this.session, await pastOf(this.session, phases));
    const { phases: planned, result } = await planRecipe(this.#current, phases, naming, this.session.tools);
    this.#current = result;
    return planned[0] as RecipePlan['phases'][number];
  }
}

const codesOf = (problems: readonly Problem[]): string[] => [...new Set(problems.map(({ code }) => code))];

/** The pairs that `regraft dedupe` would decide without being told anything. */
function pairsByName(session: Session) {
  return findPairs(session, session.repository.top, { paths: [], suffixes: [], forDeletion: true }).pairs;
}

type Pairs = readonly { readonly remove: string; readonly keep: string }[];

async function nameSection(trial: Trial, pairs: Pairs): Promise<DraftSection> {
  const phaseOf = (those: Pairs): DraftPhase => ({
    name: 'copies by name',
    because: 'Their users get the same code from the module of the same name without its marker.',
    work: { kind: 'dedupe', paths: those.map(({ remove }) => remove) },
  });
  const { going, leftOut } = await decided(trial, pairs, phaseOf);
  const nothing = 'none, such as x_old.py beside x.py.';
  const phases = going.length > 0 ? [phaseOf(going)] : [];
  return { title: 'Copies by name', phases, refused: [], leftOut, nothing };
}

/** What of the pairs can go: all are tried, then those that nothing refuses. */
async function decided(trial: Trial, pairs: Pairs, phaseOf: (pairs: Pairs) => DraftPhase) {
  const leftOut: LeftOut[] = [];
  let going = pairs;
  while (going.length > 0) {
    const { status, refusals, deduped } = await trial.plan(phaseOf(going));
    if (status !== 'refused') break;
    const refused = (deduped?.decisions ?? []).filter(({ decision }) => decision === 'refuse');
    for (const each of refused) leftOut.push({ what: each.remove, codes: codesOf(each.refusals) });
    const names = new Set(refused.map(({ remove }) => remove));
    // What is refused as a whole has no pair to blame.
    if (names.size === 0) leftOut.push(...going.map(({ remove }) => ({ what: remove, codes: codesOf(refusals) })));
    going = names.size === 0 ? [] : going.filter(({ remove }) => !names.has(remove));
  }
  return { going, leftOut };
}

/** Copies under any name; tests are nobody's copies to delete. */
async function pairsByContent(environment: Environment, session: Session, named: Pairs): Promise<ComparedPair[]> {
  const options = { paths: [], suffixes: [], by: 'content' as const };
  const { rows } = await findDuplicates({ ...environment, format: 'text' }, session, options, []);
  const known = new Set(named.flatMap(({ remove, keep }) => [`${remove}\0${keep}`, `${keep}\0${remove}`]));
  return rows.filter(({ remove, keep }) => !known.has(`${remove}\0${keep}`) && !TEST.test(remove) && !TEST.test(keep));
}

const SAME = new Set(['identical', 'equivalent', 'subset']);

async function contentSection(trial: Trial, rows: readonly ComparedPair[]): Promise<DraftSection> {
  const same = rows.filter(({ comparison }) => SAME.has(comparison.verdict));
  const phaseOf = (those: Pairs): DraftPhase => ({
    name: 'copies by content',
    because: 'Other names, the same code. The module that stays is the one that regraft duplicates recommends.',
    work: { kind: 'dedupe', pairs: those.map(({ remove, keep }) => ({ remove, keep })) },
  });
  const { going, leftOut } = await decided(trial, same, phaseOf);
  const others = rows
    .filter((row) => !same.includes(row))
    .map(({ remove, keep }) => ({ what: `${remove} is much like ${keep}`, codes: [] }));
  const phases = going.length > 0 ? [phaseOf(going)] : [];
  const nothing = 'none; regraft duplicates shows functions that are.';
  return { title: 'Copies by content', phases, refused: [], leftOut: [...leftOut, ...others], nothing };
}

async function tierSection(trial: Trial, movable: readonly string[]): Promise<DraftSection> {
  const phases: DraftPhase[] = [];
  const refused: DraftSection['refused'][number][] = [];
  for (const { directory, word, moves } of suggestedTiers(movable)) {
    const phase: DraftPhase = {
      name: `tiers: ${directory}/${word}`,
      because: 'Their names share a word. A proposal: change it, or take it out. Old names keep working.',
      work: { kind: 'move', moves },
    };
    const { status, refusals } = await trial.plan(phase);
    if (status !== 'refused') phases.push(phase);
    else refused.push({ phase, what: phase.name, codes: codesOf(refusals) });
  }
  const nothing = 'no directory holds so many modules that names would suggest any.';
  return { title: 'Tiers', phases, refused, leftOut: [], nothing };
}

/** A phase that finds nothing today: a recipe needs one. */
export function emptyDraft(modules: readonly string[]): DraftPhase {
  const suffix =
    DEFAULT_MARKERS.suffixes.find((each) => namedPairs(modules, { suffixes: [each], prefixes: [] }).length === 0) ??
    '_copy_of';
  return {
    name: `copies that end in ${suffix}`,
    because: 'Finds nothing today; a recipe needs one phase.',
    work: { kind: 'dedupe', suffix },
  };
}
