/** The bundled repository has the size, the modules and the import styles that it promises. */
import { describe, expect, it } from 'vitest';
import { bundledRepository } from '../../src/bundled/index.js';
import { countLines } from '../../src/bundled/python-writer.js';
import { TRUTH } from '../../src/bundled/truth.js';

const { name, files } = bundledRepository();
const textOf = (path: string): string => files.get(path) ?? '';
const python = [...files].filter(([path]) => path.endsWith('.py'));

const OTHERS = [
  ...['workflow_framework', 'visual_workflow_designer', 'resource_optimization_engine', 'load_balancing_system'],
  ...['service_mesh_integration', 'multi_environment_support', 'distributed_task_queue', 'cross_system_communication'],
];

describe('the bundled repository', () => {
  it('is called TestMaster and is the same at each call', () => {
    expect(name).toBe('TestMaster');
    expect([...bundledRepository().files]).toEqual([...files]);
  });

  it('has exactly 25 modules in integration/', () => {
    const modules = [...files.keys()].filter((path) => path.startsWith('integration/'));
    const named = [...TRUTH.flatMap((pair) => [pair.keep, pair.remove]), ...OTHERS.map((o) => `integration/${o}.py`)];
    expect(modules).toEqual([...named, 'integration/__init__.py'].sort());
    expect(modules).toHaveLength(25);
  });

  it.each(TRUTH)('$keep and its duplicate have their line counts', ({ keep, remove, lines }) => {
    expect(countLines(textOf(keep))).toBe(lines.keep);
    expect(countLines(textOf(remove))).toBe(lines.remove);
  });

  it('has 8,436 lines in duplicates', () => {
    expect(TRUTH.reduce((sum, pair) => sum + pair.linesSaved, 0)).toBe(8436);
  });

  it('has about 20 workflow modules in 7 directories', () => {
    const workflow = python.filter(
      ([path]) => /workflow|orchestrat|coordinator|swarm/.test(path) && !/^tests|^scripts|__init__|_robust/.test(path),
    );
    const directories = new Set(workflow.map(([path]) => path.replace(/(?:_modules)?\/[^/]*$/, '')));
    expect(workflow.length).toBeGreaterThanOrEqual(15);
    expect(directories.size).toBeGreaterThanOrEqual(7);
  });

  it.each([
    ['relative', /^from \.cross_system_apis import SystemType, cross_system_coordinator$/m],
    ['relative, parenthesised over lines', /^from \.\w+ import \(\n(?: {4}\w+,\n)+\)$/m],
    ['absolute, parenthesised over lines', /^from integration\.\w+ import \(\n(?: {4}\w+,\n)+\)$/m],
    [
      'guarded',
      /^try:\n {4}from integration\.\w+ import .*\n {4}\w+_AVAILABLE = True\nexcept ImportError:\n {4}\w+_AVAILABLE = False$/m,
    ],
    ['lazy', /^def .*\n(?: {4}.*\n|\n)*? {4}from integration\.\w+ import/m],
    ['lazy and swallowed', /^ {4}try:\n {8}from integration[\s\S]*?^ {4}except Exception:\n {8}return False$/m],
    ["through the directory's name", /^ {4}from TestMaster\.integration\.cross_system_apis import SystemType$/m],
    ['computed', /importlib\.import_module\(f"integration\.\{name\}"\)/],
    ['a path in a dict', /^ {4}'\w+': 'integration\/\w+_robust\.py',$/m],
    ['patched', /@mock\.patch\("integration\.\w+_robust\.\w+"/],
    ['re-exported under an alias', /^from \.\w+_robust import \(\n(?: {4}.*\n)*? {4}\w+ as \w+,$/m],
    ['through the package', /^from integration import \w+, \w+/m],
    ['a star', /^from integration import \*/m],
    ['the module under an alias', /import integration\.\w+ as \w+$/m],
    ['a module-level singleton', /^cross_system_coordinator = CrossSystemCoordinator\(\)$/m],
  ])('imports %s', (_, pattern) => {
    expect(python.some(([, text]) => pattern.test(text))).toBe(true);
  });

  it('mentions modules in documents and reports, also with the separators of Windows', () => {
    expect(textOf('docs/consolidation_plan.md')).toContain('integration\\automatic_scaling_system_robust.py');
    expect(JSON.parse(textOf('reports/redundancy_report.json')).pairs).toHaveLength(8);
  });
});
