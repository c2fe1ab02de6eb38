/** How the parts of the picture look, in the colours of the theme of now. */
import { colour } from './dom.js';

/** @import { StylesheetJson } from 'cytoscape' */

const NAMES = ['text', 'quiet', 'line', 'accent', 'bad', 'good', 'moved', 'paper', 'surface', 'box'];

/** @returns {StylesheetJson} */
export function sheet() {
  const colours = Object.fromEntries(NAMES.map((name) => [name, colour(name)]));
  const rules = { ...boxes(colours), ...lines(colours), ...markings(colours) };
  return /** @type {StylesheetJson} */ (Object.entries(rules).map(([selector, style]) => ({ selector, style })));
}

/** @param {Record<string, string>} colours */
function boxes({ text, quiet, line, accent, paper, surface, box }) {
  return {
    node: {
      label: 'data(label)',
      color: text,
      'font-family': 'system-ui, sans-serif',
      'font-size': 12,
      'min-zoomed-font-size': 5,
      'text-valign': 'center',
      width: 'data(width)',
      height: 'data(height)',
      shape: 'round-rectangle',
      'background-color': surface,
      'border-color': line,
      'border-width': 1,
    },
    '.package': { 'background-color': box, 'border-color': accent, 'font-weight': 600 },
    '.group': { 'border-style': 'dashed', 'border-color': quiet, 'font-weight': 400 },
    '.open': {
      'font-size': 13,
      'font-weight': 600,
      'text-valign': 'top',
      'text-margin-y': -4,
      'text-background-color': paper,
      'text-background-opacity': 0.85,
      'text-background-padding': '3px',
      'background-color': box,
      'background-opacity': 0.35,
      padding: 14,
    },
    '.level': { color: quiet, 'font-size': 11, 'background-opacity': 0, 'border-width': 0, events: 'no' },
  };
}

/** @param {Record<string, string>} colours */
function lines({ line, accent, bad }) {
  return {
    edge: {
      width: 'data(width)',
      'line-color': line,
      'curve-style': 'bezier',
      'control-point-step-size': 24,
      'target-arrow-shape': 'triangle',
      'target-arrow-color': line,
      'arrow-scale': 0.8,
      opacity: 0.75,
      events: 'no',
    },
    'edge.later': { 'line-style': 'dashed', opacity: 0.5 },
    'edge.plain': { 'curve-style': 'straight', opacity: 0.35 },
    'edge.bad': { 'line-color': bad, 'target-arrow-color': bad, opacity: 0.85, 'z-index': 5 },
    'edge.dim': { opacity: 0.15 },
    'edge.near': { opacity: 1, 'z-index': 9, 'line-color': accent, 'target-arrow-color': accent },
    'edge.near.bad': { 'line-color': bad, 'target-arrow-color': bad },
  };
}

/** What becomes of a module; what is chosen. @param {Record<string, string>} colours */
function markings({ quiet, accent, bad, good, moved }) {
  return {
    '.new': { 'border-color': good, 'border-width': 2 },
    '.moved': { 'border-color': moved, 'border-width': 2 },
    '.gone': { 'border-color': bad, 'border-width': 2, 'border-style': 'dashed' },
    '.copy': { 'border-color': moved, 'border-style': 'dashed' },
    '.shim': { 'border-style': 'dotted', color: quiet },
    '.chosen': { 'border-color': accent, 'border-width': 3 },
  };
}
