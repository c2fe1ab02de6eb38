/** A planned relocation for a pull request. Text from the repository becomes inert. */
import { code, markdownTable, problemItem, prose } from './markdown.js';
import { type MoveReport, moveCounts, movedLines, nextMoves, rewrittenPlaces } from './move-report.js';
import { grouped } from './words.js';

export function moveMarkdown(report: MoveReport): string {
  const { plan, result } = report;
  if (result.moved.length === 0 && plan.refusals.length === 0)
    return 'Everything stands there already: nothing to do.\n';
  const blocks = [
    '## Moves',
    `**${moveCounts(report, false)}**`,
    movesTable(report),
    [
      ...result.created.map((path) => `- new: ${code(path)}`),
      ...result.shims.map((path) => `- shim: ${code(path)}`),
    ].join('\n'),
    section(
      'Files that would be rewritten',
      rewrittenPlaces(report).map(({ path, places }) => `- ${code(path)}: ${places}`),
    ),
    hitsSection(report),
    section('Problems', [
      ...plan.refusals.map((refusal) => problemItem('refused', refusal)),
      ...plan.findings.map((finding) => problemItem(finding.severity, finding)),
      ...result.accepted.map((accepted) => problemItem('accepted', accepted)),
    ]),
    nextMoves(report)
      .map(({ what, command }) => `${prose(what)}: ${code(command)}`)
      .join('<br>\n'),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function section(title: string, items: readonly string[]): string {
  return items.length === 0 ? '' : `### ${title}\n\n${items.join('\n')}`;
}

function movesTable(report: MoveReport): string {
  const rows = movedLines(report).map(({ from, to, files }) => [code(from), code(to), grouped(files)]);
  return rows.length === 0 ? '' : markdownTable(['From', 'To', 'Files'], rows, ['left', 'left', 'right']);
}

function hitsSection({ result: { hits } }: MoveReport): string {
  const rows = hits.map(({ decision, path, line, written, replacement, reason }) => [
    decision,
    code(`${path}:${line}`),
    replacement === null || decision === 'leave' ? code(written) : `${code(written)} becomes ${code(replacement)}`,
    prose(reason),
  ]);
  if (rows.length === 0) return '';
  return `### Mentions in text\n\n${markdownTable(['Decision', 'Place', 'Text', 'Reason'], rows, ['left', 'left', 'left', 'left'])}`;
}
