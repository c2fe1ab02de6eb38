/**
 * The truth about the bundled repository's eight pairs, written down beside it: what each pair is, what must become of
 * it, and every place that names a duplicate. Symbol lists come from how the pairs are made, never from regraft.
 */
import { duplicatePath } from './index.js';
import { type Pair, pairs } from './pairs.js';

/** A place in the repository: the line of `path` that holds `text`, of which there is exactly one. */
export interface TruthPlace {
  readonly path: string;
  readonly text: string;
}

export interface PairTruth {
  readonly keep: string;
  readonly remove: string;
  readonly lines: { readonly keep: number; readonly remove: number };
  readonly verdict: 'identical' | 'equivalent' | 'subset' | 'superset' | 'diverged';
  readonly decision: 'delete' | 'refuse';
  /** Why it is refused; sorted, empty for a deletion. */
  readonly codes: readonly string[];
  /** Whether accepting the evidence places (and nothing else) turns the refusal into a deletion. */
  readonly deletedWhenAccepted: boolean;
  /** References that are rewritten when the pair is deleted, or would have to be. */
  readonly references: readonly TruthPlace[];
  /** Places that are the reason of a refusal. */
  readonly evidence: readonly TruthPlace[];
  /** Reports and documents: named, never a reason to keep. */
  readonly mentions: readonly TruthPlace[];
  /** Qualified names (`function`, `Class.method`) in both files with different code. */
  readonly changed: readonly string[];
  readonly onlyKeep: readonly string[];
  readonly onlyRemove: readonly string[];
  /** Lines that go when the duplicate goes. */
  readonly linesSaved: number;
}

/** What is written by hand about one pair; the rest follows from its name and its making. */
interface Written {
  readonly name: string;
  readonly lines: readonly [keep: number, remove: number];
  readonly verdict: PairTruth['verdict'];
  readonly codes?: readonly string[];
  readonly deletedWhenAccepted?: boolean;
  readonly references?: readonly TruthPlace[];
  readonly evidence?: readonly TruthPlace[];
  readonly documents?: readonly TruthPlace[];
  /** Where recipes name it. Default: by its path, once. */
  readonly inRecipes?: readonly string[];
}

const at = (path: string, text: string): TruthPlace => ({ path, text });

const PLAN = 'docs/consolidation_plan.md';
const RECIPES = ['refactoring/1-quick-wins.yaml', 'refactoring/all-phases.yaml'];
const APIS_USER = at('integration/cross_system_communication.py', 'from .cross_system_apis_robust import');
const MONITORING_USER = at(
  'deployment/swarm_orchestrator.py',
  'from integration.realtime_performance_monitoring_robust import RealtimePerformanceMonitoring, replay_metric_window',
);

const WRITTEN: readonly Written[] = [
  {
    name: 'automatic_scaling_system',
    lines: [1092, 1050],
    verdict: 'subset',
    references: [at('scripts/integration_harness.py', '    from integration.automatic_scaling_system_robust import')],
    documents: [at(PLAN, '`integration\\automatic_scaling_system_robust.py`')],
  },
  {
    name: 'comprehensive_error_recovery',
    lines: [1280, 1200],
    verdict: 'subset',
    references: [at('dashboard/api/workflow.py', '    from integration.comprehensive_error_recovery_robust import')],
  },
  {
    name: 'cross_system_analytics',
    lines: [932, 932],
    verdict: 'identical',
    references: [at('integration/__init__.py', 'from .cross_system_analytics_robust import (')],
  },
  {
    name: 'cross_system_apis',
    lines: [617, 617],
    verdict: 'diverged',
    codes: ['body-differs', 'signature-differs'],
    references: [APIS_USER],
    evidence: [APIS_USER],
    documents: [at(PLAN, '`integration\\cross_system_apis_robust.py`')],
    inRecipes: [
      'integration/cross_system_apis_robust.py #',
      'integration/cross_system_apis_robust.py:estimate_transfer_window',
      'integration/cross_system_apis_robust.py:normalise_endpoint',
    ],
  },
  {
    name: 'intelligent_caching_layer',
    lines: [1333, 1286],
    verdict: 'subset',
    references: [
      at('tests/test_caching_patches.py', 'from integration.intelligent_caching_layer_robust import'),
      at('tests/test_caching_patches.py', '"integration.intelligent_caching_layer_robust.estimate_payload_size"'),
      at('tests/test_directory_name.py', 'from TestMaster.integration.intelligent_caching_layer_robust import'),
    ],
  },
  {
    name: 'predictive_analytics_engine',
    lines: [1141, 1060],
    verdict: 'subset',
    codes: ['dynamic-import'],
    // The place that stands in the way is the call; the name itself stands in the list that feeds it.
    references: [at('scripts/health_check.py', '"predictive_analytics_engine_robust",')],
    evidence: [at('scripts/health_check.py', 'importlib.import_module(f"integration.{name}")')],
  },
  {
    name: 'realtime_performance_monitoring',
    lines: [1427, 1301],
    verdict: 'diverged',
    codes: ['missing-name'],
    references: [MONITORING_USER],
    evidence: [MONITORING_USER],
  },
  {
    name: 'workflow_execution_engine',
    lines: [990, 990],
    verdict: 'equivalent',
    codes: ['path-reference'],
    deletedWhenAccepted: true,
    references: [at('scripts/restore_integration.py', "'integration/workflow_execution_engine_robust.py'")],
    evidence: [at('scripts/restore_integration.py', "'integration/workflow_execution_engine_robust.py'")],
    documents: [at(PLAN, '`integration/workflow_execution_engine_robust.py`')],
  },
];

/** The truth of every pair, in the order of the user's table. */
export const TRUTH: readonly PairTruth[] = truthOf(pairs());

function truthOf(made: readonly Pair[]): PairTruth[] {
  return WRITTEN.map((written) => {
    const keep = `integration/${written.name}.py`;
    const pair = made.find((candidate) => candidate.domain.path === keep);
    if (!pair) throw new Error(`no pair is made at ${keep}`);
    return pairTruth(written, pair);
  });
}

function pairTruth(written: Written, made: Pair): PairTruth {
  const keep = made.domain.path;
  const codes = written.codes ?? [];
  const inRecipes = written.inRecipes ?? [`integration/${written.name}_robust.py`];
  return {
    keep,
    remove: duplicatePath(keep),
    lines: { keep: written.lines[0], remove: written.lines[1] },
    verdict: written.verdict,
    decision: codes.length > 0 ? 'refuse' : 'delete',
    codes,
    deletedWhenAccepted: written.deletedWhenAccepted ?? false,
    references: written.references ?? [],
    evidence: written.evidence ?? [],
    mentions: [
      ...(written.documents ?? []),
      ...RECIPES.flatMap((recipe) => inRecipes.map((text) => at(recipe, text))),
      reported(written.name),
    ],
    changed: made.changed,
    onlyKeep: made.onlyKeep,
    onlyRemove: made.onlyRemove,
    linesSaved: written.lines[1],
  };
}

/** Each duplicate stands in the scan's report, with the separators of Windows (twice, as JSON writes them). */
function reported(name: string): TruthPlace {
  return at('reports/redundancy_report.json', `integration\\\\${name}_robust.py`);
}
