/** Documents in Markdown: their fenced blocks, what is said of each, and the commands in them. */
import { readdirSync, readFileSync } from 'node:fs';

export interface Block {
  /** `docs/ci.md:12`, of the opening fence. */
  readonly at: string;
  readonly language: string;
  readonly text: string;
  /** From `<!-- name: value -->` comments right above the block. */
  readonly notes: Readonly<Record<string, string>>;
}

export interface DocumentedCommand {
  readonly at: string;
  readonly line: string;
  /** From a comment such as `# exits 3`. */
  readonly exitCode: number;
  /** Of console blocks: lines that the output must hold, in this order. */
  readonly output: readonly string[];
}

export function documents(): string[] {
  const docs = readdirSync('docs').filter((name) => name.endsWith('.md'));
  return ['README.md', ...docs.sort().map((name) => `docs/${name}`)];
}

export function blocksOf(path: string): Block[] {
  const lines = readFileSync(path, 'utf8').split('\n');
  const blocks: Block[] = [];
  let notes: Record<string, string> = {};
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] as string;
    const note = /^<!-- ([a-z][a-z -]*?)(?:: (.*?))? -->$/.exec(line);
    const fence = /^(`{3,})(\w*)/.exec(line);
    if (note) notes[note[1] as string] = note[2] ?? '';
    if (!fence) {
      if (!note && line.trim() !== '') notes = {};
      continue;
    }
    const end = lines.indexOf(fence[1] as string, at + 1);
    const text = lines.slice(at + 1, end).join('\n');
    blocks.push({ at: `${path}:${at + 1}`, language: fence[2] as string, text, notes });
    notes = {};
    at = end;
  }
  return blocks;
}

/** In a `sh` block each line is a command; in a `console` block those after `$ `, the rest is what they print. */
export function commandsOf({ at, language, text }: Block): DocumentedCommand[] {
  const isConsole = language === 'console';
  const commands: { at: string; line: string; exitCode: number; output: string[] }[] = [];
  const [path, first] = at.split(':') as [string, string];
  for (const [index, raw] of text
    .replace(/\\\n\s*/g, ' ')
    .split('\n')
    .entries()) {
    const written = isConsole ? (raw.startsWith('$ ') ? raw.slice(2) : null) : raw;
    if (written === null) commands.at(-1)?.output.push(raw);
    else if (written.trim() !== '' && !written.startsWith('#')) {
      const exitCode = Number(/# exits (\d+)/.exec(written)?.[1] ?? 0);
      const line = written.replace(/\s+#(?!\S).*$/, '').trim();
      commands.push({ at: `${path}:${Number(first) + index + 1}`, line, exitCode, output: [] });
    }
  }
  return commands;
}

/** The words of a line as a shell would read them; `null` where only a shell can tell. */
export function plainWords(line: string): string[] | null {
  const words: string[] = [];
  let rest = line;
  while (rest !== '') {
    const part = /^((?:[^\s'"\\$`|&;<>()*?[\]{}~#]|'[^']*'|"[^"$`\\]*")+)\s*/.exec(rest);
    if (!part) return null;
    words.push((part[1] as string).replace(/'([^']*)'|"([^"]*)"/g, (_, a, b) => a ?? b));
    rest = rest.slice(part[0].length);
  }
  return words;
}
