/** The hand-written part of `comprehensive_error_recovery`. */
import { type Domain, record } from '../domain.js';

export const recovery: Domain = {
  path: 'integration/comprehensive_error_recovery.py',
  lines: 1200,
  title: 'Comprehensive error recovery',
  purpose: `
Retries with growing delays, circuit breakers per component, and a record of
what failed, so that one broken part does not take the others with it.`,
  imports: `
from .cross_system_apis import (
    SystemType,
    cross_system_coordinator,
)`,
  main: 'ComprehensiveErrorRecovery',
  singleton: 'recovery_coordinator',
  key: 'component',
  stateEnum: 'RecoveryState',
  states: ['healthy', 'degraded', 'recovering', 'failed'],
  records: [
    record(
      'RecoveryPlan',
      'plan',
      'plans',
      { attempts: '3', base_delay: '0.1', max_delay: '5.0' },
      { component: 'core', action: 'restart' },
    ),
    record(
      'Incident',
      'incident',
      'incidents',
      { severity: '1', occurrences: '1', affected_users: '0' },
      { component: 'core', cause: 'unknown' },
    ),
    record('Checkpoint', 'checkpoint', 'checkpoints', { sequence: '0', size: '0' }, { component: 'core' }),
    record('Fallback', 'fallback', 'fallbacks', { priority: '1', staleness: '0.0' }, { provider: 'cache' }),
  ],
  measures: [
    'failure_rate per_minute 60',
    'recovery_time seconds 300',
    'retry_delay seconds 30',
    'open_circuits circuits 20',
    'lost_requests requests 1000',
    'error_budget percent 100',
    'rollback_depth steps 50',
  ],
  init: `
self._breakers: Dict[str, "CircuitBreaker"] = {}
self._failures: Deque[Tuple[str, str]] = deque(maxlen=history)`,
  functions: `
class RecoveryExhausted(Exception):
    """All attempts of a plan failed; the last error is the cause."""

class CircuitOpen(Exception):
    """A component is left alone for a while after too many failures."""

def backoff_delays(attempts: int, base: float, ceiling: float) -> List[float]:
    """Delays before each further attempt: doubled each time, up to a ceiling."""
    return [min(ceiling, base * 2 ** number) for number in range(max(0, attempts - 1))]

def classify_error(error: BaseException) -> str:
    """The kind of recovery an error calls for."""
    if isinstance(error, (TimeoutError, ConnectionError)):
        return "retry"
    if isinstance(error, MemoryError):
        return "restart"
    if isinstance(error, (ValueError, TypeError, KeyError)):
        return "reject"
    return "escalate"

class CircuitBreaker:
    """Opens after some failures in a row; lets one call through after a pause."""

    def __init__(self, threshold: int, pause: float, clock: Callable[[], float]) -> None:
        self.threshold = threshold
        self.pause = pause
        self._clock = clock
        self._failures = 0
        self._opened_at: Optional[float] = None

    def allows(self) -> bool:
        """Whether a call may be made now."""
        return self._opened_at is None or self._clock() - self._opened_at >= self.pause

    def note(self, succeeded: bool) -> None:
        """Count the outcome of a call."""
        if succeeded:
            self._failures = 0
            self._opened_at = None
            return
        self._failures += 1
        if self._failures >= self.threshold:
            self._opened_at = self._clock()`,
  methods: `
def breaker(self, component: str, threshold: int = 3, pause: float = 30.0) -> CircuitBreaker:
    """The circuit breaker of a component, made at first use."""
    with self._lock:
        if component not in self._breakers:
            self._breakers[component] = CircuitBreaker(threshold, pause, self._clock)
        return self._breakers[component]

def run(self, plan: RecoveryPlan, action: Callable[[], Any], sleep: Callable[[float], None] = time.sleep) -> Any:
    """Run an action under a plan: retry what can be retried, give up on the rest."""
    breaker = self.breaker(plan.component)
    if not breaker.allows():
        raise CircuitOpen(plan.component)
    delays = backoff_delays(plan.attempts, plan.base_delay, plan.max_delay)
    for number in range(plan.attempts):
        try:
            result = action()
        except Exception as error:
            self._note_failure(plan.component, error)
            breaker.note(False)
            if classify_error(error) != "retry" or number == plan.attempts - 1:
                raise RecoveryExhausted(plan.name) from error
            sleep(delays[number])
        else:
            breaker.note(True)
            return result
    raise RecoveryExhausted(plan.name)

def _note_failure(self, component: str, error: BaseException) -> None:
    """Keep a failure and tell the other systems."""
    self._failures.append((component, classify_error(error)))
    self._counters["failures"] += 1
    cross_system_coordinator.announce(SystemType.RECOVERY, "failure", component)

def recent_failures(self, component: Optional[str] = None) -> List[Tuple[str, str]]:
    """Failures kept, of one component or of all."""
    return [item for item in self._failures if component is None or item[0] == component]`,
  testNames: ['CircuitOpen', 'RecoveryExhausted', 'backoff_delays', 'classify_error'],
  tests: `
def test_delays_double_up_to_the_ceiling(self):
    self.assertEqual(backoff_delays(4, 1.0, 3.0), [1.0, 2.0, 3.0])

def test_timeouts_are_retried(self):
    outcomes = [TimeoutError(), TimeoutError(), "done"]

    def action():
        outcome = outcomes.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    self.assertEqual(self.subject.run(RecoveryPlan("p", component="db"), action, sleep=lambda _: None), "done")
    self.assertEqual(len(self.subject.recent_failures("db")), 2)

def test_an_open_circuit_is_left_alone(self):
    plan = RecoveryPlan("q", attempts=1, component="mail")
    for _ in range(3):
        with self.assertRaises(RecoveryExhausted):
            self.subject.run(plan, lambda: 1 / 0)
    with self.assertRaises(CircuitOpen):
        self.subject.run(plan, lambda: "never")
    self.assertEqual(classify_error(KeyError("x")), "reject")`,
};
