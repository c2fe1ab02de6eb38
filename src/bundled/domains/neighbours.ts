/** The eight modules of `integration/` that have no duplicate, second half. */
import { type Domain, record } from '../domain.js';

const mesh: Domain = {
  path: 'integration/service_mesh_integration.py',
  lines: 723,
  title: 'Service mesh integration',
  purpose: 'Routes between services by name and version, with traffic split by weight.',
  imports: `
from .cross_system_apis import CrossSystemRequest, SystemType, cross_system_coordinator
from .load_balancing_system import load_balancer`,
  main: 'ServiceMeshIntegration',
  singleton: 'service_mesh',
  key: 'service',
  stateEnum: 'RouteState',
  states: ['active', 'shadow', 'blocked'],
  records: [
    record(
      'MeshRoute',
      'route',
      'routes',
      { weight: '1', version: '1', timeout: '2.0' },
      { service: 'web', cluster: 'main' },
    ),
  ],
  measures: [
    'hop_count hops 16',
    'mesh_latency milliseconds 800',
    'tls_errors errors 50',
    'retry_share percent 100',
    'sidecar_memory megabytes 512',
  ],
  methods: `
def split(self, service: str) -> Dict[str, float]:
    """The part of the traffic that each route of a service gets."""
    routes = [r for r in self._routes.values() if r.service == service and r.state is RouteState.ACTIVE]
    total = sum(route.weight for route in routes)
    return {route.name: route.weight / total for route in routes} if total else {}

def call(self, system: SystemType, operation: str, payload: Any = None) -> Any:
    """Call another system through the coordinator; raises what it reports."""
    answer = cross_system_coordinator.send(CrossSystemRequest(system, operation, payload))
    if not answer.succeeded:
        raise RuntimeError(answer.error)
    return answer.value

def balancing_counters(self) -> Dict[str, int]:
    """What the load balancer counted, for the mesh's own pages."""
    return load_balancer.counters()`,
  tests: `
def test_traffic_is_split_by_weight(self):
    shares = self.subject.split("web")
    self.assertAlmostEqual(sum(shares.values()), 1.0)
    with self.assertRaises(RuntimeError):
        from integration.cross_system_apis import SystemType

        self.subject.call(SystemType.DEPLOYMENT, "nobody/answers")`,
};

const environments: Domain = {
  path: 'integration/multi_environment_support.py',
  lines: 597,
  title: 'Support for several environments',
  purpose: 'Settings in layers (base, environment, overrides) and promotion from one environment to the next.',
  imports: `from .intelligent_caching_layer import cache_key, caching_layer`,
  main: 'MultiEnvironmentSupport',
  singleton: 'environment_support',
  key: 'environment',
  stateEnum: 'EnvironmentState',
  states: ['ready', 'locked', 'drained'],
  records: [
    record(
      'EnvironmentDescription',
      'description',
      'descriptions',
      { replicas: '1', order: '0' },
      { region: 'local', kind: 'development' },
    ),
  ],
  measures: ['config_drift settings 100', 'promotion_time seconds 900', 'secret_age days 365'],
  init: `
self._layers: Dict[str, Dict[str, Any]] = {"base": {}}`,
  methods: `
def define(self, layer: str, **settings: Any) -> None:
    """Set values in a layer."""
    self._layers.setdefault(layer, {}).update(settings)

def setting(self, environment: str, name: str, default: Any = None) -> Any:
    """The value of an environment, else that of the base."""
    for layer in (environment, "base"):
        if name in self._layers.get(layer, {}):
            return self._layers[layer][name]
    return default

def cached_setting(self, environment: str, name: str) -> Any:
    """A setting by way of the cache, for hot paths."""
    return caching_layer.get_or_compute(cache_key(environment, name), lambda: self.setting(environment, name), 1.0)`,
  tests: `
def test_layers(self):
    self.subject.define("base", colour="grey", size=1)
    self.subject.define("production", size=9)
    self.assertEqual(self.subject.setting("production", "size"), 9)
    self.assertEqual(self.subject.setting("production", "colour"), "grey")
    self.assertEqual(self.subject.cached_setting("production", "size"), 9)`,
};

