/**
 * Push readers: the same browser twice is one reader; another browser with its endpoint is refused.
 */
import type { Kysely } from 'kysely'
import { beforeEach, describe, expect, it } from 'vitest'
import type { AppTables } from '../../server/db/schema'
import { fit } from '../../server/http/read-input'
import { forgetLostReaders, losePushReader } from '../../server/readers/lost-push-readers'
import {
  changePushReader,
  forgetPushReader,
  managedPushReader,
  subscribeByPush,
} from '../../server/readers/push-readers'
import { pushSubscription } from '../../server/readers/push-subscription'
import { tokenFor } from '../../server/readers/tokens'
import type { Wants } from '../../shared/types/wants'
import { place } from './place'
import { subscription } from './subscription'

const NOW = Date.parse('2026-11-23T12:00:00Z')
const DAY = 86_400_000
let app: Kysely<AppTables>
beforeEach(async () => {
  app = await place()
})

const subscribe = async (which = subscription('a'), wants?: Wants, head = 7) => {
  const done = await subscribeByPush(app, which, { wants, head, now: 0 })
  return { ...done, id: 'id' in done ? done.id : '' }
}
const rows = () => app.selectFrom('push_readers').selectAll().execute()

describe('subscribing', () => {
  it('twice makes one reader, with the new wants and the old place in the log', async () => {
    const { id } = await subscribe(undefined, { minRating: 3 })
    expect(await subscribe(undefined, { minRating: 4 }, 20)).toEqual({
      state: 'known',
      id,
      wants: { minRating: 4 },
    })
    expect(await rows()).toMatchObject([{ id, min_rating: 4, position: 7 }])
  })

  it('again without wants keeps them', async () => {
    await subscribe(undefined, { minRating: 3 })
    await subscribe()
    expect(await rows()).toMatchObject([{ min_rating: 3 }])
  })

  it("to a stranger's endpoint changes nothing", async () => {
    await subscribe(undefined, { minRating: 3 })
    expect(await subscribe(subscription('a', 'thief'), { minRating: 0 })).toMatchObject({
      state: 'taken',
    })
    expect(await rows()).toMatchObject([{ min_rating: 3, p256dh: subscription('a').keys.p256dh }])
  })
})

describe('changing and leaving', () => {
  it('a new endpoint from the push service keeps reader, wants and place', async () => {
    const { id } = await subscribe(undefined, { minRating: 3 })
    expect(await changePushReader(app, id, { subscription: subscription('b'), now: NOW })).toBe(
      true,
    )
    expect(await rows()).toMatchObject([
      { id, endpoint: 'https://push.example/b', min_rating: 3, position: 7 },
    ])
  })

  it("never to a stranger's endpoint", async () => {
    const { id } = await subscribe()
    await subscribe(subscription('b'))
    expect(
      await changePushReader(app, id, { subscription: subscription('b', 'a'), now: NOW }),
    ).toBe(false)
    expect(await rows()).toHaveLength(2)
  })

  it('two rows of one browser become one', async () => {
    const { id } = await subscribe()
    await subscribe(subscription('b'))
    expect(await changePushReader(app, id, { subscription: subscription('b'), now: NOW })).toBe(
      true,
    )
    expect(await rows()).toMatchObject([{ id, endpoint: 'https://push.example/b' }])
  })

  it('a manage token opens only its own reader', async () => {
    const { id } = await subscribe()
    const other = await subscribe(subscription('b'))
    expect(await managedPushReader(app, id, tokenFor('manage-push', id))).toMatchObject({ id })
    expect(await managedPushReader(app, id, tokenFor('manage-push', other.id))).toBeUndefined()
    expect(await managedPushReader(app, id, tokenFor('manage-mail', id))).toBeUndefined()
  })

  it('"gone" about an endpoint that was replaced meanwhile forgets nobody', async () => {
    const { id } = await subscribe()
    await changePushReader(app, id, { subscription: subscription('b'), now: NOW })
    await losePushReader(app, id, 'https://push.example/a', NOW)
    expect(await rows()).toHaveLength(1)
    await losePushReader(app, id, 'https://push.example/b', NOW)
    expect(await rows()).toHaveLength(0)
  })
})

