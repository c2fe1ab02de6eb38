/** Completion for zsh: a function that `_arguments` does the work of. Loaded by `eval`, or from a file in `fpath`. */
import {
  type CommandLine,
  type Completed,
  type CompletedCommand,
  type CompletedOption,
  isWords,
  word,
} from './model.js';

export function zshCompletion({ program, commands, options }: CommandLine): string {
  const known = commands.map(({ name, describe }) => `    ${word(`${name}:${describe}`)}`);
  return `#compdef ${program}
# zsh completion for ${program}. For this shell: eval "$(${program} completion zsh)"
_${program}() {
  local context state line
  typeset -A opt_args
  local -a commands
  commands=(
${known.join('\n')}
  )
  _arguments -C \\
${argumentsOf(options)} \\
    '1:command:->command' \\
    '*::argument:->argument'
  case $state in
    command) _describe 'command' commands ;;
    argument)
      case $words[1] in
${commands.map((command) => branch(command, options)).join('\n')}
      esac
      ;;
  esac
}
if [ "$funcstack[1]" = "_${program}" ]; then
  _${program} "$@"
else
  compdef _${program} ${program}
fi
`;
}

function branch({ name, options, operands }: CompletedCommand, everywhere: readonly CompletedOption[]): string {
  const rest = operands === null ? [] : [`    '*:${operands === 'path' ? 'path' : 'argument'}:${actionOf(operands)}'`];
  const lines = [...[...options, ...everywhere].flatMap(specs), ...rest];
  return `        ${name})\n          _arguments \\\n${lines.map((line) => `        ${line}`).join(' \\\n')}\n          ;;`;
}

const argumentsOf = (options: readonly CompletedOption[]): string => options.flatMap(specs).join(' \\\n');

/** May be given several times: those that take a list are, and the others do no harm. */
function specs({ names, describe, takes }: CompletedOption): string[] {
  const about = describe.replace(/[[\]:]/g, ' ').replace(/ +/g, ' ');
  const value = takes === null ? '' : `:${isWords(takes) ? 'choice' : takes}:${actionOf(takes)}`;
  return names.map((name) => `    ${word(`*${name}[${about}]${value}`)}`);
}

function actionOf(takes: Completed): string {
  if (takes === 'path') return '_files';
  return takes === 'text' ? ' ' : `(${takes.join(' ')})`;
}
