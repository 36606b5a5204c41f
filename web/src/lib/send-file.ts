/** A file on its way. */
export interface Sending {
  answer: Promise<
    | { kind: 'sent'; id: string }
    | { kind: 'refused'; field: string | null; message: string }
    | { kind: 'lost' }
    | { kind: 'stopped' }
  >;
  stop(): void;
}

/**
 * Sends a file. By XMLHttpRequest, as fetch cannot tell how much has left.
 * @param target the path and query that take it, such as `/imports?slug=photos`.
 */
export function sendFile(
  file: File,
  target: string,
  { locale, progress }: { locale: string; progress: (share: number) => void },
): Sending {
  const request = new XMLHttpRequest();
  const answer: Sending['answer'] = new Promise((resolve) => {
    request.upload.onprogress = ({ loaded, total }) => progress(total > 0 ? loaded / total : 0);
    request.onerror = () => resolve({ kind: 'lost' });
    request.onabort = () => resolve({ kind: 'stopped' });
    request.onload = () => {
      const body = parsed(request.responseText);
      if (request.status === 201 && body.id) resolve({ kind: 'sent', id: body.id });
      else if (body.error)
        resolve({ kind: 'refused', field: body.error.field ?? null, message: body.error.message });
      else resolve({ kind: 'lost' });
    };
  });
  request.open('POST', target);
  request.setRequestHeader('content-type', 'application/octet-stream');
  request.setRequestHeader('x-tremplin-upload', '1');
  request.setRequestHeader('x-file-name', encodeURIComponent(file.name));
  request.setRequestHeader('x-locale', locale);
  request.send(file);
  return { answer, stop: () => request.abort() };
}

function parsed(text: string): { id?: string; error?: { message: string; field?: string | null } } {
  try {
    return JSON.parse(text) as ReturnType<typeof parsed>;
  } catch {
    return {};
  }
}
