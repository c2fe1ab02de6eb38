/** The page's modules as tests use them, and graphs drawn as text. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cyclesOf } from '../../src/core/graph.js';
import { tiersOf } from '../../src/core/tiers/tiers.js';
import { graphIsland } from '../../src/report/html/graph-section.js';
import { graph, nameOf } from '../report/support.js';

/** A module of the page; it has no types here. */
export function pageModule(name: string): Promise<any> {
  return import(/* @vite-ignore */ pathToFileURL(resolve('page', `${name}.js`)).href);
}

export function islandOf(drawing: string, title = 'now') {
  const built = graph(drawing);
  return graphIsland(title, tiersOf(built, cyclesOf(built), nameOf), new Map());
}

/** Where distributions put Chromium. */
export const CHROMIUM = [
  process.env.CHROMIUM ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
].find((path) => path !== '' && existsSync(path));
