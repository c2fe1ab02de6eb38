/**
 * Templates of methods over one measure (a series of readings per key), each with a check that its test can make.
 * The checks assume readings 10, 20, 30 at moments 1, 2, 3 for `alpha` and 40 at moment 4 for `beta`.
 */
import type { Measure, Probed } from './domain.js';
import { type Definition, definition, pick } from './python-writer.js';

type Template = (m: Measure, key: string, random: () => number) => { name: string; text: string; check: string };

/** The method that every measure has: keeping one reading. */
export function recorder({ name, words, unit }: Measure, key: string): Definition {
  return definition(
    `record_${name}`,
    `
def record_${name}(self, ${key}: str, value: float, moment: Optional[float] = None) -> int:
    """Keep one ${words} reading (${unit}) of a ${key}; gives the number kept."""
    if value < 0:
        raise ValueError("${words} cannot be negative: %r" % (value,))
    moment = self._clock() if moment is None else moment
    with self._lock:
        readings = self._readings[("${name}", ${key})]
        readings.append((moment, float(value)))
        self._counters["${name}_recorded"] += 1
    return len(readings)`,
  );
}

const average: Template = ({ name, words, unit }, key, random) => ({
  name: `average_${name}`,
  text: pick(random, [
    `
def average_${name}(self, ${key}: str, last: Optional[int] = None) -> float:
    """Mean ${words} of a ${key} in ${unit}, over all or the last few readings."""
    values = self._values("${name}", ${key})
    if last is not None:
        values = values[-last:]
    return sum(values) / len(values) if values else 0.0`,
    `
def average_${name}(self, ${key}: str) -> float:
    """The mean of the kept ${words} readings; zero without any."""
    total = 0.0
    count = 0
    for value in self._values("${name}", ${key}):
        total += value
        count += 1
    if count == 0:
        logger.debug("no ${words} kept for %s", ${key})
        return 0.0
    return total / count`,
  ]),
  check: `self.assertAlmostEqual(self.subject.average_${name}("alpha"), 20.0)`,
});

const peak: Template = ({ name, words }, key) => ({
  name: `peak_${name}`,
  text: `
def peak_${name}(self, ${key}: str) -> float:
    """Highest ${words} seen for a ${key} within the kept history."""
    return max(self._values("${name}", ${key}), default=0.0)`,
  check: `self.assertEqual(self.subject.peak_${name}("alpha"), 30.0)`,
});

const trend: Template = ({ name, words, unit }, key, random) => ({
  name: `${name}_trend`,
  text: pick(random, [
    `
def ${name}_trend(self, ${key}: str) -> float:
    """Change of ${words} per reading (${unit}), from the first to the last."""
    values = self._values("${name}", ${key})
    if len(values) < 2:
        return 0.0
    return (values[-1] - values[0]) / (len(values) - 1)`,
    `
def ${name}_trend(self, ${key}: str) -> float:
    """Slope of ${words} over time, by least squares on the kept readings."""
    points = list(self._readings.get(("${name}", ${key}), ()))
    if len(points) < 2:
        return 0.0
    middle = sum(moment for moment, _ in points) / len(points)
    level = sum(value for _, value in points) / len(points)
    weight = sum((moment - middle) ** 2 for moment, _ in points)
    if weight == 0:
        return 0.0
    return sum((moment - middle) * (value - level) for moment, value in points) / weight`,
  ]),
  check: `self.assertAlmostEqual(self.subject.${name}_trend("alpha"), 10.0)`,
});

const breaches: Template = ({ name, words, unit, ceiling }, key) => ({
  name: `${name}_breaches`,
  text: `
def ${name}_breaches(self, ${key}: str, limit: float = ${(ceiling * 0.8).toFixed(1)}) -> List[Tuple[float, float]]:
    """Moments at which ${words} went over a limit in ${unit}."""
    found = []
    for moment, value in self._readings.get(("${name}", ${key}), ()):
        if value > limit:
            found.append((moment, value))
    if found:
        self._counters["${name}_breaches"] += len(found)
        logger.info("%d ${words} breaches for %s", len(found), ${key})
    return found`,
  check: `self.assertEqual(self.subject.${name}_breaches("alpha", 15.0), [(2.0, 20.0), (3.0, 30.0)])`,
});

