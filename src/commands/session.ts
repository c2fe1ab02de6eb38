/** Opens the repository and reads it as Python: what almost every command starts with. */

import type { Tools } from '../../transforms/plan-dedupe.js';
import { Codebase, emptyMemory, type SkimMemory } from '../core/codebase.js';
import type { ComparedModule } from '../core/compare.js';
import { Linker } from '../core/linker.js';
import type { Snapshot } from '../core/model.js';
import type { Outline } from '../core/outline.js';
import { overlay } from '../core/overlay.js';
import { blobId } from '../io/hash.js';
import { openRepository, type Repository } from '../io/repository.js';
import { SeenFiles } from '../io/seen-files.js';
import { SkimStore } from '../io/skim-store.js';
import { takeSnapshot } from '../io/snapshot.js';
import { outline } from '../python/outline.js';
import { loadParser, type Parser } from '../python/parser.js';
import { pythonReader } from '../python/reader.js';
import type { Environment } from './command.js';
import { comparedModule } from './compared.js';
import { TREES_HELD, turn } from './turn.js';

export interface Session {
  readonly repository: Repository;
  readonly snapshot: Snapshot;
  readonly codebase: Codebase;
  readonly linker: Linker;
  readonly tools: Tools;
  readonly parser: Parser;
}

/** @throws RegraftError when the directory is no repository with a commit. */
export async function openSession(environment: Environment): Promise<Session> {
  const openedAt = Date.now();
  const repository = await openRepository(environment.directory);
  const seen = new SeenFiles(repository, openedAt);
  const skims = new SkimStore(repository);
  environment.afterwards(() => seen.save());
  environment.afterwards(() => skims.save());
  const [snapshot, parser] = await Promise.all([takeSnapshot(repository, seen), loadParser(environment.engine)]);
  return sessionWith(repository, snapshot, parser, skims);
}

/** A session on files that were read before. */
export function sessionWith(repository: Repository, snapshot: Snapshot, parser: Parser, skims?: SkimMemory): Session {
  const tools = toolsOf(repository, parser, skims);
  const codebase = tools.codebase(snapshot);
  return { repository, snapshot, codebase, linker: new Linker(codebase), tools, parser };
}

/** The same repository with other files: the virtual result of a plan. */
export function sessionOn(session: Session, snapshot: Snapshot): Session {
  const codebase = session.tools.codebase(snapshot);
  return { ...session, snapshot, codebase, linker: new Linker(codebase) };
}

/** Without a recipe or a map: it says what shall change, and is no user of what it names. */
export function sessionWithout(session: Session, path: string | null): Session {
  if (path === null || !session.snapshot.entry(path)) return session;
  return sessionOn(session, overlay(session.snapshot, new Map([[path, null]]), session.tools.nameBlob));
}

/**
 * Reads all Python files ahead of a command that needs them all. The event loop gets a turn now and then; people see how
 * far it is.
 */
export async function readAhead(
  environment: Environment,
  session: Session,
  wanted: (path: string) => boolean = () => true,
): Promise<void> {
  const paths = session.codebase
    .pythonFiles()
    .map((file) => file.path)
    .filter(wanted);
  for (const [index, path] of paths.entries()) {
    session.codebase.unit(path);
    if (index % TREES_HELD !== 0) continue;
    environment.progress(`reading ${index + 1} of ${paths.length} files`);
    await turn(environment);
  }
}

export function toolsOf(repository: Pick<Repository, 'hash'>, parser: Parser, skims?: SkimMemory): Tools {
  const memory = emptyMemory(skims);
  const reader = pythonReader(parser);
  const modules = new Map<string, ComparedModule>();
  const outlines = new Map<string, Outline>();
  const outlineOf = (text: string, blob = text): Outline => {
    const known = outlines.get(blob) ?? outline(parser.parse(text), text);
    outlines.set(blob, known);
    return known;
  };
  return {
    codebase: (snapshot) => new Codebase(snapshot, reader, memory),
    compared: (codebase, linker, path) => {
      const key = `${path}\0${codebase.snapshot.entry(path)?.blob}`;
      const module = modules.get(key) ?? comparedModule(codebase, linker, outlineOf, path);
      modules.set(key, module);
      return module;
    },
    outline: (text) => outline(parser.parse(text), text),
    nameBlob: (bytes) => blobId(bytes, repository.hash),
  };
}
