/** Light or dark: what the system says, until somebody chooses. */
import { one } from './dom.js';

const KEY = 'regraft-theme';

/** @param {() => void} changed told after every change */
export function startTheme(changed) {
  const root = document.documentElement;
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const isDark = () => (root.dataset.theme ? root.dataset.theme === 'dark' : dark.matches);
  const toggle = one('#theme');
  const show = () => {
    toggle?.setAttribute('aria-pressed', String(isDark()));
    changed();
  };
  const kept = remembered();
  if (kept) root.dataset.theme = kept;
  toggle?.addEventListener('click', () => {
    root.dataset.theme = isDark() ? 'light' : 'dark';
    remember(root.dataset.theme);
    show();
  });
  dark.addEventListener('change', show);
  show();
}

/** A page that was opened from a file may have no store. */
function remembered() {
  try {
    const kept = localStorage.getItem(KEY);
    return kept === 'light' || kept === 'dark' ? kept : null;
  } catch {
    return null;
  }
}

/** @param {string} theme */
function remember(theme) {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // It holds for this visit.
  }
}
