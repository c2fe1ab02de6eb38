/** `regraft inventory`: the numbers against what was laid out, and the whole screen. */
import { afterEach, describe, expect, it } from 'vitest';
import { type ShimSource, shimText } from '../../src/core/shims.js';
import { type Sandbox, sandbox } from '../support/cli.js';

let box: Sandbox;
afterEach(() => box.remove());

function shim(oldName: string, newName: string, over: Partial<ShimSource> = {}): string {
  const plain = {
    isPackage: false,
    relative: false,
    others: [],
    renamed: [],
    isRun: false,
    isHidden: false,
    newline: '\n',
  };
  return shimText({ ...plain, oldName, newName, ...over });
}

const X = 'def f():\n    return 1\n\n\ndef g():\n    return 2\n';
const TREE = {
  'README.md': 'old.util\n',
  'pkg/__init__.py': '',
  'pkg/x.py': X,
  'pkg/x_robust.py': 'def f():\n    return 1\n',
  'pkg/sub/__init__.py': '',
  'pkg/sub/late.py': 'try:\n    from pkg.gone import A\nexcept ImportError:\n    A = None\nfrom old.util import f',
  'old/__init__.py': '',
  'old/util.py': shim('old.util', 'pkg.x'),
  'old/unused.py': shim('old.unused', 'pkg.sub.late'),
  'old/chain.py': shim('old.chain', 'old.unused'),
  'load.py': 'import importlib\n\n\ndef load(name):\n    return importlib.import_module(f"old.un{name}")\n',
};

describe('the numbers', () => {
  it('are those of the files', async () => {
    box = sandbox(TREE);
    const { data, exitCode } = await box.json('inventory', 'pkg');
    expect(exitCode).toBe(0);
    expect(data.totals).toEqual({ modules: 5, lines: 13, duplicateLines: 2 });
    expect(data.directories).toEqual([
      { path: 'pkg', modules: 3, lines: 8 },
      { path: 'pkg/sub', modules: 2, lines: 5 },
    ]);
    expect(data.files).toContainEqual({ path: 'pkg/sub/late.py', lines: 5 });
    expect(data.duplicates).toMatchObject([{ keep: 'pkg/x.py', remove: 'pkg/x_robust.py', verdict: 'subset' }]);
    expect(data.unresolved).toMatchObject([{ path: 'pkg/sub/late.py', line: 2, name: 'pkg.gone', when: 'guarded' }]);
    expect(data.shims).toEqual([]);
  });

  it('count the users of shims, other shims and documents left out', async () => {
    box = sandbox(TREE);
    const rows = (await box.json('inventory')).data.shims as {
      path: string;
      users: string[];
      unknowns: number;
      target: string;
    }[];
    expect(rows.map(({ path, users, unknowns, target }) => [path, users, unknowns, target])).toEqual([
      ['old/chain.py', [], 0, 'old/unused.py'],
      ['old/unused.py', [], 1, 'pkg/sub/late.py'],
      ['old/util.py', ['pkg/sub/late.py'], 0, 'pkg/x.py'],
    ]);
  });

  it('agree with what retire decides', async () => {
    box = sandbox(TREE);
    const { shims } = (await box.json('retire')).data as {
      shims: { path: string; decision: string; codes: string[] }[];
    };
    expect(shims.map(({ path, codes }) => [path, ...codes])).toEqual([
      ['old/chain.py'],
      ['old/unused.py', 'dynamic-import'],
      ['old/util.py', 'still-used'],
    ]);
  });

  it('count lines whatever ends them', async () => {
    box = sandbox({
      'a.py': 'A = 1\r\nB = 2\r\n',
      'b.py': 'A = 1\rB = 2',
      'c.py': '',
      'd.py': '\n',
      'e.py': 'A = 1\n\n',
    });
    const { files } = (await box.json('inventory')).data as { files: { path: string; lines: number }[] };
    expect(files.map(({ lines }) => lines)).toEqual([2, 2, 0, 1, 2]);
  });
});

