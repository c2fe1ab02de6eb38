/** Names of a module that only a handler binds which is never reached: the code of its `try` cannot fail. */
import type { PythonUnit } from '../codebase.js';
import type { Facts } from '../facts.js';
import type { Block, Step } from '../program.js';

/** Asked name by name; the answer is that of the whole file. */
const known = new WeakMap<Facts, ReadonlySet<string>>();

export function unreachedNames({ facts }: PythonUnit): ReadonlySet<string> {
  const names = known.get(facts) ?? unreachedIn(facts);
  known.set(facts, names);
  return names;
}

function unreachedIn(facts: Facts): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const name of deadBlocks(facts.program).flatMap(boundIn)) counts.set(name, (counts.get(name) ?? 0) + 1);
  if (counts.size === 0) return new Set();
  const all = facts.scopes[0]?.bindings ?? [];
  return new Set(
    [...counts]
      .filter(([name, dead]) => all.filter((each) => each.name === name).length === dead)
      .map(([name]) => name),
  );

  function boundIn(block: Block): string[] {
    return blocksIn(block).flatMap((inner) => inner.flatMap(boundBy));
  }

  function boundBy(step: Step): string[] {
    if (step.kind === 'function' || step.kind === 'class') return [step.code.name];
    if (step.kind === 'assign') return step.targets.flatMap((target) => (target.kind === 'name' ? [target.name] : []));
    const statement = step.kind === 'import' ? facts.imports[step.statement] : undefined;
    const isPlain = statement?.kind === 'import';
    return statement?.names.map(({ name, alias }) => alias ?? (isPlain ? (name.split('.')[0] as string) : name)) ?? [];
  }
}

/** The handlers of each `try` that does nothing which may raise. */
function deadBlocks(program: Block): Block[] {
  return blocksIn(program).flatMap((block) =>
    block.flatMap((step) =>
      step.kind === 'try' && step.body.every(isHarmless) ? step.handlers.map(({ body }) => body) : [],
    ),
  );
}

function isHarmless(step: Step): boolean {
  if (step.kind === 'evaluate') return step.value.kind === 'constant';
  const isPlain = step.kind === 'assign' && step.targets.every(({ kind }) => kind === 'name');
  return isPlain && step.value?.kind === 'constant';
}

/** A block and all that run inside it, those of functions and classes not. */
function blocksIn(block: Block): Block[] {
  const found: Block[] = [];
  const open = [block];
  for (let here = open.pop(); here; here = open.pop()) {
    found.push(here);
    open.push(...here.flatMap(innerBlocks));
  }
  return found;
}

function innerBlocks(step: Step): readonly Block[] {
  switch (step.kind) {
    case 'if':
      return [step.yes, step.no];
    case 'loop':
      return [step.body, step.otherwise];
    case 'with':
      return [step.body];
    case 'try':
      return [step.body, ...step.handlers.map(({ body }) => body), step.otherwise, step.last];
    case 'match':
      return step.cases.map(({ body }) => body);
    default:
      return [];
  }
}
