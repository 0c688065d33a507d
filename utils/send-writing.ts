/** Sends changes to a working copy to the server and classifies the outcome. */
import { type Writing, writingOf } from '~/shared/review/writing'
import type { Replacement } from '~/shared/types/desk'
import type { DraftContent } from '~/shared/types/review'
import type { FetchError, FetchOptions } from 'ofetch'
import type { Acknowledged, Outcome } from './autosave/types'
import type { Refusal } from './refusal-words'

/** `current` is what somebody else has saved in the meantime. */
export interface CommandRefusal extends Refusal {
  current?: DraftContent & { version: number }
}

const PATIENCE_MS = 20_000

export const currentOf = ({
  version,
  ...content
}: DraftContent & { version: number }): Acknowledged => ({ version, writing: writingOf(content) })

/** `reason` says what replaced the saved text, if it was not typed. */
export const sendWriting = (
  reviewId: string,
  changes: Partial<Writing>,
  version: number,
  reason?: Replacement,
): Promise<Outcome> =>
  save(`/api/reviews/${reviewId}`, {
    method: 'PATCH',
    query: { reason },
    body: changes,
    headers: { 'if-match': `"${version}"` },
  })

/** Keeps a text as an earlier version; the working copy stays as it is. */
export const keepVersion = (reviewId: string, writing: Writing): Promise<Outcome> =>
  save(`/api/desk/reviews/${reviewId}/revisions`, { method: 'POST', body: writing })

async function save(path: string, options: FetchOptions<'json'>): Promise<Outcome> {
  try {
    const saved: { version: number; updatedAt: string } = await callApi(path, {
      ...options,
      timeout: PATIENCE_MS,
      retry: 0,
    })
    return { kind: 'saved', version: saved.version, at: saved.updatedAt }
  } catch (error) {
    return outcomeOf(error as FetchError<CommandRefusal>)
  }
}

function outcomeOf({ status, data }: FetchError<CommandRefusal>): Outcome {
  if (status === 412 && data?.current) return { kind: 'changed', current: currentOf(data.current) }
  if ((status === 422 || status === 400 || status === 413) && data?.errors?.length)
    return { kind: 'refused', errors: data.errors }
  if (status === 401) return { kind: 'signed-out' }
  if (!status || status === 429 || status >= 500) return { kind: 'offline' }
  return { kind: 'failed', say: data?.detail ?? data?.title ?? 'The server refused it.' }
}

/** For a page that is closing; the browser completes the request. */
export function sendBeforeLeaving(
  reviewId: string,
  { changes, version }: { changes: Partial<Writing>; version: number },
) {
  void fetch(`/api/reviews/${reviewId}`, {
    method: 'PATCH',
    keepalive: true,
    body: JSON.stringify(changes),
    headers: { 'content-type': 'application/json', 'if-match': `"${version}"` },
  }).catch(() => {})
}
