/** Writes the body of a delivery: the notice in the shape that its webhook asked for. */
import { enclose, type NoticeEvent } from '../../../shared/notice'
import type { PublicReview } from '../../../shared/types/review'
import { settings } from '../../config/settings'
import { contentOf, type Form } from '../../notices/notice'

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
export async function bodyFor(
  { shape, fields = [] }: Form,
  about: About,
  bodies: Bodies = new Map(),
): Promise<string> {
  const key = [shape, ...fields].join(' ')
  const known = bodies.get(key)
  if (known !== undefined) return known
  const { siteUrl } = settings()
  const content = await contentOf({ shape, fields }, about, siteUrl)
  const body = JSON.stringify(enclose(about.event, siteUrl, shape, content))
  bodies.set(key, body)
  return body
}
