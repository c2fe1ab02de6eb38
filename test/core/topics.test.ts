/** Topics on drawn repositories: who does the same job as whom, and what is only called alike. */
import { describe, expect, it } from 'vitest';
import { findTopics, type Topics } from '../../src/core/topics/topics.js';
import { vocabularyOf } from '../../src/core/topics/vocabulary.js';
import { draw, type Tree } from '../support/tree.js';

async function topicsIn(tree: Tree, imports: readonly (readonly [string, string])[] = []): Promise<Topics> {
  const { codebase } = await draw(tree);
  const modules = codebase.pythonFiles().flatMap(({ path }) => {
    const unit = codebase.unitOrNone(path);
    return unit ? [vocabularyOf(unit, unit.text.split('\n').length - 1)] : [];
  });
  return findTopics(modules, (a, b) => imports.some(([x, y]) => (a === x && b === y) || (a === y && b === x)));
}

/** Each topic as its word, then `level path ~ nearest` for each module. */
async function check(tree: Tree, expected: readonly string[], imports: readonly (readonly [string, string])[] = []) {
  const { topics } = await topicsIn(tree, imports);
  const lines = topics.flatMap(({ topic, modules }) => [
    topic,
    ...modules.map(({ level, path, nearest }) => `  ${level} ${path}${level === 'unique' ? '' : ` ~ ${nearest}`}`),
  ]);
  expect(lines).toEqual(expected);
}

/** A module with one class, whose methods call what is named after a colon: `add_step: append`. */
function klass(name: string, doc: string, ...methods: readonly string[]): string {
  const body = methods.map((method) => {
    const [own = '', called = 'pass'] = method.split(': ');
    return `    def ${own}(self, item):\n        ${called === 'pass' ? called : `${called}(item)`}\n`;
  });
  return `class ${name}:\n    """${doc}"""\n\n${body.join('\n')}`;
}

const ENGINE = klass(
  'ExecutionEngine',
  'Runs steps after the steps they depend on.',
  'add_step: append',
  'run_all: topological_order',
  'retry_failed: backoff',
  'cancel',
);
const SYSTEM = klass(
  'StepRunner',
  'Runs steps after those they depend on, again where they fail.',
  'add_step: append',
  'run_all: topological_order',
  'retry_failed: backoff',
  'pause',
);
const DESIGNER = klass('Canvas', 'Draws boxes and arrows on a grid.', 'draw_box: line_to', 'layout: measure', 'zoom');
const FILES = klass('Archive', 'Packs directories for transport.', 'pack: deflate', 'unpack: inflate');

describe('a topic', () => {
  const tree = {
    'integration/workflow_engine.py': ENGINE,
    'core/workflow_system.py': SYSTEM,
    'web/visual_workflow.py': DESIGNER,
    'tools/archive.py': FILES,
  };

  it('shows who does the same job under another name, and who is only called alike', () =>
    check(tree, [
      'workflow',
      '  high core/workflow_system.py ~ integration/workflow_engine.py',
      '  high integration/workflow_engine.py ~ core/workflow_system.py',
      '  unique web/visual_workflow.py',
    ]));

  it('says by what, the rarest first, names before the words in them', async () => {
    const { topics } = await topicsIn(tree);
    expect(topics[0]?.modules[0]).toMatchObject({
      lines: 14,
      nearest: 'integration/workflow_engine.py',
      evidence: {
        definitions: ['add_step', 'retry_failed', 'run_all'],
        calls: ['append', 'backoff', 'topological_order'],
        docstrings: ['after', 'depend', 'runs', 'steps'],
      },
    });
    expect(topics[0]).toMatchObject({ lines: 39, sameLines: 28 });
  });

  it('does not depend on the order of the modules', async () => {
    const turned = Object.fromEntries(Object.entries(tree).reverse());
    expect(await topicsIn(turned)).toEqual(await topicsIn(tree));
  });

  it('is none where modules share only the word: that is worth a word', async () => {
    const { topics, different } = await topicsIn({
      'a/workflow_canvas.py': DESIGNER,
      'b/workflow_archive.py': FILES,
      'c/workflow.py': ENGINE,
    });
    expect(topics).toEqual([]);
    expect(different).toEqual(['workflow']);
  });

  it('needs three modules in two directories', async () => {
    await check({ 'a/workflow_x.py': ENGINE, 'b/workflow_y.py': SYSTEM }, []);
    await check({ 'a/workflow_x.py': ENGINE, 'a/workflow_y.py': SYSTEM, 'a/workflow_z.py': DESIGNER }, []);
  });

  it('leaves modules out that define nothing to do', () =>
    check({ ...tree, 'core/workflow_limits.py': 'LIMIT = 3\n', 'core/workflow_empty.py': '' }, [
      'workflow',
      '  high core/workflow_system.py ~ integration/workflow_engine.py',
      '  high integration/workflow_engine.py ~ core/workflow_system.py',
      '  unique web/visual_workflow.py',
    ]));

  it('is found by what modules are about where no name says it', async () => {
    const queue = (name: string) =>
      klass(name, 'A queue: a queue of tasks, the queue itself.', 'put_queue: heappush', 'get_queue: heappop', 'peek');
    const { topics } = await topicsIn({
      'a/waiting.py': queue('Waiting'),
      'b/line.py': queue('Line'),
      'c/buffer.py': queue('Buffer'),
      'd/canvas.py': DESIGNER,
      'd/archive.py': FILES,
    });
    expect(topics.map(({ topic }) => topic)).toContain('queue');
  });
});