const smoothed: Template = ({ name, words }, key) => ({
  name: `smoothed_${name}`,
  text: `
def smoothed_${name}(self, ${key}: str, weight: float = 0.5) -> float:
    """Exponentially smoothed ${words}; recent readings count by \`weight\`."""
    level = None
    for value in self._values("${name}", ${key}):
        level = value if level is None else weight * value + (1.0 - weight) * level
    return 0.0 if level is None else level`,
  check: `self.assertAlmostEqual(self.subject.smoothed_${name}("alpha"), 22.5)`,
});

const percentile: Template = ({ name, words, unit }, key) => ({
  name: `${name}_percentile`,
  text: `
def ${name}_percentile(self, ${key}: str, share: float = 95.0) -> float:
    """The ${words} (${unit}) that \`share\` percent of the readings do not exceed."""
    ordered = sorted(self._values("${name}", ${key}))
    if not ordered:
        return 0.0
    position = int(round(share / 100.0 * (len(ordered) - 1)))
    return ordered[max(0, min(position, len(ordered) - 1))]`,
  check: `self.assertEqual(self.subject.${name}_percentile("alpha", 50.0), 20.0)`,
});

const histogram: Template = ({ name, words, ceiling }, key) => ({
  name: `${name}_histogram`,
  text: `
def ${name}_histogram(self, ${key}: str, width: float = ${Math.max(1, ceiling / 10)}) -> Dict[float, int]:
    """How many ${words} readings fall into each bucket of a width."""
    buckets: Dict[float, int] = {}
    for value in self._values("${name}", ${key}):
        bucket = (value // width) * width
        buckets[bucket] = buckets.get(bucket, 0) + 1
    return dict(sorted(buckets.items()))`,
  check: `self.assertEqual(self.subject.${name}_histogram("alpha", 20.0), {0.0: 1, 20.0: 2})`,
});

const spread: Template = ({ name, words }, key) => ({
  name: `${name}_spread`,
  text: `
def ${name}_spread(self, ${key}: str) -> float:
    """Standard deviation of ${words} within the kept history."""
    values = self._values("${name}", ${key})
    if len(values) < 2:
        return 0.0
    mean = sum(values) / len(values)
    return (sum((value - mean) ** 2 for value in values) / len(values)) ** 0.5`,
  check: `self.assertAlmostEqual(self.subject.${name}_spread("alpha"), 8.16496580927726)`,
});

const forecast: Template = ({ name, words, ceiling }, key) => ({
  name: `forecast_${name}`,
  text: `
def forecast_${name}(self, ${key}: str, steps: int = 1) -> float:
    """Expected ${words} some readings ahead, on a straight line."""
    values = self._values("${name}", ${key})
    if not values:
        return 0.0
    step = (values[-1] - values[0]) / (len(values) - 1) if len(values) > 1 else 0.0
    # A reading is never negative; above ${ceiling} it is only unusual.
    return max(0.0, values[-1] + steps * step)`,
  check: `self.assertAlmostEqual(self.subject.forecast_${name}("alpha", 2), 50.0)`,
});

const ranked: Template = ({ name, words }, key, random) => ({
  name: `rank_by_${name}`,
  text: pick(random, [
    `
def rank_by_${name}(self, count: int = 5) -> List[str]:
    """The ${key}s with the highest latest ${words} first."""
    latest = self._latest("${name}")
    ordered = sorted(latest, key=lambda item: (-latest[item], item))
    return ordered[:count]`,
    `
def rank_by_${name}(self) -> List[str]:
    """Every ${key} by its latest ${words}, highest first."""
    pairs = [(-value, item) for item, value in self._latest("${name}").items()]
    return [item for _, item in sorted(pairs)]`,
  ]),
  check: `self.assertEqual(self.subject.rank_by_${name}(), ["beta", "alpha"])`,
});

