"""Runs a command in a directory, its output thrown away, and prints what it took as the operating system counts it.

Usage: measure.py DIRECTORY COMMAND [ARGUMENT ..]
           prints {"seconds", "cpu", "peak" (KiB, of the largest process), "code"} as JSON
"""

import json
import resource
import subprocess
import sys
import time

directory, *command = sys.argv[1:]
began = time.perf_counter()
code = subprocess.run(command, cwd=directory, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode
seconds = time.perf_counter() - began
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({"seconds": seconds, "cpu": used.ru_utime + used.ru_stime, "peak": used.ru_maxrss, "code": code}))
