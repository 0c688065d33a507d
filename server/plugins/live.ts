/**
 * Turns the hooks into what people see: purges kept answers first, then notifies open browsers, so
 * that nobody who reloads gets an old page.
 */
import { defineNitroPlugin } from 'nitropack/runtime'
import type { Card } from '../../shared/types/review'
import { answer } from '../http/answer/answer'
import { useAnswers } from '../http/answer/cache'
import type { Content, Representation } from '../http/answer/representation'
import { useHub } from '../live'
import { frameOf, type LiveEventType } from '../live/frame'
import type { Recorded } from '../log/event-log'
import { endStreams } from '../notices/open-stream'

const HOOKS = [
  'review:published',
  'review:fixed',
  'review:corrected',
  'review:archived',
  'review:restored',
] as const
const KEPT = new Set([200, 404, 410])
type Page = Pick<Content, 'status' | 'body'>

export default defineNitroPlugin(({ hooks }) => {
  if (import.meta.prerender) return // a build keeps no pages
  for (const hook of HOOKS) {
    hooks.hook(hook, ({ event, card }: { event: Recorded; card: Card }) => {
      useAnswers().purge()
      void useHub().broadcast(frameOf(event.position, event.type as LiveEventType, card))
    })
  }
  hooks.hook('review:erased', () => {
    useAnswers().purge()
    useHub().forget()
  })
  hooks.hook('render:response', async (response, { event }) => {
    const { keepPage } = event.context as { keepPage?: (page: Page) => Representation }
    const status = response.statusCode ?? event.node.res.statusCode
    if (!keepPage || !KEPT.has(status) || typeof response.body !== 'string') return
    response.body = await answer(event, keepPage({ status, body: response.body }))
    response.statusCode = event.node.res.statusCode
  })
  hooks.hook('shutdown', () => {
    useHub().close()
    endStreams()
  })
})
