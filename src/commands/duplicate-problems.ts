/** Duplicates as problems: what `check` says of copies that its baseline does not know. */
import type { Problem } from '../core/model.js';
import { problem } from '../core/problems.js';
import type { FunctionCopy } from '../report/function-copies.js';
import type { Environment } from './command.js';
import { findDuplicates } from './duplicates.js';
import type { Session } from './session.js';

export async function duplicateProblems(
  environment: Environment,
  session: Session,
  wanted: (path: string) => boolean,
): Promise<Problem[]> {
  const { rows, functions } = await findDuplicates(environment, session, { paths: [], suffixes: [] }, []);
  const modules = rows
    .filter(({ keep, remove }) => wanted(keep) || wanted(remove))
    .map(({ keep, remove }) =>
      problem('duplicate-module', `${remove} is a copy of ${keep}`, {
        place: { path: remove, line: 1, column: 1 },
        hint: `regraft compare ${keep} ${remove}`,
      }),
    );
  const repeated = functions
    .filter(({ members }) => members.some(({ path }) => wanted(path)))
    .map(({ members }) => functionProblem(members as [FunctionCopy, ...FunctionCopy[]]));
  return [...modules, ...repeated];
}

function functionProblem([first, ...others]: readonly [FunctionCopy, ...FunctionCopy[]]): Problem {
  const places = others.map(({ path, name }) => `${name} of ${path}`).join(', ');
  return problem('duplicate-function', `${first.name} stands again as ${places}`, {
    place: { path: first.path, line: first.line, column: 1 },
    hint: 'regraft duplicates shows what they share',
  });
}
