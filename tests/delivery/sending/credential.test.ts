/** A part's credential that its far side renews: in time, kept over restarts, and never in silence. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { Retry, Stopped } from '../../../server/delivery/contract/define-reactor'
import type { Credential } from '../../../server/delivery/contract/renewal'
import { secret } from '../../../server/delivery/contract/settings-rules'
import { credentialStates } from '../../../server/delivery/ledger/credentials'
import { PartCredential } from '../../../server/delivery/sending/credential'
import { partUnderTest } from '../../support/parts'

process.env.NUXT_DATA_DIR = mkdtempSync(join(tmpdir(), 'mymovies-credential-'))

const DAY = 24 * 3600_000
const FIRST = 'first-token-of-all'
/** What the far side does next; by default the n-th renewal is valid for 60 days. */
let answer: (token: string) => Credential | Promise<Credential>
let asked: string[]
let used: string[]

beforeEach(() => {
  vi.stubEnv('NUXT_FAR_TOKEN', FIRST)
  asked = []
  used = []
})
afterEach(() => {
  vi.unstubAllEnvs()
})

async function part() {
  const under = await partUnderTest(({ settings }) => void used.push(settings.token!), {
    settings: z.object({ token: secret() }) as never,
    renewal: {
      setting: 'token',
      async renew({ token }) {
        asked.push(token!)
        return answer(token!)
      },
    },
  })
  const { app, clock } = under
  answer = () => ({ value: `token-number-${asked.length}`, endsAt: clock.now() + 60 * DAY })
  const credential = () => new PartCredential(app, under.reactor)
  const alerts = () =>
    app.selectFrom('alerts').selectAll().where('settled_at', 'is', null).execute()
  /** Looks again after each of so many days, as a server that was started anew would. */
  async function live(days: number) {
    for (let n = 0; n < days; n++) {
      clock.jump(DAY)
      await credential().renewIfDue(clock.now())
    }
  }
  return { ...under, credential, alerts, live }
}

it('is renewed at once, since nobody knows its end, and what leaves carries the newer one', async () => {
  const { start, publish, settled, clock } = await part()
  await start()
  await clock.waitFor(() => expect(asked).toEqual([FIRST]))
  await publish('a')
  await settled(1)
  expect(used).toEqual(['token-number-1'])
})

it('is renewed at half of its life, from the newest one, over restarts', async () => {
  const { live } = await part()
  await live(1)
  await live(29)
  expect(asked).toEqual([FIRST])
  await live(2)
  expect(asked).toEqual([FIRST, 'token-number-1'])
  await live(120)
  expect(asked).toHaveLength(6)
})

it('is not kept in the clear', async () => {
  const { app, live } = await part()
  await live(1)
  const rows = JSON.stringify(await app.selectFrom('part_credentials').selectAll().execute())
  expect(rows).toContain('"part":"far"')
  expect(rows).not.toMatch(/token-number|first-token/)
})

it('in the settings wins as soon as it is another one', async () => {
  const { credential, live, clock } = await part()
  await live(1)
  vi.stubEnv('NUXT_FAR_TOKEN', 'set-by-a-person')
  const changed = credential()
  await changed.load(clock.now())
  expect(changed.settings).toEqual({ token: 'set-by-a-person' })
  await changed.renewIfDue(clock.now())
  expect(asked).toEqual([FIRST, 'set-by-a-person'])
})

it('that cannot be renewed is tried again; a week before its end people are told, and when it works again', async () => {
  const { live, alerts, app } = await part()
  await live(1)
  const works = answer
  answer = () => {
    throw new Retry('Far answered 500')
  }
  await live(52)
  expect(await alerts()).toEqual([])
  expect((await credentialStates(app)).get('far')).toMatchObject({
    endsAt: expect.any(String),
    problem: 'Far answered 500',
  })
  await live(2)
  expect(await alerts()).toMatchObject([
    {
      about: 'far.credential',
      says: 'The token for Far could not be renewed',
      sample: 'Far answered 500',
      todo: expect.stringMatching(/^It ends on 24 January 2027\. Set NUXT_FAR_TOKEN to a new one/),
    },
  ])
  answer = works
  await live(1)
  expect(await alerts()).toEqual([])
})

it('that the far side refuses is an alert at once, which names no secret', async () => {
  const { live, alerts } = await part()
  answer = token => {
    throw new Stopped(`Far answered 400: ${token} has expired`)
  }
  await live(1)
  expect(await alerts()).toMatchObject([
    { says: 'Far refuses our token', sample: 'Far answered 400: … has expired' },
  ])
})

it('whose end is unknown may be too young to be renewed: two days pass before anybody is told', async () => {
  const { live, alerts } = await part()
  answer = () => {
    throw new Retry('too young')
  }
  await live(2)
  expect(await alerts()).toEqual([])
  await live(1)
  expect(await alerts()).toHaveLength(1)
})
