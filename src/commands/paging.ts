/** Long texts on a terminal go through the person's pager; all else, and where there is none, is printed as it is. */
import { page, pagerOf } from '../io/pager.js';
import { height } from '../report/review-screen.js';

export interface Screen {
  readonly width: number;
  /** Unknown where standard output is no terminal. */
  readonly rows: number | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** `--no-pager` was not given. */
  readonly pages: boolean;
}

/** Whether a text goes through the pager: it is longer than the screen, and there is one. */
export function isPaged(text: string, { width, rows, environment, pages }: Screen): boolean {
  if (!pages || rows === undefined || pagerOf(environment) === null) return false;
  return height(text.split('\n'), { width }) > rows;
}

/** @returns false where it could not be shown, and is still to be printed */
export async function paged(text: string, { environment }: Screen): Promise<boolean> {
  const command = pagerOf(environment);
  return command !== null && (await page(text, command));
}
