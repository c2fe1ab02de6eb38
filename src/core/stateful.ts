/** What exists once per module: two copies of it become one when the users of both modules share one module. */
import type { Outline, OutlineSymbol } from './outline.js';

/**
 * Exception classes, locks, loggers, caches, registries and other objects made at module level, as `name (what it is)`.
 * Recognised by how they are made; a note for people, not a proof.
 */
export function stateful(outline: Outline): string[] {
  const classes = new Map(outline.symbols.filter((each) => each.kind === 'class').map((each) => [each.qualname, each]));
  return outline.symbols.flatMap((symbol) => {
    const state = symbol.kind === 'class' ? exceptionState(symbol, classes) : madeState(symbol, classes);
    return state ? [`${symbol.qualname} (${state})`] : [];
  });
}

const EXCEPTION = /(Error|Exception|Warning|Interrupt|Exit|StopIteration|StopAsyncIteration)$/;

function exceptionState(symbol: OutlineSymbol, classes: ReadonlyMap<string, OutlineSymbol>): string | null {
  const seen = new Set<string>();
  const open = [...symbol.baseNames];
  for (let base = open.pop(); base !== undefined; base = open.pop()) {
    if (seen.has(base)) continue;
    seen.add(base);
    const own = classes.get(base);
    if (own) open.push(...own.baseNames);
    else if (EXCEPTION.test(base)) return 'exception class';
  }
  return null;
}

/** Callees whose results are values or types, without state of their own. */
const STATELESS =
  /^(re\.compile|frozenset|tuple|int|float|str|bytes|bool|len|sum|min|max|sorted|range|object|type|namedtuple|NewType|TypeVar|ParamSpec|TypeVarTuple|Path|Decimal|Fraction|timedelta|getenv|join|get|cast|Enum|attrgetter|itemgetter|Struct|MappingProxyType)$/;

const KINDS: readonly (readonly [RegExp, string])[] = [
  [/^(R?Lock|Semaphore|BoundedSemaphore|Condition|Event|Barrier)$/, 'lock'],
  [/^getLogger$/, 'logger'],
  [/^(local|ContextVar)$/, 'context'],
  [/^(Queue|SimpleQueue|PriorityQueue|LifoQueue|deque)$/, 'queue'],
  [/Executor$|^Pool$/, 'pool'],
  [
    /^(dict|list|set|defaultdict|OrderedDict|Counter|WeakValueDictionary|WeakKeyDictionary|WeakSet|\{\}|\[\])$/,
    'container',
  ],
  [/^count$/, 'counter'],
];

function madeState(symbol: OutlineSymbol, classes: ReadonlyMap<string, OutlineSymbol>): string | null {
  if (symbol.kind !== 'variable' || symbol.made === null || symbol.qualname.startsWith('__')) return null;
  const last = symbol.made.split('.').at(-1) as string;
  if (STATELESS.test(symbol.made) || STATELESS.test(last)) return null;
  const kind = KINDS.find(([pattern]) => pattern.test(last))?.[1];
  if (kind === 'container') return /cache/i.test(symbol.qualname) ? 'cache' : kind;
  if (kind) return kind;
  if (symbol.owner !== null) return null;
  return classes.has(symbol.made) || /^[A-Z]/.test(last) ? 'singleton' : null;
}
