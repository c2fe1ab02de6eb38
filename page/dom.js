/** Small help with the document. Text goes in as text, never as markup. */

/**
 * @param {string} tag @param {Record<string, string>} attributes @param {...(Node | string)} content
 * @returns {HTMLElement}
 */
export function element(tag, attributes = {}, ...content) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...content);
  return made;
}

/** A name that comes from the repository: letters of other directions stay inside. @param {string} text */
export function named(text) {
  return element('bdi', {}, text);
}

/** @param {string} label @param {() => void} action @param {Record<string, string>} [attributes] */
export function button(label, action, attributes = {}) {
  const made = element('button', { type: 'button', ...attributes }, label);
  made.addEventListener('click', action);
  return made;
}

/** @param {string} selector @param {ParentNode} [inside] @returns {HTMLElement | null} */
export function one(selector, inside = document) {
  return inside.querySelector(selector);
}

/** @param {string} selector @param {ParentNode} [inside] @returns {HTMLElement[]} */
export function every(selector, inside = document) {
  return [...inside.querySelectorAll(selector)].filter((found) => found instanceof HTMLElement);
}

/** What a colour of the style sheet is in the theme of now. @param {string} name */
export function colour(name) {
  const probe = element('span', { class: `colour-${name}`, hidden: '' });
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

/** @param {number} number */
export function grouped(number) {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** @param {number} number @param {string} noun */
export function counted(number, noun) {
  return `${grouped(number)} ${noun}${number === 1 ? '' : 's'}`;
}

export function movesLittle() {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}
