/**
 * A snapshot read as Python: texts, facts and layout, computed on first demand and remembered. How text becomes facts is
 * handed in, so this file knows no parser.
 */
import { declaredLayout } from './declared-layout.js';
import type { Facts } from './facts.js';
import { couldBePython, type FileKind, fileKind } from './file-kinds.js';
import { Layout } from './layout.js';
import type { ScriptFacts, ScriptReader } from './mentions/script.js';
import type { FileEntry, Snapshot } from './model.js';
import { type NotebookSource, notebookSource } from './notebook-source.js';
import type { Skim } from './skim.js';
import { decodePython, decodeUtf8, lineIndex, lineStarts, type SourceText, type Undecodable } from './text.js';
import { Watch } from './watch.js';

/** How text becomes what is known of it, at its two depths. */
export interface PythonReader {
  facts(text: string): Facts;
  /** @param facts gives the facts of the same text, for what tokens alone do not tell */
  skim(text: string, facts: () => Facts): Skim;
  /** Where a word stands in code, not in strings and comments; `null` where that cannot be told from tokens. */
  wordUses(text: string, word: string): readonly WordUse[] | null;
}

/** A name in an import statement, behind a dot, or anything else. */
export type WordUse = 'import' | 'attribute' | 'name';

/** What was read before, by the content's name; it outlives the process where somebody keeps it. */
export interface ContentMemory<T> {
  get(key: string): T | undefined;
  set(key: string, value: T): void;
}

/** What is known of contents, at the two depths, shared between the snapshots of one process. */
export interface Memory {
  readonly facts: ContentMemory<Facts>;
  readonly skims: ContentMemory<Skim>;
}

export function emptyMemory(): Memory {
  return { facts: new Map(), skims: new Map() };
}

/** One file's Python. For a notebook this is the code cells joined, with a way back into the file. */
export interface PythonUnit {
  readonly path: string;
  /** The Python text that the facts' offsets refer to. */
  readonly text: string;
  /** Read on first demand. */
  readonly facts: Facts;
  /** Read on first demand, from memory where it holds this content: then the file itself is not read. */
  readonly skim: Skim;
  /** See {@link PythonReader.wordUses}. */
  usesOf(word: string): readonly WordUse[] | null;
  /** Offset in the file's own text. */
  toFile(offset: number): number;
  /** Line in the file, from 1, of a line of the text. */
  lineInFile(line: number): number;
  /** New text as it must be written inside the file (escaped in a notebook). */
  written(text: string): string;
}

export interface Undecided {
  readonly unknown: string;
}

export class Codebase {
  readonly layout: Layout;
  /** Who watches learns which units were asked for. */
  readonly watch = new Watch();
  private readonly units = new Map<string, PythonUnit | Undecided>();
  private readonly texts = new Map<string, SourceText | Undecodable>();
  private readonly kinds = new Map<string, FileKind>();
  private readonly starts = new Map<string, number[]>();

  constructor(
    readonly snapshot: Snapshot,
    private readonly reader: PythonReader,
    private readonly memory: Memory = emptyMemory(),
    private readonly scripts?: ScriptReader,
  ) {
    const paths = snapshot.files.map((file) => file.path);
    this.layout = new Layout(paths, [snapshot.directoryName, ...snapshot.otherNames], declaredLayout(snapshot));
  }

  kind(path: string): FileKind {
    let kind = this.kinds.get(path);
    if (!kind) {
      kind = fileKind(path, () => this.head(path));
      this.kinds.set(path, kind);
    }
    return kind;
  }

  private head(path: string): Uint8Array {
    const bytes = this.snapshot.read(path);
    return bytes instanceof Uint8Array ? bytes.subarray(0, 512) : new Uint8Array();
  }

  /** Whether a file's bytes contain one of the words; not those of a file that cannot be read. */
  spells(path: string, words: readonly string[]): boolean {
    const bytes = this.snapshot.read(path);
    if (!(bytes instanceof Uint8Array)) return false;
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return words.some((word) => buffer.includes(word));
  }

  /** Files that hold Python: modules, stubs, scripts and notebooks. */
  pythonFiles(): FileEntry[] {
    return this.snapshot.files.filter(({ path }) => couldBePython(path) && isPythonKind(this.kind(path)));
  }

  /** The file's text, decoded as its kind demands. */
  text(path: string): SourceText | Undecodable {
    const known = this.texts.get(path);
    if (known) return known;
    const bytes = this.snapshot.read(path);
    const text = bytes instanceof Uint8Array ? this.decode(path, bytes) : { undecodable: bytes.unreadable };
    this.texts.set(path, text);
    return text;
  }

  /** Text of no known encoding is read byte by byte, so that it can be searched; edits of ASCII stay exact. */
  private decode(path: string, bytes: Uint8Array): SourceText | Undecodable {
    const kind = this.kind(path);
    if (kind === 'python' || kind === 'stub') return decodePython(bytes);
    const text = decodeUtf8(bytes);
    if (!('undecodable' in text) || kind === 'notebook' || kind === 'binary' || bytes.includes(0)) return text;
    return { text: Buffer.from(bytes).toString('latin1'), encoding: 'latin-1', bomLength: 0 };
  }

