/** A planned merge for a pull request. Text from the repository becomes inert. */
import { code, markdownTable, problemItem, prose } from './markdown.js';
import { type MergeReport, mergeCounts, namesOf } from './merge-report.js';
import { nextMoves, rewrittenPlaces } from './move-report.js';
import { grouped } from './words.js';

export function mergeMarkdown(report: MergeReport): string {
  const { plan, result, from, into } = report;
  const rows = from.map((path) => [
    code(path),
    grouped(namesOf(result, 'kept', path).length),
    namesOf(result, 'same', path).map(code).join(' '),
    namesOf(result, 'renamed', path).map(code).join(' '),
  ]);
  const problems = [
    ...plan.refusals.map((refusal) => problemItem('refused', refusal)),
    ...plan.findings.map((finding) => problemItem(finding.severity, finding)),
    ...result.accepted.map((accepted) => problemItem('accepted', accepted)),
  ];
  const blocks = [
    `## Merge into ${code(into)}`,
    `**${mergeCounts(report, false)}**`,
    markdownTable(['Module', 'Names as they are', 'One copy is enough of', 'Called otherwise'], rows, [
      'left',
      'right',
      'left',
      'left',
    ]),
    result.shims.map((path) => `- shim: ${code(path)}`).join('\n'),
    section(
      'Files that would be rewritten',
      rewrittenPlaces(report).map(({ path, places }) => `- ${code(path)}: ${places}`),
    ),
    section('Problems', problems),
    nextMoves(report)
      .map(({ what, command }) => `${prose(what)}: ${code(command)}`)
      .join('<br>\n'),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function section(title: string, items: readonly string[]): string {
  return items.length === 0 ? '' : `### ${title}\n\n${items.join('\n')}`;
}