const STEPS = (name: string, more: string) => `class ${name}:
    """Runs steps after the steps they depend on."""

    def add_step(self, step):
        self.steps.append(step)

    def run_all(self):
        return topological_order(self.steps)

    def retry_failed(self):
        return backoff(self.steps)

    def ${more}(self):
        return self.steps
`;
const TOPIC = {
  'a/workflow_engine.py': STEPS('Engine', 'cancel'),
  'a/workflow_engine_robust.py': STEPS('Engine', 'cancel'),
  'b/workflow_system.py': STEPS('System', 'pause'),
  'c/visual_workflow.py': 'class Canvas:\n    def draw(self):\n        return line_to(self)\n',
  'tests/test_workflow.py': STEPS('Tested', 'cancel'),
  'old/workflow_old.py': shim('old.workflow_old', 'a.workflow_engine'),
};

interface TopicData {
  topic: string;
  lines: number;
  sameLines: number;
  modules: { path: string; level: string; nearest: string | null; builtOn: boolean }[];
}

describe('topics', () => {
  const topics = async () => (await box.json('inventory')).data.topics as TopicData[];

  it('leave out what repeats others: duplicates, shims and tests', async () => {
    box = sandbox(TOPIC);
    const [topic, ...others] = await topics();
    expect(others).toEqual([]);
    expect(topic).toMatchObject({ topic: 'workflow', lines: 31, sameLines: 28 });
    expect(topic?.modules.map(({ path, level, nearest }) => [path, level, nearest])).toEqual([
      ['a/workflow_engine.py', 'high', 'b/workflow_system.py'],
      ['b/workflow_system.py', 'high', 'a/workflow_engine.py'],
      ['c/visual_workflow.py', 'unique', null],
    ]);
  });

  it('know who imports whom', async () => {
    box = sandbox({ ...TOPIC, 'b/workflow_system.py': `import a.workflow_engine\n${STEPS('System', 'pause')}` });
    const [topic] = await topics();
    expect(topic?.modules[0]).toMatchObject({ level: 'medium', builtOn: true });
  });

  it('are shown with their evidence, once for two that are alike', async () => {
    box = sandbox(TOPIC);
    const { stdout } = await box.regraft('inventory', 'a', 'b', 'c');
    expect(sectionOf(stdout, 'Overlap by topic', 'Unresolved imports')).toMatchInlineSnapshot(`
      "Overlap by topic

      workflow: 3 modules in 3 directories, 31 lines, 28 of them in modules that do the same job
        HIGH     78.7 %      14  a/workflow_engine.py
                                 with b/workflow_system.py
                                 both define add_step, retry_failed, run_all
                                 both call append, backoff, topological_order
                                 both say steps, after, depend, runs
        HIGH     78.7 %      14  b/workflow_system.py
                                 with a/workflow_engine.py
        UNIQUE    0.0 %       3  c/visual_workflow.py

      HIGH does the same job as the module named with it, MEDIUM partly, UNIQUE shares only the word. The
      overlap is what two modules define, call and say in docstrings alike, rare names counting most.
      Tests, shims and duplicates by name are left out.

      look closer: regraft compare a/workflow_engine.py b/workflow_system.py

      "
    `);
  });

  it('fit a document, whatever names say', async () => {
    box = sandbox({ ...TOPIC, 'b/workflow_system.py': '', 'b|@x/workflow_<b>.py': STEPS('System', 'pause') });
    const { stdout } = await box.regraft('inventory', '--format', 'markdown');
    expect(sectionOf(stdout, '### Overlap by topic', '### Unresolved imports')).toMatchInlineSnapshot(`
      "### Overlap by topic

      **workflow**: 3 modules in 3 directories, 31 lines, 28 of them in modules that do the same job

      | Level | Overlap | Lines | Module | Nearest | Evidence |
      | --- | --: | --: | --- | --- | --- |
      | HIGH | 78.7 % | 14 | <code>a/workflow_engine.py</code> | <code>b&#124;&#64;x/workflow&#95;&#60;b&#62;.py</code> | both define add_step, retry_failed, run_all; both call append, backoff, topological_order; both say steps, after, depend, runs |
      | HIGH | 78.7 % | 14 | <code>b&#124;&#64;x/workflow&#95;&#60;b&#62;.py</code> | <code>a/workflow_engine.py</code> | both define add_step, retry_failed, run_all; both call append, backoff, topological_order; both say steps, after, depend, runs |
      | UNIQUE | 0.0 % | 3 | <code>c/visual_workflow.py</code> |  |  |

      HIGH does the same job as the module named with it, MEDIUM partly, UNIQUE shares only the word. The overlap is what two modules define, call and say in docstrings alike, rare names counting most. Tests, shims and duplicates by name are left out.

      "
    `);
  });
});

