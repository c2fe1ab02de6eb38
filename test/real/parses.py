"""Reads one JSON string per line, a source text, and prints for each, as JSON, whether CPython's `ast.parse` takes it."""

import ast
import json
import sys
import warnings

warnings.simplefilter("ignore")
for line in sys.stdin:
    try:
        ast.parse(json.loads(line))
        print("true")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        print("false")
