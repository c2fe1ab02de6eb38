/** One file's program to its part of the value flow: statement by statement, in whatever order they may run. */
import type { PythonUnit } from '../codebase.js';
import type { Linker } from '../linker.js';
import type { Block, FunctionCode, Step } from '../program.js';
import { classStep, define, functionStep } from './definitions.js';
import { Draft } from './draft.js';
import { evaluate, write } from './expressions.js';
import type { Frame } from './frames.js';
import type { FileFlow, Node } from './model.js';
import { moduleNode, Names } from './names.js';

/** What the rules for statements, expressions and definitions share. */
export interface Reader {
  readonly draft: Draft;
  readonly names: Names;
  block(block: Block, frame: Frame): void;
  define(code: FunctionCode, frame: Frame): Node;
}

export function readFlow(linker: Linker, unit: PythonUnit): FileFlow {
  const draft = new Draft(unit.path);
  draft.selfNames.set(moduleNode(unit.path), unit.path);
  const reader: Reader = {
    draft,
    names: new Names(linker, unit, draft),
    block: (block, frame) => {
      for (const step of block) runStep(reader, step, frame);
    },
    define: (code, frame) => define(reader, code, frame),
  };
  const locals = new Set((unit.facts.scopes[0]?.bindings ?? []).map(({ name }) => name));
  const nothing = { parent: null, result: null, family: null, self: null, within: null };
  reader.block(unit.facts.program, { kind: 'module', id: moduleNode(unit.path), locals, ...nothing });
  return draft;
}

function runStep(reader: Reader, step: Step, frame: Frame): void {
  const { draft, names } = reader;
  switch (step.kind) {
    case 'import':
      for (const { name, nodes } of names.imported(step.statement)) draft.flow(nodes, names.variable(name, frame));
      return;
    case 'evaluate':
    case 'raise':
      evaluate(reader, step.value, frame);
      return;
    case 'assign': {
      const values = evaluate(reader, step.value, frame);
      for (const target of step.targets) write(reader, target, values, frame);
      return;
    }
    case 'function':
      return functionStep(reader, step, frame);
    case 'class':
      return classStep(reader, step, frame);
    case 'return': {
      const values = evaluate(reader, step.value, frame);
      if (frame.result !== null) draft.flow(values, frame.result);
      return;
    }
    default:
      return runCompound(reader, step, frame);
  }
}

function runCompound(reader: Reader, step: Step, frame: Frame): void {
  const { draft, names } = reader;
  switch (step.kind) {
    case 'if':
      evaluate(reader, step.test, frame);
      reader.block(step.yes, frame);
      return reader.block(step.no, frame);
    case 'loop': {
      const given = draft.elements(evaluate(reader, step.head, frame), frame, '__iter__', '__next__');
      for (const target of step.targets) write(reader, target, given, frame);
      reader.block(step.body, frame);
      return reader.block(step.otherwise, frame);
    }
    case 'with':
      for (const { value, targets } of step.items) {
        const given = draft.elements(evaluate(reader, value, frame), frame, '__enter__', '__aenter__');
        for (const target of targets) write(reader, target, given, frame);
      }
      return reader.block(step.body, frame);
    case 'try':
      for (const block of [step.body, ...step.handlers.map(({ body }) => body), step.otherwise, step.last])
        reader.block(block, frame);
      return;
    case 'match': {
      const values = evaluate(reader, step.subject, frame);
      for (const { names: captured, body } of step.cases) {
        for (const name of captured) draft.flow(values, names.variable(name, frame));
        reader.block(body, frame);
      }
    }
  }
}