const share: Template = ({ name, words }, key) => ({
  name: `${name}_shares`,
  text: `
def ${name}_shares(self) -> Dict[str, float]:
    """Each ${key}'s part of the latest ${words} of all."""
    latest = self._latest("${name}")
    total = sum(latest.values())
    if total <= 0:
        return {item: 0.0 for item in latest}
    return {item: value / total for item, value in latest.items()}`,
  check: `self.assertAlmostEqual(self.subject.${name}_shares()["beta"], 40.0 / 70.0)`,
});

const describe: Template = ({ name, words, unit }, key) => ({
  name: `describe_${name}`,
  text: `
def describe_${name}(self, ${key}: str) -> str:
    """One line about the ${words} of a ${key}, for people."""
    values = self._values("${name}", ${key})
    if not values:
        return "%s: no ${words} known" % ${key}
    return "%s: ${words} %.1f ${unit} (%d readings)" % (${key}, values[-1], len(values))`,
  check: `self.assertIn("30.0 ${unit}", self.subject.describe_${name}("alpha"))`,
});

const sustained: Template = ({ name, words, ceiling }, key) => ({
  name: `has_sustained_${name}`,
  text: `
def has_sustained_${name}(self, ${key}: str, limit: float = ${(ceiling * 0.7).toFixed(1)}, times: int = 3) -> bool:
    """Whether the last few ${words} readings all reached a limit."""
    recent = self._values("${name}", ${key})[-times:]
    return len(recent) == times and all(value >= limit for value in recent)`,
  check: `self.assertTrue(self.subject.has_sustained_${name}("alpha", 10.0, 3))`,
});

const window: Template = ({ name, words }, key) => ({
  name: `${name}_between`,
  text: `
def ${name}_between(self, ${key}: str, start: float, end: float) -> List[float]:
    """The ${words} readings from a moment up to, not including, another."""
    readings = self._readings.get(("${name}", ${key}), ())
    return [value for moment, value in readings if start <= moment < end]`,
  check: `self.assertEqual(self.subject.${name}_between("alpha", 2.0, 4.0), [20.0, 30.0])`,
});

const compare: Template = ({ name, words }, key) => ({
  name: `compare_${name}`,
  text: `
def compare_${name}(self, one: str, other: str) -> float:
    """How much the mean ${words} of one ${key} exceeds that of another."""
    means = []
    for item in (one, other):
        values = self._values("${name}", item)
        means.append(sum(values) / len(values) if values else 0.0)
    return means[0] - means[1]`,
  check: `self.assertAlmostEqual(self.subject.compare_${name}("beta", "alpha"), 20.0)`,
});

const headroom: Template = ({ name, words, unit, ceiling }, key) => ({
  name: `${name}_headroom`,
  text: `
def ${name}_headroom(self, ${key}: str, ceiling: float = ${ceiling.toFixed(1)}) -> float:
    """What is left of ${words} below its ceiling, in ${unit}."""
    values = self._values("${name}", ${key})
    if not values:
        return ceiling
    return max(0.0, ceiling - values[-1])`,
  check: `self.assertEqual(self.subject.${name}_headroom("alpha", 100.0), 70.0)`,
});

const forget: Template = ({ name, words }, key) => ({
  name: `forget_${name}`,
  text: `
def forget_${name}(self, ${key}: str) -> int:
    """Drop the kept ${words} of a ${key}; gives how many there were."""
    with self._lock:
        readings = self._readings.pop(("${name}", ${key}), None)
    if readings is None:
        return 0
    self._counters["${name}_forgotten"] += len(readings)
    return len(readings)`,
  check: `self.assertEqual(self.subject.forget_${name}("beta"), 1)`,
});

/** Every template, in the order of the field. */
const TEMPLATES: readonly Template[] = [
  ...[average, peak, trend, breaches, smoothed, percentile, histogram, spread, forecast, ranked],
  ...[share, describe, sustained, window, compare, headroom, forget],
];

/** All methods over one measure but the recorder. */
export function measureMethods(m: Measure, key: string, random: () => number): Probed[] {
  return TEMPLATES.map((template) => {
    const { name, text, check } = template(m, key, random);
    return { method: definition(name, text), check };
  });
}