const queue: Domain = {
  path: 'integration/distributed_task_queue.py',
  lines: 835,
  title: 'Distributed task queue',
  purpose: 'Tasks with priorities, leases that run out, and a shelf for those that keep failing.',
  imports: `
import heapq

from .comprehensive_error_recovery import (
    backoff_delays,
    classify_error,
)`,
  main: 'DistributedTaskQueue',
  singleton: 'task_queue',
  key: 'queue',
  stateEnum: 'TaskState',
  states: ['queued', 'leased', 'done', 'shelved'],
  records: [
    record(
      'TaskType',
      'task_type',
      'task_types',
      { priority: '5', attempts: '3', lease: '30.0' },
      { handler: 'default' },
    ),
    record('WorkerNode', 'worker', 'workers', { slots: '2', load: '0.0' }, { host: 'localhost' }),
  ],
  measures: [
    'backlog tasks 5000',
    'lease_time seconds 300',
    'shelf_size tasks 200',
    'task_age seconds 3600',
    'dispatch_rate per_second 1000',
  ],
  init: `
self._heap: List[Tuple[int, int, Any]] = []
self._number = 0
self.shelf: List[Any] = []`,
  methods: `
def push(self, task: Any, priority: int = 5) -> int:
    """Queue a task; smaller priorities come first, equal ones in their order."""
    with self._lock:
        self._number += 1
        heapq.heappush(self._heap, (priority, self._number, task))
    return self._number

def pop(self) -> Any:
    """The next task; None when there is none."""
    with self._lock:
        return heapq.heappop(self._heap)[2] if self._heap else None

def work(self, handler: Callable[[Any], Any], attempts: int = 2) -> int:
    """Handle everything queued; what cannot be retried is shelved."""
    done = 0
    task = self.pop()
    while task is not None:
        for number in range(1 + len(backoff_delays(attempts, 0.0, 0.0))):
            try:
                handler(task)
                done += 1
                break
            except Exception as error:
                if classify_error(error) != "retry" or number == attempts - 1:
                    self.shelf.append(task)
                    break
        task = self.pop()
    return done`,
  tests: `
def test_priorities_come_first(self):
    self.subject.push("late", 9)
    self.subject.push("soon", 1)
    self.assertEqual([self.subject.pop(), self.subject.pop(), self.subject.pop()], ["soon", "late", None])

def test_bad_tasks_are_shelved(self):
    for task in (1, 0, 2):
        self.subject.push(task)
    self.assertEqual(self.subject.work(lambda task: {1: "a", 2: "b"}[task]), 2)
    self.assertEqual(self.subject.shelf, [0])`,
};

const communication: Domain = {
  path: 'integration/cross_system_communication.py',
  lines: 668,
  title: 'Communication across systems',
  purpose: 'Channels with subscribers, on top of the coordinator, with a plan of when a message will have arrived.',
  imports: `
from .cross_system_apis import SystemType, cross_system_coordinator
from .cross_system_apis_robust import estimate_transfer_window, normalise_endpoint`,
  main: 'CrossSystemCommunication',
  singleton: 'communication_hub',
  key: 'channel',
  stateEnum: 'ChannelState',
  states: ['open', 'muted', 'closed'],
  records: [
    record('ChannelDescription', 'channel', 'channels', { capacity: '100', delay: '0.0' }, { topic: 'general' }),
  ],
  measures: [
    'message_rate per_second 2000',
    'delivery_time milliseconds 3000',
    'dropped_messages messages 100',
    'fan_out subscribers 64',
  ],
  init: `
self._subscribers: Dict[str, List[Callable[[Any], None]]] = {}`,
  methods: `
def subscribe(self, topic: str, listener: Callable[[Any], None]) -> int:
    """Add a listener to a topic; gives how many it has."""
    listeners = self._subscribers.setdefault(normalise_endpoint(topic), [])
    listeners.append(listener)
    return len(listeners)

def publish(self, topic: str, message: Any) -> int:
    """Hand a message to the topic's listeners; gives how many took it."""
    listeners = self._subscribers.get(normalise_endpoint(topic), [])
    for listener in listeners:
        listener(message)
    cross_system_coordinator.announce(SystemType.MONITORING, "published", topic)
    return len(listeners)

def arrival_window(self, message: str) -> float:
    """Seconds until a message will have arrived, as the estimate goes."""
    return estimate_transfer_window(len(message))`,
  tests: `
def test_topics_have_listeners(self):
    heard = []
    self.subject.subscribe("News/Local", heard.append)
    self.assertEqual(self.subject.publish("news/local", 7), 1)
    self.assertEqual(heard, [7])
    self.assertAlmostEqual(self.subject.arrival_window("x" * 1000), 1.5)`,
};

export const neighbours: readonly Domain[] = [mesh, environments, queue, communication];
