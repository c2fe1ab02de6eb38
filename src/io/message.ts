/** Commit messages: what a file's name or a plan says must not forge a trailer or steer a terminal. */

/** Controls except tab and line feed, and the marks that reorder text. */
const INERT = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Appends trailers to a message; both are made inert. */
export function commitMessage(message: string, trailers: Record<string, string>): string {
  const body = message.replace(/\r\n?/g, '\n').replace(INERT, '\ufffd').trim();
  const lines = Object.entries(trailers).map(([key, value]) => `${trailerKey(key)}: ${trailerValue(value)}`);
  return `${body || 'regraft'}\n\n${lines.join('\n')}\n`;
}

/** For the commit of pure moves that goes before a batch's own. */
export function movesMessage(title: string): string {
  const subject = title.replace(/\s+/g, ' ').replace(INERT, '\ufffd').trim();
  const body = 'Contents are unchanged, so that git follows each file. The next commit rewrites what refers to them.';
  return `${subject || 'regraft'}: files only\n\n${body}\n`;
}

function trailerKey(key: string): string {
  return key.replace(/[^A-Za-z0-9-]/g, '-');
}

function trailerValue(value: string): string {
  return value.replace(/\s+/g, ' ').replace(INERT, '\ufffd').trim();
}
