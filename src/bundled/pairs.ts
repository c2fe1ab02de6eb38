/**
 * The eight pairs: from one built module the kept file and its duplicate, so that their difference is known by
 * construction. Says nothing about who uses them.
 */
import { type Built, build, extended, take } from './builder.js';
import { type Domain, type Measure, measureOf, type Probed } from './domain.js';
import { analytics } from './domains/analytics.js';
import { apis } from './domains/apis.js';
import { caching } from './domains/caching.js';
import { execution } from './domains/execution.js';
import { monitoring } from './domains/monitoring.js';
import { prediction } from './domains/prediction.js';
import { recovery } from './domains/recovery.js';
import { scaling } from './domains/scaling.js';
import {
  countLines,
  type Definition,
  definition,
  definitions,
  type PythonModule,
  render,
  withClass,
} from './python-writer.js';

/** A kept module, its duplicate, and the qualified names in which they differ. */
export interface Pair {
  readonly domain: Domain;
  /** Texts of the kept file and of the duplicate. */
  readonly keep: string;
  readonly remove: string;
  readonly changed: readonly string[];
  readonly onlyKeep: readonly string[];
  readonly onlyRemove: readonly string[];
  /** The kept module's generated methods with their checks. */
  readonly probes: readonly Probed[];
}

/** All pairs, in the order of the table. */
export function pairs(): Pair[] {
  return [
    grown(build(scaling), 1092),
    withDocstring(grown(build(recovery), 1280, RECOVERY_TAIL), recovery.title),
    same(build(analytics)),
    replaced(build(apis), APIS_CHANGES, ['estimate_transfer_window', 'normalise_endpoint']),
    grown(build(caching), 1333),
    grown(build(prediction), 1141, PREDICTION_TAIL),
    withExtra(grown(build(monitoring), 1427), REPLAY),
    replaced(build(execution), EXECUTION_LAYOUT, []),
  ];
}

function same(built: Built): Pair {
  const text = render(built.module);
  return {
    domain: built.domain,
    keep: text,
    remove: text,
    changed: [],
    onlyKeep: [],
    onlyRemove: [],
    probes: built.used,
  };
}

/** The kept module is the built one plus methods (and `tail`) up to a line count; the duplicate is the built one. */
function grown(built: Built, lines: number, tail = ''): Pair {
  const functions = definitions(tail);
  const base: PythonModule = { ...built.module, items: [...built.module.items, ...functions] };
  const { taken, rest } = take(built.left, lines - countLines(render(base)), 6);
  const catalogue = catalogueOf(built.domain.measures.map(measureOf), rest - 5);
  const methods = taken.map((probed) => probed.method);
  const module = withClass(base, built.domain.main, (c) => {
    const middle = c.members.length >> 1;
    const inserted = methods.filter((_, i) => i % 2 === 0);
    const appended = methods.filter((_, i) => i % 2 === 1);
    const members = [...c.members.slice(0, middle), ...inserted, ...c.members.slice(middle)];
    return extended({ ...c, members }, [...appended, catalogue]);
  });
  const names = [...methods, catalogue].map((method) => `${built.domain.main}.${method.name}`);
  return {
    ...same(built),
    keep: render(module),
    onlyKeep: [...names, ...functions.map((f) => f.name)].sort(),
    probes: [...built.used, ...taken],
  };
}

function catalogueOf(measures: readonly Measure[], rows: number): Definition {
  const entries = [
    ...measures.map((m) => `        "${m.name}.unit": "${m.unit}",`),
    ...measures.map((m) => `        "${m.name}.label": "${m.words}",`),
    ...measures.map((m) => `        "${m.name}.ceiling": "${m.ceiling}",`),
    ...measures.map((m) => `        "${m.name}.kind": "gauge",`),
  ].slice(0, rows);
  if (entries.length < rows) throw new Error(`only ${entries.length} entries for ${rows} lines`);
  const text = [
    'def catalogue(self) -> Dict[str, str]:',
    '    """What is measured, and how it is shown."""',
    '    return {',
    ...entries,
    '    }',
  ];
  return definition('catalogue', text.join('\n'));
}