  /** How a JavaScript or TypeScript file is read; nothing where no reader was handed in. */
  script(path: string): (() => ScriptFacts | null) | undefined {
    const { scripts } = this;
    return scripts && this.kind(path) === 'script-js' ? () => scripts(path, this.textOf(path)) : undefined;
  }

  /** The facts of a Python file, or why there are none. */
  unit(path: string): PythonUnit | Undecided {
    this.watch.note(path);
    let unit = this.units.get(path);
    if (!unit) {
      unit = this.readUnit(path);
      this.units.set(path, unit);
    }
    return unit;
  }

  /** The unit, or `undefined` where it cannot be had; callers that must not overlook that use {@link unit}. */
  unitOrNone(path: string): PythonUnit | undefined {
    const unit = this.unit(path);
    return 'unknown' in unit ? undefined : unit;
  }

  /** The text of a file need not be kept: it is read again where somebody asks. */
  release(path: string): void {
    if (!this.snapshot.release || this.kind(path) === 'notebook') return;
    this.texts.delete(path);
    this.starts.delete(path);
    this.snapshot.release(path);
  }

  /** Line and column, both from 1, of an offset in a file's text. */
  place(path: string, offset: number): { line: number; column: number } {
    const starts = this.lineStartsOf(path);
    const index = lineIndex(starts, offset);
    return { line: index + 1, column: offset - (starts[index] as number) + 1 };
  }

  /** The source line that holds an offset, without blanks around it, cut at 200 units. */
  lineText(path: string, offset: number): string {
    const text = this.text(path);
    if ('undecodable' in text) return '';
    const starts = this.lineStartsOf(path);
    const index = lineIndex(starts, offset);
    return text.text
      .slice(starts[index], starts[index + 1] ?? text.text.length)
      .trim()
      .slice(0, 200);
  }

  private lineStartsOf(path: string): number[] {
    let starts = this.starts.get(path);
    if (!starts) {
      const text = this.text(path);
      starts = lineStarts('undecodable' in text ? '' : text.text);
      this.starts.set(path, starts);
    }
    return starts;
  }

  private readUnit(path: string): PythonUnit | Undecided {
    const key = this.snapshot.entry(path)?.blob ?? path;
    const isNotebook = this.kind(path) === 'notebook';
    const read = () => this.textOf(path);
    if (!isNotebook && this.memory.skims.get(key)) return new Unit(path, key, read, this.reader, this.memory);
    const source = this.text(path);
    if ('undecodable' in source) return { unknown: source.undecodable };
    if (!isNotebook) return new Unit(path, key, read, this.reader, this.memory);
    const cells = notebookSource(source.text);
    if ('unreadable' in cells) return { unknown: cells.unreadable };
    const placed = (offset: number) => this.place(path, offset).line;
    return new NotebookUnit(path, `${key}#cells`, cells, placed, this.reader, this.memory);
  }

  /** Of a file that was decoded before; it cannot have become another since. */
  private textOf(path: string): string {
    const source = this.text(path);
    return 'undecodable' in source ? '' : source.text;
  }
}

class Unit implements PythonUnit {
  constructor(
    readonly path: string,
    private readonly key: string,
    private readonly read: () => string,
    private readonly reader: PythonReader,
    private readonly memory: Memory,
  ) {}

  get text(): string {
    return this.read();
  }

  get facts(): Facts {
    const known = this.memory.facts.get(this.key);
    if (known) return known;
    const facts = this.reader.facts(this.text);
    this.memory.facts.set(this.key, facts);
    return facts;
  }

  get skim(): Skim {
    const known = this.memory.skims.get(this.key);
    if (known) return known;
    const skim = this.reader.skim(this.text, () => this.facts);
    this.memory.skims.set(this.key, skim);
    return skim;
  }

  usesOf(word: string): readonly WordUse[] | null {
    return this.reader.wordUses(this.text, word);
  }

  toFile(offset: number): number {
    return offset;
  }

  lineInFile(line: number): number {
    return line;
  }

  written(text: string): string {
    return text;
  }
}

class NotebookUnit extends Unit {
  private readonly starts: readonly number[];

  constructor(
    path: string,
    key: string,
    private readonly cells: NotebookSource,
    private readonly lineAt: (offset: number) => number,
    reader: PythonReader,
    memory: Memory,
  ) {
    super(path, key, () => cells.text, reader, memory);
    this.starts = lineStarts(cells.text);
  }

  override toFile(offset: number): number {
    return this.cells.toFile(offset);
  }

  override lineInFile(line: number): number {
    return this.lineAt(this.toFile(this.starts[line - 1] ?? 0));
  }

  override written(text: string): string {
    return JSON.stringify(text).slice(1, -1);
  }
}

export function isPythonKind(kind: FileKind): boolean {
  return kind === 'python' || kind === 'stub' || kind === 'notebook';
}
