/** `from PACKAGE import NAME` in documentation, doctests and code inside strings. */
import { dottedName } from './mention-dotted.js';
import type { Naming, RelocationContext } from './mention-model.js';
import type { Surrounding } from './mention-surroundings.js';

const FROM = /\bfrom\s+([\p{ID_Continue}.]+)\s+import\s+(\(?[\w\s,]*,\s*)?$/u;
const ONLY_NAME = /^(?:\s+as\s+\w+)?\s*(?:[;#"'`\\)]|$)/;

/** The naming of a module that a statement takes from its package. One name of several is not taken out by itself. */
export function imported(context: RelocationContext, around: Surrounding): Naming | null {
  const { target } = context;
  const { source, span, before, after } = around;
  const statement = FROM.exec(before);
  const parent = statement?.[1] ?? '';
  if (!statement || !target.dottedNames.includes(`${parent}.${target.name}`)) return null;
  if (importsAnother(context, around)) return null;
  const isAlone = statement[2] === undefined && ONLY_NAME.test(after);
  const start = isAlone
    ? span.start - before.length + before.indexOf(parent, statement.index + 'from'.length)
    : span.start;
  const name = dottedName(context, source.path, `${parent}.${target.name}`);
  const alias = /^\s+as\s+(\w+)/.exec(after);
  const replacement = name && isAlone ? statementOf(name, target.name, alias !== null) : null;
  // `m as x` of a module that becomes `x` needs no alias any more.
  const end = isAlone && name?.endsWith(`.${alias?.[1]}`) ? span.end + (alias?.[0].length ?? 0) : span.end;
  const place = { span: { start, end }, basis: 'unknown', isFile: false } as const;
  return { form: 'import', ...place, replacement, tail: '', answers: null };
}

/** The package binds the name to a function or class, and that is what the statement imports. */
export function importsAnother({ before, target }: RelocationContext, around: Surrounding): boolean {
  const parent = FROM.exec(around.before)?.[1];
  if (parent === undefined) return false;
  const { found } = before.module(around.source.path, 0, parent);
  const kind = found && before.member(found, target.name).kind;
  return kind === 'object' || kind === 'external';
}

/** The local name stays, so that what follows the statement stays right. */
function statementOf(name: string, old: string, isAliased: boolean): string | null {
  const cut = name.lastIndexOf('.');
  if (cut === -1) return null;
  const last = name.slice(cut + 1);
  return `${name.slice(0, cut)} import ${last}${last === old || isAliased ? '' : ` as ${old}`}`;
}
