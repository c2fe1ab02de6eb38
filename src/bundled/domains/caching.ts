/** The hand-written part of `intelligent_caching_layer`. */
import { type Domain, record } from '../domain.js';

export const caching: Domain = {
  path: 'integration/intelligent_caching_layer.py',
  lines: 1286,
  title: 'Intelligent caching layer',
  purpose: `
A cache with a budget in bytes, lifetimes per entry, and eviction by how much
an entry costs to keep against how often it is asked for.`,
  imports: `
from .cross_system_apis import (
    SystemType,
    cross_system_coordinator,
)`,
  main: 'IntelligentCachingLayer',
  singleton: 'caching_layer',
  key: 'region',
  stateEnum: 'CacheState',
  states: ['cold', 'warming', 'warm', 'invalid'],
  records: [
    record(
      'CacheRegion',
      'region',
      'regions',
      { budget: '4096', lifetime: '300.0', entries: '0' },
      { policy: 'adaptive', backend: 'memory' },
    ),
    record('WarmupPlan', 'warmup', 'warmups', { batch: '50', delay: '0.0', priority: '1' }, { region: 'default' }),
    record('InvalidationRule', 'rule', 'rules', { depth: '1', grace: '0.0' }, { pattern: '*', region: 'default' }),
    record('CachePeer', 'peer', 'peers', { weight: '1', distance: '0' }, { address: 'localhost' }),
  ],
  measures: [
    'hit_share percent 100',
    'lookup_time microseconds 5000',
    'eviction_rate per_minute 600',
    'stored_bytes bytes 1048576',
    'stale_reads reads 100',
    'fill_level percent 100',
    'refresh_lag seconds 60',
    'key_churn keys 2000',
  ],
  init: `
self._entries: Dict[str, "CacheEntry"] = {}
self.budget = 4096
self.hits = 0
self.misses = 0`,
  functions: `
@dataclass
class CacheEntry:
    """A cached value with its size, age and popularity."""

    key: str
    value: Any
    size: int
    stored_at: float
    lifetime: float
    reads: int = 0

    def expired(self, now: float) -> bool:
        return now - self.stored_at >= self.lifetime

    def worth(self) -> float:
        """Reads per byte: what eviction keeps longest."""
        return (1.0 + self.reads) / max(1, self.size)

def estimate_payload_size(value: Any) -> int:
    """A rough size in bytes; nested containers count their parts."""
    if isinstance(value, (bytes, str)):
        return len(value)
    if isinstance(value, dict):
        return 8 + sum(estimate_payload_size(k) + estimate_payload_size(v) for k, v in value.items())
    if isinstance(value, (list, tuple, set, frozenset)):
        return 8 + sum(estimate_payload_size(item) for item in value)
    return 8

def cache_key(*parts: Any) -> str:
    """One key of several parts; the order of the parts matters."""
    return ":".join(str(part).replace(":", "%3A") for part in parts)`,
  methods: `
def put(self, key: str, value: Any, lifetime: float = 300.0) -> bool:
    """Store a value; False when it alone is over the budget."""
    size = estimate_payload_size(value)
    if size > self.budget:
        return False
    with self._lock:
        self._entries.pop(key, None)
        self._make_room(size)
        self._entries[key] = CacheEntry(key, value, size, self._clock(), lifetime)
    return True

def get(self, key: str, default: Any = None) -> Any:
    """The cached value while it lives, else the default."""
    entry = self._entries.get(key)
    if entry is None or entry.expired(self._clock()):
        self._entries.pop(key, None)
        self.misses += 1
        return default
    entry.reads += 1
    self.hits += 1
    return entry.value

def get_or_compute(self, key: str, compute: Callable[[], Any], lifetime: float = 300.0) -> Any:
    """The cached value, or a computed one that is cached from now on."""
    missing = object()
    value = self.get(key, missing)
    if value is missing:
        value = compute()
        self.put(key, value, lifetime)
    return value

def _make_room(self, size: int) -> None:
    """Evict the least worthy entries until a new one fits."""
    used = self.used_bytes()
    for entry in sorted(self._entries.values(), key=lambda item: item.worth()):
        if used + size <= self.budget:
            return
        del self._entries[entry.key]
        used -= entry.size
        self._counters["evictions"] += 1
        cross_system_coordinator.announce(SystemType.CACHING, "evicted", entry.key)

def used_bytes(self) -> int:
    """Bytes that all entries take together."""
    return sum(entry.size for entry in self._entries.values())

def hit_ratio(self) -> float:
    """Share of the lookups that were answered from the cache."""
    lookups = self.hits + self.misses
    return self.hits / lookups if lookups else 0.0`,
  testNames: ['cache_key', 'estimate_payload_size'],
  tests: `
def test_values_live_for_their_lifetime(self):
    self.subject.put("k", "value", lifetime=5.0)
    self.assertEqual(self.subject.get("k"), "value")
    self.now += 6
    self.assertIsNone(self.subject.get("k"))
    self.assertEqual(self.subject.hit_ratio(), 0.5)

def test_the_least_worthy_entry_goes_first(self):
    self.subject.budget = 10
    self.subject.put("a", "12345")
    self.subject.put("b", "12345")
    self.subject.get("b")
    self.subject.put("c", "12345")
    self.assertEqual([self.subject.get(key) for key in "abc"], [None, "12345", "12345"])

def test_helpers(self):
    self.assertEqual(estimate_payload_size({"ab": [1, "c"]}), 8 + 2 + 8 + 8 + 1)
    self.assertEqual(cache_key("a:b", 3), "a%3Ab:3")
    self.assertEqual(self.subject.get_or_compute("x", lambda: 5), 5)`,
};