describe('words', () => {
  it('are found at the end of others, where more modules end in them', () =>
    check(
      {
        'a/configflow.py': ENGINE,
        'b/dataflow.py': SYSTEM,
        'c/flow.py': DESIGNER,
        'tools/archive.py': FILES,
      },
      [
        'flow',
        '  high a/configflow.py ~ b/dataflow.py',
        '  high b/dataflow.py ~ a/configflow.py',
        '  unique c/flow.py',
      ],
    ));

  it('are written as the modules write them', async () => {
    const { topics } = await topicsIn({ 'a/cookies.py': ENGINE, 'b/x_cookies.py': SYSTEM, 'c/y_cookies.py': DESIGNER });
    expect(topics.map(({ topic }) => topic)).toEqual(['cookies']);
  });

  it('show nothing a second time: of two for the same modules there is one topic', () =>
    check(
      {
        'a/workflow_runner_one.py': ENGINE,
        'b/workflow_runner_two.py': SYSTEM,
        'c/workflow_runner_three.py': DESIGNER,
        'd/workflow_archive.py': FILES,
      },
      [
        'workflow',
        '  high a/workflow_runner_one.py ~ b/workflow_runner_two.py',
        '  high b/workflow_runner_two.py ~ a/workflow_runner_one.py',
        '  unique c/workflow_runner_three.py',
        '  unique d/workflow_archive.py',
      ],
    ));

  it('of hundreds of modules are the name of the project', async () => {
    const rest = Object.fromEntries(
      Array.from({ length: 299 }, (_, index) => [`lib${index}/acme.py`, 'def f(): pass\n']),
    );
    const { topics, different } = await topicsIn({ ...rest, 'a/acme_engine.py': ENGINE, 'b/acme_system.py': SYSTEM });
    expect([...topics.map(({ topic }) => topic), ...different]).not.toContain('acme');
  });

  it('that everybody uses make nobody the same', async () => {
    const own = 'abcdefghijklmnopqrstuvwxyz';
    const everywhere = (index: number) =>
      klass(`Part${index}`, 'Says hello.', 'setup: getLogger', 'teardown: close', 'report', `only_${own[index]}`);
    const tree = Object.fromEntries(
      Array.from({ length: 12 }, (_, index) => [`app${index}/${own[index]}x_workflow.py`, everywhere(index)]),
    );
    expect((await topicsIn(tree)).topics).toEqual([]);
  });
});

