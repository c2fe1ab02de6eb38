/** What many plans came to, as text. */
import { table } from '../support.mjs';

const HEAD = [
  ['package', (plans) => plans[0].package],
  ['modules', (plans) => plans[0].modules],
  ['plans', (plans) => plans.length],
  ['preserved', (plans) => count(plans, 'preserved')],
  ['refused', (plans) => count(plans, 'refused')],
  ['broken', (plans) => count(plans, 'broken')],
  ['errors', (plans) => count(plans, 'error')],
  ['back exactly', (plans) => plans.filter((each) => each.back === 'exact').length],
  ['back otherwise', (plans) => plans.filter((each) => each.back === 'differs').length],
  ['back refused', (plans) => plans.filter((each) => each.back === 'refused' || each.back === 'error').length],
  ['undone exactly', (plans) => plans.filter((each) => each.undone === 'exact').length],
  ['rope preserved', (plans) => countRope(plans, 'preserved')],
  ['rope refused', (plans) => countRope(plans, 'refused')],
  ['rope broken', (plans) => countRope(plans, 'broken')],
  ['rope crashed', (plans) => countRope(plans, 'crashed')],
];

const count = (plans, outcome) => plans.filter((each) => each.outcome === outcome).length;
const countRope = (plans, outcome) => plans.filter((each) => each.rope?.outcome === outcome).length;

function grouped(items, key) {
  const groups = new Map();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return [...groups.values()].sort((a, b) => b.length - a.length);
}

function perPackage(plans) {
  const rows = grouped(plans, (each) => each.package)
    .sort((a, b) => (a[0].package < b[0].package ? -1 : 1))
    .map((group) => HEAD.map(([, value]) => value(group)));
  const sums = HEAD.map((_, column) => (column < 2 ? '' : rows.reduce((sum, row) => sum + row[column], 0)));
  return table([HEAD.map(([name]) => name), ...rows, ['together', ...sums.slice(1)]]);
}

function perKind(plans) {
  const outcomes = ['preserved', 'refused', 'broken', 'error'];
  const rows = grouped(plans, (each) => each.kind).map((group) => [
    group[0].kind,
    group.length,
    ...outcomes.map((outcome) => count(group, outcome)),
  ]);
  return table([['kind', 'plans', ...outcomes], ...rows]);
}

const oneLine = (text) => String(text).replace(/\s+/g, ' ').slice(0, 220);

/** Reasons by code, each plan counted once per code, with two examples. */
function byCode(plans, reasonsOf) {
  const all = plans.flatMap((plan) => {
    const seen = new Map((reasonsOf(plan) ?? []).map((reason) => [reason.code, reason]));
    return [...seen.values()].map((reason) => ({ plan, reason }));
  });
  return grouped(all, (each) => each.reason.code).flatMap((group) => [
    `${String(group.length).padStart(5)}  ${group[0].reason.code}`,
    ...group.slice(0, 2).map(({ plan, reason }) => {
      const place = reason.path ? `${reason.path}${reason.line ? `:${reason.line}` : ''} ` : '';
      return `         ${plan.package}#${plan.number}: ${place}${oneLine(reason.message)}`;
    }),
  ]);
}

const asReasons = (broken) => broken?.map(({ kind, module, what }) => ({ code: kind, path: module, message: what }));

function pressedReason({ outcome, broken, reasons }) {
  const first = broken?.[0] ?? reasons?.[0];
  return { code: outcome, path: first?.path ?? first?.module, message: first?.message ?? first?.what ?? '' };
}

function median(numbers) {
  return numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}

export function report(plans) {
  const sections = [
    ['broken, by what was lost', byCode(plans, (plan) => asReasons(plan.broken))],
    [
      'errors',
      byCode(
        plans.filter((plan) => plan.outcome === 'error'),
        (plan) => plan.reasons,
      ),
    ],
    [
      'refused, by code',
      byCode(
        plans.filter((plan) => plan.outcome === 'refused'),
        (plan) => plan.reasons,
      ),
    ],
    [
      'refused, and what would have become of it with everything accepted',
      byCode(plans, (plan) => plan.pressed && [pressedReason(plan.pressed)]),
    ],
    [
      'moving back refused, by code',
      byCode(
        plans.filter((plan) => plan.back && plan.outcome !== 'refused'),
        (plan) => plan.reasons,
      ),
    ],
    ['broken by rope', byCode(plans, (plan) => asReasons(plan.rope?.broken))],
  ];
  const moves = plans.reduce((sum, each) => sum + Object.keys(each.moves).length, 0);
  return [
    perPackage(plans),
    perKind(plans),
    ...sections.filter(([, lines]) => lines.length > 0).map(([title, lines]) => [title, ...lines].join('\n')),
    `${plans.length} plans with ${moves} moves; a move command took ${median(plans.map((each) => each.moveSeconds)).toFixed(1)} s in the median, a whole plan ${median(plans.map((each) => each.seconds)).toFixed(1)} s`,
  ].join('\n\n');
}
