/** The body of one delivery: the notice in the shape that this webhook asked for. */
import { enclose, type NoticeEvent, fatOf, thinOf } from '../../../shared/notice'
import type { PublicReview } from '../../../shared/types/review'
import { settings } from '../../config/settings'
import { onlyFields } from '../../queries/select-fields'
import type { Webhook } from './audience'

/** What was written of one event, so that a thousand webhooks of the same shape share it. */
export type Bodies = Map<string, string>

interface About {
  event: NoticeEvent
  review: PublicReview
  archived?: object
}

/** JSON. Of a archived review fat and pick show that it is archived and nothing else. */
export function bodyFor(
  { shape, fields = [] }: Pick<Webhook, 'shape' | 'fields'>,
  about: About,
  bodies: Bodies = new Map(),
): string {
  const key = [shape, ...fields].join(' ')
  let body = bodies.get(key)
  if (body === undefined)
    bodies.set(
      key,
      (body = JSON.stringify(
        enclose(about.event, settings().siteUrl, contentOf(shape, fields, about)),
      )),
    )
  return body
}

function contentOf(shape: Webhook['shape'], fields: string[], { review, archived }: About) {
  if (shape === 'thin') return thinOf(review, settings().siteUrl)
  return shape === 'pick' && !archived ? onlyFields(fields)(review) : fatOf(review, archived)
}
