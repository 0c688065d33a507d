/** A webhook in the words of the desk. */
import { figure } from '~/shared/rating'
import { NOTICE_TYPES } from '~/shared/types/notice'
import type { ShownWebhook, WebhookAnswer, WebhookDelivery } from '~/shared/types/webhook'
import { upperFirst } from './sentences'

export const stateWord = ({ state }: Pick<ShownWebhook, 'state'>) =>
  ({ active: 'Active', failing: 'Failing', paused: 'Paused', disabled: 'Turned off' })[state]

/** "204 in 12 ms", or why there was none. */
export const answerWords = ({ ok, status, ms, said }: WebhookAnswer) =>
  ok ? `${status} in ${ms.toLocaleString('en')} ms` : (said ?? 'no answer')

/** "partner.example/hook": the address without https://, so that an unencrypted one stands out. */
export const addressWords = (url: string) => url.replace(/^https:\/\//, '')

/** Its pieces, between which a long address may be wrapped. */
export const addressPieces = (url: string) => addressWords(url).split(/(?<=[/.?&=])/)

/** "com.mymovies.review.corrected.v1" becomes "corrected". */
export const typeWord = (type: string) => type.split('.').at(-2)!

/** "All events", "Published, corrected; only Thriller or War; rated 4 or more". */
export const eventsWords = ({
  types,
  subject,
  wants,
}: Pick<ShownWebhook, 'types' | 'subject' | 'wants'>) =>
  [
    types && types.length < NOTICE_TYPES.length
      ? upperFirst(types.map(typeWord).join(', '))
      : 'All events',
    wants?.genres?.length && `only ${wants.genres.join(' or ')}`,
    wants?.critics?.length && `by ${counted(wants.critics, 'critic')}`,
    wants?.minRating && `rated ${figure(wants.minRating)} or more`,
    subject && `of ${counted(subject, 'review')}`,
  ]
    .filter(Boolean)
    .join('; ')

const counted = ({ length }: string[], what: string) =>
  `${length} ${what}${length === 1 ? '' : 's'}`

export const payloadWords = ({ shape, fields }: Pick<ShownWebhook, 'shape' | 'fields'>) =>
  ({
    thin: 'Link',
    fat: 'Whole review',
    pick: `Id, ${fields?.filter(field => field !== 'id').join(', ')}`,
  })[shape]

export const deliveryWord = ({ state }: Pick<WebhookDelivery, 'state'>) =>
  ({
    accepted: 'Sent',
    pending: 'Waiting',
    sending: 'Sending',
    retry: 'Retrying',
    dead: 'Failed',
    suppressed: 'Not sent',
    uncertain: 'Unclear',
  })[state] ?? state
