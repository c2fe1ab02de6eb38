/** What `--verbose` shows: each git command as it ends. */
import { listenToGit } from '../io/observed.js';
import { inert } from '../report/inert.js';
import { shellWord } from '../report/words.js';

/** @returns what ends it */
export function tellOfGit(tell: (line: string) => void): () => void {
  return listenToGit(({ args, code, milliseconds }) => {
    const end = code === 0 ? '' : `, exit code ${code ?? 'none'}`;
    const words = args.map((each) => (/^-[\w-]*$/.test(each) ? each : shellWord(inert(each)))).join(' ');
    tell(`${timeText(milliseconds)}  git ${words}${end}`);
  });
}

export const timeText = (milliseconds: number): string => `${milliseconds.toFixed(0).padStart(6)} ms`;
