/** The hand-written part of `cross_system_analytics`. */
import { type Domain, record } from '../domain.js';

export const analytics: Domain = {
  path: 'integration/cross_system_analytics.py',
  lines: 932,
  title: 'Analytics across systems',
  purpose: `
Collects series from several systems, correlates them, and answers simple
queries over what was collected.`,
  imports: `from .cross_system_apis import SystemType, cross_system_coordinator`,
  main: 'CrossSystemAnalytics',
  singleton: 'analytics_hub',
  key: 'source',
  stateEnum: 'AnalysisState',
  states: ['collecting', 'ready', 'stale', 'closed'],
  records: [
    record(
      'MetricSource',
      'source',
      'sources',
      { interval: '60.0', retention: '3600' },
      { system: 'core', unit: 'count' },
    ),
    record(
      'InsightReport',
      'insight',
      'insights',
      { score: '0.5', evidence: '0', impact: '1.0' },
      { topic: 'latency' },
    ),
    record('Dashboard', 'dashboard', 'dashboards', { panels: '4', refresh: '30.0' }, { owner: 'operations' }),
  ],
  measures: [
    'latency milliseconds 2000',
    'throughput per_second 10000',
    'error_share percent 100',
    'saturation percent 100',
    'active_users users 50000',
    'data_volume megabytes 4096',
  ],
  init: `
self._points: Dict[str, List[float]] = {}`,
  functions: `
@dataclass(frozen=True)
class AnalyticsQuery:
    """What is asked: a source, how it is folded, and over how many points."""

    source: str
    fold: str = "mean"
    last: int = 0

@dataclass(frozen=True)
class CorrelationResult:
    """How two sources move together, from -1 to 1."""

    left: str
    right: str
    coefficient: float

    @property
    def strong(self) -> bool:
        return abs(self.coefficient) >= 0.8

def correlation(left: List[float], right: List[float]) -> float:
    """Pearson's coefficient of two series; zero when one of them is constant."""
    count = min(len(left), len(right))
    if count < 2:
        return 0.0
    xs, ys = left[-count:], right[-count:]
    mean_x, mean_y = sum(xs) / count, sum(ys) / count
    spread_x = sum((x - mean_x) ** 2 for x in xs)
    spread_y = sum((y - mean_y) ** 2 for y in ys)
    if spread_x == 0 or spread_y == 0:
        return 0.0
    together = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys))
    return together / (spread_x * spread_y) ** 0.5

FOLDS: Dict[str, Callable[[List[float]], float]] = {
    "mean": lambda points: sum(points) / len(points),
    "sum": lambda points: float(sum(points)),
    "max": lambda points: max(points),
    "min": lambda points: min(points),
    "last": lambda points: points[-1],
}`,
  methods: `
def collect(self, source: str, *points: float) -> int:
    """Add points to a source; gives how many it has now."""
    with self._lock:
        kept = self._points.setdefault(source, [])
        kept.extend(float(point) for point in points)
    return len(kept)

def answer(self, query: AnalyticsQuery) -> float:
    """The folded value that a query asks for."""
    points = self._points.get(query.source, [])
    if query.last:
        points = points[-query.last:]
    if not points:
        raise LookupError("nothing collected from %s" % query.source)
    try:
        fold = FOLDS[query.fold]
    except KeyError:
        raise ValueError("unknown fold: %s" % query.fold) from None
    return fold(points)

def correlate(self, left: str, right: str) -> CorrelationResult:
    """Correlate two sources; a strong result is announced."""
    coefficient = correlation(self._points.get(left, []), self._points.get(right, []))
    result = CorrelationResult(left, right, coefficient)
    if result.strong:
        cross_system_coordinator.announce(SystemType.ANALYTICS, "correlation", "%s/%s" % (left, right))
    return result`,
  testNames: ['AnalyticsQuery', 'correlation'],
  tests: `
def test_queries_fold_points(self):
    self.subject.collect("web", 1, 2, 6)
    self.assertEqual(self.subject.answer(AnalyticsQuery("web")), 3.0)
    self.assertEqual(self.subject.answer(AnalyticsQuery("web", "sum", 2)), 8.0)
    with self.assertRaises(ValueError):
        self.subject.answer(AnalyticsQuery("web", "mode"))

def test_series_that_move_together_correlate(self):
    self.subject.collect("a", 1, 2, 3)
    self.subject.collect("b", 2, 4, 6)
    self.assertTrue(self.subject.correlate("a", "b").strong)
    self.assertEqual(correlation([1, 1], [1, 2]), 0.0)`,
};
