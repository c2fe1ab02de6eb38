/** Starts what the page can do; without it all tables, trees and differences can still be read. */
import { one } from './dom.js';
import { startGraph } from './graph.js';
import { startMoves } from './moves.js';
import { startTables } from './tables.js';
import { startTheme } from './theme.js';

const island = JSON.parse(one('#island')?.textContent ?? '{}');
const graph = startGraph(island.graphs ?? []);
startTheme(() => graph?.repaint());
startTables();
startMoves();
document.documentElement.dataset.ready = 'yes';
