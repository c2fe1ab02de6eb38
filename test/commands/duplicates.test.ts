/** `regraft duplicates` from the outside: copies by content, what their names mean, baselines, what is new. */
import { afterEach, describe, expect, it } from 'vitest';
import { type Sandbox, sandbox } from '../support/cli.js';

const CODE = `import logging

log = logging.getLogger("orders")


class Order:
    def __init__(self, name, amount, price=1):
        self.name = name
        self.amount = amount
        self.price = price

    def total(self, tax=0.2):
        return round(self.amount * self.price * (1 + tax), 2)


def total(orders, limit=10):
    result = 0
    for order in orders:
        if order.amount > limit and order.price > 0:
            result += order.total()
        else:
            log.debug("skipped %s", order.name)
    return round(result, 2)


def cheapest(orders):
    found = None
    for order in orders:
        if found is None or order.price < found.price:
            found = order
    return found
`;
const renamed = (text: string, ...names: string[]) =>
  names.reduce((all, name) => all.replaceAll(new RegExp(`\\b${name}\\b`, 'g'), `${name}2`), text);
const USER = 'from shop.orders import total\n\n\ndef show(orders):\n    print(total(orders))\n';
const TREE = { 'shop/__init__.py': '', 'shop/orders.py': CODE, 'shop/view.py': USER, 'old/__init__.py': '' };

let box: Sandbox;
afterEach(() => box.remove());

async function found(files: Record<string, string>, ...args: string[]): Promise<any> {
  box = sandbox({ ...TREE, ...files });
  const document = await box.json('duplicates', ...args);
  expect(document.problems.filter((problem: any) => problem.severity === 'error')).toEqual([]);
  return document.data;
}

describe('copies by content', () => {
  it.each<[what: string, copy: string, symbols: object]>([
    ['the same bytes', CODE, { changed: [], onlyKeep: [], onlyRemove: [], renamed: [] }],
    ['other layout and comments', CODE.replaceAll('\n\n\n', '\n# ---\n'), { changed: [], renamed: [] }],
    [
      'other names',
      renamed(CODE, 'Order', 'cheapest', 'orders'),
      {
        onlyKeep: ['Order', 'cheapest'],
        onlyRemove: ['Order2', 'cheapest2'],
        renamed: [
          { keep: 'Order', remove: 'Order2', same: true },
          { keep: 'Order.__init__', remove: 'Order2.__init__', same: true },
          { keep: 'Order.total', remove: 'Order2.total', same: true },
          { keep: 'cheapest', remove: 'cheapest2', same: true },
        ],
      },
    ],
    [
      'a method less',
      CODE.replace(/ {4}def total[\s\S]*?\n\n\n/, '\n\n'),
      { onlyKeep: ['Order.total'], onlyRemove: [] },
    ],
    [
      'a function more, in a module that nobody uses',
      `${CODE}\n\ndef more(a):\n    return a + 1\n`,
      { onlyKeep: [], onlyRemove: ['more'] },
    ],
    ['another default', CODE.replace('limit=10', 'limit=11'), { changed: [{ name: 'total', what: ['default'] }] }],
    ['half of it', CODE.slice(0, CODE.indexOf('\n\ndef cheapest')), { onlyKeep: ['cheapest'], onlyRemove: [] }],
  ])('%s', async (_, copy, symbols) => {
    const data = await found({ 'old/legacy_sums.py': copy });
    expect(data.pairs).toMatchObject([
      { keep: 'shop/orders.py', remove: 'old/legacy_sums.py', found: 'content', symbols },
    ]);
    expect(data.families).toMatchObject([{ found: 'content', keep: 'shop/orders.py' }]);
  });

  it('are one family, whose keeper others use; the user may want another', async () => {
    const files = { 'old/a.py': CODE, 'old/b.py': CODE.replace('limit=10', 'limit=11') };
    const data = await found(files);
    expect(data.families).toMatchObject([
      { keep: 'shop/orders.py', members: ['old/a.py', 'old/b.py', 'shop/orders.py'] },
    ]);
    expect(data.families[0].reasons).toContain('1 file imports it, more than any other');
    const pinned = (await box.json('duplicates', '--keep', 'old/b.py')).data;
    expect(pinned.families).toMatchObject([{ keep: 'old/b.py', reasons: ['you want to keep it'] }]);
    expect(pinned.pairs.map((pair: any) => [pair.keep, pair.remove])).toEqual([
      ['old/b.py', 'old/a.py'],
      ['old/b.py', 'shop/orders.py'],
    ]);
  });

  it('in tests are not what the program is made to depend on', async () => {
    const uses = { 'tests/test_a.py': 'import tests.orders\n', 'tests/test_b.py': 'import tests.orders\n' };
    const data = await found({ 'tests/__init__.py': '', 'tests/orders.py': CODE, ...uses });
    expect(data.families).toMatchObject([{ keep: 'shop/orders.py' }]);
    expect(data.families[0].reasons).toContain('it alone is no test');
  });

  it('are not told twice where the names tell already', async () => {
    const data = await found({ 'shop/orders_old.py': CODE });
    expect(data.pairs).toMatchObject([{ remove: 'shop/orders_old.py', found: 'name' }]);
  });

  it('are no stubs, no empty files, no files of imports that only begin alike', async () => {
    const stub = 'def f():\n    ...\n\n\ndef g():\n    ...\n';
    const data = await found({
      'a.py': stub,
      'b.py': stub,
      'c.py': '',
      'd.py': '',
      'e.py': '# licence\n'.repeat(30),
      'f.py': '# licence\n'.repeat(30),
    });
    expect([data.pairs, data.functions, data.packages]).toEqual([[], [], []]);
  });

  it('are sought in what is named, on one side at least', async () => {
    const files = { 'old/a.py': CODE, 'x/b.py': USER.repeat(3) };
    expect((await found(files, 'x')).pairs).toEqual([]);
    expect((await box.json('duplicates', 'old')).data.pairs).toHaveLength(1);
  });

  it('of whole packages are told as such', async () => {
    const other = renamed(CODE, 'Order');
    const data = await found({ 'shop/more.py': other, 'old/orders.py': CODE, 'old/more.py': `${other}\n\nX = 1\n` });
    expect(data.packages).toMatchObject([{ packages: ['old', 'shop'] }]);
  });

  it('say which files were not looked at', async () => {
    box = sandbox({ ...TREE, 'bad.py': "x = 'a\n" });
    const document = await box.json('duplicates');
    expect(document.problems).toMatchObject([{ code: 'unreadable', severity: 'warning', path: 'bad.py' }]);
  });
});

