/** Writes the body of a delivery: the notice in the shape that its webhook asked for. */
import { enclose, fatOf, type NoticeEvent, thinOf } from '../../../shared/notice'
import type { PublicReview } from '../../../shared/types/review'
import { settings } from '../../config/settings'
import { onlyFields } from '../../queries/select-fields'
import type { Webhook } from './audience'

/**
 * The bodies already written for one event, shared by all webhooks that asked for the same shape.
 */
export type Bodies = Map<string, string>

interface About {
  event: NoticeEvent
  review: PublicReview
  archived?: object
}

/** JSON. For an archived review, fat and pick only say that it is archived. */
export function bodyFor(
  { shape, fields = [] }: Pick<Webhook, 'shape' | 'fields'>,
  about: About,
  bodies: Bodies = new Map(),
): string {
  const key = [shape, ...fields].join(' ')
  const known = bodies.get(key)
  if (known !== undefined) return known
  const content = contentOf(shape, fields, about)
  const body = JSON.stringify(enclose(about.event, settings().siteUrl, shape, content))
  bodies.set(key, body)
  return body
}

function contentOf(shape: Webhook['shape'], fields: string[], { review, archived }: About) {
  if (shape === 'thin') return thinOf(review, settings().siteUrl)
  return shape === 'pick' && !archived ? onlyFields(fields)(review) : fatOf(review, archived)
}
