/**
 * The part of the differential check that reads strings and texts: every word that named a module or a file goes on naming
 * it, and no other word changes. What a word names is looked up before and after, without knowing how edits were computed.
 */

import type { Place, Problem } from '../model.js';
import { isPythonPath, moduleBase } from '../paths.js';
import { problem } from '../problems.js';
import type { Checked } from './model.js';
import { meaningsOf } from './word-meanings.js';
import { isBound, type Word, type WordChange, wordChanges, wordsOf } from './words.js';

/** @param path before; a file that is there before and after, in any language */
export function textProblems(checked: Checked, path: string, file: string): Problem[] {
  const old = wordsOf(checked.before.codebase, path);
  const now = wordsOf(checked.after.codebase, file);
  return old && now ? new TextCheck(checked, path, file).problems(old, now) : [];
}

/** Of an import in a text, which may be split. */
const KEYWORDS: ReadonlySet<string> = new Set(['from', 'import', 'as']);
const MOST_PARTS = 3;

class TextCheck {
  private readonly names: readonly string[];

  constructor(
    private readonly checked: Checked,
    private readonly path: string,
    private readonly file: string,
  ) {
    this.names = [...new Set(checked.changed.map(moduleBase))];
  }

  problems(old: readonly Word[], now: readonly Word[]): Problem[] {
    const known = new Set(old.map(({ text }) => text));
    const changes = wordChanges(old, now);
    return changes.flatMap((change, index) => {
      const problems = this.judge(change, known, changes.slice(Math.max(0, index - MOST_PARTS), index));
      return problems.length > 0 && this.isPutTogether(changes, index) ? [] : problems;
    });
  }

  private judge({ old, now }: WordChange, known: ReadonlySet<string>, before: readonly WordChange[]): Problem[] {
    const [first] = old;
    if (old.length === 1 && now.length === 1 && first?.text === now[0]?.text)
      return this.unchanged(first as Word, before);
    if (old.some((word) => this.isAccepted(word))) return [];
    const afterwards = now.map(({ text }) => text);
    const lost = old.filter(({ text }) => !afterwards.some((word) => this.isSame(text, word)));
    const becomes = afterwards.length > 0 ? `become '${afterwards.join(' ')}'` : 'be gone';
    if (lost.length > 0) return lost.map((word) => this.found(word, `'${word.text}' would ${becomes}`));
    const isExplained = ({ text }: Word) =>
      known.has(text) ||
      KEYWORDS.has(text) ||
      this.isOfNewName(text) ||
      old.some((word) => this.isSame(word.text, text));
    return now
      .filter((word) => !isExplained(word))
      .map((word) => problem('check-text', `'${word.text}' would newly stand here`, { place: this.placeAfter(word) }));
  }

  /** The parts of one path stand in strings of their own, one after another. */
  private isPutTogether(changes: readonly WordChange[], index: number): boolean {
    return windows(changes, index).some((part) => {
      const [old, now] = [joined(part, 'old'), joined(part, 'now')];
      return old !== now && this.meant(old).length > 0 && this.isNamedBy(old, now);
    });
  }

  /** A word that stays must not have named what is called otherwise now, alone or at the end of a path in parts. */
  private unchanged(word: Word, before: readonly WordChange[]): Problem[] {
    const { text } = word;
    if (!this.names.some((name) => text.includes(name)) || this.isAccepted(word)) return [];
    const isLost = (name: string) => this.meant(name).length > 0 && !this.isNamedBy(name, name);
    if (/\w[./\\]\w/.test(text) && isLost(text))
      return [this.found(word, `'${text}' would no longer name what it named`)];
    const path = isPythonPath(text) ? pathsEndingIn(before, word).find(isLost) : undefined;
    return path === undefined ? [] : [this.found(word, `'${path}' would no longer lead to a file`)];
  }

  private isSame(old: string, now: string): boolean {
    if (old === now) return true;
    // A name that an import in a text binds is used elsewhere in it.
    if (isBound(old) || isBound(now)) return false;
    return this.meant(old).length > 0 ? this.isNamedBy(old, now) : this.isPartNamedBy(old, now);
  }

