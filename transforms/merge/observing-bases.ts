/** What a class inherits from: some bases keep their subclasses, or make of them something that is known by its identity. */
import { definitionsOf } from '../../src/core/bound-code/canonical.js';
import { BUILTINS } from '../../src/core/import-order/known-names.js';
import type { Linker, Value } from '../../src/core/linker.js';
import type { Outline, OutlineSymbol } from '../../src/core/outline.js';
import { STANDARD_LIBRARY } from '../../src/core/standard-library.js';

const EXCEPTION = /(?:Error|Exception|Warning|Interrupt|Exit|Iteration)$/;

/** Why two classes of equal code are not one, by what they inherit from; `null` where nothing speaks against it. */
export function observingBase(
  linker: Linker,
  source: { readonly path: string; readonly outline: Outline },
  name: string,
  outline: (text: string) => Outline,
): string | null {
  const seen = new Set<string>();
  const open = [{ path: source.path, name, outline: source.outline }];
  for (let here = open.pop(); here; here = open.pop()) {
    const { path } = here;
    if (seen.has(`${path}\0${here.name}`)) continue;
    seen.add(`${path}\0${here.name}`);
    const unit = linker.codebase.unitOrNone(path);
    const symbols = definitionsOf(here.outline, here.name);
    const [own, ...others] = symbols.filter(({ kind, owner }) => kind === 'class' && owner === null);
    if (!unit || !own || others.length > 0) return UNKNOWN;
    if (keepsSubclasses(symbols, unit.text)) return KEEPS;
    for (const base of own.baseNames) {
      const value = baseValue(linker, path, base);
      const why = value.kind === 'object' ? null : fromOutside(value, base);
      if (why !== null) return why;
      const text = value.kind === 'object' ? linker.codebase.unitOrNone(value.path)?.text : undefined;
      if (value.kind === 'object' && text !== undefined)
        open.push({ path: value.path, name: value.name, outline: outline(text) });
    }
  }
  return null;
}

const UNKNOWN = 'it cannot be told what its base does with each of them';
const KEEPS = 'its base may keep each of them';

function baseValue(linker: Linker, path: string, base: string): Value {
  const [root = '', ...attributes] = base.split('.');
  return linker.follow(linker.lookup(path, root), attributes).value;
}

function keepsSubclasses(symbols: readonly OutlineSymbol[], text: string): boolean {
  return symbols.some(({ kind, owner, qualname, span }) => {
    if (kind === 'method') return qualname.endsWith('.__init_subclass__');
    const header = /^[^:]*/.exec(text.slice(span.start, span.end))?.[0] ?? '';
    return kind === 'class' && owner === null && /\bmetaclass\s*=\s*(?!(?:abc\.)?ABCMeta\b)/.test(header);
  });
}

function fromOutside(value: Value, base: string): string | null {
  const dotted = value.kind === 'external' ? value.dotted : base;
  if (EXCEPTION.test(dotted)) return 'a handler may catch one of them only';
  if (/^enum\./.test(dotted)) return 'their members are not the same';
  const [top = ''] = dotted.split('.');
  const isKnown =
    value.kind === 'external' ? STANDARD_LIBRARY.has(top) || top === 'typing_extensions' : BUILTINS.has(dotted);
  return isKnown ? null : UNKNOWN;
}
