/** One run in a process of its own, with the fault port in place: `node child.mjs PATH DIRECTORY`, the fault in FAULT. */
import { register } from 'node:module';

register('./fault-hooks.mjs', import.meta.url);

const { PATHS } = await import('./paths.mjs');
const { observed } = await import('./fault-port.mjs');
const [path, directory] = process.argv.slice(2);
const ended = await PATHS[path].run(directory).then(
  (outcome) => outcome.status ?? outcome.action,
  (error) => `${error.problems?.map(({ code }) => code).join() ?? error.stack}`,
);
process.stdout.write(JSON.stringify({ ...observed(), ended }));
