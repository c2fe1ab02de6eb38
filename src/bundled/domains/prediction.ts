/** The hand-written part of `predictive_analytics_engine`. */
import { type Domain, record } from '../domain.js';

export const prediction: Domain = {
  path: 'integration/predictive_analytics_engine.py',
  lines: 1060,
  title: 'Predictive analytics engine',
  purpose: `
Small forecasting models that are trained on series, compared by their error,
and asked for the next values.`,
  imports: `
from .cross_system_apis import SystemType, cross_system_coordinator
from .cross_system_analytics import (
    AnalyticsQuery,
    analytics_hub,
)`,
  main: 'PredictiveAnalyticsEngine',
  singleton: 'prediction_engine',
  key: 'series',
  stateEnum: 'ModelState',
  states: ['untrained', 'trained', 'drifting', 'retired'],
  records: [
    record(
      'ModelCard',
      'model',
      'models',
      { window: '5', season: '1', error: '0.0' },
      { kind: 'mean', series: 'load' },
    ),
    record(
      'Scenario',
      'scenario',
      'scenarios',
      { growth: '0.1', horizon: '12', confidence: '0.8' },
      { series: 'load' },
    ),
    record('DriftAlarm', 'alarm', 'alarms', { tolerance: '0.2', observed: '0.0' }, { model: 'default' }),
  ],
  measures: [
    'forecast_error percent 100',
    'training_time seconds 600',
    'drift_score points 10',
    'sample_count samples 10000',
    'confidence_width units 50',
    'season_strength percent 100',
    'inference_time milliseconds 500',
  ],
  init: `
self._series: Dict[str, List[float]] = {}
self._choice: Dict[str, str] = {}`,
  functions: `
def predict_mean(points: List[float], window: int = 3) -> float:
    """The next value is the mean of the last few."""
    recent = points[-window:]
    return sum(recent) / len(recent)

def predict_line(points: List[float], window: int = 5) -> float:
    """The next value continues the line through the last few."""
    recent = points[-window:]
    if len(recent) < 2:
        return recent[-1]
    step = (recent[-1] - recent[0]) / (len(recent) - 1)
    return recent[-1] + step

def predict_last(points: List[float], window: int = 1) -> float:
    """The next value is the last one; what the others must beat."""
    return points[-window]

MODELS: Dict[str, Callable[..., float]] = {
    "mean": predict_mean,
    "line": predict_line,
    "last": predict_last,
}

def backtest(points: List[float], model: Callable[..., float], warmup: int = 3) -> float:
    """Mean absolute error of a model that predicts each point from those before."""
    errors = [abs(model(points[:i]) - points[i]) for i in range(warmup, len(points))]
    return sum(errors) / len(errors) if errors else float("inf")`,
  methods: `
def feed(self, series: str, *points: float) -> None:
    """Add points to a series; the model is chosen anew at the next prediction."""
    with self._lock:
        self._series.setdefault(series, []).extend(float(point) for point in points)
        self._choice.pop(series, None)

def feed_from_analytics(self, series: str) -> float:
    """Take the latest value that the analytics hub has for a source."""
    value = analytics_hub.answer(AnalyticsQuery(series, "last"))
    self.feed(series, value)
    return value

def choose_model(self, series: str) -> str:
    """The model with the least error on a series; ties go to the first by name."""
    if series not in self._choice:
        points = self._series.get(series, [])
        errors = {name: backtest(points, model) for name, model in MODELS.items()}
        self._choice[series] = min(sorted(errors), key=lambda name: errors[name])
        cross_system_coordinator.announce(SystemType.PREDICTION, "model", self._choice[series])
    return self._choice[series]

def predict(self, series: str, steps: int = 1) -> List[float]:
    """The next values of a series, each computed from the ones before."""
    points = list(self._series.get(series, []))
    if not points:
        raise LookupError("nothing known of %s" % series)
    model = MODELS[self.choose_model(series)]
    for _ in range(steps):
        points.append(model(points))
    return points[-steps:]`,
  testNames: ['backtest', 'predict_mean'],
  tests: `
def test_lines_are_continued(self):
    self.subject.feed("load", 1, 2, 3, 4, 5, 6)
    self.assertEqual(self.subject.choose_model("load"), "line")
    self.assertEqual(self.subject.predict("load", 2), [7.0, 8.0])

def test_the_error_of_a_constant_is_zero(self):
    self.assertEqual(backtest([4.0] * 6, predict_mean), 0.0)
    with self.assertRaises(LookupError):
        self.subject.predict("nothing")`,
};
