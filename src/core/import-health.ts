/** What is wrong with a repository's imports as they are: modules that cannot be imported, imports of what is not there. */
import type { UnresolvedImport } from './edges.js';
import { chainText, entriesText } from './import-order/chains.js';
import type { Unimportable } from './import-order/unimportable.js';
import type { Problem } from './model.js';
import { problem } from './problems.js';

/** Errors first; an import that is part of why a module fails is not said twice. */
export function healthProblems(failing: readonly Unimportable[], unresolved: readonly UnresolvedImport[]): Problem[] {
  const said = new Set(failing.map(({ failure }) => `${failure.path}:${failure.line}`));
  const others = unresolved.filter(({ path, line }) => !said.has(`${path}:${line}`)).map(unresolvedProblem);
  const isError = ({ severity }: Problem) => severity === 'error';
  return [...failing.map(failingProblem), ...others.filter(isError), ...others.filter((each) => !isError(each))];
}

function failingProblem({ failure: { path, line, exception, message, chain }, modules }: Unimportable): Problem {
  return problem(
    'unimportable-module',
    `importing ${entriesText(modules.map((module) => module.path))} fails with ${exception}: ${message}`,
    {
      place: { path, line, column: 1 },
      hint: `the statements that lead there: ${chainText(chain)}`,
    },
  );
}

/** What is guarded, or for type checkers only, fails unseen. */
function unresolvedProblem({ path, line, name, when, reason }: UnresolvedImport): Problem {
  const isSeen = when === 'runtime' || when === 'lazy' || when === 'conditional';
  const how = { runtime: '', lazy: ' when it is called', conditional: ' in a branch', typing: '', guarded: '' }[when];
  const what = isSeen
    ? `would fail${how}`
    : when === 'typing'
      ? 'is unknown to type checkers'
      : 'fails unseen, in a try';
  return problem('unresolved-import', `the import of '${name}' ${what}: ${reason}`, {
    severity: isSeen ? 'error' : 'warning',
    place: { path, line, column: 1 },
  });
}
