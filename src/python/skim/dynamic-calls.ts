/** Imports by value whose name is written out where it is used; any other is left to the grammar. */
import type { DynamicImport } from '../../core/facts.js';
import { canonicalName, IMPORTING_CALLS } from '../dynamics.js';
import type { Circumstances } from './circumstances.js';
import { plainContentOf } from './literals.js';
import type { LogicalLine } from './logical-line.js';
import { CLOSE, CLOSE_SQUARE, COMMA, DOT, EQUALS, OPEN, OPEN_SQUARE } from './punctuation.js';
import type { Record } from './record.js';
import { isImporting, isKeyword, WORD } from './words.js';

/** A call, or a look into the table of modules, that becomes an import by value if its callee is what it seems to be. */
interface Candidate {
  readonly kind: 'call' | 'lookup';
  /** `importlib.import_module`, before aliases are replaced; `?.x` behind anything but a name. */
  readonly callee: string;
  readonly line: number;
  readonly circumstances: Circumstances;
  readonly name: string | null;
  readonly anchor: DynamicImport['anchor'];
  /** What stands behind the first argument needs the grammar. */
  readonly isOpen: boolean;
}

export class DynamicCalls {
  private readonly candidates: Candidate[] = [];

  /** Looks at a word of {@link isImporting}, or at `modules`. */
  see(line: LogicalLine, at: number, circumstances: Circumstances): void {
    const word = line.word(at);
    if (word === WORD.modules) this.table(line, at, circumstances);
    else if (isImporting(word) && line.is(at + 1, OPEN) && line.word(at - 1) !== WORD.def)
      this.call(circumstances, calleeAt(line, at), argumentsAt(line, at + 2));
  }

  /** `sys.modules[..]` and `sys.modules.get(..)`. */
  private table(line: LogicalLine, at: number, circumstances: Circumstances): void {
    if (line.is(at + 1, OPEN_SQUARE)) this.lookup(line, at, circumstances);
    else if (line.is(at + 1, DOT) && line.is(at + 3, OPEN) && line.nameAt(at + 2) === 'get') {
      const { callee, line: number } = calleeAt(line, at);
      this.call(circumstances, { callee: `${callee}.get`, line: number }, argumentsAt(line, at + 4));
    }
  }

  private lookup(line: LogicalLine, at: number, circumstances: Circumstances): void {
    const isWhole = line.is(at + 3, CLOSE_SQUARE);
    if (isWhole && line.isName(at + 2) && isOwnName(line.nameAt(at + 2))) return;
    const name = isWhole ? textAt(line, at + 2) : null;
    const about = { kind: 'lookup', ...calleeAt(line, at), circumstances } as const;
    this.candidates.push({ ...about, name, anchor: null, isOpen: name === null });
  }

  private call(
    circumstances: Circumstances,
    callee: Pick<Candidate, 'callee' | 'line'>,
    given: Pick<Candidate, 'name' | 'anchor' | 'isOpen'>,
  ): void {
    this.candidates.push({ kind: 'call', circumstances, ...callee, ...given });
  }

  /** To be asked when all imports are known, since aliases may stand anywhere. */
  finish(record: Record): void {
    const aliases = aliasesOf(record);
    const isTaken = takesModules(record);
    for (const each of this.candidates) {
      const form = each.kind === 'lookup' ? lookupForm(each, isTaken) : callForm(each, aliases);
      if (form === null) continue;
      if (form === 'computed') record.hasComputedNames = true;
      else add(record, each, form);
    }
    // `from importlib import import_module as load`: the calls do not show what they call.
    for (const [alias, meaning] of aliases) {
      const isHidden = IMPORTING_CALLS.has(canonicalName(meaning, NO_ALIASES)) && alias !== meaning.split('.').at(-1);
      if (isHidden) record.isUnsure = true;
    }
  }
}

const NO_ALIASES: ReadonlyMap<string, string> = new Map();

type Form = DynamicImport['form'];

/** The form of import that a call is; `null` where it is none, `computed` where only the grammar tells its name. */
function callForm({ callee, name, isOpen }: Candidate, aliases: ReadonlyMap<string, string>): Form | 'computed' | null {
  const rule = IMPORTING_CALLS.get(canonicalName(callee, aliases));
  if (!rule) return null;
  const isUnknown = name === null || callee.startsWith('?') || (rule.form === 'import_module' && isOpen);
  return rule.form === 'exec' || rule.position === null || isUnknown ? 'computed' : rule.form;
}

/** @param isTaken the file takes `modules` from `sys` */
function lookupForm({ callee, name }: Candidate, isTaken: boolean): Form | 'computed' | null {
  if (callee !== 'sys.modules' && !(callee === 'modules' && isTaken)) return null;
  return name === null ? 'computed' : 'sys.modules';
}

function add(record: Record, { line, circumstances, name, anchor }: Candidate, form: Form) {
  record.dynamics.push({
    form,
    line,
    circumstances,
    anchor: form === 'import_module' ? anchor : null,
    name: { kind: 'literal', value: name as string, span: null },
  });
}

/** What local names mean, for absolute imports anywhere in the file. */
function aliasesOf(record: Record): Map<string, string> {
  const aliases = new Map<string, string>();
  for (const { kind, level, module, names } of record.imports) {
    if (level > 0) continue;
    for (const { name, alias } of names) {
      if (kind === 'from') aliases.set(alias ?? name, `${module}.${name}`);
      else if (alias) aliases.set(alias, name);
    }
  }
  return aliases;
}

function takesModules(record: Record): boolean {
  return record.imports.some(({ module, names }) => module === 'sys' && names.some(({ name }) => name === 'modules'));
}

/** The dotted name that ends at a token. */
function calleeAt(line: LogicalLine, last: number): { callee: string; line: number } {
  let callee = line.nameAt(last);
  let at = last;
  for (; line.is(at - 1, DOT); at -= 2) {
    if (!line.isName(at - 2) || isKeyword(line.word(at - 2)))
      return { callee: `?.${line.nameAt(last)}`, line: line.lineOf(at) };
    callee = `${line.nameAt(at - 2)}.${callee}`;
  }
  return { callee, line: line.lineOf(at) };
}

/** A first argument that is one plain literal, and the anchor behind it. */
function argumentsAt(line: LogicalLine, at: number): Pick<Candidate, 'name' | 'anchor' | 'isOpen'> {
  const isWhole = line.is(at + 1, CLOSE) || line.is(at + 1, COMMA);
  const name = isWhole ? textAt(line, at) : null;
  const isLast = line.is(at + 1, CLOSE) || (line.is(at + 1, COMMA) && line.is(at + 2, CLOSE));
  if (name !== null && isLast) return { name, anchor: null, isOpen: false };
  const hasKeyword = line.is(at + 3, EQUALS) && line.isName(at + 2) && line.nameAt(at + 2) === 'package';
  const place = hasKeyword ? at + 4 : at + 2;
  const anchor = line.is(at + 1, COMMA) && line.is(place + 1, CLOSE) ? anchorAt(line, place) : null;
  return { name, anchor, isOpen: anchor === null };
}

function anchorAt(line: LogicalLine, at: number): DynamicImport['anchor'] {
  const value = textAt(line, at);
  if (value !== null) return { kind: 'literal', value };
  return line.isName(at) && isOwnName(line.nameAt(at)) ? { kind: 'own' } : null;
}

function isOwnName(name: string): boolean {
  return name === '__name__' || name === '__package__';
}

function textAt(line: LogicalLine, at: number): string | null {
  return line.isText(at) ? plainContentOf(line.text, line.starts[at] as number, line.ends[at] as number) : null;
}
