/** What the inventory says of the bundled repository, against what its modules are for (`src/bundled/domains/`). */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundledRepository } from '../../src/bundled/index.js';
import { type Sandbox, sandbox } from '../support/cli.js';

let box: Sandbox;
let data: any;
beforeAll(async () => {
  const { name, files } = bundledRepository();
  box = sandbox(Object.fromEntries(files), { name });
  data = (await box.json('inventory')).data;
}, 60_000);
afterAll(() => box.remove());

/** Everything that is called a workflow; the copy of the execution engine counts with its original. */
const WORKFLOW_MODULES = [
  'core/intelligence/analysis/business_workflow_analyzer.py',
  'core/intelligence/coordination/unified_workflow_orchestrator.py',
  'core/intelligence/coordination/unified_workflow_orchestrator_modules/workflow_metrics.py',
  'core/intelligence/coordination/unified_workflow_orchestrator_modules/workflow_runner.py',
  'core/intelligence/coordination/unified_workflow_orchestrator_modules/workflow_storage.py',
  'core/intelligence/orchestration/workflow_orchestration_engine.py',
  'dashboard/api/workflow.py',
  'integration/visual_workflow_designer.py',
  'integration/workflow_execution_engine.py',
  'integration/workflow_framework.py',
  'testmaster/core/workflow_graph.py',
];

/**
 * Both fill an execution engine with named steps and run it: the one for several workflows in turn, the other along the
 * arrows of a graph. The rest draws, measures, merges, stores, answers pages: no two do the same job.
 */
const PARTLY_THE_SAME = [
  'core/intelligence/orchestration/workflow_orchestration_engine.py',
  'testmaster/core/workflow_graph.py',
];

it('finds the workflow modules over their directories, and who of them does partly the same', () => {
  const [workflow] = data.topics;
  const paths = (wanted: (level: string) => boolean) =>
    workflow.modules.filter(({ level }: { level: string }) => wanted(level)).map(({ path }: { path: string }) => path);
  expect(workflow.topic).toBe('workflow');
  expect(paths(() => true).sort()).toEqual(WORKFLOW_MODULES);
  expect(paths((level) => level === 'high')).toEqual([]);
  expect(paths((level) => level === 'medium').sort()).toEqual(PARTLY_THE_SAME);
});

it('says by what they are the same', () => {
  expect(data.topics[0].modules[0].evidence.calls).toEqual(
    expect.arrayContaining(['add_step', 'execute', 'WorkflowExecutionEngine', 'WorkflowStep']),
  );
});

it('names the package of broken splits, and nothing else, as broken', () => {
  expect(data.brokenPackages).toMatchObject([
    {
      path: 'core/intelligence/coordination/unified_workflow_orchestrator_modules',
      modules: 4,
      affected: 3,
      failing: 3,
      imports: 6,
      guarded: 0,
    },
  ]);
});
