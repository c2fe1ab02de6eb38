/**
 * Bare names in strings that are code after all: `getattr(package, 'x')`, `globals()['x']`, and import statements inside
 * strings and command lines. The mentions judge each text by itself; here the linker has its say.
 */
import type { PythonUnit } from './codebase.js';
import type { Facts, StringLiteral } from './facts.js';
import { type Linker, packageDirectory } from './linker.js';
import type { Mention, MentionTarget } from './mentions.js';
import { directoryOf, isPackageInit } from './paths.js';
import { bindingsOf } from './scopes.js';

const LOOKUP = /(?:^|\.)(?:getattr|hasattr|setattr|delattr|attrgetter|patch\.object)$/;
/** Not `re.compile` nor `itertools.repeat`. */
const RUNS_TEXT = /^(?:builtins\.)?compile$|(?:^|\.)(?:exec|eval|run_code|timeit)$|\btimeit\.repeat$/;
/** The start of an import statement that the name would be part of; the statement may begin after a quote or `;`. */
const IMPORTING =
  /(?:^|["'`;:(\s])(?:from\s+[\w.]+\s+import\s+\(?[\w\s,]*|import\s+[\w.]+(?:\s+as\s+\w+)?(?:\s*,[\w\s.,]*)?|import\s+)$/;
const SUBSCRIPTED = /(?:\b(globals|locals|vars)\(([\w.]*)\)|\b([\w.]+)\.__dict__)\s*(?:\[|\.(?:get|pop)\()\s*$/;
const FIRST_ARGUMENT = /(?:(?:get|has|set|del)attr|patch\.object)\(\s*([\w.]+)\s*,\s*[rRuUbB]*["']{1,3}$/;

/** Raises mentions in a Python file to references where the string is looked up in the target's package, or run. */
export function promotedInPython(
  linker: Linker,
  unit: PythonUnit,
  mentions: readonly Mention[],
  targets: readonly MentionTarget[],
): Mention[] {
  return mentions.map((mention) => {
    if (mention.form !== 'name' || mention.decision !== 'leave') return mention;
    const literal = unit.facts.strings.find(
      ({ span }) => span.start <= mention.span.start && mention.span.end <= span.end,
    );
    const target = targets.find(({ key }) => key === mention.target);
    if (!literal || !target || literal.role === 'docstring') return mention;
    const before = unit.text.slice(literal.span.start, mention.span.start);
    const isRun = RUNS_TEXT.test(literal.callee ?? '');
    if (isRun || isStatement(linker, unit, lastLine(before), unit.text.slice(mention.span.end), target))
      return blocking(mention, 'Code inside a string imports this name.');
    return looksUp(linker, unit, literal, target, mention) ? blocking(mention, LOOKED_UP) : mention;
  });
}

/** An import statement may end here, or go on; in a sentence a word follows. */
const GOES_ON = /^(?:\s*(?:$|[,;.#)\\"'`\r\n])|\s+as\b)/;
const FROM = /(?:^|["'`;:(\s])from\s+(\w[\w.]*)\s+import\b[^;]*$/;

/** The name stands in an import statement, and not in one that means something else. */
function isStatement(linker: Linker, unit: PythonUnit, before: string, after: string, target: MentionTarget): boolean {
  if (!IMPORTING.test(before) || !GOES_ON.test(after)) return false;
  const parent = FROM.exec(before)?.[1];
  const found = parent === undefined ? null : linker.module(unit.path, 0, parent).found;
  if (!found) return true;
  const member = linker.member(found, target.name);
  return member.kind !== 'module' || member.found.path === target.path;
}

const LOOKED_UP = 'A string looks this name up in a module.';

/** Raises mentions in build and configuration files to references where they stand in an import statement. */
export function promotedInText(text: string, mention: Mention): Mention {
  if (mention.form !== 'name' || mention.decision !== 'leave') return mention;
  if (mention.class !== 'build' && mention.class !== 'config') return mention;
  const line = lastLine(text.slice(Math.max(0, mention.span.start - 300), mention.span.start));
  const isComment = /^\s*[#;]/.test(line);
  if (isComment || !IMPORTING.test(line)) return mention;
  return { ...blocking(mention, 'A command imports this name.'), code: 'build-reference' };
}

function lastLine(text: string): string {
  return text.slice(text.lastIndexOf('\n') + 1);
}

function blocking(mention: Mention, reason: string): Mention {
  return {
    ...mention,
    effect: 'reference',
    confidence: 'likely',
    decision: 'block',
    reason,
    code: 'string-reference',
  };
}

function looksUp(
  linker: Linker,
  unit: PythonUnit,
  literal: StringLiteral,
  target: MentionTarget,
  mention: Mention,
): boolean {
  if (literal.span.start !== mention.span.start || literal.span.end !== mention.span.end) return false;
  const before = unit.text.slice(Math.max(0, literal.span.start - 200), literal.span.start);
  const subscript = SUBSCRIPTED.exec(before.replace(/[rRuUbB]*["']{1,3}$/, ''));
  if (subscript)
    return subscript[1] === 'globals' || isHome(linker, unit, literal, subscript[2] || subscript[3] || '', target);
  if (!LOOKUP.test(literal.callee ?? '') || literal.argument === 0) return false;
  return isHome(linker, unit, literal, FIRST_ARGUMENT.exec(before)?.[1] ?? '', target);
}

/** The dotted expression stands for the package that holds the target, or for a module that binds its name. */
function isHome(
  linker: Linker,
  unit: PythonUnit,
  literal: StringLiteral,
  dotted: string,
  target: MentionTarget,
): boolean {
  const [first, ...rest] = dotted.split('.') as [string, ...string[]];
  const statements: Facts['imports'] = unit.facts.imports;
  return bindingsOf(unit.facts, literal.scope, first).bindings.some(({ imported }) => {
    const statement = imported ? statements[imported.statement] : undefined;
    if (!imported || !statement) return false;
    const { value } = linker.follow(linker.imported(unit.path, statement, imported.name), rest);
    if (value.kind !== 'module') return false;
    const home = isPackageInit(target.path) ? directoryOf(directoryOf(target.path)) : directoryOf(target.path);
    const member = linker.member(value.found, target.name);
    return packageDirectory(value.found) === home || (member.kind === 'module' && member.found.path === target.path);
  });
}
