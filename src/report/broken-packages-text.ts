/** Packages that import what is not there, on a terminal. */
import type { BrokenPackage } from '../core/broken-packages.js';
import { inert } from './inert.js';
import { mark, type Style } from './style.js';
import { counted, wrapped } from './words.js';

export const MOST_PACKAGES = 10;
export const MOST_PLACES = 3;

export function brokenPackagesLines(packages: readonly BrokenPackage[], style: Style): string[] {
  const more = packages.length - MOST_PACKAGES;
  return [
    ...packages.slice(0, MOST_PACKAGES).flatMap((each) => packageLines(each, style)),
    ...(more > 0 ? [`and ${counted(more, 'more package')}`] : []),
  ];
}

function packageLines(broken: BrokenPackage, style: Style): string[] {
  const { path, places } = broken;
  const more = places.length - MOST_PLACES;
  const shown = places.slice(0, MOST_PLACES).flatMap((place) => {
    const file = place.path.slice(path === '' ? 0 : path.length + 1);
    return wrapped(`${inert(file)}:${place.line} ${inert(place.name)}`, style.width, '        ', '    ');
  });
  return [
    `${mark('cross', style)} ${inert(path === '' ? '.' : path)}`,
    ...wrapped(brokenSummary(broken), style.width, '    '),
    ...[...shown, ...(more > 0 ? [`    and ${counted(more, 'more import')}`] : [])].map(style.dim),
  ];
}

/** How many modules, how many imports, and which of them nobody notices. */
export function brokenSummary({ modules, affected, failing, imports, guarded }: BrokenPackage): string {
  const fail = failing > 0 ? `, ${failing} ${failing === 1 ? 'fails' : 'fail'} when imported` : '';
  const silent = guarded > 0 ? `, ${guarded} guarded and swallowed silently` : '';
  return `${affected} of ${counted(modules, 'module')}${fail}; ${counted(imports, 'import')} without a target${silent}`;
}
