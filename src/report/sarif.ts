/** SARIF 2.1.0, the exchange format of code scanning (OASIS standard). Only what such services read. */
import { createHash } from 'node:crypto';
import { inert } from './inert.js';

/** Lines from 1, both included. */
export interface SarifPlace {
  readonly path: string;
  readonly line: number;
  readonly endLine: number;
}

export interface SarifResult {
  readonly rule: string;
  readonly level?: 'error' | 'warning';
  readonly message: string;
  readonly place: SarifPlace;
  readonly others: readonly SarifPlace[];
  /** What makes it the same finding in another run. */
  readonly fingerprint: string;
}

export function sarif(
  rules: readonly { readonly id: string; readonly text: string }[],
  results: readonly SarifResult[],
): string {
  const driver = { name: 'regraft', rules: rules.map(({ id, text }) => ({ id, shortDescription: { text } })) };
  const document = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver }, columnKind: 'utf16CodeUnits', results: results.map(resultOf) }],
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function resultOf({ rule, level = 'warning', message, place, others, fingerprint }: SarifResult) {
  const related = others.map((other, index) => ({ id: index + 1, ...locationOf(other) }));
  return {
    ruleId: rule,
    level,
    // Brackets would be links.
    message: { text: inert(message).replace(/[[\]\\]/g, (character) => `\\${character}`) },
    locations: [locationOf(place)],
    ...(related.length > 0 ? { relatedLocations: related } : {}),
    partialFingerprints: { 'regraft/v1': createHash('sha256').update(`${rule}\n${fingerprint}`).digest('hex') },
  };
}

function locationOf({ path, line, endLine }: SarifPlace) {
  const uri = path.split('/').map(encodeURIComponent).join('/');
  return {
    physicalLocation: { artifactLocation: { uri, uriBaseId: '%SRCROOT%' }, region: { startLine: line, endLine } },
  };
}
