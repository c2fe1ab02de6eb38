/** Workflow modules at the edges of the codebase: deployment, dashboard, graph, analysis. */
import { type Domain, record } from '../domain.js';

const swarm: Domain = {
  path: 'deployment/swarm_orchestrator.py',
  lines: 367,
  title: 'Swarm orchestrator',
  purpose: 'Rolls a release out in waves and stops when the measurements get worse.',
  imports: `
from integration.multi_environment_support import environment_support
from integration.realtime_performance_monitoring_robust import RealtimePerformanceMonitoring, replay_metric_window`,
  main: 'SwarmOrchestrator',
  singleton: 'swarm_orchestrator_instance',
  key: 'node',
  stateEnum: 'RolloutState',
  states: ['prepared', 'rolling', 'halted', 'complete'],
  records: [record('Release', 'release', 'releases', { wave: '1', size: '10' }, { channel: 'stable' })],
  measures: ['wave_time seconds 1800', 'node_errors errors 40'],
  init: 'self.monitor = RealtimePerformanceMonitoring(clock)',
  methods: `
def waves(self, nodes: List[str], first: int = 1) -> List[List[str]]:
    """Nodes in waves, each twice as large as the one before."""
    waves = []
    size = first
    rest = list(nodes)
    while rest:
        waves.append(rest[:size])
        rest = rest[size:]
        size *= 2
    return waves

def may_continue(self, errors: List[float], limit: float) -> bool:
    """Whether no window of the replayed errors is over a limit."""
    return all(window["mean"] <= limit for window in replay_metric_window(errors, 3))

def region(self, environment: str) -> Any:
    """Where an environment is deployed."""
    return environment_support.setting(environment, "region", "local")`,
  tests: `
def test_waves_double(self):
    self.assertEqual(self.subject.waves(["a", "b", "c", "d"]), [["a"], ["b", "c"], ["d"]])

def test_bad_windows_halt_the_rollout(self):
    self.assertTrue(self.subject.may_continue([0, 1, 2], 1.0))
    self.assertFalse(self.subject.may_continue([0, 0, 0, 9, 9, 9], 3.0))
    self.assertEqual(self.subject.region("staging"), "local")`,
};

const business: Domain = {
  path: 'core/intelligence/analysis/business_workflow_analyzer.py',
  lines: 314,
  title: 'Business workflow analyzer',
  purpose: 'Finds the step in which most time is lost.',
  imports: `
try:
    from integration.cross_system_analytics import AnalyticsQuery, CrossSystemAnalytics
    ANALYTICS_AVAILABLE = True
except ImportError:
    ANALYTICS_AVAILABLE = False`,
  main: 'BusinessWorkflowAnalyzer',
  singleton: 'business_analyzer',
  key: 'process',
  stateEnum: 'ProcessState',
  states: ['modelled', 'measured', 'improved'],
  records: [record('BusinessProcess', 'process', 'processes', { steps: '3', handovers: '1' }, { department: 'sales' })],
  measures: ['lead_time hours 240', 'rework_share percent 100'],
  methods: `
def bottleneck(self, durations: Dict[str, List[float]]) -> str:
    """The step with the highest mean duration."""
    if not ANALYTICS_AVAILABLE:
        return max(durations, key=lambda step: sum(durations[step]) / len(durations[step]))
    hub = CrossSystemAnalytics(self._clock)
    for step, values in durations.items():
        hub.collect(step, *values)
    return max(durations, key=lambda step: hub.answer(AnalyticsQuery(step)))`,
  tests: `
def test_the_slowest_step(self):
    self.assertEqual(self.subject.bottleneck({"check": [1, 2], "approve": [9]}), "approve")`,
};

