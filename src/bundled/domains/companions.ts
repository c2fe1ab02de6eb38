/** The eight modules of `integration/` that have no duplicate, first half. */
import { type Domain, record } from '../domain.js';

const framework: Domain = {
  path: 'integration/workflow_framework.py',
  lines: 742,
  title: 'Workflow framework',
  purpose: 'Named patterns (sequence, fan out, pipeline) from which workflows are put together.',
  imports: `
from .workflow_execution_engine import (
    WorkflowExecutionEngine,
    WorkflowStep,
)`,
  main: 'WorkflowFramework',
  singleton: 'workflow_framework_instance',
  key: 'pattern',
  stateEnum: 'PatternState',
  states: ['draft', 'published', 'deprecated'],
  records: [record('PatternTemplate', 'template', 'templates', { steps: '1', version: '1' }, { family: 'sequence' })],
  measures: ['pattern_use uses 500', 'build_time milliseconds 200', 'step_depth steps 20', 'variant_count variants 50'],
  methods: `
def sequence(self, *actions: Callable[[Dict[str, Any]], Any]) -> WorkflowExecutionEngine:
    """An engine that runs actions one after another."""
    engine = WorkflowExecutionEngine(clock=self._clock)
    before: Tuple[str, ...] = ()
    for number, action in enumerate(actions, 1):
        name = "step_%02d" % number
        engine.add_step(WorkflowStep(name, action, after=before))
        before = (name,)
    self._counters["sequences"] += 1
    return engine

def fan_out(self, source: Callable[[Dict[str, Any]], Any], *branches: Callable[[Dict[str, Any]], Any]) -> WorkflowExecutionEngine:
    """An engine that runs one action and then several that need its result."""
    engine = WorkflowExecutionEngine(clock=self._clock)
    engine.add_step(WorkflowStep("source", source))
    for number, branch in enumerate(branches, 1):
        engine.add_step(WorkflowStep("branch_%02d" % number, branch, after=("source",)))
    return engine`,
  tests: `
def test_patterns_run(self):
    engine = self.subject.sequence(lambda r: 2, lambda r: r["step_01"] + 1)
    self.assertEqual(engine.execute()["step_02"], 3)
    fan = self.subject.fan_out(lambda r: 5, lambda r: r["source"] * 2)
    self.assertEqual(fan.execute()["branch_01"], 10)`,
};

const designer: Domain = {
  path: 'integration/visual_workflow_designer.py',
  lines: 688,
  title: 'Visual workflow designer',
  purpose: 'Draws a workflow as boxes and arrows on a grid, and writes it as text.',
  imports: `
from .workflow_execution_engine import WorkflowStep, execution_order
from .workflow_framework import workflow_framework_instance`,
  main: 'VisualWorkflowDesigner',
  singleton: 'workflow_designer',
  key: 'canvas',
  stateEnum: 'CanvasState',
  states: ['empty', 'edited', 'saved'],
  records: [
    record('CanvasNode', 'node', 'nodes', { column: '0', row: '0', width: '12' }, { shape: 'box', colour: 'grey' }),
  ],
  measures: ['zoom_level percent 400', 'node_count nodes 200', 'edge_count edges 400', 'redraw_time milliseconds 100'],
  methods: `
def layout(self, steps: Dict[str, WorkflowStep]) -> Dict[str, int]:
    """The column of each step: one more than that of what it needs."""
    columns: Dict[str, int] = {}
    for name in execution_order(steps):
        columns[name] = 1 + max((columns[other] for other in steps[name].after), default=-1)
    return columns

def draw(self, steps: Dict[str, WorkflowStep]) -> str:
    """The steps as indented text, in the order in which they run."""
    columns = self.layout(steps)
    return "\\n".join("%s[%s]" % ("  " * columns[name], name) for name in columns)

def patterns_known(self) -> Dict[str, int]:
    """What the framework has built so far."""
    return workflow_framework_instance.counters()`,
  tests: `
def test_boxes_follow_their_needs(self):
    from integration.workflow_execution_engine import WorkflowStep

    steps = {"a": WorkflowStep("a", dict), "b": WorkflowStep("b", dict, ("a",))}
    self.assertEqual(self.subject.draw(steps), "[a]\\n  [b]")`,
};

