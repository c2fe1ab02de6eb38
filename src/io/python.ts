/** Whether a Python interpreter is at hand. regraft itself never needs one; verification by tests does. */
import { runProcess } from './command.js';

/** The version, such as `3.11.7`; `null` without an interpreter. */
export async function pythonVersion(directory: string): Promise<string | null> {
  try {
    const { exitCode, output } = await runProcess('python3', ['--version'], { directory, timeout: 10_000 });
    return exitCode === 0 ? (/\d[\w.]*/.exec(output)?.[0] ?? null) : null;
  } catch {
    return null;
  }
}