describe('an invalid subscription', () => {
  const good = subscription('a')
  const p256dh = Buffer.from(good.keys.p256dh, 'base64url')
  const key = (change: (bytes: Buffer) => unknown) => {
    const bytes = Buffer.from(p256dh)
    change(bytes)
    return bytes.toString('base64url')
  }
  it.each([
    [undefined, '', /missing/],
    [{}, 'endpoint', /missing/],
    [{ ...good, endpoint: 'https://10.0.0.1/x' }, 'endpoint', /private/],
    [{ ...good, endpoint: 7 }, 'endpoint', /text/],
    [{ ...good, endpoint: 'https://x/'.padEnd(3000, 'x') }, 'endpoint', /2048 characters/],
    [{ ...good, keys: undefined }, 'keys', /missing/],
    [{ ...good, keys: { p256dh: good.keys.p256dh } }, 'keys.auth', /missing/],
    [{ ...good, keys: { ...good.keys, auth: 'c2hvcnQ' } }, 'keys.auth', /16 bytes/],
    [{ ...good, keys: { ...good.keys, p256dh: good.keys.auth } }, 'keys.p256dh', /65 bytes/],
    [
      { ...good, keys: { ...good.keys, p256dh: `${good.keys.p256dh}\r\n` } },
      'keys.p256dh',
      /base64url/,
    ],
    [
      { ...good, keys: { ...good.keys, p256dh: key(bytes => (bytes[40]! ^= 1)) } },
      'keys.p256dh',
      /on the curve/,
    ],
    [
      { ...good, keys: { ...good.keys, p256dh: key(bytes => (bytes[0] = 6)) } },
      'keys.p256dh',
      /on the curve/,
    ],
    [
      {
        ...good,
        keys: { ...good.keys, p256dh: Buffer.alloc(65).fill(4, 0, 1).toString('base64url') },
      },
      'keys.p256dh',
      /on the curve/,
    ],
  ])('%.80j at "%s"', async (wrong, path, message) => {
    const schema = pushSubscription(url =>
      url.includes('10.0.0.1') ? 'leads to a private address' : undefined,
    )
    const problem = await fit(schema, wrong).then(
      () => undefined,
      problem => problem,
    )
    expect(problem).toMatchObject({
      statusCode: 422,
      errors: expect.arrayContaining([{ path, message: expect.stringMatching(message) }]),
    })
  })

  it('takes base64 with padding and gives base64url without', async () => {
    const padded = {
      ...good,
      keys: {
        p256dh: p256dh.toString('base64'),
        auth: Buffer.from(good.keys.auth, 'base64url').toString('base64'),
      },
    }
    expect(
      await fit(
        pushSubscription(() => undefined),
        padded,
      ),
    ).toEqual({ endpoint: good.endpoint, keys: good.keys })
  })
})

describe('an endpoint that is gone before the browser has sent the next', () => {
  const wants: Wants = { genres: ['Western'], quiet: { from: '22:00', to: '07:00' } }
  const lost = async () => {
    const { id } = await subscribe(undefined, wants)
    await losePushReader(app, id, 'https://push.example/a', NOW)
    expect(await rows()).toEqual([])
    return id
  }
  const manage = (id: string) => managedPushReader(app, id, tokenFor('manage-push', id))

  it('the same token gives the reader the next endpoint, with wants, quiet hours and place', async () => {
    const id = await lost()
    expect(await manage(id)).toMatchObject({ id })
    expect(await changePushReader(app, id, { subscription: subscription('b'), now: NOW })).toBe(
      true,
    )
    expect(await rows()).toMatchObject([
      { id, endpoint: 'https://push.example/b', wants: JSON.stringify(wants), position: 7 },
    ])
    await losePushReader(app, id, 'https://push.example/b', NOW)
    await changePushReader(app, id, { subscription: subscription('c'), now: NOW })
    expect(await rows()).toMatchObject([{ id, wants: JSON.stringify(wants) }])
  })

  it('wants that change meanwhile count', async () => {
    const id = await lost()
    await changePushReader(app, id, { wants: { minRating: 4 }, now: NOW })
    await changePushReader(app, id, { subscription: subscription('b'), now: NOW })
    expect(await rows()).toMatchObject([{ id, min_rating: 4 }])
  })

  it('is forgotten by who turns notifications off, and after 60 days', async () => {
    const id = await lost()
    await forgetPushReader(app, id)
    expect(await manage(id)).toBeUndefined()
    const other = await lost()
    await forgetLostReaders(app, NOW + 59 * DAY)
    expect(await manage(other)).toBeDefined()
    await forgetLostReaders(app, NOW + 61 * DAY)
    expect(await manage(other)).toBeUndefined()
  })
})