describe('functions of equal code', () => {
  const HELPER = `def retried(call, attempts=3):
    for number in range(attempts):
        try:
            return call(number)
        except Problem as error:
            log.warning("attempt %s of %s failed: %s", number, attempts, error)
    if attempts > 0:
        log.error("%s failed %s times", call, attempts)
    raise Problem(f"{call} failed {attempts} times")
`;
  const head = (module: string) => `from ${module} import Problem, log\n\n\n`;
  it('are one where every name means the same', async () => {
    const data = await found({
      'base.py': 'class Problem(Exception):\n    pass\n\n\nlog = None\n',
      'a.py': `${head('base')}${HELPER}\n\nA = 1\n`,
      'b.py': `import os\n${head('base')}if os.name == "nt":\n${HELPER.replace(/^(?=.)/gm, '    ')}`,
    });
    expect(data.functions).toMatchObject([
      { kind: 'identical', members: [{ path: 'a.py', name: 'retried' }, { path: 'b.py' }], bindings: { same: true } },
    ]);
  });

  it('are not where one is another object', async () => {
    const data = await found({
      'base.py': 'class Problem(Exception):\n    pass\n\n\nlog = None\n',
      'a.py': `${head('base')}${HELPER}\n\nA = 1\n`,
      'b.py': `from base import log\n\n\nclass Problem(Exception):\n    pass\n\n\n${HELPER}`,
    });
    expect(data.functions).toMatchObject([{ kind: 'identical', bindings: { same: false, otherwise: ['Problem'] } }]);
    expect((await box.regraft('duplicates')).stdout).toContain('not one function: Problem is another object in each');
  });
});

