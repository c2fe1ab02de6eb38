/** Definitions with equal code that are still not one: what exists once per module, and what is registered when it is made. */

import { definitionsOf } from '../../src/core/bound-code/canonical.js';
import type { Codebase } from '../../src/core/codebase.js';
import type { Linker } from '../../src/core/linker.js';
import type { Outline, OutlineSymbol } from '../../src/core/outline.js';
import { stateful } from '../../src/core/stateful.js';
import { withoutNumber } from '../../src/core/symbol-differences.js';
import { isOnlyRead } from './constant-containers.js';
import type { Source } from './model.js';
import { toldApart } from './told-apart.js';

/** Decorators that make something of a definition and keep nothing. */
const HARMLESS =
  /^@\s*(?:\w+\.)*(?:staticmethod|classmethod|property|abstractmethod|overload|final|override|wraps|dataclass|total_ordering|contextmanager|asynccontextmanager|unique|runtime_checkable|no_type_check|deprecated|coroutine|\w+\.setter|\w+\.getter|\w+\.deleter)\b/;

interface Definition {
  readonly source: Source;
  readonly name: string;
}

/** Why two definitions of equal code are two things; `null` when one of them is enough. */
export function sharedState(
  linker: Linker,
  definitions: readonly [Definition, Definition],
  outline: (text: string) => Outline,
): string | null {
  const [{ source: first, name }, { source: second, name: other }] = definitions;
  const state = stateOf(first, name) ?? stateOf(second, other);
  if (state !== null) return `of the same code, but an object of its own (${state})`;
  const own = definitionsOf(second.outline, other);
  if (own.some(({ condition, kind }) => condition !== null || kind === 'statement'))
    return 'in a branch or a statement that cannot be taken out';
  if (own.some((symbol) => isDecorated(second, symbol)))
    return 'of the same code, but its decorator may keep each of them';
  if (own.some((symbol) => symbol.owner === null && isOpen(linker.codebase, second, symbol)))
    return 'of the same code, but its value is made anew in each';
  const why = toldApart(linker, definitions, outline);
  return why === null ? null : `of the same code, but ${why}`;
}

function stateOf({ outline }: Source, name: string): string | null {
  const kinds = stateful(outline)
    .filter((each) => {
      const qualname = withoutNumber(each.split(' (')[0] as string);
      return qualname === name || qualname.startsWith(`${name}.`);
    })
    .map((each) => each.slice(each.indexOf('(') + 1, -1));
  // Two loggers of one name are one already, and a module's own name is the merged one's afterwards.
  return kinds.find((kind) => kind !== 'logger') ?? null;
}

function isDecorated({ unit }: Source, { decorators, span }: OutlineSymbol): boolean {
  if (decorators === null) return false;
  const head = unit.text.slice(span.start, span.end);
  const lines = head.split(/\r\n|\r|\n/).map((line) => line.trim());
  return lines
    .slice(
      0,
      lines.findIndex((line) => /^(?:async\s|def\s|class\s)/.test(line)),
    )
    .some((line) => line.startsWith('@') && !HARMLESS.test(line));
}

/** A value with contents that may change, or that is computed by something unknown. */
function isOpen(codebase: Codebase, { unit }: Source, { kind, span, made, binds }: OutlineSymbol): boolean {
  if (kind !== 'variable') return false;
  const text = unit.text.slice(span.start, span.end);
  const value = text.slice(text.indexOf('=') + 1).trim();
  if (/^[[{]/.test(value)) return !binds.every((name) => isOnlyRead(codebase, name));
  return made !== null && !KNOWN.test(made.split('.').at(-1) as string);
}

/** Calls that give equal values for equal arguments. */
const KNOWN =
  /^(?:compile|frozenset|tuple|int|float|str|bytes|bool|len|sum|min|max|range|NewType|TypeVar|ParamSpec|TypeVarTuple|Path|Decimal|Fraction|timedelta|join|cast|attrgetter|itemgetter|Struct|getLogger|getenv|get|dirname|abspath|basename)$/;
