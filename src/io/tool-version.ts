/** What what is kept was made by: another release, or another grammar, may say other things of the same files. */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const versionOf = (file: string): string => (require(file) as { readonly version: string }).version;

export const TOOL_VERSION = `${versionOf('#package')}, grammar ${versionOf('tree-sitter-python/package.json')}`;
