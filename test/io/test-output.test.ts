import { describe, expect, test } from 'vitest';
import { readTestOutput } from '../../src/io/test-output.js';

const read = (text: string) => {
  const report = readTestOutput(text);
  return report && { failing: [...report.failing], ran: report.ran };
};

describe('unittest', () => {
  test('green, with skipped tests not counted as run', () => {
    expect(read('....s\n------\nRan 5 tests in 0.002s\n\nOK (skipped=1)\n')).toEqual({ failing: [], ran: 4 });
  });

  test('failures, errors and modules that do not import', () => {
    const output = [
      'FAIL: test_a (tests.test_x.X.test_a)',
      'ERROR: test_b (tests.test_x.X.test_b) (case=1)',
      'ERROR: tests.test_y (unittest.loader._FailedTest.tests.test_y)',
      'Ran 3 tests in 0.1s',
      '',
      'FAILED (failures=1, errors=2, skipped=1)',
    ].join('\r\n');
    expect(read(output)).toEqual({
      failing: [
        'test_a (tests.test_x.X.test_a)',
        'test_b (tests.test_x.X.test_b) (case=1)',
        'tests.test_y (unittest.loader._FailedTest.tests.test_y)',
      ],
      ran: 2,
    });
  });
});

describe('pytest', () => {
  test('quiet and green', () => {
    expect(read('.....  [100%]\n5 passed, 1 skipped in 0.01s\n')).toEqual({ failing: [], ran: 5 });
  });

  test('coloured and red', () => {
    const output =
      'FAILED tests/test_x.py::test_a[1 - 2] - assert 0\nERROR tests/test_y.py\n\u001b[31m=== \u001b[1m1 failed\u001b[0m, 4 passed, 1 error in 0.12s ===\u001b[0m\n';
    const report = read(output);
    expect(report?.ran).toBe(6);
    expect(report?.failing).toContain('tests/test_y.py');
    expect(report?.failing).toHaveLength(2);
  });
});

test.each(['', 'all good\n', 'Ran away\n', 'it took 3 passed in vain', `${'1 a'.repeat(500_000)}\n`])(
  'other output is not recognised (%#)',
  (text) => {
    expect(read(text)).toBeNull();
  },
);
