/** Edits of a text, gathered in any order and put together at the end. Two that touch the same text are an error, never dropped. */
import type { Span } from '../core/model.js';

interface SpanEdit extends Span {
  readonly text: string;
}

export class SpanEdits {
  private readonly edits: SpanEdit[] = [];

  constructor(private readonly source: string) {}

  get size(): number {
    return this.edits.length;
  }

  /** Insertions at one place stand in the order in which they were made. */
  add({ start, end }: Span, text: string): void {
    if (!(Number.isInteger(start) && Number.isInteger(end) && 0 <= start && start <= end && end <= this.source.length))
      throw new Error(`no such span in the text: ${start} to ${end}`);
    if (this.source.slice(start, end) !== text) this.edits.push({ start, end, text });
  }

  /** @throws Error where edits overlap */
  applied(): string {
    const sorted = this.edits
      .map((edit, index) => ({ ...edit, index }))
      .sort((a, b) => a.start - b.start || a.end - b.end || a.index - b.index);
    let out = '';
    let at = 0;
    for (const { start, end, text } of sorted) {
      if (start < at) throw new Error(`two edits overlap at line ${this.lineOf(start)}: ${this.quoted(start, end)}`);
      out += this.source.slice(at, start) + text;
      at = end;
    }
    return out + this.source.slice(at);
  }

  private lineOf(offset: number): number {
    return this.source.slice(0, offset).split('\n').length;
  }

  private quoted(start: number, end: number): string {
    return JSON.stringify(this.source.slice(start, Math.min(end, start + 40)));
  }
}
