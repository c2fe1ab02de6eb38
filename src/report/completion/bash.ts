/** Completion for bash, from version 3.2: what is no word of the command line is completed as a path by bash itself. */
import { type CommandLine, type CompletedCommand, type CompletedOption, isWords, valued } from './model.js';

export function bashCompletion({ program, commands, options }: CommandLine): string {
  return `# bash completion for ${program}. For this shell: eval "$(${program} completion bash)"; for all: add that to ~/.bashrc
_${program}() {
  local word="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD - 1]}" command="" i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "\${COMP_WORDS[i]}" in
      ${valued(options).join(' | ')}) ((i++)) ;;
      -*) ;;
      *) command="\${COMP_WORDS[i]}"; break ;;
    esac
  done
  case "$command" in
    "")
${valuesOf(options, 6)}
      COMPREPLY=($(compgen -W "${[...commands.map(({ name }) => name), ...namesOf(options)].join(' ')}" -- "$word"))
      ;;
${commands.map((command) => branch(command, options)).join('\n')}
  esac
}
complete -o default -F _${program} ${program}
`;
}

const namesOf = (options: readonly CompletedOption[]): string[] => options.flatMap(({ names }) => names);

/** Words after an option; paths are left to the shell. */
function valuesOf(options: readonly CompletedOption[], indent: number): string {
  const blank = ' '.repeat(indent);
  const cases = options
    .filter(({ takes }) => takes !== null)
    .map(({ names, takes }) => {
      const words = isWords(takes) ? `COMPREPLY=($(compgen -W "${takes.join(' ')}" -- "$word")); ` : '';
      return `${blank}  ${names.join(' | ')}) ${words}return ;;`;
    });
  return [`${blank}case "$previous" in`, ...cases, `${blank}esac`].join('\n');
}

function branch({ name, options, operands }: CompletedCommand, everywhere: readonly CompletedOption[]): string {
  const all = [...options, ...everywhere];
  const words = isWords(operands) ? operands.join(' ') : '';
  return `    ${name})
${valuesOf(all, 6)}
      case "$word" in
        -*) COMPREPLY=($(compgen -W "${namesOf(all).join(' ')}" -- "$word")) ;;
        *) ${words === '' ? ':' : `COMPREPLY=($(compgen -W "${words}" -- "$word"))`} ;;
      esac
      ;;`;
}
