/** Workflow modules outside of `integration/`: orchestration and intelligence. They import it absolutely, often guarded. */
import { type Domain, record } from '../domain.js';

const unified: Domain = {
  path: 'orchestration/unified_orchestrator.py',
  lines: 521,
  title: 'Unified orchestrator',
  purpose: 'Plans work over agents and looks at the analytics before it does.',
  imports: `
from integration import AnalyticsQuery, ResilientAnalytics, correlate_series
from integration.cross_system_apis import SystemType, cross_system_coordinator

try:
    from integration.predictive_analytics_engine import PredictiveAnalyticsEngine
    PREDICTION_AVAILABLE = True
except ImportError:
    PREDICTION_AVAILABLE = False`,
  main: 'UnifiedOrchestrator',
  singleton: 'unified_orchestrator_instance',
  key: 'agent',
  stateEnum: 'OrchestrationState',
  states: ['idle', 'planning', 'executing', 'done'],
  records: [record('AgentProfile', 'agent', 'agents', { capacity: '2', load: '0' }, { role: 'worker' })],
  measures: ['plan_time milliseconds 800', 'agent_load tasks 40', 'handover_count handovers 100'],
  init: 'self.analytics = ResilientAnalytics()',
  methods: `
def assign(self, tasks: List[str]) -> Dict[str, List[str]]:
    """Give each task to the agent with the most room; ties by name."""
    room = {name: agent.capacity - agent.load for name, agent in self._agents.items()}
    plan: Dict[str, List[str]] = {name: [] for name in room}
    for task in tasks:
        chosen = min(room, key=lambda name: (-room[name], name))
        plan[chosen].append(task)
        room[chosen] -= 1
    cross_system_coordinator.announce(SystemType.WORKFLOW, "assigned", len(tasks))
    return plan

def busiest(self, *sources: str) -> str:
    """The source whose collected points have the highest mean."""
    return max(sources, key=lambda source: self.analytics.answer(AnalyticsQuery(source)))

def move_together(self, left: List[float], right: List[float]) -> bool:
    """Whether two series of loads rise and fall together."""
    return correlate_series(left, right) > 0.5

def expected(self, points: List[float]) -> float:
    """The next value of a series, or its last one without the prediction engine."""
    if not PREDICTION_AVAILABLE:
        return points[-1]
    engine = PredictiveAnalyticsEngine()
    engine.feed("points", *points)
    return engine.predict("points")[0]`,
  tests: `
def test_work_goes_where_room_is(self):
    self.assertEqual(self.subject.assign(["x", "y"]), {"first": [], "second": ["x", "y"]})

def test_analytics_of_the_package(self):
    self.subject.analytics.collect("a", 1, 2)
    self.subject.analytics.collect("b", 5)
    self.assertEqual(self.subject.busiest("a", "b"), "b")
    self.assertTrue(self.subject.move_together([1, 2, 3], [2, 3, 5]))
    self.assertEqual(self.subject.expected([1, 2, 3, 4, 5]), 6.0)`,
};

const swarmRouter: Domain = {
  path: 'orchestration/swarm_router_enhancement.py',
  lines: 342,
  title: 'Swarm router enhancement',
  purpose: 'Routes messages of a swarm by topic, with a fallback when the mesh is not there.',
  imports: `
try:
    from integration.service_mesh_integration import ServiceMeshIntegration
    MESH_AVAILABLE = True
except ImportError:
    MESH_AVAILABLE = False`,
  main: 'SwarmRouterEnhancement',
  singleton: 'swarm_router',
  key: 'topic',
  stateEnum: 'RouterState',
  states: ['listening', 'routing', 'muted'],
  records: [record('SwarmTopic', 'topic', 'topics', { members: '1', priority: '1' }, { pattern: '*' })],
  measures: ['routing_time microseconds 900', 'topic_depth messages 300'],
  methods: `
def route(self, message: str) -> List[str]:
    """Topics whose name occurs in a message, the most urgent first."""
    found = [topic for topic in self._topics.values() if topic.name in message]
    return [topic.name for topic in sorted(found, key=lambda topic: (-topic.priority, topic.name))]

def mesh(self) -> Optional[Any]:
    """A mesh to send through; None when it cannot be imported."""
    return ServiceMeshIntegration(self._clock) if MESH_AVAILABLE else None`,
  tests: `
def test_topics_are_found_in_messages(self):
    self.assertEqual(self.subject.route("the second and the first"), ["first", "second"])
    self.assertIsNotNone(self.subject.mesh())`,
};