describe('no more than partly the same', () => {
  const others = { 'web/visual_workflow.py': DESIGNER, 'tools/archive.py': FILES };
  const two = { 'a/workflow_engine.py': ENGINE, 'b/workflow_system.py': SYSTEM };

  it('is a module that imports the other', () =>
    check(
      { ...two, ...others },
      [
        'workflow',
        '  medium a/workflow_engine.py ~ b/workflow_system.py',
        '  medium b/workflow_system.py ~ a/workflow_engine.py',
        '  unique web/visual_workflow.py',
      ],
      [['a/workflow_engine.py', 'b/workflow_system.py']],
    ));

  it('is a module that hands the work on under the same names', async () => {
    const layer = ENGINE.replaceAll(/^ {8}.*$/gm, '        pass')
      .replace(/(def add_step.*\n).*/, '$1        self.engine.add_step(item)')
      .replace(/(def run_all.*\n).*/, '$1        self.engine.run_all(item)')
      .replace(/(def retry_failed.*\n).*/, '$1        self.engine.retry_failed(item)');
    const { topics } = await topicsIn({ ...others, 'a/workflow_engine.py': ENGINE, 'b/workflow_api.py': layer });
    expect(topics[0]?.modules[0]).toMatchObject({ level: 'medium', builtOn: true });
  });

  it('but not two copies of one layer', async () => {
    const layer = (name: string) =>
      `class ${name}:\n    def add_step(self):\n        self.e.add_step()\n\n    def run_all(self):\n        self.e.run_all()\n\n    def stop(self):\n        self.e.stop()\n`;
    const { topics } = await topicsIn({
      ...others,
      'a/workflow_api.py': layer('A'),
      'b/workflow_layer.py': layer('B'),
    });
    expect(topics[0]?.modules[0]).toMatchObject({ level: 'high', builtOn: false });
  });

  it('are plug-ins of one directory that share their interface', async () => {
    const plugin = (index: number) =>
      klass(`Rule${index}`, 'A rule.', 'matches: walk', 'apply: replace', 'describe', `only_${'abcdefghijkl'[index]}`);
    const rules = Object.fromEntries(
      Array.from({ length: 12 }, (_, index) => [`rules/workflow_${index}.py`, plugin(index)]),
    );
    // Enough of other things that the interface is rare in the whole.
    const rest = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`lib${index}/archive.py`, FILES]));
    const { topics } = await topicsIn({ ...rules, ...rest, 'web/workflow_list.py': DESIGNER });
    expect(topics.map(({ topic }) => topic)).not.toContain('workflow');
  });

  it('are modules of one file name that share the interface of a framework', async () => {
    const models = (index: number) =>
      klass(
        `Workflow${index}`,
        'Rows.',
        'save_row: walk',
        'load_rows: replace',
        'validate',
        `only_${'abcdefghijkl'[index]}`,
      );
    const apps = Object.fromEntries(
      Array.from({ length: 12 }, (_, index) => [`app${index}/workflow.py`, models(index)]),
    );
    const rest = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`lib${index}/archive.py`, FILES]));
    const { topics } = await topicsIn({ ...apps, ...rest, 'web/workflow_list.py': DESIGNER });
    expect(topics.map(({ topic }) => topic)).not.toContain('workflow');
  });

  it('are stubs that share one name', async () => {
    const stub = (name: string, method: string) => klass(name, 'Split off automatically.', method);
    const { topics } = await topicsIn({
      'a/workflow_run.py': stub('SplitRunner', 'run_now'),
      'a/workflow_store.py': stub('SplitStore', 'save_now'),
      ...others,
    });
    expect(topics.flatMap(({ modules }) => modules).filter(({ level }) => level === 'high')).toEqual([]);
  });
});

describe('whatever is there', () => {
  it('is nothing in an empty repository', async () => {
    expect(await topicsIn({})).toEqual({ topics: [], different: [] });
    expect(await topicsIn({ 'README.md': '# workflow\n' })).toEqual({ topics: [], different: [] });
  });

  it('may be called like the insides of JavaScript', async () => {
    const odd = (doc: string) =>
      klass(
        'constructor',
        `toString hasOwnProperty ${doc}`,
        'toString: valueOf',
        '__proto__',
        'hasOwnProperty',
        'size',
      );
    await check(
      { 'a/constructor.py': odd('prototype'), 'b/constructor_x.py': odd('prototype'), 'c/constructor_y.py': DESIGNER },
      [
        'constructor',
        '  high a/constructor.py ~ b/constructor_x.py',
        '  high b/constructor_x.py ~ a/constructor.py',
        '  unique c/constructor_y.py',
      ],
    );
  });

  it('may have no words, or not parse', async () => {
    await check(
      { 'a/_.py': 'def _(): pass\n', 'b/1.py': 'def f(:\n', 'c/__init__.py': 'class A: x', 'é/ß.py': ENGINE },
      [],
    );
  });

  it('may be long: a docstring of a megabyte is data', async () => {
    const words = Array.from({ length: 100_000 }, (_, index) => `word${'abcdefghij'[index % 10]}${index}`).join(' ');
    await check({ 'a/data_a.py': klass('A', words, 'f'), 'b/data_b.py': DESIGNER, 'c/data_c.py': FILES }, []);
  });
});
