/** Opens the repository and reads it as Python: what almost every command starts with. */
import { availableParallelism } from 'node:os';
import type { Tools } from '../../transforms/plan-dedupe.js';
import type { CodePrint } from '../core/clones/model.js';
import { Codebase, type ContentMemory, emptyMemory, type Memory } from '../core/codebase.js';
import type { ComparedModule } from '../core/compare.js';
import type { LinkMemory } from '../core/kept-links.js';
import { Linker } from '../core/linker.js';
import type { Snapshot } from '../core/model.js';
import type { Outline } from '../core/outline.js';
import { overlay } from '../core/overlay.js';
import type { Skim } from '../core/skim.js';
import { FactStore } from '../io/fact-store.js';
import { blobId } from '../io/hash.js';
import { LinkStore } from '../io/link-store.js';
import { PrintStore } from '../io/print-store.js';
import { openRepository, type Repository } from '../io/repository.js';
import { SeenFiles } from '../io/seen-files.js';
import { SkimStore } from '../io/skim-store.js';
import { takeSnapshot } from '../io/snapshot.js';
import { scriptReader } from '../javascript/reader.js';
import { outline } from '../python/outline.js';
import { loadParser, type Parser } from '../python/parser.js';
import { pythonReader } from '../python/reader.js';
import type { SyntaxNode } from '../python/syntax.js';
import type { Environment } from './command.js';
import { comparedModule } from './compared.js';
import { isSkimmed, SecondCore } from './second-core.js';
import { TREES_HELD, turn } from './turn.js';

export interface Session {
  readonly repository: Repository;
  readonly snapshot: Snapshot;
  readonly codebase: Codebase;
  readonly linker: Linker;
  readonly tools: Tools;
  readonly skims: ContentMemory<Skim>;
  readonly links: LinkMemory;
  readonly prints: ContentMemory<CodePrint>;
  readonly parser: Parser;
}

/** @throws RegraftError when the directory is no repository with a commit. */
export async function openSession(environment: Environment): Promise<Session> {
  const openedAt = Date.now();
  const repository = await openRepository(environment.directory);
  const seen = new SeenFiles(repository, openedAt);
  const memory = { skims: new SkimStore(repository), facts: new FactStore(repository) };
  const links = new LinkStore(repository);
  const prints = new PrintStore(repository);
  environment.afterwards(() => seen.save());
  environment.afterwards(() => memory.skims.save());
  environment.afterwards(() => memory.facts.save());
  environment.afterwards(() => links.save());
  environment.afterwards(() => prints.save());
  const [snapshot, parser] = await Promise.all([takeSnapshot(repository, seen), loadParser(environment.engine)]);
  return { ...sessionWith(repository, snapshot, parser, memory), links, prints };
}

/** A session on files that were read before. */
export function sessionWith(
  repository: Repository,
  snapshot: Snapshot,
  parser: Parser,
  memory: Memory = emptyMemory(),
): Session {
  const tools = toolsOf(repository, parser, memory);
  const codebase = tools.codebase(snapshot);
  const linker = new Linker(codebase);
  const nothingKept = { links: new Map(), prints: new Map() };
  return { repository, snapshot, codebase, linker, tools, skims: memory.skims, parser, ...nothingKept };
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

/** Skims all Python files ahead of a command that needs no more of most of them, on two cores where there is much to do. */
export async function skimAhead(environment: Environment, session: Session, wanted: Chosen = ALL): Promise<void> {
  const { codebase, snapshot } = session;
  const paths = pathsOf(session, wanted);
  let helper: SecondCore | undefined;
  let bytes = 0;
  const read = (path: string, index: number) => {
    if (helper?.isFree(index) === false || isSkimmed(session, path)) return;
    const content = snapshot.read(path);
    bytes += content instanceof Uint8Array ? content.length : 0;
    // Asking is what makes it known.
    void codebase.unitOrNone(path)?.skim;
    codebase.release(path);
    if (bytes > WORTH_A_THREAD && availableParallelism() > 1)
      helper ??= new SecondCore(session, paths, index + 1, environment.engine);
  };
  try {
    await ahead(environment, paths, read);
    await helper?.finish();
  } finally {
    await helper?.stop();
  }
}

/** Bytes of Python from which on it is to be expected that a second thread gains more than it costs to begin. */
const WORTH_A_THREAD = 1_500_000;

/** Reads all Python files ahead of a command that needs them all. */
export function readAhead(environment: Environment, session: Session, wanted: Chosen = ALL): Promise<void> {
  return ahead(environment, pathsOf(session, wanted), (path) => void session.codebase.unitOrNone(path)?.facts);
}

type Chosen = (path: string) => boolean;
const ALL: Chosen = () => true;

function pathsOf({ codebase }: Session, wanted: Chosen): string[] {
  return codebase
    .pythonFiles()
    .map((file) => file.path)
    .filter(wanted);
}

/** The event loop gets a turn now and then; people see how far it is. */
async function ahead(
  environment: Environment,
  paths: readonly string[],
  read: (path: string, index: number) => void,
): Promise<void> {
  for (const [index, path] of paths.entries()) {
    read(path, index);
    if (index % TREES_HELD !== 0) continue;
    environment.progress(`reading ${index + 1} of ${paths.length} files`);
    await turn(environment);
  }
}

export function toolsOf(repository: Pick<Repository, 'hash'>, parser: Parser, memory: Memory = emptyMemory()): Tools {
  const modules = new Map<string, ComparedModule>();
  const outlines = new Map<string, Outline>();
  const parse = rememberingLast(parser);
  const reader = pythonReader(parse);
  const scripts = scriptReader();
  const outlineOf = (text: string, blob = text): Outline => {
    const known = outlines.get(blob) ?? outline(parse(text), text, memory.facts.get(blob));
    outlines.set(blob, known);
    return known;
  };
  return {
    codebase: (snapshot) => new Codebase(snapshot, reader, memory, scripts),
    compared: (codebase, linker, path) => {
      const key = `${path}\0${codebase.snapshot.entry(path)?.blob}`;
      const module = modules.get(key) ?? comparedModule(codebase, linker, outlineOf, path);
      modules.set(key, module);
      return module;
    },
    outline: (text) => outline(parse(text), text),
    nameBlob: (bytes) => blobId(bytes, repository.hash),
  };
}

/** Whoever needs both the facts and the outline of a file asks for one right after the other. */
function rememberingLast(parser: Parser): Parser['parse'] {
  let last: { readonly text: string; readonly root: SyntaxNode } | undefined;
  return (text) => {
    if (last?.text !== text) last = { text, root: parser.parse(text) };
    return last.root;
  };
}