function sectionOf(text: string, title: string, next: string): string {
  return text.slice(text.indexOf(title), text.indexOf(next));
}

it('names packages whose imports lead nowhere', async () => {
  box = sandbox({
    ...TREE,
    'pkg/sub/early.py': 'from .gone import A, B\nfrom ..gone import C\nfrom pkg.x import h\nimport pkg.never\n',
  });
  const { brokenPackages } = (await box.json('inventory')).data;
  expect(brokenPackages).toMatchObject([
    { path: 'pkg/sub', modules: 3, affected: 2, failing: 1, imports: 5, guarded: 1 },
  ]);
  const { stdout } = await box.regraft('inventory');
  expect(sectionOf(stdout, 'Broken packages', 'Shims')).toMatchInlineSnapshot(`
    "Broken packages

    ✗ pkg/sub
        2 of 3 modules, 1 fails when imported; 5 imports without a target, 1 guarded and swallowed
        silently
        early.py:1 .gone
        early.py:2 ..gone
        early.py:3 pkg.x.h
        and 2 more imports

    "
  `);
});

it('says so where there is no Python, and where the path is none', async () => {
  box = sandbox({ 'README.md': '' });
  expect(await box.regraft('inventory')).toMatchObject({ exitCode: 0, stdout: 'no Python files here\n' });
  expect(await box.json('inventory', 'nowhere')).toMatchObject({ exitCode: 1, problems: [{ code: 'unknown-path' }] });
});

it('names the place to look where the tree would be too long', async () => {
  const many = Object.fromEntries(Array.from({ length: 201 }, (_, index) => [`pkg/m${index}.py`, '']));
  box = sandbox(many);
  const { stdout } = await box.regraft('inventory');
  expect(stdout).toContain('too many files to draw (201): name a directory, regraft inventory PATH');
  expect(stdout).not.toContain('m77.py');
});

it('is one screen', async () => {
  box = sandbox(TREE);
  expect((await box.regraft('inventory')).stdout).toMatchInlineSnapshot(`
    "10 modules with 117 lines; 2 lines in 1 duplicate; 1 unresolved import; 3 shims

    Tree

    ├── load.py  5
    ├── old/
    │   ├── __init__.py  0
    │   ├── chain.py  33  shim of old.unused
    │   ├── unused.py  33  shim of pkg.sub.late
    │   └── util.py  33  shim of pkg.x
    └── pkg/
        ├── __init__.py  0
        ├── sub/
        │   ├── __init__.py  0
        │   └── late.py  5
        ├── x.py  6
        └── x_robust.py  2  duplicate of x.py

    Directories

    directory  modules  lines
    .                1      5
    old              4     99
    pkg              3      8
    pkg/sub          2      5
    all             10    117

    Duplicates by name

    keep      lines  duplicate    lines  similar  verdict  differs
    pkg/x.py      6  x_robust.py      2   66.6 %   subset       +1

    1 pair: 1 subset. 2 lines in duplicates.
    Similarity is of code, without comments, layout and order. ~ changed, = renamed, - only in the
    duplicate, + only in the kept module.

    Recommended
      keep pkg/x.py: it alone is imported, it has everything that the others have, its name has no
        marker

    look closer: regraft compare pkg/x.py pkg/x_robust.py

    Unresolved imports

    1 unresolved import

    ✗ pkg.gone (guarded)
        pkg/sub/late.py:2
        no such module in the repository

    Broken packages

    ✗ pkg/sub
        1 of 2 modules; 1 import without a target, 1 guarded and swallowed silently
        late.py:2 pkg.gone

    Shims

    shim           stands for    users
    old/chain.py   old.unused        0
    old/unused.py  pkg.sub.late      0  1 place undecided
    old/util.py    pkg.x             1  pkg/sub/late.py

    1 shim without users: regraft retire
    "
  `);
});

