/** The repository's own unittest suite: one generated file per module, and hand-written ones for what lies between modules. */
import { type Domain, dotted, measureOf, type Probed } from './domain.js';
import { tableSetUp } from './records.js';

/** Checks per test method. */
const CHUNK = 12;

/** The test file of one module. */
export function moduleTest(domain: Domain, probes: readonly Probed[]): { path: string; text: string } {
  const name = domain.path.slice(domain.path.lastIndexOf('/') + 1, -3);
  const imported = [domain.main, ...domain.records.map((r) => r.cls), ...(domain.testNames ?? [])];
  const lines = [
    `"""Tests of ${dotted(domain.path)}."""`,
    'import unittest',
    '',
    `from ${dotted(domain.path)} import (`,
    ...[...imported].sort().map((n) => `    ${n},`),
    ')',
    '',
    '',
    `class ${domain.main}Test(unittest.TestCase):`,
    ...setUp(domain),
    ...indent(domain.tests ?? ''),
    ...checkMethods(probes),
    '',
    '',
    'if __name__ == "__main__":',
    '    unittest.main()',
  ];
  return { path: `tests/test_${name}.py`, text: `${lines.join('\n')}\n` };
}

function setUp(domain: Domain): string[] {
  const recorders = domain.measures.map((m) => `self.subject.record_${measureOf(m).name}`);
  return [
    '    def setUp(self):',
    '        self.now = 1000.0',
    `        self.subject = ${domain.main}(clock=lambda: self.now)`,
    ...domain.records.flatMap(tableSetUp).map((line) => `        ${line}`),
    '        recorders = (',
    ...recorders.map((r) => `            ${r},`),
    '        )',
    '        for record in recorders:',
    '            for moment, value in ((1.0, 10), (2.0, 20), (3.0, 30)):',
    '                record("alpha", value, moment)',
    '            record("beta", 40, 4.0)',
  ];
}

function indent(text: string): string[] {
  return [
    '',
    ...text
      .trim()
      .split('\n')
      .map((line) => (line ? `    ${line}` : '')),
  ];
}

/** Checks that change the subject come last, in a test of their own each. */
function checkMethods(probes: readonly Probed[]): string[] {
  const changes = (p: Probed): boolean => /^(forget|revise)_/.test(p.method.name);
  const still = probes.filter((p) => !changes(p));
  const chunks = Array.from({ length: Math.ceil(still.length / CHUNK) }, (_, i) =>
    still.slice(i * CHUNK, (i + 1) * CHUNK),
  );
  return [
    ...chunks.flatMap((chunk, i) => method(`test_answers_${i + 1}`, chunk)),
    ...probes.filter(changes).flatMap((p) => method(`test_${p.method.name}`, [p])),
  ];
}

function method(name: string, probes: readonly Probed[]): string[] {
  return ['', `    def ${name}(self):`, ...probes.map((p) => `        ${p.check}`)];
}

/** Tests between modules, by path. */
export const CROSS_TESTS: Readonly<Record<string, string>> = {
  'tests/test_caching_patches.py': `"""Caching with its size estimate replaced."""
import unittest
from unittest import mock

from integration.intelligent_caching_layer_robust import IntelligentCachingLayer


class PatchedEstimateTest(unittest.TestCase):
    @mock.patch("integration.intelligent_caching_layer_robust.estimate_payload_size", return_value=4000)
    def test_estimates_decide_what_fits(self, estimate):
        cache = IntelligentCachingLayer(clock=lambda: 0.0)
        self.assertTrue(cache.put("first", "x"))
        self.assertTrue(cache.put("second", "y"))
        self.assertIsNone(cache.get("first"))
        self.assertEqual(cache.get("second"), "y")
        self.assertEqual(estimate.call_count, 2)

    def test_sizes_are_estimated(self):
        with mock.patch.object(IntelligentCachingLayer, "used_bytes", return_value=0) as used:
            IntelligentCachingLayer().put("key", "value")
        used.assert_called_once_with()


if __name__ == "__main__":
    unittest.main()
`,
  'tests/test_directory_name.py': `"""The repository imported through its own directory's name, as deployed programs do."""
import os
import sys
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PARENT = os.path.dirname(ROOT)
if PARENT not in sys.path:
    sys.path.append(PARENT)

try:
    from TestMaster.integration.cross_system_apis import SystemType
    from TestMaster.integration.intelligent_caching_layer_robust import IntelligentCachingLayer, cache_key
    DIRECTORY_AVAILABLE = True
except ImportError:
    DIRECTORY_AVAILABLE = False


class DirectoryNameTest(unittest.TestCase):
    def setUp(self):
        if os.path.basename(ROOT) != "TestMaster":
            self.skipTest("the checkout is not called TestMaster")

    def test_imports_work(self):
        self.assertTrue(DIRECTORY_AVAILABLE)
        self.assertEqual(SystemType.CACHING.value, "caching")

    def test_cache_through_the_directory_name(self):
        cache = IntelligentCachingLayer(clock=lambda: 0.0)
        cache.put(cache_key("page", 1), "text")
        self.assertEqual(cache.get("page:1"), "text")


if __name__ == "__main__":
    unittest.main()
`,
  'tests/test_package_interface.py': `"""What the integration package exports."""
import unittest

import integration
from integration import *  # noqa: F401,F403


class PackageInterfaceTest(unittest.TestCase):
    def test_exports_exist(self):
        for name in integration.__all__:
            self.assertTrue(hasattr(integration, name), name)

    def test_analytics_through_the_package(self):
        hub = integration.ResilientAnalytics()
        hub.collect("orders", 3, 5)
        self.assertEqual(hub.answer(AnalyticsQuery("orders")), 4.0)  # noqa: F405
        self.assertTrue(SystemCorrelation("a", "b", -0.9).strong)  # noqa: F405

    def test_optimization_is_there(self):
        self.assertTrue(integration.OPTIMIZATION_AVAILABLE)


if __name__ == "__main__":
    unittest.main()
`,
  'tests/test_scripts.py': `"""The scripts do what they promise."""
import unittest


class ScriptsTest(unittest.TestCase):
    def test_health_check(self):
        from scripts.health_check import check_modules

        self.assertEqual([name for name, healthy in check_modules() if not healthy], [])

    def test_harness(self):
        from scripts.integration_harness import run_checks

        self.assertEqual([name for name, passed in run_checks().items() if not passed], [])

    def test_restore_knows_the_kept_modules(self):
        from scripts.restore_integration import missing_files

        self.assertNotIn("scaling", missing_files())


if __name__ == "__main__":
    unittest.main()
`,
};