const optimization: Domain = {
  path: 'integration/resource_optimization_engine.py',
  lines: 811,
  title: 'Resource optimization engine',
  purpose: 'Packs demands onto machines and says what could be switched off.',
  imports: `
from .automatic_scaling_system import clamp_replicas, scaling_system
from .cross_system_apis import SystemType, cross_system_coordinator`,
  main: 'ResourceOptimizationEngine',
  singleton: 'resource_optimizer',
  key: 'machine',
  stateEnum: 'PackingState',
  states: ['open', 'packed', 'over_committed'],
  records: [
    record('MachineType', 'machine', 'machines', { cores: '8', memory: '32', price: '0.4' }, { vendor: 'generic' }),
    record('Demand', 'demand', 'demands', { cores: '1', memory: '2' }, { service: 'web' }),
  ],
  measures: [
    'core_use cores 128',
    'memory_use gigabytes 512',
    'waste_share percent 100',
    'power_draw watts 1200',
    'packing_time milliseconds 400',
  ],
  methods: `
def pack(self, demands: Dict[str, int], capacity: int) -> List[List[str]]:
    """Put demands on as few machines as first-fit-decreasing finds."""
    machines: List[Tuple[int, List[str]]] = []
    for name, size in sorted(demands.items(), key=lambda item: (-item[1], item[0])):
        if size > capacity:
            raise ValueError("%s needs more than a machine has" % name)
        for index, (free, names) in enumerate(machines):
            if size <= free:
                machines[index] = (free - size, names + [name])
                break
        else:
            machines.append((capacity - size, [name]))
    cross_system_coordinator.announce(SystemType.SCALING, "packed", len(machines))
    return [names for _, names in machines]

def advise(self, service: str, idle: int) -> int:
    """Replicas that a service could do with when some are idle."""
    current = scaling_system.replicas_of(service)
    return clamp_replicas(current - idle, 1, current)`,
  tests: `
def test_large_demands_are_packed_first(self):
    self.assertEqual(self.subject.pack({"a": 2, "b": 6, "c": 4}, 8), [["b", "a"], ["c"]])
    self.assertEqual(self.subject.advise("unknown", 3), 1)`,
};

const balancing: Domain = {
  path: 'integration/load_balancing_system.py',
  lines: 764,
  title: 'Load balancing system',
  purpose: 'Chooses a backend for each request: round robin, least loaded, or by a stable hash.',
  imports: `from .realtime_performance_monitoring import performance_monitor`,
  main: 'LoadBalancingSystem',
  singleton: 'load_balancer',
  key: 'backend',
  stateEnum: 'BackendState',
  states: ['up', 'draining', 'down'],
  records: [
    record(
      'Backend',
      'backend',
      'backends',
      { weight: '1', connections: '0', failures: '0' },
      { address: '127.0.0.1', zone: 'a' },
    ),
  ],
  measures: [
    'connection_count connections 2000',
    'backend_latency milliseconds 1500',
    'rejected_share percent 100',
    'affinity_hits hits 5000',
    'drain_time seconds 90',
  ],
  init: `
self._turn = 0`,
  methods: `
def _available(self) -> List[Backend]:
    """Backends that take requests, by name."""
    return [self._backends[name] for name in sorted(self._backends) if self._backends[name].state is BackendState.UP]

def next_backend(self) -> Backend:
    """Round robin over the backends that are up."""
    backends = self._available()
    if not backends:
        raise LookupError("no backend is up")
    chosen = backends[self._turn % len(backends)]
    self._turn += 1
    performance_monitor.sample("balancing", self._turn)
    return chosen

def least_loaded(self) -> Backend:
    """The backend with the fewest connections for its weight."""
    return min(self._available(), key=lambda item: (item.connections / max(1, item.weight), item.name))

def by_hash(self, key: str) -> Backend:
    """The same backend for the same key, whatever the process."""
    backends = self._available()
    return backends[sum(key.encode("utf-8")) % len(backends)]`,
  tests: `
def test_turns_go_round(self):
    names = [self.subject.next_backend().name for _ in range(3)]
    self.assertEqual(names, ["first", "second", "first"])
    self.assertEqual(self.subject.by_hash("k").name, self.subject.by_hash("k").name)`,
};

export const companions: readonly Domain[] = [framework, designer, optimization, balancing];
