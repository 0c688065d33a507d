/** The commands for a review on its writing page: the request for each, and the words for when it fails. */
import type { CommandRefusal } from './send-writing'
import { SIGN_IN } from './why-not-answered'

export type ReviewAct =
  | 'publish'
  | 'fix'
  | 'correct'
  | 'archive'
  | 'restore'
  | 'erase'
  | 'schedule'
  | 'unschedule'
  | 'discard'
  | 'bring-back'

export const NOT_DONE: Record<ReviewAct, string> = {
  publish: 'Not published.',
  fix: 'Not published.',
  correct: 'Not published.',
  archive: 'Not archived.',
  restore: 'Not restored.',
  erase: 'Not erased.',
  schedule: 'Not scheduled.',
  unschedule: 'Still scheduled.',
  discard: 'Not discarded.',
  'bring-back': 'Not restored.',
}

export function reviewRequest(act: ReviewAct, id: string, body: object) {
  if (act === 'unschedule')
    return { path: `/api/reviews/${id}/schedule`, options: { method: 'DELETE' } } as const
  const desk = act === 'discard' || act === 'bring-back' ? 'desk/' : ''
  return {
    path: `/api/${desk}reviews/${id}/${act}`,
    options: { method: 'POST', body, retry: 0 },
  } as const
}

/** Why it failed; empty if the problems beside the fields say so. */
export function whyNotDone(status: number | undefined, refusal: CommandRefusal | undefined) {
  if (!status) return 'The server cannot be reached. Your text is kept here.'
  if (status === 412 && refusal?.current)
    return 'This review was changed in another window or by somebody else. Check it, then press again.'
  if (status === 401) return `${SIGN_IN} Then press again.`
  if (refusal?.errors?.length) return ''
  return refusal?.detail ?? refusal?.title ?? 'The server could not do it.'
}
