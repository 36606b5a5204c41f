/** A file that the store took. */
export interface Uploaded {
  /** SHA-256, by which it is served. */
  hash: string;
  mediaType: string;
  bytes: number;
  /** Of a picture, in pixels. */
  width?: number | null;
  height?: number | null;
}

/** Why a file was not taken, in the person's words. */
export class UploadError extends Error {}

/**
 * Sends a file to a course's files.
 * @throws UploadError with the sentence of the API, or with `lost` when it could not be asked.
 */
export async function upload(courseId: string, file: File, lost: string): Promise<Uploaded> {
  const response = await fetch(`/files?course=${encodeURIComponent(courseId)}`, {
    method: 'POST',
    body: file,
    headers: {
      'content-type': file.type || 'application/octet-stream',
      'x-file-name': encodeURIComponent(file.name),
      // No page of another site can send this one without being asked first.
      'x-tremplin-upload': '1',
    },
  }).catch(() => null);
  const answer: unknown = await response?.json().catch(() => null);
  if (response?.ok && answer && typeof answer === 'object' && 'hash' in answer) return answer as Uploaded;
  const { error } = (answer ?? {}) as { error?: { message?: string } };
  throw new UploadError(error?.message ?? lost);
}

/** The block that shows a file: a picture, a film, or a file to take along. */
export function blockOf(file: File, { hash, mediaType, bytes, width, height }: Uploaded) {
  const name = file.name.slice(0, 200) || hash.slice(0, 8);
  if (mediaType.startsWith('image/') && width && height)
    return { type: 'image', attrs: { file: hash, alt: '', decorative: false, caption: '', width, height } };
  if (mediaType.startsWith('video/'))
    return { type: 'video', attrs: { ...EMPTY_VIDEO, file: hash, title: name, bytes } };
  return { type: 'download', attrs: { file: hash, name, bytes, mediaType } };
}

export const EMPTY_VIDEO = {
  href: null,
  file: null,
  title: '',
  bytes: null,
  durationSeconds: null,
  captions: [],
  transcript: '',
};
