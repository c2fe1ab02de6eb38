/** A field that offers names while one types; arrows and Enter choose, Escape gives up. */
import { element, named } from './dom.js';

/**
 * @param {HTMLElement} found the input, a combobox
 * @param {HTMLElement} list its list box
 * @param {(text: string) => { id: number, label: string, note: string }[]} offer
 * @param {(id: number) => void} choose
 */
export function startSearch(found, list, offer, choose) {
  const input = /** @type {HTMLInputElement} */ (found);
  /** @type {number[]} */
  let ids = [];
  let active = -1;
  const mark = (/** @type {number} */ index) => {
    active = index;
    for (const [at, option] of [...list.children].entries())
      option.setAttribute('aria-selected', String(at === active));
    const chosen = list.children[active];
    chosen?.scrollIntoView({ block: 'nearest' });
    if (chosen) input.setAttribute('aria-activedescendant', chosen.id);
    else input.removeAttribute('aria-activedescendant');
  };
  const close = () => {
    list.hidden = true;
    input.setAttribute('aria-expanded', 'false');
    mark(-1);
  };
  const take = (/** @type {number} */ index) => {
    const id = ids[index];
    close();
    if (id !== undefined) choose(id);
  };
  const show = () => {
    const offers = offer(input.value);
    ids = offers.map(({ id }) => id);
    const options = offers.map(({ label, note }, index) => {
      const option = element(
        'li',
        { role: 'option', id: `found-${index}` },
        named(label),
        ' ',
        element('span', { class: 'quiet' }, note),
      );
      option.addEventListener('pointerdown', (event) => {
        event.preventDefault();
        take(index);
      });
      return option;
    });
    const none = input.value.trim() === '' ? [] : [element('li', { class: 'quiet' }, 'nothing of this name')];
    list.replaceChildren(...(options.length > 0 ? options : none));
    list.hidden = list.children.length === 0;
    input.setAttribute('aria-expanded', String(!list.hidden));
    mark(options.length > 0 ? 0 : -1);
  };
  input.addEventListener('input', show);
  input.addEventListener('blur', close);
  input.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && ids.length > 0) mark((active + step + ids.length) % ids.length);
    else if (event.key === 'Enter' && active >= 0) take(active);
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
  });
}
