/** Loader hooks: every function of `src/io/mutations.ts` goes through the fault port. The product knows nothing of it. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const PORT = new URL('fault-port.mjs', import.meta.url).href;

export async function resolve(specifier, context, next) {
  const found = await next(specifier, context);
  if (!found.url.endsWith('/src/io/mutations.js') || context.parentURL?.endsWith('?port')) return found;
  return { ...found, url: `${found.url}?port` };
}

export async function load(url, context, next) {
  if (!url.endsWith('?port')) return next(url, context);
  const real = url.slice(0, -'?port'.length);
  const names = [
    ...readFileSync(fileURLToPath(real), 'utf8').matchAll(/^export (?:async )?(?:function|const) (\w+)/gm),
  ];
  const lines = names.map(([, name]) => `export const ${name} = through('${name}', real.${name});`);
  const source = [`import * as real from '${real}';`, `import { through } from '${PORT}';`, ...lines].join('\n');
  return { format: 'module', shortCircuit: true, source };
}
