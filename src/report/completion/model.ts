/** What a shell needs to know of the command line to complete it. */

/** What may stand in a place: nothing known, a path, or one of a few words. */
export type Completed = 'text' | 'path' | readonly string[];

export interface CompletedOption {
  /** With their dashes: `--directory`, `-C`. */
  readonly names: readonly string[];
  readonly describe: string;
  /** `null` for a switch. */
  readonly takes: Completed | null;
}

export interface CompletedCommand {
  readonly name: string;
  readonly describe: string;
  readonly options: readonly CompletedOption[];
  /** What follows the command; `null` where nothing does. */
  readonly operands: Completed | null;
}

export interface CommandLine {
  readonly program: string;
  readonly commands: readonly CompletedCommand[];
  /** Known before and after every command. */
  readonly options: readonly CompletedOption[];
}

/** In single quotes, which bash, zsh and fish read alike as long as no quote and no backslash stands within. */
export function word(text: string): string {
  return `'${text.replace(/['\\]/g, ' ')}'`;
}

export const isWords = (completed: Completed | null): completed is readonly string[] => Array.isArray(completed);

/** A switch has no value that would have to be passed over. */
export function valued(options: readonly CompletedOption[]): string[] {
  return options.filter(({ takes }) => takes !== null).flatMap(({ names }) => names);
}
