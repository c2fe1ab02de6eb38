/**
 * Shims of modules that became part of another one, where some of their names are called otherwise: the old module cannot be
 * the new one under another name, so it asks the new one for everything.
 */

/** A name as it was, and what the module calls it now. */
export interface Renamed {
  readonly name: string;
  readonly to: string;
}

/** What such a shim does when it is imported. @param module the new module, as the shim names it */
export function renamingShim(module: string, renamed: readonly Renamed[]): string[] {
  return [
    'import sys',
    'import warnings',
    '',
    '_modules = sys.modules',
    '_renamed = {',
    ...renamed.map(({ name, to }) => `    "${name}": "${to}",`),
    '}',
    '',
    'def _new():',
    '    # Also asked while the module is being imported, by what it imports itself.',
    `    from ${module} import __name__ as module`,
    '',
    '    return _modules[module]',
    '',
    ...FORWARDING,
    '',
    '_module = _modules[__name__]',
    '_module.__class__ = _Forwarding',
    `from ${module} import __name__ as _name`,
    '',
  ];
}

/** What is set through the old name, as a patch does, must reach the code that reads it. */
const FORWARDING = [
  'class _Forwarding(type(sys)):',
  '    @property',
  '    def __all__(self):',
  '        listed = getattr(_new(), "__all__", None) or vars(_new())',
  '        return [name for name in {**_renamed, **dict.fromkeys(listed)} if name[0] != "_"]',
  '',
  '    def __dir__(self):',
  '        return [*_renamed, *dir(_new())]',
  '',
  '    def __getattr__(self, name):',
  '        return getattr(_new(), _renamed.get(name, name))',
  '',
  '    def __setattr__(self, name, value):',
  '        if name.startswith("__"):',
  '            super().__setattr__(name, value)',
  '        else:',
  '            setattr(_new(), _renamed.get(name, name), value)',
  '',
  '    def __delattr__(self, name):',
  '        delattr(_new(), _renamed.get(name, name))',
];
