/** Runs the tool on a repository: a map of moves applied, a run taken back. */
import { writeFileSync } from 'node:fs';
import { beside, git } from '../support.mjs';
import { ENVIRONMENT, start } from './processes.mjs';

/** Another build by the environment variable REGRAFT. */
const REGRAFT = process.env.REGRAFT ?? beside('../../bin/regraft.js');
const REFUSED = 3;

/** The document that a command prints, or the beginning of what it said instead. */
export async function regraft(repository, args) {
  const all = [REGRAFT, '-C', repository, ...args, '--format', 'json'];
  const { status, stdout, stderr } = await start(process.execPath, all, { env: ENVIRONMENT, limit: 600 });
  try {
    return { status, document: JSON.parse(stdout) };
  } catch {
    return { status, document: null, text: `${stdout.slice(0, 600)}\n${stderr.slice(0, 1500)}` };
  }
}

/** Why a run ended other than done. */
function reasons({ document, text, status }) {
  const problems = document?.problems?.filter((each) => each.severity !== 'info') ?? [];
  return problems.length > 0
    ? problems.map(({ code, path, line, message }) => ({ code, path, line, message }))
    : [
        {
          code: `exit ${status}`,
          path: null,
          line: null,
          message: text ?? JSON.stringify(document?.data ?? null).slice(0, 600),
        },
      ];
}

/** `{outcome: 'done' | 'refused' | 'error', run?, reasons?}` */
export async function applyMoves(repository, moves, mapFile, more = []) {
  writeFileSync(mapFile, JSON.stringify(moves));
  const ran = await regraft(repository, ['move', '--map', mapFile, '--apply', ...more]);
  if (ran.status === 0 && ran.document !== null) return { outcome: 'done', run: ran.document.data?.run?.id ?? null };
  // A refusal without a reason is a defect.
  const isRefusal = ran.status === REFUSED && ran.document?.problems?.length > 0;
  return { outcome: isRefusal ? 'refused' : 'error', reasons: reasons(ran) };
}

export async function undo(repository, run) {
  const ran = await regraft(repository, ['undo', ...(run === null ? [] : [run])]);
  return ran.status === 0 ? { outcome: 'done' } : { outcome: 'error', reasons: reasons(ran) };
}

export const treeOf = (repository) => git(repository, 'rev-parse', 'HEAD^{tree}');

/** Whether anything is left that is not committed. */
export const leftovers = (repository) => git(repository, 'status', '--porcelain', '--untracked-files=all', '--ignored');
