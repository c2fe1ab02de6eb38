/** The Python files of a session with their sizes. */
import type { InventoryFile } from '../report/inventory.js';
import type { Session } from './session.js';

/** Modules, without stubs and notebooks. */
export function filesOf({ codebase }: Session, wanted: (path: string) => boolean): InventoryFile[] {
  return codebase
    .pythonFiles()
    .filter(({ path }) => wanted(path) && codebase.kind(path) === 'python')
    .map(({ path }) => {
      const source = codebase.text(path);
      const text = 'undecodable' in source ? '' : source.text;
      return { path, lines: text.split(/\r\n?|\n/).length - (/(?:^|[\r\n])$/.test(text) ? 1 : 0) };
    });
}

export function linesOf(session: Session, wanted: (path: string) => boolean): Map<string, number> {
  return new Map(filesOf(session, wanted).map(({ path, lines }) => [path, lines]));
}