/** The duplicate's docstring differs in its first line. */
function withDocstring(pair: Pair, title: string): Pair {
  return { ...pair, remove: once(pair.remove, [`${title}.\n`, `${title}, as it was first written.\n`]) };
}

/** The duplicate has one function more, at its end. */
function withExtra(pair: Pair, text: string): Pair {
  const [extra] = definitions(text) as [Definition];
  return { ...pair, remove: `${pair.remove}\n\n${extra.lines.join('\n')}\n`, onlyRemove: [extra.name] };
}

/** The duplicate is the kept text with replacements. */
function replaced(built: Built, changes: readonly (readonly [string, string])[], changed: readonly string[]): Pair {
  const pair = same(built);
  return { ...pair, remove: changes.reduce((text, change) => once(text, change), pair.remove), changed };
}

function once(text: string, [before, after]: readonly [string, string]): string {
  if (text.split(before).length !== 2) throw new Error(`not exactly once: ${before}`);
  return text.replace(before, () => after);
}

const RECOVERY_TAIL = `
def worst_state(states: List[RecoveryState]) -> RecoveryState:
    """The state that a whole has when its parts have these."""
    order = [RecoveryState.HEALTHY, RecoveryState.DEGRADED, RecoveryState.RECOVERING, RecoveryState.FAILED]
    return max(states, key=order.index, default=RecoveryState.HEALTHY)`;

const PREDICTION_TAIL = `
def relative_error(expected: float, actual: float) -> float:
    """Error of a forecast as a part of the actual value."""
    if actual == 0:
        return 0.0 if expected == 0 else float("inf")
    return abs(expected - actual) / abs(actual)

def blend(forecasts: List[float], weights: List[float]) -> float:
    """One forecast of several, by weight."""
    total = sum(weights)
    if total <= 0:
        raise ValueError("the weights must sum to more than zero")
    return sum(value * weight for value, weight in zip(forecasts, weights)) / total`;

/** 15 lines: with the two blank ones before it, what the duplicate of the monitoring module is longer than the common part. */
const REPLAY = `
def replay_metric_window(values: List[float], width: int) -> List[Dict[str, float]]:
    """Fold recorded values again, window by window, as they were folded live.

    A last window that is not full is folded as well.
    """
    if width < 1:
        raise ValueError("a window holds at least one value")
    windows = []
    for start in range(0, len(values), width):
        part = [float(value) for value in values[start:start + width]]
        folded = fold_window(part)
        folded["count"] = float(len(part))
        windows.append(folded)
    logger.debug("replayed %d windows", len(windows))
    return windows`;

const APIS_CHANGES: readonly (readonly [string, string])[] = [
  ['bandwidth: int = 1000, attempts: int = 3)', 'bandwidth: int = 1000, attempts: int = 2)'],
  ['"/".join(part.lower() for part in parts)', '"/".join(part.lower().replace("_", "-") for part in parts)'],
];

/** Layout, comments, docstrings and quotes only; the lines that the signature loses come back as comment and docstring. */
const EXECUTION_LAYOUT: readonly (readonly [string, string])[] = [
  [
    'def execution_order(\n    steps: Dict[str, WorkflowStep],\n    strict: bool = True,\n) -> List[str]:\n',
    'def execution_order(steps: Dict[str, WorkflowStep], strict: bool = True) -> List[str]:\n',
  ],
  [
    '    # Sorted, so that the order does not depend on how the steps were added.\n',
    '    # Depth first, from every step that was not reached yet. Names are sorted,\n    # so that two runs with the same steps do the same things in the same order.\n',
  ],
  [
    '    """Run one step as often as it may be tried."""\n',
    '    """Run one step.\n\n        It is tried as often as the step says.\n        """\n',
  ],
  ['raise KeyError("unknown step: %s" % name)', "raise KeyError('unknown step: %s' % name)"],
  ['self._counters["failed_attempts"] += 1', "self._counters['failed_attempts'] += 1"],
  ['        # The order is found at run time, so a step may name later ones.\n', ''],
];
