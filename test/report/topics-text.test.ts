/** Topics on terminals of any width, with names of any kind. */
import { expect, it } from 'vitest';
import type { TopicModule } from '../../src/core/topics/topics.js';
import { plainStyle } from '../../src/report/style.js';
import { topicsMarkdown } from '../../src/report/topics-markdown.js';
import { topicsLines } from '../../src/report/topics-text.js';

const EVIDENCE = { definitions: ['add_step'], calls: [], docstrings: ['after'] };

function module(path: string, over: Partial<TopicModule> = {}): TopicModule {
  return {
    path,
    lines: 10,
    level: 'unique',
    overlap: 0.05,
    nearest: null,
    builtOn: false,
    evidence: EVIDENCE,
    ...over,
  };
}

function drawn(width: number, modules: readonly TopicModule[], topic = 'workflow'): string {
  const topics = [{ topic, modules, lines: 1234, sameLines: 0 }];
  return topicsLines({ topics, different: [] }, plainStyle(width)).join('\n');
}

const DEEP = 'core/intelligence/coordination/of/several/systems/workflow_system.py';

it('a long path keeps its end', () => {
  expect(drawn(80, [module(DEEP)])).toContain('      10  …/coordination/of/several/systems/workflow_system.py\n');
  expect(drawn(50, [module(DEEP)])).toContain('      10  …/workflow_system.py\n');
  expect(drawn(120, [module(DEEP)])).toContain(`      10  ${DEEP}\n`);
  expect(drawn(50, [module('a_name_that_is_longer_than_any_terminal.py')])).toContain('than_any_terminal.py');
});

it('every line fits', () => {
  const modules = [
    module(DEEP, { level: 'high', overlap: 0.5, nearest: `other/${DEEP}` }),
    module(`other/${DEEP}`, { level: 'medium', overlap: 0.3, nearest: DEEP, builtOn: true }),
    module('x.py', { overlap: 0.4 }),
  ];
  const [head = ''] = drawn(80, modules).split('look closer');
  expect(head.split('\n').filter((line) => [...line].length > 80)).toEqual([]);
});

it('says why an overlap counts for less than its figure', () => {
  expect(drawn(100, [module('x.py', { overlap: 0.4 })])).toContain('too few names in common to tell');
  const built = module('x.py', { level: 'medium', overlap: 0.4, nearest: 'y.py', builtOn: true });
  expect(drawn(100, [built])).toContain('with y.py (one builds on the other)');
});

it('tells equal reasons once, and says how many more there are', () => {
  const many = Array.from({ length: 15 }, (_, index) =>
    module(`m${index}.py`, { level: 'medium', overlap: 0.3, nearest: 'x.py' }),
  );
  const text = drawn(100, many);
  expect(text.split('both define add_step')).toHaveLength(2);
  expect(text).toContain('  and 3 more modules');
  const topics = many.map((each) => ({ topic: each.path, modules: [each], lines: 1, sameLines: 0 }));
  expect(topicsLines({ topics, different: [] }, plainStyle(100))).toContain(
    '7 more topics with less to gain: regraft inventory --format json',
  );
});

it('makes hostile names harmless', () => {
  const hostile = module('a\u001b[31m/\u202ex.py', {
    level: 'high',
    overlap: 0.5,
    nearest: '`rm`|\n.py',
    evidence: { definitions: ['\u001b]0;x'], calls: ['<b>'], docstrings: ['@someone'] },
  });
  expect(drawn(100, [hostile], '\u001b[2J')).not.toMatch(/[\u001b\u202e]/);
  const markdown = topicsMarkdown({
    topics: [{ topic: '<script>', modules: [hostile], lines: 1, sameLines: 1 }],
    different: ['@someone'],
  }).join('\n\n');
  expect(markdown).not.toMatch(/[\u001b\u202e]|<script>|<b>|`rm`|@someone/);
});

it('is nothing where there is nothing', () => {
  expect(topicsLines({ topics: [], different: [] }, plainStyle(80))).toEqual([]);
  expect(topicsMarkdown({ topics: [], different: [] })).toEqual([]);
});
