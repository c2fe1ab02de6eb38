/** Completion for fish: one line for each command and option. */
import { type CommandLine, type CompletedCommand, type CompletedOption, isWords, word } from './model.js';

export function fishCompletion({ program, commands, options }: CommandLine): string {
  const names = commands.map(({ name }) => name).join(' ');
  const before = `not __fish_seen_subcommand_from ${names}`;
  const lines = [
    `# fish completion for ${program}. For this shell: ${program} completion fish | source`,
    `complete -c ${program} -f`,
    ...options.map((option) => optionLine(program, null, option)),
    ...commands.map(
      ({ name, describe }) => `complete -c ${program} -n ${word(before)} -a ${word(name)} -d ${word(describe)}`,
    ),
    ...commands.flatMap((command) => commandLines(program, command)),
  ];
  return `${lines.join('\n')}\n`;
}

function commandLines(program: string, { name, options, operands }: CompletedCommand): string[] {
  const within = `__fish_seen_subcommand_from ${name}`;
  const own =
    operands === 'path'
      ? [`complete -c ${program} -n ${word(within)} -F`]
      : isWords(operands)
        ? [`complete -c ${program} -n ${word(within)} -a ${word(operands.join(' '))}`]
        : [];
  return [...own, ...options.map((option) => optionLine(program, within, option))];
}

function optionLine(program: string, within: string | null, { names, describe, takes }: CompletedOption): string {
  const flags = names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`));
  const value =
    takes === null ? '' : takes === 'path' ? ' -r -F' : isWords(takes) ? ` -x -a ${word(takes.join(' '))}` : ' -x';
  const condition = within === null ? '' : ` -n ${word(within)}`;
  return `complete -c ${program}${condition} ${flags.join(' ')}${value} -d ${word(describe)}`;
}
