/** Templates of the domain's dataclasses and of the methods that keep them in tables. */
import type { Probed, RecordType } from './domain.js';
import { type Definition, definition, linesOf, type PythonClass } from './python-writer.js';

const words = (name: string): string => name.replaceAll('_', ' ');

/** The dataclass itself. */
export function recordClass(r: RecordType, stateEnum: string, firstState: string): PythonClass {
  const numbers = Object.entries(r.numbers).map(
    ([name, value]) => `    ${name}: ${value.includes('.') ? 'float' : 'int'} = ${value}`,
  );
  const texts = Object.entries(r.texts).map(([name, value]) => `    ${name}: str = "${value}"`);
  return {
    kind: 'class',
    name: r.cls,
    head: [
      '@dataclass',
      `class ${r.cls}:`,
      `    """One ${words(r.one)}, by name."""`,
      '',
      '    name: str',
      ...numbers,
      ...texts,
      `    state: ${stateEnum} = ${stateEnum}.${firstState.toUpperCase()}`,
      '    tags: Dict[str, str] = field(default_factory=dict)',
    ],
    members: recordMembers(r, stateEnum),
  };
}

function recordMembers(r: RecordType, stateEnum: string): Definition[] {
  const numbers = Object.keys(r.numbers);
  return [
    definition(
      'problems',
      `
def problems(self) -> List[str]:
    """What is wrong with this ${words(r.one)}; empty when nothing is."""
    found = []
    if not self.name:
        found.append("a ${words(r.one)} needs a name")
${numbers.map((n) => `    if self.${n} < 0:\n        found.append("${words(n)} is negative")`).join('\n')}
    return found`,
    ),
    definition(
      'to_dict',
      `
def to_dict(self) -> Dict[str, Any]:
    """Plain data, ready for JSON."""
    data = asdict(self)
    data["state"] = self.state.value
    return data`,
    ),
    definition(
      'from_dict',
      `
@classmethod
def from_dict(cls, data: Dict[str, Any]) -> "${r.cls}":
    """The ${words(r.one)} that \`to_dict\` described."""
    values = dict(data)
    values["state"] = ${stateEnum}(values["state"])
    return cls(**values)`,
    ),
  ];
}

/** The methods every table has. */
export function tableMethods(r: RecordType): Definition[] {
  return [
    definition(
      `register_${r.one}`,
      `
def register_${r.one}(self, ${r.one}: ${r.cls}) -> ${r.cls}:
    """Take a ${words(r.one)} into the table; refuses an invalid one."""
    problems = ${r.one}.problems()
    if problems:
        raise ValueError("; ".join(problems))
    with self._lock:
        self._${r.many}[${r.one}.name] = ${r.one}
        self._counters["${r.many}_registered"] += 1
    return ${r.one}`,
    ),
    definition(
      `find_${r.one}`,
      `
def find_${r.one}(self, name: str) -> Optional[${r.cls}]:
    """The ${words(r.one)} of that name, if there is one."""
    return self._${r.many}.get(name)`,
    ),
  ];
}

/** Further methods over a table, each with its check; the checks assume `first` and `second` of {@link tableSetUp}. */
export function tableSupply(r: RecordType, stateEnum: string): Probed[] {
  const numeric = Object.keys(r.numbers).flatMap((n) => numericMethods(r, n));
  const textual = Object.keys(r.texts).map((t) => grouping(r, t));
  return [...numeric, ...textual, counting(r, stateEnum), revising(r), exporting(r)];
}

/** Statements of a test's \`setUp\`. */
export function tableSetUp(r: RecordType): string[] {
  const [number = ''] = Object.keys(r.numbers);
  return [
    `self.subject.register_${r.one}(${r.cls}("first", ${number}=1))`,
    `self.subject.register_${r.one}(${r.cls}("second", ${number}=7))`,
  ];
}

