/** The hand-written part of `cross_system_apis`, on which most other modules stand. */
import { type Domain, record } from '../domain.js';

export const apis: Domain = {
  path: 'integration/cross_system_apis.py',
  lines: 617,
  title: 'Interfaces between systems',
  purpose: `
One coordinator through which the systems call and inform each other, without
knowing each other's modules.`,
  main: 'CrossSystemCoordinator',
  singleton: 'cross_system_coordinator',
  key: 'endpoint',
  stateEnum: 'EndpointState',
  states: ['open', 'draining', 'closed'],
  records: [
    record(
      'EndpointDescription',
      'description',
      'descriptions',
      { version: '1', timeout: '5.0' },
      { system: 'core', protocol: 'local' },
    ),
  ],
  measures: ['call_time milliseconds 1000', 'payload_size bytes 65536', 'pending_calls calls 200'],
  init: `
self._handlers: Dict[Tuple["SystemType", str], Callable[[Any], Any]] = {}
self._events: Deque[Tuple["SystemType", str, Any]] = deque(maxlen=history)`,
  functions: `
class SystemType(Enum):
    """The systems that talk to each other."""

    SCALING = "scaling"
    RECOVERY = "recovery"
    ANALYTICS = "analytics"
    CACHING = "caching"
    PREDICTION = "prediction"
    MONITORING = "monitoring"
    WORKFLOW = "workflow"
    DEPLOYMENT = "deployment"

@dataclass(frozen=True)
class CrossSystemRequest:
    """A call to one operation of a system."""

    system: SystemType
    operation: str
    payload: Any = None

@dataclass(frozen=True)
class CrossSystemResponse:
    """What came back: a value, or the text of an error."""

    value: Any = None
    error: str = ""

    @property
    def succeeded(self) -> bool:
        return not self.error

def estimate_transfer_window(size: int, bandwidth: int = 1000, attempts: int = 3) -> float:
    """Seconds to plan for moving some bytes, further attempts included."""
    if bandwidth <= 0:
        raise ValueError("the bandwidth must be positive")
    once = size / bandwidth
    # Each attempt after the first is expected to move half of what is left.
    return once * (2.0 - 0.5 ** (attempts - 1))

def normalise_endpoint(endpoint: str) -> str:
    """The one spelling of an endpoint's name."""
    parts = [part for part in endpoint.strip().split("/") if part]
    return "/".join(part.lower() for part in parts)`,
  methods: `
def handle(self, system: SystemType, operation: str, handler: Callable[[Any], Any]) -> None:
    """Say who answers an operation; the last one said counts."""
    with self._lock:
        self._handlers[(system, normalise_endpoint(operation))] = handler

def send(self, request: CrossSystemRequest) -> CrossSystemResponse:
    """Call an operation; errors come back as text, never as exceptions."""
    handler = self._handlers.get((request.system, normalise_endpoint(request.operation)))
    if handler is None:
        return CrossSystemResponse(error="no handler for %s %s" % (request.system.value, request.operation))
    try:
        return CrossSystemResponse(value=handler(request.payload))
    except Exception as error:
        logger.warning("%s failed: %s", request.operation, error)
        return CrossSystemResponse(error=str(error) or type(error).__name__)

def announce(self, system: SystemType, event: str, payload: Any = None) -> None:
    """Tell everybody that something happened."""
    self._events.append((system, event, payload))
    self._counters["events"] += 1

def events(self, system: Optional[SystemType] = None) -> List[Tuple[SystemType, str, Any]]:
    """Events kept, of one system or of all, oldest first."""
    return [event for event in self._events if system is None or event[0] is system]`,
  testNames: ['CrossSystemRequest', 'SystemType', 'estimate_transfer_window', 'normalise_endpoint'],
  tests: `
def test_requests_reach_their_handler(self):
    self.subject.handle(SystemType.CACHING, "/Cache/Size/", len)
    answer = self.subject.send(CrossSystemRequest(SystemType.CACHING, "cache/size", [1, 2]))
    self.assertTrue(answer.succeeded)
    self.assertEqual(answer.value, 2)
    self.assertIn("no handler", self.subject.send(CrossSystemRequest(SystemType.SCALING, "x")).error)

def test_events_are_kept_by_system(self):
    self.subject.announce(SystemType.WORKFLOW, "started", "w1")
    self.assertEqual(self.subject.events(SystemType.WORKFLOW), [(SystemType.WORKFLOW, "started", "w1")])
    self.assertEqual(self.subject.events(SystemType.SCALING), [])

def test_helpers(self):
    self.assertEqual(normalise_endpoint(" /A//b/ "), "a/b")
    self.assertAlmostEqual(estimate_transfer_window(1000), 1.75)`,
};
