/** From the hooks to what people see: pages are purged first, then open browsers are told, so that nobody who looks finds an old page. */
import { defineNitroPlugin } from 'nitropack/runtime'
import type { PublicEventType } from '../../shared/types/notice'
import type { Card } from '../../shared/types/review'
import { useHub, usePageCache } from '../live'
import { endStreams } from '../live/event-stream'
import { frameOf } from '../live/frame'
import type { Recorded } from '../log/event-log'

const HOOKS = ['review:published', 'review:fixed', 'review:corrected', 'review:archived', 'review:restored'] as const
const KEPT = new Set([200, 404, 410])

export default defineNitroPlugin(({ hooks }) => {
  if (import.meta.prerender) return // a build keeps no pages
  for (const hook of HOOKS) {
    hooks.hook(hook, ({ event, card }: { event: Recorded, card: Card }) => {
      usePageCache().purge()
      void useHub().broadcast(frameOf(event.position, event.type as PublicEventType, card))
    })
  }
  hooks.hook('render:response', (response, { event }) => {
    const { renderedPage } = event.context as { renderedPage?: (page?: { status: number, headers: Record<string, string>, body: string }) => void }
    if (!renderedPage) return
    const status = response.statusCode ?? event.node.res.statusCode
    renderedPage(KEPT.has(status) && typeof response.body === 'string' ? { status, headers: { 'content-type': 'text/html;charset=utf-8' }, body: response.body } : undefined)
  })
  hooks.hook('shutdown', () => {
    useHub().close()
    endStreams()
  })
})
