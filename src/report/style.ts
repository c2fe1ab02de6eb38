/** How text looks on a terminal: colours, width, signs. Whether colours are wanted is decided by the caller. */
import picocolors from 'picocolors';

type Paint = (text: string) => string;

export interface Style {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly red: Paint;
  readonly green: Paint;
  readonly yellow: Paint;
  readonly cyan: Paint;
  /** Columns of the terminal. */
  readonly width: number;
  /** May print signs beyond ASCII. */
  readonly unicode: boolean;
}

/** Narrower than this nothing can be laid out; longer lines are then left to the terminal to wrap. */
const NARROWEST = 40;

export function plainStyle(width: number, unicode = true): Style {
  return style(picocolors.createColors(false), width, unicode);
}

export function colourStyle(width: number, unicode = true): Style {
  return style(picocolors.createColors(true), width, unicode);
}

function style(colours: ReturnType<typeof picocolors.createColors>, width: number, unicode: boolean): Style {
  const { bold, dim, red, green, yellow, cyan } = colours;
  return { bold, dim, red, green, yellow, cyan, width: Math.max(NARROWEST, width), unicode };
}

export type Mark = 'tick' | 'cross' | 'ask';

/** A tick, a cross or a question mark in its colour; one column wide. */
export function mark(kind: Mark, { unicode, green, red, yellow }: Style): string {
  if (kind === 'tick') return green(unicode ? '✓' : '+');
  return kind === 'cross' ? red(unicode ? '✗' : 'x') : yellow('?');
}
