/** Under which heading each line of a configuration file stands: sections and keys of TOML and INI, key chains of YAML. */

/** One heading per line, such as `project.scripts.tool`, `tool.ruff.lint.per-file-ignores`, `jobs.test.steps.run`. */
export function outline(path: string, text: string): readonly string[] {
  const lines = text.split(/\r\n|\r|\n/);
  if (/\.ya?ml$/i.test(path)) return yamlOutline(lines);
  return /\.json$|codeowners$/i.test(path) ? [] : sectionOutline(lines);
}

const SECTION = /^\s*\[\[?\s*([^[\]]+?)\s*\]\]?\s*(?:[#;].*)?$/;
const LONGEST = 200;

function sectionOutline(lines: readonly string[]): string[] {
  let section = '';
  let key = '';
  return lines.map((line) => {
    const head = line.length < LONGEST ? SECTION.exec(line)?.[1] : undefined;
    if (head !== undefined && !/^["']/.test(head)) {
      section = head;
      key = '';
    } else if (/^[^\s#;]/.test(line)) key = keyOf(line) ?? key;
    return key ? `${section}.${key}` : section;
  });
}

function keyOf(line: string): string | null {
  const mark = line.slice(0, LONGEST).search(/[=:]/);
  return mark > 0 ? line.slice(0, mark).trim() : null;
}

const DEEPEST = 16;

function yamlOutline(lines: readonly string[]): string[] {
  const open: { indent: number; key: string }[] = [];
  return lines.map((line) => {
    const short = line.slice(0, LONGEST);
    const indent = /^(?:\s|-\s)*/.exec(short)?.[0].length ?? 0;
    const key = /^["']?([^\s:#"'][^:#"']*)["']?:(?:\s|$)/.exec(short.slice(indent))?.[1];
    if (key !== undefined) {
      while (open.length > 0 && (open.at(-1)?.indent ?? 0) >= indent) open.pop();
      if (open.length < DEEPEST) open.push({ indent, key });
    }
    return open.map((entry) => entry.key).join('.');
  });
}
