/** `--format html`: one page that loads nothing, whatever the repository's names and texts would like to be. */
import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { type Sandbox, sandbox } from '../support/cli.js';

let box: Sandbox;
afterEach(() => box.remove());

/** In paths there is no `</script>` but for a directory that ends with `<`. */
const HOSTILE: Readonly<Record<string, string>> = {
  '<img src=x onerror=alert(1)>.py': 'from pkg import missing\n',
  'pkg<\u0020/script><script>alert(1)<\u0020/script>.py': '',
  '</script><script>alert(2)<!--.py': 'import pkg.b\n',
  '"quoted\'><svg onload=alert(3)>.py': '',
  'bidi\u202egpj.py': '',
  'esc\u001b[31m.py': '',
  'line\nbreak.py': '',
  [`${'long'.repeat(55)}.py`]: '',
  'pkg/__init__.py': '',
  'pkg/a.py': '# </script><script>alert(4)</script>\n# ]]> <!-- \u202e\nfrom pkg.b import x\nfrom pkg import gone\n',
  'pkg/b.py': 'from pkg import a\nx = "</style><script>alert(5)</script>"\n',
  'pkg/b_old.py': 'x = "</style><script>alert(5)</script>"\n',
  'move.yaml': 'phases:\n  - name: "<script>alert(6)</script>"\n    move: {pkg/b.py: pkg/core/b.py}\n',
};

const COMMANDS = [
  ['graph', '--format', 'html'],
  ['inventory', '--format', 'html'],
  ['run', 'move.yaml', '--format', 'html'],
] as const;

/** What stands between the tags that are scripts, styles and data. */
function parts(page: string, tag: string): string[] {
  return [...page.matchAll(new RegExp(`<${tag}(?: [^>]*)?>([\\s\\S]*?)</${tag}>`, 'g'))].map(
    (match) => match[1] as string,
  );
}

describe.each(COMMANDS)('%s %s %s', (...command) => {
  it('writes one page in which nothing of the repository is markup', async () => {
    box = sandbox(HOSTILE);
    const { stdout: page, exitCode, stderr } = await box.regraft(...(command as readonly string[]));
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const outside = page.replaceAll('<wbr>', '').replace(/<(script|style)(?: [^>]*)?>[\s\S]*?<\/\1>/g, '');
    expect(outside).not.toMatch(/<(?:img|svg|script|iframe|object|link|base|form)\b/i);
    expect(outside).not.toMatch(/<[^>]*\s(?:on\w+|src|style|srcset)\s*=/i);
    expect([...outside.matchAll(/\shref="([^"]*)"/g)].filter(([, to]) => !to?.startsWith('#'))).toEqual([]);
    expect(outside).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/);
    expect(outside).toContain('&lt;img src=x onerror=alert(1)&gt;.py');
  });

  it('allows its own scripts and style by their hashes and forbids everything else', async () => {
    box = sandbox(HOSTILE);
    const { stdout: page } = await box.regraft(...(command as readonly string[]));
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? '';
    const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    const [island, library, script] = parts(page, 'script') as [string, string, string];
    expect(parts(page, 'script')).toHaveLength(3);
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      `script-src ${hash(library)} ${hash(script)}`,
      `style-src ${parts(page, 'style').map(hash).join(' ')}`,
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    expect(page.indexOf('Content-Security-Policy')).toBeLessThan(page.indexOf('<style'));
    expect(island).not.toMatch(/[<>&]/);
    const { graphs } = JSON.parse(island) as { graphs: { nodes: [string, string][] }[] };
    expect(graphs.at(-1)?.nodes.map(([label]) => label)).toContain('script><script>alert(2)<!--.py');
  });

  it('is the same each time', async () => {
    box = sandbox(HOSTILE);
    const [first, second] = [
      await box.regraft(...(command as readonly string[])),
      await box.regraft(...(command as readonly string[])),
    ];
    expect(first.stdout === second.stdout).toBe(true);
  });
});

describe('the pages', () => {
  it('of inventory has all tables', async () => {
    box = sandbox(HOSTILE);
    const stdout = (await box.regraft('inventory', '--format', 'html')).stdout.replaceAll('<wbr>', '');
    const ids = [...stdout.matchAll(/<section id="([\w-]+)"/g)].map((match) => match[1]);
    expect(ids).toEqual(['graph', 'duplicates', 'unresolved', 'broken', 'shims', 'directories', 'levels', 'cycles']);
    expect(stdout).toContain('pkg/b_old.py');
    expect(stdout).toContain('pkg.gone');
  });

  it('of a recipe has trees, changes with reasons and differences, and both graphs', async () => {
    box = sandbox(HOSTILE);
    const { stdout } = await box.regraft('run', 'move.yaml', '--format', 'html');
    expect(stdout).toContain('&lt;script&gt;alert(6)&lt;/script&gt;');
    expect(stdout).toContain('data-move="0"');
    expect(stdout).toContain('<span class="removed">-from pkg.b import x</span>');
    expect(stdout).toContain('<span class="added">+from pkg.core.b import x</span>');
    expect(stdout).toContain('<span class="same"> # &lt;/script&gt;&lt;script&gt;alert(4)&lt;/script&gt;</span>');
    const { graphs } = JSON.parse(parts(stdout, 'script')[0] as string) as { graphs: { title: string }[] };
    expect(graphs.map(({ title }) => title)).toEqual(['before', 'after']);
  });

  it('of a recipe that is carried out says what came of it', async () => {
    box = sandbox(HOSTILE);
    const { stdout, exitCode } = await box.regraft('run', 'move.yaml', '--format', 'html', '--apply');
    expect(exitCode).toBe(0);
    expect(stdout).toContain(box.git('rev-parse', 'HEAD').slice(0, 10));
  });

  it('of an empty repository is a page', async () => {
    box = sandbox({});
    for (const command of ['graph', 'inventory']) {
      const { stdout, exitCode } = await box.regraft(command, '--format', 'html');
      expect([exitCode, stdout.slice(0, 15)]).toEqual([0, '<!DOCTYPE html>']);
    }
  });
});
