/** The hand-written part of `automatic_scaling_system`. */
import { type Domain, record } from '../domain.js';

export const scaling: Domain = {
  path: 'integration/automatic_scaling_system.py',
  lines: 1050,
  title: 'Automatic scaling of services',
  purpose: `
Decides how many replicas a service should have from its load, with a cooldown
between two decisions, and announces each change to the other systems.`,
  imports: `from .cross_system_apis import SystemType, cross_system_coordinator`,
  main: 'AutomaticScalingSystem',
  singleton: 'scaling_system',
  key: 'service',
  stateEnum: 'ScalingState',
  states: ['steady', 'growing', 'shrinking', 'frozen'],
  records: [
    record(
      'ScalingPolicy',
      'policy',
      'policies',
      { min_replicas: '1', max_replicas: '10', target_load: '0.6', cooldown: '30.0' },
      { service: 'web' },
    ),
    record(
      'NodePool',
      'node_pool',
      'node_pools',
      { capacity: '8', reserved: '0', hourly_price: '0.25' },
      { zone: 'a', family: 'general' },
    ),
    record(
      'ScalingSchedule',
      'schedule',
      'schedules',
      { start_hour: '8', end_hour: '18', extra_replicas: '2' },
      { service: 'web' },
    ),
  ],
  measures: [
    'cpu_load percent 100',
    'memory_use percent 100',
    'request_rate per_second 5000',
    'queue_depth items 1000',
    'startup_time seconds 120',
    'replica_count replicas 64',
    'cost_rate euros_per_hour 50',
  ],
  init: `
self._replicas: Dict[str, int] = {}
self._decided_at: Dict[str, float] = {}`,
  functions: `
def clamp_replicas(wanted: int, lowest: int, highest: int) -> int:
    """The nearest number of replicas that a policy allows."""
    if lowest > highest:
        raise ValueError("lowest %d is over highest %d" % (lowest, highest))
    return max(lowest, min(wanted, highest))

def desired_replicas(current: int, load: float, target: float) -> int:
    """Replicas that would bring the load per replica down (or up) to the target."""
    if target <= 0:
        raise ValueError("the target load must be positive")
    if current <= 0:
        return 1
    exact = current * load / target
    # Rounding up keeps the service below its target, never above.
    rounded = int(exact)
    return rounded if rounded == exact else rounded + 1

@dataclass(frozen=True)
class ScalingDecision:
    """What was decided for one service, and why."""

    service: str
    before: int
    after: int
    reason: str

    @property
    def direction(self) -> ScalingState:
        if self.after > self.before:
            return ScalingState.GROWING
        if self.after < self.before:
            return ScalingState.SHRINKING
        return ScalingState.STEADY`,
  methods: `
def replicas_of(self, service: str) -> int:
    """Replicas that a service has now; one unless something was decided."""
    return self._replicas.get(service, 1)

def decide(self, policy: ScalingPolicy, load: float) -> ScalingDecision:
    """Decide the replicas of the policy's service under a load per replica."""
    now = self._clock()
    before = self.replicas_of(policy.service)
    if policy.state is ScalingState.FROZEN:
        return ScalingDecision(policy.service, before, before, "the policy is frozen")
    last = self._decided_at.get(policy.service)
    if last is not None and now - last < policy.cooldown:
        return ScalingDecision(policy.service, before, before, "cooling down")
    wanted = desired_replicas(before, load, policy.target_load)
    after = clamp_replicas(wanted, policy.min_replicas, policy.max_replicas)
    reason = "load %.2f against target %.2f" % (load, policy.target_load)
    return self._settle(ScalingDecision(policy.service, before, after, reason), now)

def _settle(self, decision: ScalingDecision, now: float) -> ScalingDecision:
    """Remember a decision and tell the other systems when it changes something."""
    if decision.after != decision.before:
        with self._lock:
            self._replicas[decision.service] = decision.after
            self._decided_at[decision.service] = now
        cross_system_coordinator.announce(SystemType.SCALING, decision.direction.value, decision.service)
        logger.info("%s: %d -> %d replicas", decision.service, decision.before, decision.after)
    return decision

def scheduled_extra(self, service: str, hour: int) -> int:
    """Replicas that the schedules add for a service at an hour of the day."""
    active = [s for s in self._schedules.values() if s.service == service and s.start_hour <= hour < s.end_hour]
    return sum(schedule.extra_replicas for schedule in active)`,
  testNames: ['ScalingState', 'clamp_replicas', 'desired_replicas'],
  tests: `
def test_growth_rounds_up(self):
    self.assertEqual(desired_replicas(3, 0.9, 0.6), 5)
    self.assertEqual(clamp_replicas(50, 1, 10), 10)

def test_second_decision_waits_for_the_cooldown(self):
    policy = ScalingPolicy("p", service="api")
    first = self.subject.decide(policy, 1.8)
    self.assertEqual((first.before, first.after), (1, 3))
    self.assertIs(first.direction, ScalingState.GROWING)
    self.assertEqual(self.subject.decide(policy, 9.0).reason, "cooling down")

def test_schedules_add_replicas(self):
    self.subject.register_schedule(ScalingSchedule("office", service="shop"))
    self.assertEqual(self.subject.scheduled_extra("shop", 9), 2)
    self.assertEqual(self.subject.scheduled_extra("shop", 20), 0)`,
};
