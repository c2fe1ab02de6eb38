/** Drafts of changes made real: byte edits, and the state of each path before and after. */
import type { Codebase } from './codebase.js';
import { applyToBytes, type TextEdit, toByteEdits } from './edits.js';
import type { Change, FileTransition } from './model.js';
export function realise(
  codebase: Codebase,
  d: {
    moved: { from: string; to: string; edits: readonly TextEdit[] }[];
    rewritten: { path: string; edits: readonly TextEdit[] }[];
    created: { path: string; text: string }[];
    deleted: readonly string[];
  },
) {
  const changes: Change[] = [];
  const after = new Map<string, { content: Uint8Array; mode: '100644' | '100755' } | null>();
  const apply = (path: string, edits: readonly TextEdit[]) => {
    const bytes = codebase.snapshot.read(path) as Uint8Array;
    if (edits.length === 0) return { bytes, e: [] };
    const source = codebase.text(path);
    if ('undecodable' in source) throw new Error(path);
    const e = toByteEdits(path, source, edits);
    return { bytes: applyToBytes(bytes, e, source.encoding), e };
  };
  const mode = (p: string) =>
    (codebase.snapshot.entry(p)?.mode === '100755' ? '100755' : '100644') as '100644' | '100755';
  for (const m of d.moved) after.set(m.from, null);
  for (const p of d.deleted) {
    after.set(p, null);
    changes.push({ kind: 'delete', path: p, before: codebase.snapshot.entry(p)?.blob ?? '' });
  }
  for (const m of d.moved) {
    const r = apply(m.from, m.edits);
    after.set(m.to, { content: r.bytes, mode: mode(m.from) });
    changes.push({
      kind: 'move',
      path: m.to,
      from: m.from,
      before: codebase.snapshot.entry(m.from)?.blob ?? '',
      edits: r.e,
    });
  }
  for (const m of d.rewritten) {
    const r = apply(m.path, m.edits);
    after.set(m.path, { content: r.bytes, mode: mode(m.path) });
    changes.push({ kind: 'rewrite', path: m.path, before: codebase.snapshot.entry(m.path)?.blob ?? '', edits: r.e });
  }
  for (const c of d.created) {
    after.set(c.path, { content: Buffer.from(c.text), mode: '100644' });
    changes.push({ kind: 'create', path: c.path, edits: [] });
  }
  const transitions: FileTransition[] = [...after].map(([path, a]) => {
    const e = codebase.snapshot.entry(path);
    return { path, before: e ? { blob: e.blob, mode: mode(path) } : null, after: a };
  });
  return { changes, transitions };
}
