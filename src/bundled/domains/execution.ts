/** The hand-written part of `workflow_execution_engine`; pairs.ts lays parts of it out differently in the duplicate. */
import { type Domain, record } from '../domain.js';

export const execution: Domain = {
  path: 'integration/workflow_execution_engine.py',
  lines: 990,
  title: 'Workflow execution engine',
  purpose: `
Runs workflows: steps with dependencies, in an order that respects them, each
step retried as it says, the results handed on.`,
  imports: `from .cross_system_apis import SystemType, cross_system_coordinator`,
  main: 'WorkflowExecutionEngine',
  singleton: 'workflow_engine',
  key: 'workflow',
  stateEnum: 'WorkflowState',
  states: ['waiting', 'running', 'succeeded', 'failed'],
  records: [
    record(
      'WorkflowDefinition',
      'definition',
      'definitions',
      { version: '1', timeout: '60.0', parallel: '1' },
      { owner: 'system' },
    ),
    record('WorkerSlot', 'slot', 'slots', { capacity: '4', busy: '0' }, { host: 'localhost' }),
    record('TriggerRule', 'trigger', 'triggers', { interval: '300.0', fired: '0' }, { workflow: 'nightly' }),
  ],
  measures: [
    'step_time seconds 600',
    'queue_wait seconds 120',
    'retry_count retries 20',
    'active_steps steps 64',
    'result_size kilobytes 2048',
    'failure_share percent 100',
  ],
  init: `
self._steps: Dict[str, "WorkflowStep"] = {}`,
  functions: `
class WorkflowCycle(Exception):
    """The steps depend on each other in a circle."""

@dataclass
class WorkflowStep:
    """A step: what it runs, and which steps must have run before."""

    name: str
    action: Callable[[Dict[str, Any]], Any]
    after: Tuple[str, ...] = ()
    attempts: int = 1

def execution_order(
    steps: Dict[str, WorkflowStep],
    strict: bool = True,
) -> List[str]:
    """Names of the steps, each after those it depends on."""
    order: List[str] = []
    open_steps: List[str] = []

    def visit(name: str) -> None:
        if name in order:
            return
        if name in open_steps:
            raise WorkflowCycle(" -> ".join(open_steps + [name]))
        if name not in steps:
            if strict:
                raise KeyError("unknown step: %s" % name)
            return
        open_steps.append(name)
        for dependency in steps[name].after:
            visit(dependency)
        open_steps.pop()
        order.append(name)

    # Sorted, so that the order does not depend on how the steps were added.
    for name in sorted(steps):
        visit(name)
    return order`,
  methods: `
def add_step(self, step: WorkflowStep) -> WorkflowStep:
    """Add a step; a step of the same name is replaced."""
    # The order is found at run time, so a step may name later ones.
    self._steps[step.name] = step
    return step

def execute(self, inputs: Optional[Dict[str, Any]] = None) -> Dict[str, Any]:
    """Run all steps; gives the inputs and every step's result by name."""
    results = dict(inputs or {})
    for name in execution_order(self._steps):
        results[name] = self._run_step(self._steps[name], results)
    cross_system_coordinator.announce(SystemType.WORKFLOW, "finished", len(self._steps))
    return results

def _run_step(self, step: WorkflowStep, results: Dict[str, Any]) -> Any:
    """Run one step as often as it may be tried."""
    for number in range(1, step.attempts + 1):
        try:
            return step.action(results)
        except Exception:
            self._counters["failed_attempts"] += 1
            logger.info("step %s failed (attempt %d)", step.name, number)
            if number == step.attempts:
                raise
    return None`,
  testNames: ['WorkflowCycle', 'WorkflowStep', 'execution_order'],
  tests: `
def test_steps_run_after_what_they_need(self):
    self.subject.add_step(WorkflowStep("total", lambda r: r["a"] + r["b"], after=("a", "b")))
    self.subject.add_step(WorkflowStep("b", lambda r: r["a"] * 10, after=("a",)))
    self.subject.add_step(WorkflowStep("a", lambda r: r["start"]))
    self.assertEqual(self.subject.execute({"start": 2})["total"], 22)

def test_circles_are_refused(self):
    steps = {"x": WorkflowStep("x", dict, ("y",)), "y": WorkflowStep("y", dict, ("x",))}
    with self.assertRaises(WorkflowCycle):
        execution_order(steps)

def test_attempts_are_counted(self):
    self.subject.add_step(WorkflowStep("bad", lambda r: 1 / 0, attempts=2))
    with self.assertRaises(ZeroDivisionError):
        self.subject.execute()
    self.assertEqual(self.subject.counters()["failed_attempts"], 2)`,
};
