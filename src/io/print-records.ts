/**
 * Prints of code as bytes and back.
 *
 *   unsigned 32-bit, as the machine has them: lines, numbers of import lines, bytes of the rest
 *   hashes, shapes, places of the lines; import lines (32 bits each); sizes of the lines (16 bits each)
 *   the rest as JSON: tokens, and each function as an array
 */
import type { CodePrint, FunctionPrint } from '../core/clones/model.js';

const HEAD = 12;

type FunctionRecord = [
  names: readonly number[],
  start: number,
  end: number,
  isDirect: boolean,
  from: number,
  to: number,
  line: number,
  endLine: number,
  tokens: number,
  code: number,
  shape: number,
];

interface Rest {
  readonly tokens: number;
  readonly allTokens: number;
  readonly functions: readonly FunctionRecord[];
}

export function encodePrint(print: CodePrint): Buffer {
  const { hashes, shapes, places, importLines, sizes, tokens, allTokens, functions } = print;
  const rest: Rest = { tokens, allTokens, functions: functions.map(functionRecord) };
  const json = Buffer.from(JSON.stringify(rest));
  const head = Uint32Array.of(hashes.length, importLines.length, json.length);
  const arrays = [head, hashes, shapes, places, importLines, sizes];
  return Buffer.concat([
    ...arrays.map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength)),
    json,
  ]);
}

/** @throws RangeError or SyntaxError where the bytes are none of {@link encodePrint} */
export function decodePrint(bytes: Buffer): CodePrint {
  let at = 0;
  /** A copy: records stand where they stand, and numbers must be aligned. */
  const next = (length: number): ArrayBuffer => {
    const from = bytes.byteOffset + at;
    at += length;
    if (at > bytes.length) throw new RangeError('the record is cut off');
    return bytes.buffer.slice(from, from + length) as ArrayBuffer;
  };
  const [lines, imports, ofRest] = new Uint32Array(next(HEAD)) as unknown as [number, number, number];
  const [hashes, shapes, places] = [4, 4, 4].map((width) => new Uint32Array(next(width * lines))) as [
    Uint32Array,
    Uint32Array,
    Uint32Array,
  ];
  const importLines = new Uint32Array(next(4 * imports));
  const sizes = new Uint16Array(next(2 * lines));
  const { tokens, allTokens, functions } = JSON.parse(Buffer.from(next(ofRest)).toString('utf8')) as Rest;
  return { hashes, shapes, sizes, places, importLines, tokens, allTokens, functions: functions.map(functionOf) };
}

function functionRecord(each: FunctionPrint): FunctionRecord {
  const { names, start, end, isDirect, from, to, line, endLine, tokens, code, shape } = each;
  return [names, start, end, isDirect, from, to, line, endLine, tokens, code, shape];
}

function functionOf(record: FunctionRecord): FunctionPrint {
  const [names, start, end, isDirect, from, to, line, endLine, tokens, code, shape] = record;
  return { names, start, end, isDirect, from, to, line, endLine, tokens, code, shape };
}
