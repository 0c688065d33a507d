/**
 * Our hub without a server: the real log, read models and database in a folder of their own, and a
 * subscriber on loopback.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import projections from '#projections'
import { expect, vi } from 'vitest'
import { askHub } from '../../server/channels/websub/ask'
import { type HubRequest, readHubRequest } from '../../server/channels/websub/request'
import { Verifier } from '../../server/channels/websub/verifications'
import { closeDatabases, useApp } from '../../server/db/open'
import { useViewsWriter } from '../../server/db/views-file'
import type { Reactor } from '../../server/delivery/contract/define-reactor'
import { registerReactors } from '../../server/delivery/contract/registry'
import { closeLog, useLog } from '../../server/log'
import type { DomainEvent } from '../../server/log/event-log'
import { streamOf } from '../../server/log/handle-command'
import { useViews } from '../../server/queries/views'
import { Projector } from '../../server/read-models/projector'
import { startProjector, useProjector } from '../../server/read-models/use-projector'
import { HubSubscriber } from './hub-subscriber'

export const SITE = 'https://mymovies.example'

export type HubRoom = Awaited<ReturnType<typeof openHubRoom>>

export async function openHubRoom(reactor: Reactor) {
  const dataDir = mkdtempSync(join(tmpdir(), 'mymovies-hub-'))
  const subscriber = await HubSubscriber.start()
  vi.stubEnv('NUXT_ALLOW_TARGETS', `websub:${new URL(subscriber.origin).host}`)
  vi.stubEnv('NUXT_DATA_DIR', dataDir)
  vi.stubEnv('NUXT_SITE_URL', SITE)
  registerReactors([reactor])
  const app = await useApp()
  const log = useLog()
  const projector = await startProjector(new Projector(log, useViewsWriter(), projections))
  const verifier = new Verifier({
    app,
    head: () => log.head(),
    now: Date.now,
    onDone: () => void verifier.round(),
  })

  /** Takes a request as the door does, and waits for what becomes of it. */
  async function ask(mode: HubRequest['mode'], path: string, topic: string, more: object = {}) {
    const form = {
      'hub.mode': mode,
      'hub.topic': topic,
      'hub.callback': subscriber.origin + path,
      ...more,
    }
    await askHub(app, await readHubRequest(useViews(), form), Date.now())
    await verifier.round()
    await expect.poll(async () => (await waiting()).filter(row => !row.failed_at)).toEqual([])
  }
  const waiting = () => app.selectFrom('hub_requests').selectAll().execute()
  const subscriptions = () => app.selectFrom('hub_subscriptions').selectAll().execute()

  return {
    app,
    log,
    subscriber,
    verifier,
    ask,
    waiting,
    subscriptions,
    /** Subscribes a path that confirms it; returns the subscription's id. */
    async subscribe(path: string, topic: string, secret?: string) {
      subscriber.want(path, 'subscribe', topic, secret)
      await ask('subscribe', path, topic, secret ? { 'hub.secret': secret } : {})
      const callback = subscriber.origin + path
      return (await subscriptions()).find(row => row.callback === callback)!.id
    },
    /** Puts events on the log, and returns the last once the read models show it. */
    async append(...events: DomainEvent[]) {
      const meta = { actor: 'test' }
      const at = new Date().toISOString()
      const { id } = events[0]!.data
      const done = await log.append(
        streamOf(id),
        'any',
        events.map(event => ({ ...event, meta, at })),
      )
      const last = done.events.at(-1)!
      await useProjector().passed(last.position)
      return last
    },
    async clear() {
      await app.deleteFrom('hub_requests').execute()
      await app.deleteFrom('hub_subscriptions').execute()
      subscriber.clear()
    },
    async close() {
      await verifier.stop()
      await reactor.close?.()
      await projector.stop()
      await closeLog()
      await closeDatabases()
      await subscriber.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
