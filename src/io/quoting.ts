/** Writes a value into a command that a person may paste into a shell: nothing in it is ever executed. */
export function quoted(value: string): string {
  return /^[\w./@%+=:,][\w./@%+=:,-]*$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
}
