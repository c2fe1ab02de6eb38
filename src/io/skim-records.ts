/** Skims as bytes and back: JSON, objects as arrays, words of closed lists as numbers. */
import type { DynamicImport, When } from '../core/facts.js';
import type { Skim, SkimmedDynamic, SkimmedImport } from '../core/skim.js';

const WHEN: readonly When[] = ['runtime', 'typing', 'lazy', 'guarded', 'conditional'];
const KIND: readonly SkimmedImport['kind'][] = ['import', 'from', 'star'];

type ImportRecord = [number, number, number, boolean, number, string, ...(string | number | null)[]];
type BindingRecord = [string, number, ...number[]];
type DynamicRecord = [DynamicImport['form'], number, number, SkimmedDynamic['name'], SkimmedDynamic['anchor']];
type SkimRecord = [
  number | null,
  ImportRecord[],
  BindingRecord[],
  [boolean, ...string[]] | null,
  DynamicRecord[],
  [string, number, boolean][],
  readonly string[],
  boolean,
  boolean,
];

/** @returns JSON */
export function encodeSkim(skim: Skim): string {
  const record: SkimRecord = [
    skim.brokenAt,
    skim.imports.map((each) => [
      KIND.indexOf(each.kind),
      each.line,
      WHEN.indexOf(each.when),
      each.atTop,
      each.level,
      each.module,
      ...each.names.flatMap(({ name, alias, line }) => [name, alias, line]),
    ]),
    skim.bindings.map(({ name, conditional, imported }) => [
      name,
      conditional ? 1 : 0,
      ...(imported ? [imported.statement, imported.name] : []),
    ]),
    skim.exports && [skim.exports.complete, ...skim.exports.names],
    skim.dynamics.map(({ form, line, when, name, anchor }) => [form, line, WHEN.indexOf(when), name, anchor]),
    skim.strings.map(({ value, line, atTop }) => [value, line, atTop]),
    skim.words,
    skim.bindsByValue,
    skim.registersModules,
  ];
  return JSON.stringify(record);
}

/** @throws SyntaxError or TypeError where the text is none of {@link encodeSkim} */
export function decodeSkim(text: string): Skim {
  const record = JSON.parse(text) as SkimRecord;
  const [brokenAt, imports, bindings, exports, dynamics, strings, words, bindsByValue, registersModules] = record;
  return {
    brokenAt,
    imports: imports.map(decodeImport),
    bindings: bindings.map(([name, conditional, statement, position]) => ({
      name,
      conditional: conditional === 1,
      ...(statement === undefined ? {} : { imported: { statement, name: position as number } }),
    })),
    exports: exports && { complete: exports[0], names: exports.slice(1) as string[] },
    dynamics: dynamics.map(([form, line, when, name, anchor]) => ({ form, line, when: whenAt(when), name, anchor })),
    strings: strings.map(([value, line, atTop]) => ({ value, line, atTop })),
    words,
    bindsByValue,
    registersModules,
  };
}

function decodeImport([kind, line, when, atTop, level, module, ...rest]: ImportRecord): SkimmedImport {
  const names: SkimmedImport['names'][number][] = [];
  for (let at = 0; at < rest.length; at += 3)
    names.push({ name: rest[at] as string, alias: rest[at + 1] as string | null, line: rest[at + 2] as number });
  return { kind: KIND[kind] ?? 'import', line, when: whenAt(when), atTop, level, module, names };
}

function whenAt(number: number): When {
  return WHEN[number] ?? 'runtime';
}
