/** Globs over paths of the repository. One without a slash is of base names, at any depth. */

const PARTS: Readonly<Record<string, string>> = { '**/': '(?:.*/)?', '**': '.*', '*': '[^/]*', '?': '[^/]' };

/** Knows `*`, `?`, `**` and `{a,b}`; everything else stands for itself. */
export function globPattern(glob: string): RegExp {
  const whole = glob.includes('/') ? glob.replace(/^\//, '') : `**/${glob}`;
  let depth = 0;
  const source = whole.replace(/\*\*\/|\*\*|[*?{},]|[^*?{},]+/g, (part) => {
    if (part === '{') depth++;
    if (part === '{') return '(?:';
    if (part === '}' && depth > 0) depth--;
    else if (part === ',' && depth > 0) return '|';
    else return PARTS[part] ?? part.replace(/[\\^$.|+()[\]{}]/g, '\\$&');
    return ')';
  });
  return new RegExp(`^${source}${')'.repeat(depth)}$`, 'u');
}
