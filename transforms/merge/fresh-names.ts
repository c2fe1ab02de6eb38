/** Other names for names that meet: the module's name behind the name, in the style that it has. */
import { moduleBase } from '../../src/core/paths.js';

/** A name that nothing in the sources binds. */
export function freshName(path: string, name: string, taken: ReadonlySet<string>): string {
  const wanted = joined(name, moduleBase(path));
  if (!taken.has(wanted)) return wanted;
  for (let number = 2; ; number++) if (!taken.has(`${wanted}_${number}`)) return `${wanted}_${number}`;
}

function joined(name: string, stem: string): string {
  const module = stem.replace(/^_+/, '');
  if (/^_*[A-Z][A-Z0-9_]+$/.test(name)) return `${name}_${module.toUpperCase()}`;
  if (/^_*[A-Z]/.test(name)) return name + module.split('_').map(capitalised).join('');
  return `${name}_${module}`;
}

function capitalised(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}
