/** The hand-written part of `realtime_performance_monitoring`; its duplicate also replays windows (see pairs.ts). */
import { type Domain, record } from '../domain.js';

export const monitoring: Domain = {
  path: 'integration/realtime_performance_monitoring.py',
  lines: 1284,
  title: 'Performance monitoring in real time',
  purpose: `
Takes samples, folds them into windows, and raises alerts by rules that are
written as small texts such as "latency > 200 for 3".`,
  imports: `
from .cross_system_apis import (
    CrossSystemRequest,
    SystemType,
    cross_system_coordinator,
)`,
  main: 'RealtimePerformanceMonitoring',
  singleton: 'performance_monitor',
  key: 'probe',
  stateEnum: 'AlertState',
  states: ['quiet', 'pending', 'firing', 'acknowledged'],
  records: [
    record(
      'ProbeDescription',
      'probe',
      'probes',
      { interval: '5.0', timeout: '1.0', retries: '0' },
      { target: 'localhost', protocol: 'http' },
    ),
    record(
      'AlertChannel',
      'channel',
      'channels',
      { urgency: '1', delay: '0.0' },
      { address: 'operations', medium: 'mail' },
    ),
    record(
      'ServiceObjective',
      'objective',
      'objectives',
      { goal: '0.99', period: '30', burned: '0.0' },
      { service: 'web' },
    ),
    record('MaintenanceWindow', 'maintenance', 'maintenances', { start: '0.0', length: '3600.0' }, { service: 'web' }),
  ],
  measures: [
    'response_time milliseconds 2000',
    'frame_rate per_second 120',
    'disk_latency milliseconds 100',
    'network_loss percent 100',
    'heap_size megabytes 8192',
    'thread_count threads 512',
    'gc_pause milliseconds 500',
    'alert_noise alerts 100',
  ],
  init: `
self._rules: List["AlertRule"] = []
self._samples: Dict[str, List[float]] = {}`,
  functions: `
@dataclass(frozen=True)
class AlertRule:
    """A metric that must stay on one side of a limit for some samples."""

    metric: str
    operator: str
    limit: float
    samples: int = 1

    def broken_by(self, values: List[float]) -> bool:
        """Whether the last samples all break the rule."""
        recent = values[-self.samples:]
        if len(recent) < self.samples:
            return False
        if self.operator == ">":
            return all(value > self.limit for value in recent)
        return all(value < self.limit for value in recent)

def parse_rule(text: str) -> AlertRule:
    """The rule that a text such as "latency > 200 for 3" describes."""
    words = text.split()
    if len(words) not in (3, 5) or words[1] not in ("<", ">"):
        raise ValueError("not a rule: %r" % text)
    samples = int(words[4]) if len(words) == 5 and words[3] == "for" else 1
    return AlertRule(words[0], words[1], float(words[2]), samples)

def fold_window(values: List[float]) -> Dict[str, float]:
    """Least, greatest and mean value of a window."""
    if not values:
        return {"least": 0.0, "greatest": 0.0, "mean": 0.0}
    return {"least": min(values), "greatest": max(values), "mean": sum(values) / len(values)}`,
  methods: `
def watch(self, text: str) -> AlertRule:
    """Add a rule given as text."""
    rule = parse_rule(text)
    self._rules.append(rule)
    return rule

def sample(self, metric: str, value: float) -> List[AlertRule]:
    """Take a sample; gives the rules that it breaks."""
    with self._lock:
        values = self._samples.setdefault(metric, [])
        values.append(float(value))
    broken = [rule for rule in self._rules if rule.metric == metric and rule.broken_by(values)]
    for rule in broken:
        cross_system_coordinator.announce(SystemType.MONITORING, "alert", rule.metric)
    return broken

def summary(self, metric: str) -> Dict[str, float]:
    """All samples of a metric, folded."""
    return fold_window(self._samples.get(metric, []))

def ask_for_scale(self, service: str) -> bool:
    """Ask whoever handles scaling to look at a service."""
    request = CrossSystemRequest(SystemType.SCALING, "review", service)
    return cross_system_coordinator.send(request).succeeded`,
  testNames: ['fold_window', 'parse_rule'],
  tests: `
def test_a_rule_needs_its_samples(self):
    self.subject.watch("latency > 200 for 2")
    self.assertEqual(self.subject.sample("latency", 300), [])
    self.assertEqual(len(self.subject.sample("latency", 301)), 1)
    self.assertEqual(self.subject.summary("latency")["greatest"], 301.0)

def test_rules_are_parsed(self):
    self.assertEqual(parse_rule("load < 5").samples, 1)
    with self.assertRaises(ValueError):
        parse_rule("load about 5")
    self.assertEqual(fold_window([])["mean"], 0.0)`,
};
