/** Names that Python itself gives: built-ins, what every module has, and modules of the standard library that only some platforms have. */

export const BUILTINS: ReadonlySet<string> = new Set(
  `ArithmeticError AssertionError AttributeError BaseException BaseExceptionGroup BlockingIOError BrokenPipeError BufferError
  BytesWarning ChildProcessError ConnectionAbortedError ConnectionError ConnectionRefusedError ConnectionResetError
  DeprecationWarning EOFError Ellipsis EncodingWarning EnvironmentError Exception ExceptionGroup False FileExistsError
  FileNotFoundError FloatingPointError FutureWarning GeneratorExit IOError ImportError ImportWarning IndentationError
  IndexError InterruptedError IsADirectoryError KeyError KeyboardInterrupt LookupError MemoryError ModuleNotFoundError
  NameError None NotADirectoryError NotImplemented NotImplementedError OSError OverflowError PendingDeprecationWarning
  PermissionError ProcessLookupError RecursionError ReferenceError ResourceWarning RuntimeError RuntimeWarning
  StopAsyncIteration StopIteration SyntaxError SyntaxWarning SystemError SystemExit TabError TimeoutError True TypeError
  UnboundLocalError UnicodeDecodeError UnicodeEncodeError UnicodeError UnicodeTranslateError UnicodeWarning UserWarning
  ValueError Warning WindowsError ZeroDivisionError __build_class__ __debug__ __doc__ __import__ __loader__ __name__
  __package__ __spec__ __file__ __path__ __dict__ __builtins__ __cached__ __annotations__ __qualname__ __module__ __class__
  _ abs aiter all anext any ascii bin bool breakpoint bytearray bytes callable chr classmethod compile complex copyright
  credits delattr dict dir divmod enumerate eval exec exit filter float format frozenset getattr globals hasattr hash help
  hex id input int isinstance issubclass iter len license list locals map max memoryview min next object oct open ord pow
  print property quit range repr reversed round set setattr slice sorted staticmethod str sum super tuple type vars zip`.split(
    /\s+/,
  ),
);

/** What every module object answers to. */
export const MODULE_ATTRIBUTES = /^__\w+__$/;

/** What the standard library keeps to itself, and every CPython has. */
export const PRIVATE_MODULES: ReadonlySet<string> = new Set(
  `_abc _ast _bisect _codecs _collections _collections_abc _csv _datetime _frozen_importlib _frozen_importlib_external _functools
  _heapq _imp _io _json _locale _markupbase _opcode _operator _pickle _py_abc _pydecimal _pyio _random _signal _socket _sre _stat
  _string _strptime _struct _symtable _threading_local _tracemalloc _warnings _weakref _weakrefset`.split(/\s+/),
);

/** Modules of the standard library that not every platform has. */
export const PLATFORM_MODULES: ReadonlySet<string> = new Set(
  `winreg msvcrt _winapi winsound nt _overlapped _msi msilib fcntl termios pwd grp resource tty pty crypt spwd nis
  ossaudiodev readline syslog curses posix _scproxy _posixsubprocess`.split(/\s+/),
);

/** Decorators that leave a function what it is, as far as calling it goes. */
export const TRANSPARENT: ReadonlySet<string> = new Set(
  `functools.lru_cache functools.cache functools.wraps functools.update_wrapper typing.overload typing.final typing.no_type_check
  typing.runtime_checkable abc.abstractmethod dataclasses.dataclass functools.total_ordering typing_extensions.overload
  typing_extensions.deprecated typing_extensions.final typing_extensions.runtime_checkable enum.unique`.split(/\s+/),
);
