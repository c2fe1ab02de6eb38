/**
 * A snapshot read as Python: texts, facts and layout, computed on first demand and remembered. How text becomes facts is
 * handed in, so this file knows no parser.
 */
import { declaredLayout } from './declared-layout.js';
import type { Facts } from './facts.js';
import { type FileKind, fileKind } from './file-kinds.js';
import { Layout } from './layout.js';
import type { FileEntry, ObjectId, Snapshot } from './model.js';
import { notebookSource } from './notebook-source.js';
import { decodePython, decodeUtf8, lineIndex, lineStarts, type SourceText, type Undecodable } from './text.js';

export type ReadFacts = (text: string) => Facts;

/** Facts by content, shared between the snapshots of one process. */
export type FactsCache = Map<string, Facts>;

/** One file's Python. For a notebook this is the code cells joined, with a way back into the file. */
export interface PythonUnit {
  readonly path: string;
  /** The Python text that the facts' offsets refer to. */
  readonly text: string;
  readonly facts: Facts;
  /** Offset in the file's own text. */
  toFile(offset: number): number;
  /** New text as it must be written inside the file (escaped in a notebook). */
  written(text: string): string;
}

export interface Undecided {
  readonly unknown: string;
}

export class Codebase {
  readonly layout: Layout;
  private readonly units = new Map<string, PythonUnit | Undecided>();
  private readonly texts = new Map<string, SourceText | Undecodable>();
  private readonly kinds = new Map<string, FileKind>();
  private readonly starts = new Map<string, number[]>();

  constructor(
    readonly snapshot: Snapshot,
    private readonly readFacts: ReadFacts,
    private readonly cache: FactsCache = new Map(),
  ) {
    const paths = snapshot.files.map((file) => file.path);
    this.layout = new Layout(paths, [snapshot.directoryName, ...snapshot.otherNames], declaredLayout(snapshot));
  }

  kind(path: string): FileKind {
    let kind = this.kinds.get(path);
    if (!kind) {
      const bytes = this.snapshot.read(path);
      kind = fileKind(path, bytes instanceof Uint8Array ? bytes.subarray(0, 512) : '');
      this.kinds.set(path, kind);
    }
    return kind;
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
    return this.snapshot.files.filter((file) => isPythonKind(this.kind(file.path)));
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

  /** The facts of a Python file, or why there are none. */
  unit(path: string): PythonUnit | Undecided {
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
    const source = this.text(path);
    if ('undecodable' in source) return { unknown: source.undecodable };
    const entry = this.snapshot.entry(path);
    const key = entry?.blob ?? path;
    if (this.kind(path) !== 'notebook') {
      return { path, text: source.text, facts: this.factsOf(key, source.text), toFile: same, written: same };
    }
    const cells = notebookSource(source.text);
    if ('unreadable' in cells) return { unknown: cells.unreadable };
    const written = (text: string) => JSON.stringify(text).slice(1, -1);
    return { path, text: cells.text, facts: this.factsOf(`${key}#cells`, cells.text), toFile: cells.toFile, written };
  }

  private factsOf(key: ObjectId, text: string): Facts {
    let facts = this.cache.get(key);
    if (!facts) {
      facts = this.readFacts(text);
      this.cache.set(key, facts);
    }
    return facts;
  }
}

const same = <T>(value: T): T => value;

export function isPythonKind(kind: FileKind): boolean {
  return kind === 'python' || kind === 'stub' || kind === 'notebook';
}
