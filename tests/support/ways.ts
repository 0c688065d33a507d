/** The ways to listen: each asks with the same subscription for what happened at one position. A new way is a new row. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createApp, createRouter, toNodeListener } from 'h3'
import eventsDoor from '../../server/api/events.get'
import { loadWebhooks } from '../../server/channels/webhooks/audience'
import { bodyFor } from '../../server/channels/webhooks/body'
import { createWebhook } from '../../server/channels/webhooks/create'
import { useApp } from '../../server/db/open'
import { SubjectReader } from '../../server/delivery/planning/subjects'
import errorHandler from '../../server/error-handler'
import { useLog } from '../../server/log'
import { parametersOf } from '../../server/notices/subscription'
import webhooks from '../../server/reactors/webhooks'
import graphqlDoor from '../../server/routes/graphql.post'
import type { Subscription } from '../../shared/schemas/subscription'
import type { Notice } from '../../shared/types/notice'
import { asGraphql, noticeIn } from './graphql-notices'

/** The notice of the event at `position`; undefined where the subscription does not ask for it. */
type Way = (subscription: Subscription, position: number) => Promise<Notice | undefined>

export const WAYS: Record<string, Way> = {
  batch: async (subscription, position) => {
    const page = await ask(subscription, { after: position - 1, limit: 1 })
    return at(position, (await page.json()) as Notice[])
  },
  stream: async (subscription, position) => {
    const stop = new AbortController()
    const answer = await ask(
      subscription,
      { after: position - 1 },
      { headers: { accept: 'text/event-stream' }, signal: stop.signal },
    )
    // The heartbeat of a stream that has nothing to say is far away, so the batch says how much to expect.
    const isComing = (await WAYS.batch!(subscription, position)) !== undefined
    const sent = await firstSent(answer, isComing)
    stop.abort()
    return at(position, sent as Notice[])
  },
  webhook: async (subscription, position) => {
    const app = await useApp()
    const { id } = await createWebhook(
      app,
      { url: 'https://partner.example/hook', from: 0, ...subscription },
      { owner: 'ines', head: position, now: 0 },
    )
    const subject = (await new SubjectReader(useLog(), 'https://example.org').at(position))!
    const audience = await webhooks.audience!({ ...subject, after: '', limit: 1, now: 0 })
    const [webhook] = (await loadWebhooks([id])).values()
    await app.deleteFrom('webhooks').execute()
    return audience.length ? (JSON.parse(await bodyFor(webhook!, subject)) as Notice) : undefined
  },
  graphql: async (subscription, position) => {
    const stop = new AbortController()
    const answer = await fetch(`${origin}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify(asGraphql(subscription, position - 1)),
      signal: stop.signal,
    })
    const isComing = (await WAYS.batch!(subscription, position)) !== undefined
    const sent = await firstSent(answer, isComing)
    stop.abort()
    return at(
      position,
      sent.map(result => noticeIn(result, subscription)),
    )
  },
}

/** The data of the first events of a stream, as they come; none if none is coming. */
async function firstSent({ body }: Response, isComing: boolean): Promise<unknown[]> {
  let text = ''
  for await (const chunk of body!.pipeThrough(new TextDecoderStream())) {
    text += chunk
    if (!isComing || /^data: .*\n\n/m.test(text)) break
  }
  return [...text.matchAll(/^data: (.*)$/gm)].map(([, data]) => JSON.parse(data!))
}

const at = (position: number, notices: Notice[]) =>
  notices.find(({ sequence }) => Number(sequence) === position)

let origin = ''

/** Serves /api/events and /graphql, and returns a function that stops it. */
export async function openWays(): Promise<() => Promise<void>> {
  const app = createApp({ onError: (error, event) => errorHandler(error, event, {} as never) })
  app.use(createRouter().get('/api/events', eventsDoor).post('/graphql', graphqlDoor))
  const server = createServer(toNodeListener(app)).listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return () =>
    new Promise(resolve => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
}

const ask = (
  subscription: Subscription,
  place: { after: number; limit?: number },
  options?: RequestInit,
) => askEvents([...Object.entries(place), ...parametersOf(subscription)], options)

export const eventsAddress = () => `${origin}/api/events`

/** GET /api/events with these parameters. */
export const askEvents = (
  parameters: (readonly [string, string | number])[] | string,
  options?: RequestInit,
) => {
  const query =
    typeof parameters === 'string'
      ? parameters
      : new URLSearchParams(parameters.map(([name, value]) => [name, String(value)]))
  return fetch(`${origin}/api/events?${query}`, options)
}
