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
    let last: SpanEdit | undefined;
    for (const edit of sorted) {
      if (last && edit.start < at) throw new Error(`two edits overlap: ${this.told(last)}, and ${this.told(edit)}`);
      out += this.source.slice(at, edit.start) + edit.text;
      at = edit.end;
      last = edit;
    }
    return out + this.source.slice(at);
  }

  private told({ start, end, text }: SpanEdit): string {
    const line = this.source.slice(0, start).split('\n').length;
    const [old, by] = [this.source.slice(start, end), text].map(quoted);
    if (start === end) return `${by} put into line ${line}`;
    return text === '' ? `${old} of line ${line} removed` : `${old} of line ${line} replaced by ${by}`;
  }
}

/** UTF-16 units of a text that are shown. */
const LONGEST = 40;

function quoted(text: string): string {
  return JSON.stringify(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
}
