/** `from PACKAGE import NAME` in documentation, doctests and code inside strings. */
import { dottedName } from './mention-dotted.js';
import type { Naming, RelocationContext } from './mention-model.js';
import type { Surrounding } from './mention-surroundings.js';

const FROM = /\bfrom\s+([\p{ID_Continue}.]+)\s+import\s+(\(?[\w\s,]*,\s*)?$/u;
const ONLY_NAME = /^(?:\s+as\s+\w+)?\s*(?:[;#"'`\\)]|$)/;

/** The naming of a module that a statement takes from its package, by itself or taken out of a list. */
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
  const split = name && !isAlone ? splitStatement(context, around, parent, name) : null;
  if (split) return { form: 'import', ...split, basis: 'unknown', isFile: false, tail: '', answers: null };
  const alias = /^\s+as\s+(\w+)/.exec(after);
  const replacement = name && isAlone ? statementOf(name, target.name, alias !== null) : null;
  // `m as x` of a module that becomes `x` needs no alias any more.
  const end = isAlone && name?.endsWith(`.${alias?.[1]}`) ? span.end + (alias?.[0].length ?? 0) : span.end;
  const place = { span: { start, end }, basis: 'unknown', isFile: false } as const;
  return { form: 'import', ...place, replacement, tail: '', answers: null };
}

/** `from p import a, m` becomes two statements: on lines of their own where it has one, else behind a semicolon. */
function splitStatement(
  context: RelocationContext,
  around: Surrounding,
  parent: string,
  name: string,
): Pick<Naming, 'span' | 'replacement'> | null {
  const { source, span, before, after, literal } = around;
  const { text } = source;
  const start = span.start - before.length + (FROM.exec(before)?.index ?? 0);
  const end =
    span.end + (/^(?:[ \t]+as[ \t]+\w+)?(?:[ \t]*,[ \t]*\w+(?:[ \t]+as[ \t]+\w+)?)*/.exec(after)?.[0].length ?? 0);
  const list = /\simport\s+([\w ,\t]+)$/.exec(text.slice(start, end))?.[1]?.split(/\s*,\s*/) ?? [];
  const own = list.find((item) => item.split(/\s/)[0] === context.target.name);
  const others = list.filter((item) => item !== own);
  if (own === undefined || (source.unit === null && source.kind !== 'docs')) return null;
  if (
    [parent, ...others.map((item) => `${parent}.${item.split(/\s/)[0]}`)].some((each) =>
      moves(context, source.path, each),
    )
  )
    return null;
  const alias = /\s+as\s+\w+$/.exec(own)?.[0] ?? '';
  const statement = statementOf(name, context.target.name, alias !== '');
  const line = Math.max(text.lastIndexOf('\n', start), text.lastIndexOf('\r', start)) + 1;
  const prefix = text.slice(line, start);
  const hasLine = /^[ \t]*(?:(?:>>>|\.\.\.|#)[ \t]+)?$/.test(prefix) && line > (literal?.span.start ?? -1);
  const joint = hasLine ? (/\r\n|[\r\n]/.exec(text)?.[0] ?? '\n') + prefix : '; ';
  const replacement = statement && `from ${parent} import ${others.join(', ')}${joint}from ${statement}${alias}`;
  return { span: { start, end }, replacement };
}

function moves({ before, relocation }: RelocationContext, importer: string, dotted: string): boolean {
  const { found } = before.module(importer, 0, dotted);
  return found !== null && relocation.found(found) !== found.path;
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
