/** Modules that do the same job, topic by topic, as Markdown blocks. */
import type { Topic, TopicModule, Topics } from '../core/topics/topics.js';
import { code, markdownTable, prose } from './markdown.js';
import { differentJobs, evidenceWords, LEGEND, MOST_TOPICS, remarkOn, topicSummary } from './topics-text.js';
import { counted, grouped, percent } from './words.js';

export function topicsMarkdown({ topics, different }: Topics): string[] {
  const shown = topics.slice(0, MOST_TOPICS);
  const more = topics.length - shown.length;
  const words = differentJobs(different);
  const blocks = [
    ...shown.map(topicBlock),
    ...(more > 0 ? [`${counted(more, 'more topic')} with less to gain.`] : []),
    ...(words ? [prose(words)] : []),
    ...(shown.length > 0 ? [prose(LEGEND)] : []),
  ];
  return blocks.length > 0 ? ['### Overlap by topic', ...blocks] : [];
}

function topicBlock(topic: Topic): string {
  const head = ['Level', 'Overlap', 'Lines', 'Module', 'Nearest', 'Evidence'];
  const rows = markdownTable(head, topic.modules.map(moduleRow), ['left', 'right', 'right', 'left', 'left', 'left']);
  return `**${prose(topic.topic)}**: ${topicSummary(topic)}\n\n${rows}`;
}

function moduleRow(module: TopicModule): string[] {
  const { path, lines, level, overlap, nearest, evidence } = module;
  const remark = remarkOn(module);
  const cells = [level.toUpperCase(), percent(overlap), grouped(lines), code(path)];
  if (level === 'unique' || nearest === null) return [...cells, '', remark];
  const reasons = [...evidenceWords(evidence), ...(remark ? [remark] : [])];
  return [...cells, code(nearest), reasons.map(prose).join('; ')];
}