const graph: Domain = {
  path: 'testmaster/core/workflow_graph.py',
  lines: 296,
  title: 'Workflow graph',
  purpose: 'Nodes and arrows of a workflow, and what can be reached from where.',
  main: 'WorkflowGraph',
  singleton: 'default_graph',
  key: 'node',
  stateEnum: 'NodeState',
  states: ['unvisited', 'visited'],
  records: [record('GraphNode', 'node', 'nodes', { weight: '1', depth: '0' }, { kind: 'task' })],
  measures: ['node_degree arrows 40', 'path_length nodes 100'],
  init: 'self._arrows: Dict[str, List[str]] = {}',
  methods: `
def connect(self, start: str, end: str) -> None:
    """Draw an arrow."""
    self._arrows.setdefault(start, []).append(end)

def reachable(self, start: str) -> List[str]:
    """Everything that can be reached from a node, itself included."""
    seen = {start}
    waiting = [start]
    while waiting:
        for end in self._arrows.get(waiting.pop(), []):
            if end not in seen:
                seen.add(end)
                waiting.append(end)
    return sorted(seen)

def run(self, actions: Dict[str, Callable[[Dict[str, Any]], Any]]) -> Dict[str, Any]:
    """Run the nodes' actions along the arrows, on the execution engine."""
    from integration.workflow_execution_engine import WorkflowExecutionEngine, WorkflowStep

    engine = WorkflowExecutionEngine()
    for name, action in actions.items():
        needs = tuple(sorted(start for start, ends in self._arrows.items() if name in ends))
        engine.add_step(WorkflowStep(name, action, needs))
    return engine.execute()`,
  tests: `
def test_reach_and_run(self):
    self.subject.connect("a", "b")
    self.subject.connect("b", "c")
    self.assertEqual(self.subject.reachable("b"), ["b", "c"])
    actions = {"a": lambda r: 1, "b": lambda r: r["a"] + 1, "c": lambda r: r["b"] * 2}
    self.assertEqual(self.subject.run(actions)["c"], 4)`,
};

const dashboard: Domain = {
  path: 'dashboard/api/workflow.py',
  lines: 353,
  title: 'Workflow pages of the dashboard',
  purpose: 'Answers the dashboard with plain data; every part of it may be missing.',
  imports: `
try:
    from integration.comprehensive_error_recovery_robust import ComprehensiveErrorRecovery, RecoveryPlan
    RECOVERY_AVAILABLE = True
except ImportError:
    RECOVERY_AVAILABLE = False

try:
    from integration.visual_workflow_designer import workflow_designer
    DESIGNER_AVAILABLE = True
except ImportError:
    DESIGNER_AVAILABLE = False`,
  main: 'WorkflowApi',
  singleton: 'workflow_api',
  key: 'page',
  stateEnum: 'PageState',
  states: ['fresh', 'cached', 'broken'],
  records: [record('PageDescription', 'page', 'pages', { refresh: '10.0', panels: '2' }, { title: 'Workflows' })],
  measures: ['render_time milliseconds 900', 'page_views views 10000'],
  methods: `
def availability(self) -> Dict[str, bool]:
    """Which parts could be imported."""
    return {"recovery": RECOVERY_AVAILABLE, "designer": DESIGNER_AVAILABLE}

def safely(self, answer: Callable[[], Any]) -> Dict[str, Any]:
    """An answer, or the error that stood in its way, as plain data."""
    try:
        return {"ok": True, "value": self._recovering(answer) if RECOVERY_AVAILABLE else answer()}
    except Exception as error:
        return {"ok": False, "error": str(error)}

def _recovering(self, answer: Callable[[], Any]) -> Any:
    """An answer with the help of error recovery."""
    recovery = ComprehensiveErrorRecovery(self._clock)
    return recovery.run(RecoveryPlan("page", attempts=2, component="dashboard"), answer, sleep=lambda _: None)

def drawing(self, steps: Dict[str, Any]) -> str:
    """The drawing of some steps; empty without the designer."""
    return workflow_designer.draw(steps) if DESIGNER_AVAILABLE else ""`,
  tests: `
def test_errors_become_data(self):
    self.assertEqual(sorted(self.subject.availability()), ["designer", "recovery"])
    self.assertEqual(self.subject.safely(lambda: 3), {"ok": True, "value": 3})
    self.assertFalse(self.subject.safely(lambda: 1 / 0)["ok"])
    self.assertEqual(self.subject.drawing({}), "")`,
};

export const surroundings: readonly Domain[] = [swarm, business, graph, dashboard];
