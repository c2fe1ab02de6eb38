/** `regraft init`: a first recipe for a repository, drafted from what stands there. Prints it; `--apply` writes it. */
import { EXIT } from '../core/problems.js';
import type { Draft, DraftSection } from '../core/setup/draft.js';
import { findTests } from '../core/setup/tests-found.js';
import { findShims } from '../core/shims.js';
import { demandFree, writeBeside } from '../io/new-file.js';
import { recipeDraft } from '../report/recipe-draft.js';
import { counted } from '../report/words.js';
import type { Environment, Outcome } from './command.js';
import { draftSections, emptyDraft } from './drafting.js';
import { draftMerges } from './drafting-merges.js';
import { openSession, type Session, skimAhead } from './session.js';

const FILE = 'regraft.yaml';

export async function init(environment: Environment, options: { readonly apply: boolean }): Promise<Outcome> {
  const session = await openSession(environment);
  const { top } = session.repository;
  demandFree(top, FILE);
  const draft = await draftOf(environment, session);
  const text = recipeDraft(draft);
  if (options.apply) writeBeside(top, FILE, text);
  return {
    exitCode: EXIT.done,
    data: { path: FILE, written: options.apply, recipe: text, found: foundData(draft) },
    problems: [],
    output: options.apply
      ? written(draft)
      : `${text}\n# Nothing is written. To write this to ${FILE}: regraft init --apply\n`,
  };
}

async function draftOf(environment: Environment, session: Session): Promise<Draft> {
  await skimAhead(environment, session);
  const { codebase } = session;
  const modules = codebase
    .pythonFiles()
    .map(({ path }) => path)
    .filter((path) => path.endsWith('.py') && codebase.kind(path) === 'python');
  const shims = findShims(codebase).map(({ path }) => path);
  const { sections, copies } = await draftSections(environment, session, modules, shims);
  const isEmpty = sections.every(({ phases }) => phases.length === 0);
  return {
    files: session.snapshot.files.length,
    modules: modules.length,
    roots: codebase.layout.roots,
    tests: testsOf(session),
    sections,
    merges: draftMerges(session, modules, new Set([...copies, ...shims])),
    shims: shims.length,
    placeholder: isEmpty ? emptyDraft(modules) : null,
  };
}

function testsOf({ codebase, snapshot }: Session) {
  return findTests({
    paths: snapshot.files.map(({ path }) => path),
    roots: codebase.layout.roots,
    text: (path) => {
      const source = codebase.text(path);
      return 'undecodable' in source ? null : source.text;
    },
    spells: (path, words) => codebase.spells(path, words),
  });
}

function foundData({ files, modules, roots, tests, sections, merges, shims }: Draft) {
  const operations = (section: DraftSection) => ({
    title: section.title,
    phases: section.phases.map(({ name, work }) => ({ name, ...work })),
    refused: section.refused.map(({ what, codes }) => ({ what, codes })),
    leftOut: section.leftOut,
  });
  return { files, modules, roots, tests, sections: sections.map(operations), merges, shims };
}

function written({ sections }: Draft): string {
  const phases = sections.reduce((sum, section) => sum + section.phases.length, 0);
  return `wrote ${FILE}: ${counted(phases, 'phase')} that can be carried out as things are\nnext: regraft run ${FILE}\n`;
}
