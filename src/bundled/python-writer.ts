/**
 * Python source as a small tree: a module of statements, functions and classes with members. Knows blank lines and
 * indentation; what the code says is left to the rooms beside it.
 */

/** A function, method or plain statement; lines without outer indentation. */
export interface Definition {
  readonly kind: 'definition';
  readonly name: string;
  readonly lines: readonly string[];
}

/** A class whose members are known one by one. */
export interface PythonClass {
  readonly kind: 'class';
  readonly name: string;
  /** Decorators, the `class` line and the docstring. */
  readonly head: readonly string[];
  readonly members: readonly Definition[];
}

export type Item = Definition | PythonClass;

export interface PythonModule {
  /** Docstring, imports, logger. */
  readonly header: readonly string[];
  readonly items: readonly Item[];
}

/** The lines of a template text, without the line breaks around it. */
export function linesOf(text: string): string[] {
  return text.replace(/^\n+|\s+$/g, '').split('\n');
}

export function definition(name: string, text: string): Definition {
  return { kind: 'definition', name, lines: linesOf(text) };
}

/** Splits unindented Python text into its definitions; each begins at an unindented line after a blank one. */
export function definitions(text: string): Definition[] {
  if (!text.trim()) return [];
  return text
    .trim()
    .split(/\n{2,}(?=\S)/)
    .map((chunk) => definition(nameOf(chunk), chunk));
}

function nameOf(chunk: string): string {
  const name = /^(?:async def|def|class) (\w+)|^(\w+)\s*(?::[^=\n]+)?=/m.exec(chunk);
  if (!name) throw new Error(`no name in: ${chunk.slice(0, 60)}`);
  return name[1] ?? (name[2] as string);
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => (line ? `    ${line}` : ''));
}

function itemLines(item: Item): string[] {
  if (item.kind === 'definition') return [...item.lines];
  return [...item.head, ...item.members.flatMap((member) => ['', ...indented(member.lines)])];
}

/** The module's text, ended by one line feed. */
export function render(module: PythonModule): string {
  const lines = [...module.header, ...module.items.flatMap((item) => ['', '', ...itemLines(item)])];
  return `${lines.join('\n')}\n`;
}

/** Line feeds in a text, as `wc -l` counts. */
export function countLines(text: string): number {
  return text.split('\n').length - 1;
}

/** The module with one class replaced. */
export function withClass(module: PythonModule, name: string, change: (old: PythonClass) => PythonClass): PythonModule {
  const items = module.items.map((item) => (item.kind === 'class' && item.name === name ? change(item) : item));
  return { ...module, items };
}

/** A generator of pseudo-random numbers (mulberry32), seeded by a text, so that each module has its own sequence. */
export function seeded(text: string): () => number {
  let state = [...text].reduce((sum, c) => Math.imul(sum ^ c.charCodeAt(0), 16777619), 2166136261) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** One of several, by the generator. */
export function pick<T>(random: () => number, choices: readonly T[]): T {
  return choices[Math.floor(random() * choices.length)] as T;
}

/** A shuffled copy. */
export function shuffled<T>(random: () => number, list: readonly T[]): T[] {
  const copy = [...list];
  for (let i = copy.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [copy[i], copy[j]] = [copy[j] as T, copy[i] as T];
  }
  return copy;
}
