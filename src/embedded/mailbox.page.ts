import type { KeptMail } from './mailbox.js';

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const MOST_SHOWN = 100;

/** The mails that were kept instead of sent, newest first. */
export function mailboxPage(mails: KeptMail[], to: string | undefined): string {
  const items = mails.slice(0, MOST_SHOWN).map(
    ({ to: address, subject, text, receivedAt }) => `<article>
  <h2>${escapeHtml(subject)}</h2>
  <p><small>to ${escapeHtml(address)}, <time datetime="${receivedAt}">${receivedAt}</time></small></p>
  <pre>${escapeHtml(text)}</pre>
</article>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Mailbox</title>
<style>
  :root { color-scheme: light dark; }
  body { font: 1rem/1.5 system-ui, sans-serif; max-width: 44rem; margin: 0 auto; padding: 1rem; }
  article { border: 1px solid #8886; border-radius: .75rem; padding: .25rem 1rem; margin-block: 1rem; }
  h2 { font-size: 1.1rem; margin-block: .75rem 0; } pre { white-space: pre-wrap; font: inherit; overflow-wrap: anywhere; }
  input { font: inherit; padding: .4rem; inline-size: min(100%, 20rem); } button { font: inherit; padding: .4rem .8rem; }
</style>
</head>
<body>
<h1>Mailbox</h1>
<p>Mail that this machine kept instead of sending it, newest first.</p>
<form method="get"><label>To <input type="email" name="to" value="${escapeHtml(to ?? '')}"></label> <button>Show</button></form>
${items.length > 0 ? items.join('\n') : `<p>No mail${to ? ` to ${escapeHtml(to)}` : ''} yet.</p>`}
</body>
</html>
`;
}
