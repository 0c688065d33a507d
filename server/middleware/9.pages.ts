/**
 * Answers public pages from memory. One rendering serves all simultaneous requests for the same page,
 * and only a few pages are rendered at the same time, because each holds megabytes meanwhile.
 */
import { defineEventHandler } from 'h3'
import { answer } from '../http/answer/answer'
import { useAnswers } from '../http/answer/cache'
import type { Content } from '../http/answer/representation'
import { pageAddress } from '../http/page-address'
import { Semaphore } from '../kit/semaphore'
import { newestChange } from '../queries/newest-change'
import { useViews } from '../queries/views'

const LONGEST_KEY = 2000
const places = new Semaphore(8)

export default defineEventHandler(async event => {
  const key = event.method === 'GET' ? pageAddress(event.path) : undefined
  if (key === undefined || key.length > LONGEST_KEY) return
  // h3 sets the path anew for each handler, so that a plain assignment would not reach the renderer.
  Object.defineProperty(event, '_path', { get: () => key, set: () => {} })
  const answers = useAnswers()
  const known = await answers.find(key)
  if (known) return answer(event, known)
  const done = answers.begin(key)
  const { res } = event.node
  res.once('close', () => done())
  const leave = await places.enter()
  if (res.closed) return leave()
  // At the end of the rendering, not when a slow client has read it all.
  res.once('prefinish', leave).once('close', leave)
  const modified = await newestChange(useViews())
  event.context.keepPage = (page: Pick<Content, 'status' | 'body'>) =>
    done({
      ...page,
      type: 'text/html',
      headers: {
        'cache-control': 'no-cache',
        ...(event.context.hasDocument && { vary: 'accept' }),
      },
      modified,
    })
})
