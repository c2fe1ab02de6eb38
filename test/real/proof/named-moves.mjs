/** Moves that rewriters have been seen to get wrong: package, what moves, where to. */
const FROM_TO = [
  ['flask', 'src/flask/app.py', 'src/flask/json/tier_new/app.py'],
  ['werkzeug', 'src/werkzeug/datastructures/accept.py', 'src/werkzeug/debug/accept.py'],
  ['werkzeug', 'src/werkzeug/routing/rules.py', 'src/werkzeug/sansio/rules.py'],
  ['graphql', 'src/graphql/pyutils/undefined.py', 'src/graphql/execution/undefined.py'],
  ['urllib3', 'src/urllib3/util/ssl_match_hostname.py', 'src/urllib3/contrib/emscripten/ssl_match_hostname.py'],
  ['docker', 'docker/_version.py', 'docker/transport/tier_new/_version.py'],
  ['hypothesis', 'hypothesis/internal/entropy.py', 'hypothesis/internal/tier_new/entropy.py'],
  ['prompt_toolkit', 'src/prompt_toolkit/keys.py', 'src/prompt_toolkit/contrib/ssh/tier_new/keys.py'],
  ['mpmath', 'mpmath/functions/signals.py', 'mpmath/libmp/tier_new/signals.py'],
  ['mpmath', 'mpmath/calculus/approximation.py', 'mpmath/matrices/approximation.py'],
  ['jinja2', 'src/jinja2/nodes.py', 'src/jinja2/tier_new/nodes.py'],
  ['docutils', 'docutils/languages/fi.py', 'docutils/languages/tier_new/fi.py'],
];

export const NAMED = FROM_TO.map(([name, from, to], number) => ({
  package: name,
  number,
  kind: 'named',
  moves: { [from]: to },
}));