it('is a document', async () => {
  box = sandbox(TREE);
  expect((await box.regraft('inventory', '--format', 'markdown')).stdout).toMatchInlineSnapshot(`
    "## Inventory

    **10 modules with 117 lines; 2 lines in 1 duplicate; 1 unresolved import; 3 shims**

    ### Tree

    <pre>
    <code>├── load.py  5</code>
    <code>├── old/</code>
    <code>│   ├── &#95;&#95;init&#95;&#95;.py  0</code>
    <code>│   ├── chain.py  33  shim of old.unused</code>
    <code>│   ├── unused.py  33  shim of pkg.sub.late</code>
    <code>│   └── util.py  33  shim of pkg.x</code>
    <code>└── pkg/</code>
    <code>    ├── &#95;&#95;init&#95;&#95;.py  0</code>
    <code>    ├── sub/</code>
    <code>    │   ├── &#95;&#95;init&#95;&#95;.py  0</code>
    <code>    │   └── late.py  5</code>
    <code>    ├── x.py  6</code>
    <code>    └── x_robust.py  2  duplicate of x.py</code>
    </pre>

    ### Directories

    | Directory | Modules | Lines |
    | --- | --: | --: |
    | <code>.</code> | 1 | 5 |
    | <code>old</code> | 4 | 99 |
    | <code>pkg</code> | 3 | 8 |
    | <code>pkg/sub</code> | 2 | 5 |
    | **all** | **10** | **117** |

    ### Imports

    \`\`\`mermaid
    flowchart LR
      n0["load"]
      subgraph s1["old"]
        n1["old"]
        n2["old.chain"]
        n3["old.unused"]
        n4["old.util"]
      end
      subgraph s2["pkg"]
        n5["pkg"]
        n6["pkg.x"]
        n7["pkg.x_robust"]
      end
      subgraph s3["pkg.sub"]
        n8["pkg.sub"]
        n9["pkg.sub.late"]
      end
      n2 --> n3
      n3 --> n9
      n4 --> n6
      n9 --> n4
    \`\`\`

    ### Imports against the levels

    1 import would have to be turned round before packages side by side are layers.

    | From | To | Place | Imported |
    | --- | --- | --- | --- |
    | <code>pkg</code> | <code>old</code> | <code>pkg/sub/late.py&#58;5</code> | <code>old/util.py</code> |

    ### Duplicates by name

    | Kept | Lines | Duplicate | Lines | Similar | Contents |
    | --- | --: | --- | --: | --: | --- |
    | <code>pkg/x.py</code> | 6 | <code>pkg/x_robust.py</code> | 2 | 66.6 % | subset |

    <details>
    <summary>Differences by symbol</summary>

    - <code>pkg/x_robust.py</code> only in the kept module: <code>g</code>

    </details>

    ### Unresolved imports

    | Name | Place | When | Why |
    | --- | --- | --- | --- |
    | <code>pkg.gone</code> | <code>pkg/sub/late.py&#58;2</code> | guarded | no such module in the repository |

    ### Broken packages

    | Package | Modules affected | Fail when imported | Imports | Guarded | First places |
    | --- | --: | --: | --: | --: | --- |
    | <code>pkg/sub</code> | 1 of 2 | 0 | 1 | 1 | <code>pkg/sub/late.py&#58;2</code> <code>pkg.gone</code> |

    ### Shims

    | Shim | Old name | New name | Users | Undecided |
    | --- | --- | --- | --: | --: |
    | <code>old/chain.py</code> | <code>old.chain</code> | <code>old.unused</code> | 0 | 0 |
    | <code>old/unused.py</code> | <code>old.unused</code> | <code>pkg.sub.late</code> | 0 | 1 |
    | <code>old/util.py</code> | <code>old.util</code> | <code>pkg.x</code> | 1 | 0 |
    "
  `);
});