const coordinator: Domain = {
  path: 'core/intelligence/orchestration/agent_coordinator.py',
  lines: 388,
  title: 'Agent coordinator',
  purpose: 'Lets agents vote and keeps what they agreed on.',
  imports: 'from integration.distributed_task_queue import DistributedTaskQueue',
  main: 'AgentCoordinator',
  singleton: 'agent_coordinator_instance',
  key: 'agent',
  stateEnum: 'VoteState',
  states: ['open', 'agreed', 'split'],
  records: [record('Ballot', 'ballot', 'ballots', { quorum: '2', votes: '0' }, { subject: 'plan' })],
  measures: ['vote_time seconds 30', 'agreement percent 100', 'message_count messages 400'],
  init: 'self.queue = DistributedTaskQueue(clock)',
  methods: `
def tally(self, votes: Dict[str, str], quorum: int) -> Optional[str]:
    """The choice with at least a quorum of votes; None when there is no such."""
    counts = Counter(votes.values())
    for choice in sorted(counts):
        if counts[choice] >= quorum and counts[choice] * 2 > len(votes):
            return choice
    return None

def delegate(self, *tasks: str) -> int:
    """Queue tasks for whoever is free; gives the number of the last."""
    number = 0
    for task in tasks:
        number = self.queue.push(task)
    return number`,
  tests: `
def test_votes(self):
    self.assertEqual(self.subject.tally({"a": "x", "b": "x", "c": "y"}, 2), "x")
    self.assertIsNone(self.subject.tally({"a": "x", "b": "y"}, 1))
    self.assertEqual(self.subject.delegate("t1", "t2"), 2)`,
};

const intelligenceEngine: Domain = {
  path: 'core/intelligence/orchestration/workflow_orchestration_engine.py',
  lines: 402,
  title: 'Workflow orchestration engine',
  purpose: 'Runs several workflows one after another and keeps how they ended.',
  imports: `
from integration.workflow_execution_engine import (
    WorkflowExecutionEngine,
    WorkflowStep,
)`,
  main: 'WorkflowOrchestrationEngine',
  singleton: 'orchestration_engine',
  key: 'workflow',
  stateEnum: 'EndState',
  states: ['pending', 'finished', 'broken'],
  records: [record('WorkflowRecord', 'workflow', 'workflows', { runs: '0', weight: '1' }, { owner: 'nobody' })],
  measures: ['run_time seconds 7200', 'outcome_score points 10', 'waiting_runs runs 80'],
  methods: `
def run_all(self, workflows: Dict[str, Dict[str, Callable[[Dict[str, Any]], Any]]]) -> Dict[str, str]:
    """Run workflows by name; gives how each ended."""
    ends = {}
    for name in sorted(workflows):
        engine = WorkflowExecutionEngine(self._clock)
        for step, action in workflows[name].items():
            engine.add_step(WorkflowStep(step, action))
        try:
            engine.execute()
            ends[name] = EndState.FINISHED.value
        except Exception as error:
            logger.info("workflow %s broke: %s", name, error)
            ends[name] = EndState.BROKEN.value
    return ends`,
  tests: `
def test_one_broken_workflow_does_not_stop_the_others(self):
    ends = self.subject.run_all({"bad": {"s": lambda r: 1 / 0}, "good": {"s": lambda r: 1}})
    self.assertEqual(ends, {"bad": "broken", "good": "finished"})`,
};

const unifiedWorkflow: Domain = {
  path: 'core/intelligence/coordination/unified_workflow_orchestrator.py',
  lines: 431,
  title: 'Unified workflow orchestrator',
  purpose: 'Merges workflows that name the same steps; the split of this module was never finished.',
  imports: `
try:
    from TestMaster.integration.workflow_framework import WorkflowFramework
except ImportError:
    from integration.workflow_framework import WorkflowFramework`,
  main: 'UnifiedWorkflowOrchestrator',
  singleton: 'unified_workflows',
  key: 'stage',
  stateEnum: 'StageState',
  states: ['queued', 'merged', 'dropped'],
  records: [record('Stage', 'stage', 'stages', { position: '0', width: '1' }, { workflow: 'main' })],
  measures: ['merge_time milliseconds 700', 'conflict_count conflicts 30', 'stage_size steps 60'],
  init: 'self.framework = WorkflowFramework(clock)',
  methods: `
def merge(self, *workflows: List[str]) -> List[str]:
    """One order of all steps that keeps the order of each workflow."""
    merged: List[str] = []
    for workflow in workflows:
        position = 0
        for step in workflow:
            if step in merged:
                position = merged.index(step) + 1
            else:
                merged.insert(position, step)
                position += 1
    return merged`,
  tests: `
def test_orders_are_kept(self):
    self.assertEqual(self.subject.merge(["a", "c"], ["a", "b", "c"]), ["a", "b", "c"])`,
};

export const orchestration: readonly Domain[] = [
  unified,
  swarmRouter,
  coordinator,
  intelligenceEngine,
  unifiedWorkflow,
];
