/**
 * Grows a module of exact length from a domain: dataclasses, the main class with its tables and series, and as many
 * generated methods as the length allows; a table of limits takes up the last lines.
 */
import { type Domain, type Measure, measureOf, type Probed } from './domain.js';
import { measureMethods, recorder } from './measures.js';
import {
  countLines,
  type Definition,
  definition,
  definitions,
  type Item,
  linesOf,
  type PythonClass,
  type PythonModule,
  render,
  seeded,
  shuffled,
  withClass,
} from './python-writer.js';
import { recordClass, tableFields, tableMethods, tableSupply } from './records.js';

export interface Built {
  readonly domain: Domain;
  readonly module: PythonModule;
  /** The generated methods that were taken, with their checks. */
  readonly used: readonly Probed[];
  /** Those that were not. */
  readonly left: readonly Probed[];
}

/** Below this many missing lines the table of limits (or the catalogue) takes them all. */
const TAIL = 24;

/** A module of exactly `domain.lines` lines. */
export function build(domain: Domain): Built {
  const measures = domain.measures.map(measureOf);
  const random = seeded(domain.path);
  const [firstState = ''] = domain.states;
  const supply = shuffled(random, [
    ...measures.flatMap((m) => measureMethods(m, domain.key, random)),
    ...domain.records.flatMap((r) => tableSupply(r, domain.stateEnum)),
  ]);
  const bare = skeleton(domain, measures, firstState);
  const missing = domain.lines - countLines(render(bare));
  const { taken, left, rest } = take(supply, missing, 1);
  const full = withClass(bare, domain.main, (c) =>
    extended(
      c,
      taken.map((p) => p.method),
    ),
  );
  return { domain, module: withLimits(full, measures, rest), used: taken, left };
}

/** Takes methods (each with the blank line before it) until few lines are missing, leaving at least `least` of them. */
export function take(
  supply: readonly Probed[],
  missing: number,
  least: number,
): { taken: Probed[]; left: Probed[]; rest: number } {
  const taken: Probed[] = [];
  const left: Probed[] = [];
  let rest = missing;
  for (const probed of supply) {
    const cost = probed.method.lines.length + 1;
    const fits = rest > TAIL && rest - cost >= least;
    (fits ? taken : left).push(probed);
    if (fits) rest -= cost;
  }
  if (rest < least) throw new Error(`${rest} lines left where ${least} are needed`);
  return { taken, left, rest };
}

/** The class with methods appended. */
export function extended(c: PythonClass, methods: readonly Definition[]): PythonClass {
  return { ...c, members: [...c.members, ...methods] };
}

function skeleton(domain: Domain, measures: readonly Measure[], firstState: string): PythonModule {
  const items: Item[] = [
    definition('LIMITS', 'LIMITS: Dict[str, float] = {\n}'),
    ...definitions(LIMIT_FOR),
    stateClass(domain),
    ...domain.records.map((r) => recordClass(r, domain.stateEnum, firstState)),
    ...definitions(domain.functions ?? ''),
    mainClass(domain, measures),
    definition(domain.singleton, `${domain.singleton} = ${domain.main}()`),
    ...definitions(domain.tail ?? ''),
  ];
  return { header: header(domain), items };
}

function header(domain: Domain): string[] {
  return linesOf(`
"""
${domain.title}.

${domain.purpose.trim()}
"""
import logging
import threading
import time
from collections import Counter, defaultdict, deque
from dataclasses import asdict, dataclass, field, replace
from enum import Enum
from typing import Any, Callable, Deque, Dict, List, Optional, Tuple
${domain.imports ? `\n${domain.imports.trim()}\n` : ''}
logger = logging.getLogger(__name__)`);
}

const LIMIT_FOR = `
def limit_for(name: str, fallback: float = 0.0) -> float:
    """A named limit of this module, or the fallback."""
    return LIMITS.get(name, fallback)`;

function stateClass(domain: Domain): Definition {
  const values = domain.states.map((state) => `    ${state.toUpperCase()} = "${state}"`);
  return definition(
    domain.stateEnum,
    `class ${domain.stateEnum}(Enum):\n    """States of ${domain.title.toLowerCase()}."""\n\n${values.join('\n')}`,
  );
}

function mainClass(domain: Domain, measures: readonly Measure[]): PythonClass {
  return {
    kind: 'class',
    name: domain.main,
    head: [
      `class ${domain.main}:`,
      `    """${domain.title}: one object per process, safe to share between threads."""`,
    ],
    members: [
      initializer(domain),
      ...definitions(HELPERS.replaceAll('KEY', domain.key)),
      ...definitions(domain.methods ?? ''),
      ...domain.records.flatMap(tableMethods),
      ...measures.map((m) => recorder(m, domain.key)),
    ],
  };
}

function initializer(domain: Domain): Definition {
  const own = [...tableFields(domain.records), ...linesOf(domain.init ?? '')].filter((line) => line);
  return definition(
    '__init__',
    `
def __init__(self, clock: Callable[[], float] = time.monotonic, history: int = 256) -> None:
    self._clock = clock
    self._lock = threading.RLock()
    self._counters: Dict[str, int] = Counter()
    self._readings: Dict[Tuple[str, str], Deque[Tuple[float, float]]] = defaultdict(lambda: deque(maxlen=history))
${own.map((line) => `    ${line}`).join('\n')}`,
  );
}

const HELPERS = `
def _values(self, measure: str, KEY: str) -> List[float]:
    """The kept values of one measure, oldest first; never creates a series."""
    return [value for _, value in self._readings.get((measure, KEY), ())]

def _latest(self, measure: str) -> Dict[str, float]:
    """The newest value of one measure for every KEY that has any."""
    with self._lock:
        series = [(item, readings) for (kind, item), readings in self._readings.items() if kind == measure]
        return {item: readings[-1][1] for item, readings in series if readings}

def counters(self) -> Dict[str, int]:
    """What this object has counted so far."""
    return dict(self._counters)
`;

const KINDS = [
  'critical',
  'alarm',
  'warning',
  'notice',
  'burst',
  'usual',
  'baseline',
  'recovery',
  'idle',
  'floor',
  'ignored',
  'noise',
];

function withLimits(module: PythonModule, measures: readonly Measure[], rows: number): PythonModule {
  const entries = KINDS.flatMap((kind, i) =>
    measures.map((m) => `    "${m.name}_${kind}": ${(m.ceiling * (0.95 - 0.07 * i)).toFixed(2)},`),
  ).slice(0, rows);
  if (entries.length < rows) throw new Error(`only ${entries.length} limits for ${rows} lines`);
  const table = definition('LIMITS', ['LIMITS: Dict[str, float] = {', ...entries, '}'].join('\n'));
  return { ...module, items: module.items.map((item) => (item.name === 'LIMITS' ? table : item)) };
}
