/** What is wrong with a repository's imports as they are: modules that cannot be imported, imports of what is not there. */
import type { Codebase } from './codebase.js';
import type { UnresolvedImport } from './edges.js';
import { chainText, entriesText } from './import-order/chains.js';
import type { Unimportable } from './import-order/unimportable.js';
import type { Place, Problem } from './model.js';
import { problem } from './problems.js';

/** Files of which it cannot be said whether they can be imported: without usable text, or not parsed to their end. */
export function unreadProblems(codebase: Codebase, paths: readonly string[]): Problem[] {
  return paths.flatMap((path): Problem[] => {
    const unit = codebase.unit(path);
    const unread = (code: string, why: string, place: Place | string) =>
      problem(code, `${why}: whether it can be imported is not known`, { severity: 'warning', place });
    if ('unknown' in unit) return [unread('unreadable-file', unit.unknown, path)];
    const [error] = unit.facts.syntaxErrors;
    if (!error) return [];
    const place = codebase.place(path, unit.toFile(error.start));
    return [unread('syntax-error', 'does not parse', { path, ...place })];
  });
}

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
