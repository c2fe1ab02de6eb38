/** Statements: what runs, what may run, what is caught. */
import type { Block, Expression, Handler, Step, Target } from '../program.js';
import { setAttribute } from './attributes.js';
import { classStep, functionStep } from './definitions.js';
import { evaluateStatement, lookUp } from './expressions.js';
import { importStep } from './imports.js';
import type { Ending, Machine } from './machine.js';
import { bindIn } from './names.js';
import { catches, catchesMissing, type Failure, Raised } from './outcomes.js';
import { type Frame, type ModuleValue, truth, UNKNOWN, type Value } from './values.js';

type StepOf<Kind extends Step['kind']> = Extract<Step, { kind: Kind }>;

/** Runs statements until one of them leaves the block. */
export function run(machine: Machine, block: Block, frame: Frame): Ending {
  for (const step of block) {
    const ending = runStep(machine, step, frame);
    if (ending) return ending;
  }
  return null;
}

function runStep(machine: Machine, step: Step, frame: Frame): Ending {
  if ('line' in step) frame.line = step.line;
  switch (step.kind) {
    case 'import':
      importNames(machine, step, frame);
      return null;
    case 'evaluate':
      evaluateStatement(machine, step.value, frame);
      return null;
    case 'assign':
      assign(machine, step, frame);
      return null;
    case 'function':
      functionStep(machine, step, frame);
      return null;
    case 'class':
      classStep(machine, step, frame);
      return null;
    case 'delete':
      for (const name of step.names) remove(machine, name, frame);
      return null;
    case 'return':
      return { kind: 'return', value: machine.rules.evaluate(machine, step.value, frame) };
    case 'raise':
      return raise(machine, step, frame);
    case 'leave':
      return step;
    default:
      return runCompound(machine, step, frame);
  }
}

function runCompound(machine: Machine, step: StepOf<'if' | 'loop' | 'with' | 'try' | 'match'>, frame: Frame): Ending {
  switch (step.kind) {
    case 'if':
      return runIf(machine, step, frame);
    case 'loop':
      return runLoop(machine, step, frame);
    case 'with':
      return runWith(machine, step, frame);
    case 'try':
      return runTry(machine, step, frame);
    case 'match':
      machine.rules.evaluate(machine, step.subject, frame);
      for (const each of step.cases) {
        machine.doubtful(() => {
          for (const name of each.names) bindIn(machine, frame, name, UNKNOWN);
          return run(machine, each.body, frame);
        });
      }
      return null;
  }
}

function importNames(machine: Machine, step: StepOf<'import'>, frame: Frame): void {
  const statement = frame.module.text.unit?.facts.imports[step.statement];
  if (!statement) return;
  importStep(machine, statement, frame, (name, value) => bindIn(machine, frame, name, value));
}

function assign(machine: Machine, step: StepOf<'assign'>, frame: Frame): void {
  const value = machine.kept(machine.rules.evaluate(machine, step.value, frame));
  for (const target of step.targets) write(machine, target, step.unpacked ? machine.made() : value, frame);
}

function write(machine: Machine, target: Target, value: Value, frame: Frame): void {
  if (target.kind === 'name') return bindIn(machine, frame, target.name, value);
  const owner = machine.rules.evaluate(machine, target.of, frame);
  if (target.kind === 'attribute') return setAttribute(machine, owner, target.name, value);
  const index = machine.rules.evaluate(machine, target.index, frame);
  const isEntry = owner.kind === 'external' && owner.dotted === 'sys.modules';
  // What the module itself is says nothing to those that do not import it.
  if (isEntry && index.kind === 'constant' && index.value === frame.module.text.name) return;
  if (isEntry) replaceModule(machine, index);
  machine.changed(owner);
}

/** `sys.modules[name] = x`: the module may be anything from now on; by a computed name, each that is being loaded. */
function replaceModule(machine: Machine, name: Value): void {
  const isMeant = (module: ModuleValue) =>
    name.kind === 'constant' ? name.value === module.text.name : machine.loading.has(module);
  for (const module of machine.modules.values()) if (isMeant(module)) machine.opened(module);
}

/** Unless it certainly happens, the name stays. */
function remove(machine: Machine, name: string, frame: Frame): void {
  if (machine.now.doubt > 0) return;
  lookUp(machine, name, frame);
  if (frame.names.has(name)) machine.trail.drop(frame.names, name);
}

