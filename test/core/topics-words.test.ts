/** How names and prose become words. */
import { expect, it } from 'vitest';
import { folded, wordsOfName, wordsOfText } from '../../src/core/topics/words.js';

it.each([
  ['workflow_execution_engine', 'workflow execution engine'],
  ['HTTPServerError', 'http server error'],
  ['parseXMLDocument', 'parse xml document'],
  ['_private__name_', 'private name'],
  ['step2_v10', 'step'],
  ['x_y', ''],
  ['GrößenMaß', 'größen maß'],
  ['工作流', '工作流'],
  ['', ''],
])('%s is %s', (name, words) => expect(wordsOfName(name).join(' ')).toBe(words));

it.each([
  ['queues', 'queue'],
  ['cookies', 'cookie'],
  ['queries', 'query'],
  ['classes', 'class'],
  ['boxes', 'box'],
  ['caches', 'cache'],
  ['batches', 'batch'],
])('%s and %s are one word', (plural, singular) => expect(folded(plural)).toBe(folded(singular)));

it.each(['status', 'process', 'analysis', 'bus', 'as'])('%s is no plural', (word) => expect(folded(word)).toBe(word));

it('joining words of a docstring say nothing', () =>
  expect(wordsOfText('Runs the steps of a workflow, and what they depend on.')).toEqual([
    'runs',
    'steps',
    'workflow',
    'depend',
  ]));
