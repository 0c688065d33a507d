/**
 * Turns the hooks into what people see: purges cached pages first, then notifies open browsers, so
 * that nobody who reloads gets an old page.
 */
import { defineNitroPlugin } from 'nitropack/runtime'
import type { PublicEventType } from '../../shared/types/notice'
import type { Card } from '../../shared/types/review'
import { answerPage } from '../http/answer-page'
import type { Begun } from '../http/page-cache'
import { usePageCache } from '../http/page-cache'
import { useHub } from '../live'
import { frameOf } from '../live/frame'
import type { Recorded } from '../log/event-log'
import { endStreams } from '../notices/stream'

const HOOKS = [
  'review:published',
  'review:fixed',
  'review:corrected',
  'review:archived',
  'review:restored',
] as const
const KEPT = new Set([200, 404, 410])

export default defineNitroPlugin(({ hooks }) => {
  if (import.meta.prerender) return // a build keeps no pages
  for (const hook of HOOKS) {
    hooks.hook(hook, ({ event, card }: { event: Recorded; card: Card }) => {
      usePageCache().purge()
      void useHub().broadcast(frameOf(event.position, event.type as PublicEventType, card))
    })
  }
  hooks.hook('render:response', async (response, { event }) => {
    const { renderedPage } = event.context as { renderedPage?: Begun }
    if (!renderedPage) return
    const status = response.statusCode ?? event.node.res.statusCode
    const kept = renderedPage(
      KEPT.has(status) && typeof response.body === 'string'
        ? { status, headers: { 'content-type': 'text/html;charset=utf-8' }, body: response.body }
        : undefined,
    )
    if (!kept) return
    response.body = await answerPage(event, kept)
    response.statusCode = event.node.res.statusCode
  })
  hooks.hook('shutdown', () => {
    useHub().close()
    endStreams()
  })
})
