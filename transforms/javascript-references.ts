/**
 * Rewrites what JavaScript and TypeScript say of Python modules that moved, as a plain transform of jscodeshift:
 * `jscodeshift -t node_modules/regraft/dist/transforms/javascript-references.js --map='{"pkg.old": "pkg.new"}' web`.
 * It knows no repository: what is certain by itself is rewritten, what is likely is reported, the rest stays.
 */
import { relative } from 'node:path';
import getParser from 'jscodeshift/src/getParser.js';
import type { Context } from '../src/core/mentions/context.js';
import type { ScriptFacts } from '../src/core/mentions/script.js';
import { baseDirectory, settled } from '../src/core/mentions/script-reach.js';
import { rewrittenPath, wayBetween } from '../src/core/mentions/script-steps.js';
import { type Mention, type MentionTarget, mentionsInContext } from '../src/core/mentions.js';
import type { Span } from '../src/core/model.js';
import { dottedBelow } from '../src/core/paths.js';
import { parsedScript } from '../src/javascript/parse.js';

export interface Options {
  /** Dotted names or paths from the top, before and after; of a package its directory. As JSON where it is text. */
  readonly map?: Readonly<Record<string, string>> | string;
  /** The top; without it the working directory. */
  readonly root?: string;
}

interface Input {
  readonly path: string;
  readonly source: string;
}

interface Api {
  readonly report?: (message: string) => void;
}

interface Moved extends MentionTarget {
  readonly to: { readonly unit: string; readonly dotted: string | null };
}

interface Replacement {
  readonly span: Span;
  readonly text: string;
}

/** The usual signature of a transform; `undefined` where nothing changes. */
export default function transform(input: Input, api: Api, options: Options = {}): string | undefined {
  const { source } = input;
  const targets = targetsOf(options.map);
  const spelled = targets.filter(({ name }) => source.includes(name));
  if (spelled.length === 0) return undefined;
  const path = relative(options.root ?? '', input.path || 'file.js').replaceAll('\\', '/');
  const facts = parsedScript(getParser, path, source);
  const report = (line: number, reason: string) => api.report?.(`${path}:${line}: ${reason}`);
  if (!facts) {
    report(1, 'The file does not parse and is left as it is.');
    return undefined;
  }
  const replacements = replacementsIn(path, source, facts, spelled, report);
  return replacements.length === 0 ? undefined : replaced(source, replacements);
}

function targetsOf(map: Options['map'] = {}): Moved[] {
  const entries = Object.entries(typeof map === 'string' ? (JSON.parse(map) as Record<string, string>) : map);
  return entries.map(([from, to]) => {
    const old = unitOf(from);
    const isFile = !isPath(from) || /\.pyi?$/.test(from);
    const path = isFile && !/__init__\.pyi?$/.test(from) ? `${old}.py` : old;
    const dotted = dottedBelow(old, '');
    const now = unitOf(to);
    return {
      key: from,
      dottedNames: dotted === null ? [] : [dotted],
      path,
      name: old.slice(old.lastIndexOf('/') + 1),
      to: { unit: now, dotted: dottedBelow(now, '') },
    };
  });
}

function isPath(written: string): boolean {
  return /[/\\]|\.pyi?$/.test(written);
}

/** A path without its ending, of a dotted name or a path. */
function unitOf(written: string): string {
  if (!isPath(written)) return written.replaceAll('.', '/');
  const path = written.replaceAll('\\', '/').replace(/^(?:\.\/)+|\/+$/g, '');
  return path.replace(/(?:\/__init__)?\.pyi?$/, '');
}

function replacementsIn(
  path: string,
  text: string,
  facts: ScriptFacts,
  targets: readonly Moved[],
  report: (line: number, reason: string) => void,
): Replacement[] {
  const file = { path, kind: 'script-js' as const, text, script: () => facts };
  const found: Replacement[] = [];
  for (const { mention, context } of mentionsInContext(file, targets)) {
    if (mention.decision === 'leave') continue;
    const target = targets.find(({ key }) => key === mention.target) as Moved;
    const replacement = mention.decision === 'rewrite' ? replacementOf(target, mention, context) : null;
    if (replacement === null) report(mention.line, `'${target.key}' may be named here. ${mention.reason}`);
    else found.push(replacement);
  }
  return widest(found);
}

function replacementOf(
  { to, path: unit }: Moved,
  { form, span }: Mention,
  { script, file }: Context,
): Replacement | null {
  if (form === 'dotted') return to.dotted === null ? null : { span, text: to.dotted };
  const path = script?.text?.path;
  const ending = /(?:\/__init__)?\.pyi?$/.exec(file.text.slice(span.start, span.end))?.[0] ?? '';
  const base = path && script.reach === 'target' ? baseDirectory(settled(path, file.path, unit), file.path) : '';
  if (base === null) return null;
  const way = wayBetween(base, to.unit + ending);
  const isOutside = way[0] === '..' && (path?.as === 'handler' || script?.text?.place.keys.at(-1) === 'index');
  if (!path || isOutside) return isOutside ? null : { span, text: to.unit + ending };
  const { span: written, text } = rewrittenPath(path, file.text, span.end, way);
  return text === null ? null : { span: written, text };
}

/** Of replacements that overlap, the widest. */
function widest(found: readonly Replacement[]): Replacement[] {
  const width = ({ span }: Replacement) => span.end - span.start;
  const kept: Replacement[] = [];
  for (const each of [...found].sort((a, b) => a.span.start - b.span.start || width(b) - width(a))) {
    const last = kept.at(-1);
    if (!last || last.span.end <= each.span.start) kept.push(each);
    else if (width(each) > width(last)) kept[kept.length - 1] = each;
  }
  return kept;
}

function replaced(source: string, replacements: readonly Replacement[]): string {
  return replacements.reduceRight(
    (text, { span, text: written }) => text.slice(0, span.start) + written + text.slice(span.end),
    source,
  );
}