function numericMethods(r: RecordType, n: string): Probed[] {
  const first = Object.keys(r.numbers)[0] === n;
  const total = definition(
    `total_${r.one}_${n}`,
    `
def total_${r.one}_${n}(self) -> float:
    """Sum of ${words(n)} over all ${words(r.many)}."""
    return float(sum(item.${n} for item in self._${r.many}.values()))`,
  );
  const rank = definition(
    `${r.many}_by_${n}`,
    `
def ${r.many}_by_${n}(self, descending: bool = True) -> List[${r.cls}]:
    """The ${words(r.many)} in the order of their ${words(n)}."""
    items = sorted(self._${r.many}.values(), key=lambda item: item.name)
    return sorted(items, key=lambda item: item.${n}, reverse=descending)`,
  );
  const above = definition(
    `${r.many}_with_${n}_over`,
    `
def ${r.many}_with_${n}_over(self, limit: float) -> List[str]:
    """Names of the ${words(r.many)} whose ${words(n)} is over a limit."""
    return sorted(name for name, item in self._${r.many}.items() if item.${n} > limit)`,
  );
  return [
    {
      method: total,
      check: first
        ? `self.assertEqual(self.subject.${total.name}(), 8.0)`
        : `self.assertGreaterEqual(self.subject.${total.name}(), 0.0)`,
    },
    {
      method: rank,
      check: first
        ? `self.assertEqual(self.subject.${rank.name}()[0].name, "second")`
        : `self.assertEqual(len(self.subject.${rank.name}()), 2)`,
    },
    {
      method: above,
      check: first
        ? `self.assertEqual(self.subject.${above.name}(5), ["second"])`
        : `self.assertEqual(self.subject.${above.name}(10 ** 9), [])`,
    },
  ];
}

function grouping(r: RecordType, t: string): Probed {
  const name = `group_${r.many}_by_${t}`;
  const text = `
def ${name}(self) -> Dict[str, List[str]]:
    """Names of the ${words(r.many)} under each ${words(t)}."""
    groups: Dict[str, List[str]] = {}
    for item in self._${r.many}.values():
        groups.setdefault(item.${t}, []).append(item.name)
    return {key: sorted(names) for key, names in sorted(groups.items())}`;
  return {
    method: definition(name, text),
    check: `self.assertEqual(self.subject.${name}(), {"${r.texts[t]}": ["first", "second"]})`,
  };
}

function counting(r: RecordType, stateEnum: string): Probed {
  const name = `count_${r.many}_by_state`;
  const text = `
def ${name}(self) -> Dict[str, int]:
    """How many ${words(r.many)} are in each state, absent ones included."""
    counts = {state.value: 0 for state in ${stateEnum}}
    for item in self._${r.many}.values():
        counts[item.state.value] += 1
    return counts`;
  return { method: definition(name, text), check: `self.assertEqual(sum(self.subject.${name}().values()), 2)` };
}

function revising(r: RecordType): Probed {
  const name = `revise_${r.one}`;
  const text = `
def ${name}(self, name: str, **changes: Any) -> ${r.cls}:
    """Replace a ${words(r.one)} by a copy with some fields changed."""
    with self._lock:
        current = self._${r.many}.get(name)
        if current is None:
            raise KeyError("unknown ${words(r.one)}: %s" % name)
        revised = replace(current, **changes)
        problems = revised.problems()
        if problems:
            raise ValueError("; ".join(problems))
        self._${r.many}[name] = revised
    return revised`;
  const [number = ''] = Object.keys(r.numbers);
  return {
    method: definition(name, text),
    check: `self.assertEqual(self.subject.${name}("first", ${number}=3).${number}, 3)`,
  };
}

function exporting(r: RecordType): Probed {
  const name = `export_${r.many}`;
  const text = `
def ${name}(self) -> List[Dict[str, Any]]:
    """All ${words(r.many)} as plain data, by name."""
    return [self._${r.many}[name].to_dict() for name in sorted(self._${r.many})]`;
  return {
    method: definition(name, text),
    check: `self.assertEqual(${r.cls}.from_dict(self.subject.${name}()[0]).name, "first")`,
  };
}

/** Statements of \`__init__\` that make the tables. */
export function tableFields(records: readonly RecordType[]): string[] {
  return linesOf(records.map((r) => `self._${r.many}: Dict[str, ${r.cls}] = {}`).join('\n'));
}