describe('functions that look alike to the index', () => {
  const BODY = `def retried(call, attempts=3):
    for number in range(attempts):
        if number > 3 and call(number) > attempts:
            print("attempt", attempts, call, number)
    if attempts > 0 and number < 5 and call:
        print("%s failed %s times", call, attempts)
    return call
`;
  const method = (head: string, text: string) =>
    `${head}\n${text.replace('(call', '(self, call').replace(/^(?=.)/gm, '    ')}`;
  const returning = (value: string) => BODY.replace('return call', `return ${value}`);
  /** What makes a module no copy of the other as a whole. */
  const numbers = (from: number) => `\n\nNUMBERS = [${Array.from({ length: 200 }, (_, index) => from + index)}]\n`;
  const grouped = async (a: string, b: string) => {
    const data = await found({ 'a.py': a + numbers(1), 'b.py': b + numbers(1000) });
    return data.functions.find((group: any) => group.members.length === 2);
  };

  it.each<[what: string, a: string, b: string]>([
    ['brackets', returning('(call + attempts) * number'), returning('call + (attempts * number)')],
    ['a tuple', returning('(call,)'), BODY],
    ['bytes', returning('"a"'), returning('b"a"')],
    ['a raw string', returning('"\\n"'), returning('r"\\n"')],
    ['indentation', BODY, BODY.replace('            print', '        print')],
    ['a decorator', `@property\n${BODY}`, BODY],
    ['async', `async ${BODY}`, BODY],
  ])('are not the same code: %s', async (_, a, b) => expect(await grouped(a, b)).toMatchObject({ kind: 'near' }));

  it.each<[name: string, a: string, b: string]>([
    ['super', method('class A(X):', returning('super().go()')), method('class B(Y):', returning('super().go()'))],
    ['__go', method('class A:', returning('self.__go()')), method('class B:', returning('self.__go()'))],
    [
      'LIMIT',
      method('class A:\n    LIMIT = 1', BODY.replace('=3', '=LIMIT')),
      method('class B:\n    LIMIT = 2', BODY.replace('=3', '=LIMIT')),
    ],
    ['print', `def print(*args):\n    pass\n\n\n${BODY}`, BODY],
    ['__name__', returning('__name__'), returning('__name__')],
    ['globals', returning('globals()'), returning('globals()')],
    ['mark', `from x import mark\n\n\n@mark\n${BODY}`, `from y import mark\n\n\n@mark\n${BODY}`],
    [
      'T',
      `from x import T\n\n\n${BODY.replace('(call', '(call: "T"')}`,
      `from y import T\n\n\n${BODY.replace('(call', '(call: "T"')}`,
    ],
    ['log', `def begin():\n    global log\n    log = 1\n\n\n${returning('log')}`, returning('log')],
    ['log', `for log in "ab":\n    pass\n\n\n${returning('log')}`, returning('log')],
    ['log', `from x import *\n\n\n${returning('log')}`, `from y import *\n\n\n${returning('log')}`],
    [
      'log',
      `try:\n    from x import log\nexcept ImportError:\n    log = None\n\n\n${returning('log')}`,
      `from x import log\n\n\n${returning('log')}`,
    ],
  ])('are not one where %s is another object', async (name, a, b) =>
    expect(await grouped(a, b)).toMatchObject({ kind: 'identical', bindings: { same: false, otherwise: [name] } }),
  );

  it.each<[what: string, a: string, b: string]>([
    ['a docstring and a comment', BODY, BODY.replace('\n', '\n    "What it does."  # or not\n')],
    ['redundant brackets', returning('(call)'), BODY],
    ['its own name in it', returning('retried'), returning('retried')],
    ['a condition around it', BODY, `import os\n\nif os.name:\n${BODY.replace(/^(?=.)/gm, '    ')}`],
  ])('are one whatever differs besides: %s', async (_, a, b) =>
    expect(await grouped(a, b)).toMatchObject({ kind: 'identical', bindings: { same: true } }),
  );
});

describe('what is known', () => {
  it('is left out, and what is new makes CI fail', async () => {
    await found({ 'old/a.py': CODE });
    expect((await box.regraft('duplicates', '--check')).exitCode).toBe(2);
    expect((await box.regraft('duplicates', '--save', 'known.json')).exitCode).toBe(0);
    const clean = await box.json('duplicates', '--baseline', 'known.json', '--check');
    expect([clean.exitCode, clean.data.pairs, clean.data.functions]).toEqual([0, [], []]);
    box.write({ 'old/b.py': CODE });
    const later = await box.json('duplicates', '--baseline', 'known.json', '--check');
    expect(later.exitCode).toBe(2);
    expect(later.data.pairs.map((pair: any) => pair.remove)).toEqual(['old/b.py']);
    expect((await box.regraft('duplicates', '--save', 'known.json')).stderr).toContain('known.json exists already');
    box.write({ 'known.json': '{"schema": 1}' });
    expect((await box.json('duplicates', '--baseline', 'known.json')).problems).toMatchObject([
      { code: 'bad-baseline' },
    ]);
  });

  it('is what a branch did not touch', async () => {
    await found({ 'old/a.py': CODE });
    expect((await box.json('duplicates', '--since', 'HEAD')).data.pairs).toEqual([]);
    box.write({ 'shop/orders.py': `${CODE}\n\nMORE = 1\n` });
    expect((await box.json('duplicates', '--since', 'HEAD')).data.pairs).toHaveLength(1);
    for (const [args, code] of [
      [['--since=--output=x'], 'unknown-revision'],
      [['--since', 'nothing'], 'unknown-revision'],
      [['--since', '--check'], 'usage'],
    ] as const)
      expect((await box.json('duplicates', ...args)).problems).toMatchObject([{ code }]);
  });
});

it('speaks SARIF', async () => {
  await found({ 'old/a b.py': CODE });
  const { stdout } = await box.regraft('duplicates', '--format', 'sarif');
  const [run] = JSON.parse(stdout).runs;
  expect(run.results).toMatchObject([
    {
      ruleId: 'duplicate-module',
      locations: [{ physicalLocation: { artifactLocation: { uri: 'old/a%20b.py' }, region: { startLine: 1 } } }],
      relatedLocations: [{ physicalLocation: { artifactLocation: { uri: 'shop/orders.py' } } }],
    },
  ]);
});

it('spells out in SARIF what names of files would do to a terminal', async () => {
  await found({ 'old/a\n\u202e[b].py': CODE });
  const { stdout } = await box.regraft('duplicates', '--format', 'sarif');
  const [{ message, locations }] = JSON.parse(stdout).runs[0].results;
  expect(message.text).toContain('old/a\\\\n\\\\u202e\\[b\\].py is a copy');
  expect(locations[0].physicalLocation.artifactLocation.uri).toBe('old/a%0A%E2%80%AE%5Bb%5D.py');
});