  /** What a word of the file named, by its places afterwards. */
  private meant(text: string): string[] {
    const { before, place, named } = this.checked;
    return meaningsOf(before.codebase.layout, this.path, text).map(({ path, rest }) => {
      const [name = '', ...others] = rest.split('.');
      return `${place(path)}\0${[named(path, name), ...others].join('.')}`;
    });
  }

  private isNamedBy(old: string, now: string): boolean {
    const { after, standsFor } = this.checked;
    const named = meaningsOf(after.codebase.layout, this.file, now).map(
      ({ path, rest }) => `${standsFor(path)}\0${rest}`,
    );
    const meant = new Set(this.meant(old));
    return named.some((each) => meant.has(each));
  }

  /** The end of a name or path, completed elsewhere: it must be the end of the new one now. */
  private isPartNamedBy(old: string, now: string): boolean {
    const [parts, others] = [partsOf(old), partsOf(now)];
    return this.checked.changed.some((path) => {
      const [whole, moved] = [partsOf(path), partsOf(this.checked.place(path))];
      return parts.some((_, index) => {
        const count = parts.length - index;
        const rest = parts.slice(count);
        const ends = rest.length === 0 || others.slice(others.length - rest.length).join('/') === rest.join('/');
        const head = others.slice(0, others.length - rest.length);
        return ends && head.length > 0 && endsWith(whole, parts.slice(0, count)) && endsWith(moved, head);
      });
    });
  }

  /** A part of what a moved module is called afterwards. */
  private isOfNewName(text: string): boolean {
    const wanted = `/${partsOf(text).join('/')}/`;
    return this.checked.changed.some((path) => `/${partsOf(this.checked.place(path)).join('/')}/`.includes(wanted));
  }

  /** A person took the line on, or a mention in the word stays. */
  private isAccepted({ parts }: Word): boolean {
    return parts.some(({ start, end }) => {
      const { line, column } = this.checked.before.codebase.place(this.path, start);
      const place = `${this.path}:${line}`;
      const isLeft = (_: unknown, index: number) => this.checked.left.has(`${place}:${column + index}`);
      return this.checked.accepted.has(place) || Array.from({ length: end - start }).some(isLeft);
    });
  }

  private placeAfter({ at }: Word): Place {
    return { path: this.file, ...this.checked.after.codebase.place(this.file, at) };
  }

  private found({ at }: Word, message: string): Problem {
    const place = this.checked.before.codebase.place(this.path, at);
    return problem('check-text', message, { place: { path: this.path, ...place } });
  }
}

/** Changes in a row with the one at `index` among them. */
function windows(changes: readonly WordChange[], index: number): WordChange[][] {
  const found: WordChange[][] = [];
  for (let from = Math.max(0, index - MOST_PARTS); from <= index; from++)
    for (let to = index; to <= index + MOST_PARTS; to++) found.push(changes.slice(from, to + 1));
  return found.filter((part) => part.length > 1 || (part[0]?.old.length ?? 0) > 1);
}

function joined(part: readonly WordChange[], side: 'old' | 'now'): string {
  return part.flatMap((change) => change[side].map(({ text }) => text)).join('/');
}

/** Paths that a word ends whose other parts stand before it, unchanged. */
function pathsEndingIn(before: readonly WordChange[], { text }: Word): string[] {
  const parts = before.slice(-MOST_PARTS);
  return parts.map((_, index) => `${joined(parts.slice(index), 'now')}/${text}`).reverse();
}

/** Names along a dotted name or a path, without endings and dots. */
function partsOf(text: string): string[] {
  const parts = text
    .replace(/\.pyi?$/, '')
    .split(/[./\\]/)
    .filter(Boolean);
  return parts.at(-1) === '__init__' ? parts.slice(0, -1) : parts;
}

function endsWith(whole: readonly string[], end: readonly string[]): boolean {
  return end.length <= whole.length && end.every((part, index) => part === whole[whole.length - end.length + index]);
}
