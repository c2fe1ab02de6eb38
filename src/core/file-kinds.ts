/**
 * What sort of file a path holds, by its name and first bytes. The kind chooses how references are searched in it;
 * whether the bytes decode is left to the reader.
 */

export type FileKind = 'python' | 'stub' | 'notebook' | 'config' | 'build' | 'script-js' | 'docs' | 'data' | 'binary';

type Pattern = readonly [FileKind, RegExp];

/** By base name, lower case; the first that matches decides. */
const BY_NAME: readonly Pattern[] = [
  ['python', /^(?:sconstruct|sconscript|wscript)$/],
  ['build', /^(?:gnu)?makefile(?:\..+)?$/],
  ['build', /^(?:.+\.)?(?:dockerfile|containerfile)(?:\..+)?$/],
  ['build', /^(?:docker-)?compose[\w.-]*\.ya?ml$/],
  ['build', /^(?:tox\.ini|justfile|\.justfile|procfile(?:\..+)?|crontab|jenkinsfile|taskfile\.ya?ml|vagrantfile)$/],
  ['build', /^(?:cmakelists\.txt|meson\.build|build|build\.bazel|workspace|tiltfile|rakefile|pants\.toml)$/],
  ['build', /^(?:\.gitlab-ci|\.travis|azure-pipelines|appveyor|\.appveyor|bitbucket-pipelines|cloudbuild)\.ya?ml$/],
  ['build', /^(?:\.readthedocs|\.drone|buildspec|\.cirrus)\.ya?ml$/],
  ['config', /^(?:package|pyrightconfig|tsconfig|jsconfig|renovate|devcontainer|composer|zappa_settings|cdk)\.json$/],
  ['config', /^(?:requirements|constraints)[\w.-]*\.(?:txt|in)$/],
  ['config', /^(?:codeowners|manifest\.in|pipfile|pylintrc|\.pylintrc|\.coveragerc|\.flake8|\.importlinter|\.bandit)$/],
  ['config', /^(?:\.env(?:\..+)?|\.envrc|\.flaskenv|\.editorconfig|\.gitattributes|\.gitignore|\.dockerignore)$/],
  ['config', /^(?:\.\w+rc|\.\w*ignore|\.python-version|\.tool-versions|entry_points\.txt)$/],
  ['docs', /^(?:licen[cs]e|copying|notice|authors|contributors|changes|changelog|history|news|readme|todo|install)$/],
  ['docs', /^(?:licen[cs]e|readme|changelog)[.-][\w.-]+$/],
];

/** By folder, for names that say nothing by themselves. */
const BY_FOLDER: readonly Pattern[] = [
  ['build', /^(?:\.github\/(?:workflows|actions)|\.circleci|\.buildkite|\.woodpecker|\.gitlab)\/.*\.ya?ml$/],
  ['build', /^(?:.*\/)?(?:cron\.d|systemd)\//],
  ['config', /^(?:.*\/)?(?:\.vscode|\.idea|\.devcontainer)\/.*\.(?:json|xml|iml|code-workspace)$/],
];

const EXTENSIONS: readonly (readonly [FileKind, string])[] = [
  ['python', 'py pyw'],
  ['stub', 'pyi'],
  ['notebook', 'ipynb'],
  ['config', 'toml ini cfg conf yaml yml env properties json5 hcl tf code-workspace'],
  ['build', 'mk mak sh bash zsh ksh fish bat cmd ps1 psm1 service timer just cmake nix bzl gradle dockerfile'],
  ['script-js', 'js jsx ts tsx mjs cjs mts cts vue svelte'],
  ['docs', 'md markdown mdx rst txt adoc asciidoc org tex textile pod'],
  ['data', 'json jsonl ndjson csv tsv xml html htm log svg sql css scss'],
  ['binary', 'pyc pyo pyd so dll dylib exe o a lib class jar whl egg zip gz tgz bz2 xz zst 7z rar tar'],
  ['binary', 'png jpg jpeg gif webp ico bmp tiff pdf woff woff2 ttf otf eot mp3 mp4 wav ogg avi mov webm'],
  ['binary', 'npy npz pkl pickle parquet feather h5 hdf5 pt pth onnx db sqlite sqlite3 wasm bin dat'],
];

const BY_EXTENSION: ReadonlyMap<string, FileKind> = new Map(
  EXTENSIONS.flatMap(([kind, list]) => list.split(' ').map((extension) => [extension, kind] as const)),
);

const PYTHON_SHEBANG = /^#!.*\b(?:python|pypy)[\d.]*\b/;
const SHELL_SHEBANG = /^#!.*\b(?:ba|z|k|da|fi)?sh\b/;
const NODE_SHEBANG = /^#!.*\b(?:node|deno|bun)\b/;

/**
 * The kind of a file.
 * @param path relative to the repository, with `/`.
 * @param head gives the first bytes of the file; a few hundred are enough. Not asked where the name says all.
 */
export function fileKind(path: string, head: () => Uint8Array): FileKind {
  const named = kindByName(path);
  // A Python file with a NUL is still Python: the reader says that it cannot be read, it must not pass for a picture.
  if (named === 'binary' || named === 'python' || named === 'stub' || named === 'notebook') return named;
  const start = Buffer.from(head().subarray(0, 8192)).toString('latin1');
  if (start.includes('\0') && !/^(?:\xff\xfe|\xfe\xff|\ufeff)/.test(start)) return 'binary';
  if (/\.(?:ya?ml|json)$/i.test(path) && RECIPE.test(start)) return 'docs';
  return named ?? kindByShebang(start) ?? 'data';
}

/** Whether a file's name leaves open that it holds Python. */
export function couldBePython(path: string): boolean {
  const named = kindByName(path);
  return named === null || named === 'python' || named === 'stub' || named === 'notebook';
}

/** A recipe of this tool names modules before and after a change, for a person to run; nothing else loads it. */
const RECIPE = /\$schema"?\s*[=:]\s*"?[^\s"]*\brecipe\.schema\.json\b/;

function kindByName(path: string): FileKind | null {
  const base = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  const dot = base.lastIndexOf('.');
  const extension = dot >= 0 ? base.slice(dot + 1) : '';
  const byExtension = dot >= 0 ? (BY_EXTENSION.get(extension) ?? null) : null;
  if (byExtension === 'python' || byExtension === 'stub' || byExtension === 'notebook') return byExtension;
  const lower = path.toLowerCase();
  const match =
    BY_NAME.find(([, pattern]) => pattern.test(base)) ?? BY_FOLDER.find(([, pattern]) => pattern.test(lower));
  return match?.[0] ?? byExtension;
}

function kindByShebang(start: string): FileKind | null {
  const line = start.slice(0, 256).split(/[\r\n]/, 1)[0] ?? '';
  if (PYTHON_SHEBANG.test(line)) return 'python';
  if (SHELL_SHEBANG.test(line)) return 'build';
  return NODE_SHEBANG.test(line) ? 'script-js' : null;
}