/** A test that nothing decides is taken both ways; what fails either way fails. */
function runIf(machine: Machine, step: StepOf<'if'>, frame: Frame): Ending {
  const decided = truth(machine.rules.evaluate(machine, step.test, frame));
  if (decided !== null) return run(machine, decided ? step.yes : step.no, frame);
  // Only where the platform alone decides is a branch that raises known to be somebody's.
  const isIgnored = (failure: Failure) => failure.what.kind === 'raise' && step.about !== 'platform';
  const yes = machine.doubtful(() => run(machine, step.yes, frame), isIgnored);
  const no = machine.doubtful(() => run(machine, step.no, frame), isIgnored);
  if (yes.failure && no.failure) throw new Raised(yes.failure);
  return yes.ending && no.ending?.kind === yes.ending.kind ? { kind: 'return', value: UNKNOWN } : null;
}

function runLoop(machine: Machine, step: StepOf<'loop'>, frame: Frame): Ending {
  const head = machine.rules.evaluate(machine, step.head, frame);
  const isLoop = step.targets.length > 0;
  const decided = isLoop ? (isFilled(step.head) ? true : null) : truth(head);
  const body = () => {
    for (const target of step.targets) write(machine, target, UNKNOWN, frame);
    return run(machine, step.body, frame);
  };
  const ending = decided === true ? body() : null;
  if (decided === null) machine.doubtful(body);
  if (ending?.kind === 'return') return ending;
  machine.doubtful(() => run(machine, step.otherwise, frame));
  return null;
}

/** A display with something in it. */
function isFilled(head: Expression | null): boolean {
  return head?.kind === 'all' && head.parts.length > 0;
}

function runWith(machine: Machine, step: StepOf<'with'>, frame: Frame): Ending {
  for (const { value, targets } of step.items) {
    machine.rules.evaluate(machine, value, frame);
    for (const target of targets) write(machine, target, UNKNOWN, frame);
  }
  if (step.suppresses.length === 0) return run(machine, step.body, frame);
  const handlers = [{ catches: step.suppresses, alias: null, body: [] }];
  return runTry(machine, { kind: 'try', body: step.body, handlers, otherwise: [], last: [] }, frame);
}

function runTry(machine: Machine, step: StepOf<'try'>, frame: Frame): Ending {
  const { now } = machine;
  const depth = machine.frames.length;
  const softens = step.handlers.some((handler) => catchesMissing(handler.catches) && !endsInRaise(handler)) ? 1 : 0;
  const before = machine.possible.length;
  now.guarded += softens;
  let ending: Ending;
  try {
    ending = run(machine, step.body, frame);
  } catch (error) {
    if (!(error instanceof Raised)) throw error;
    machine.frames.length = depth;
    now.guarded -= softens;
    return handle(machine, step, error.failure, frame);
  }
  now.guarded -= softens;
  for (const exception of new Set(machine.possible.slice(before))) fallBack(machine, step, exception, frame);
  return ending ?? run(machine, step.otherwise, frame) ?? run(machine, step.last, frame);
}

/** An exception that the body may have raised runs the handler that catches it. */
function fallBack(machine: Machine, step: StepOf<'try'>, exception: string, frame: Frame): void {
  const handler = step.handlers.find((each) => catches(each.catches, exception));
  if (handler && !endsInRaise(handler)) machine.doubtful(() => runHandler(machine, handler, frame));
}

function handle(machine: Machine, step: StepOf<'try'>, failure: Failure, frame: Frame): Ending {
  const handler = step.handlers.find((each) => catches(each.catches, failure.exception));
  if (!handler) {
    run(machine, step.last, frame);
    throw new Raised(failure);
  }
  if (!endsInRaise(handler) && machine.now.guessing === 0) machine.record({ failure, fate: 'caught' });
  machine.now.handling.push(failure);
  try {
    return runHandler(machine, handler, frame) ?? run(machine, step.last, frame);
  } finally {
    machine.now.handling.pop();
  }
}

function runHandler(machine: Machine, handler: Handler, frame: Frame): Ending {
  if (handler.alias) bindIn(machine, frame, handler.alias, UNKNOWN);
  return run(machine, handler.body, frame);
}

function endsInRaise(handler: Handler): boolean {
  return handler.body.at(-1)?.kind === 'raise';
}

/**
 * In an `except` clause the failure goes on, as another exception. In a called function a `raise` says only that the
 * call was not understood.
 */
function raise(machine: Machine, step: StepOf<'raise'>, frame: Frame): Ending {
  const handled = machine.now.handling.at(-1);
  if (handled) throw new Raised({ ...handled, exception: step.name ?? handled.exception });
  if (machine.now.calls > 0) return { kind: 'return', value: UNKNOWN };
  const name = step.name ?? 'Exception';
  return machine.fail(name, `the module raises ${name} when it is imported`, {
    kind: 'raise',
    path: frame.module.found.path,
    name,
  });
}
