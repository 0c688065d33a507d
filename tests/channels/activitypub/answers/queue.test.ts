/** Answers to followers: sent once, tried again for days, and the follower let go in the end. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { actorUrl } from '../../../../server/channels/activitypub/addresses'
import { accept } from '../../../../server/channels/activitypub/answers/accept'
import { queueAnswer, sendAnswers } from '../../../../server/channels/activitypub/answers/queue'
import { addFollower } from '../../../../server/channels/activitypub/followers/store'
import { signingKey } from '../../../../server/channels/activitypub/keys'
import { useApp } from '../../../../server/db/open'
import { FediverseServer } from '../../../support/fediverse-server'

const dataDir = mkdtempSync(join(tmpdir(), 'mymovies-answers-'))
const HOUR = 3600_000
let far: FediverseServer

beforeAll(async () => {
  far = await FediverseServer.start()
  vi.stubEnv('NUXT_ALLOW_TARGETS', `activitypub:${far.host}`)
  vi.stubEnv('NUXT_DATA_DIR', dataDir)
  vi.stubEnv('NUXT_SITE_URL', 'https://mymovies.example')
  far.pemOf = async () => (await signingKey('ines')).publicPem
})
afterAll(async () => {
  await far.close()
  rmSync(dataDir, { recursive: true, force: true })
})
beforeEach(async () => {
  far.clear()
  const app = await useApp()
  await app.deleteFrom('fediverse_answers').execute()
  await app.deleteFrom('fediverse_followers').execute()
  const inbox = `${far.origin}/inbox`
  const actor = `${far.origin}/users/anna`
  const id = `${far.origin}/follows/1`
  for (const follows of ['ines', 'omar'])
    await addFollower(app, { actor, follows, follow_id: id, inbox, host: far.host, position: 0 }, 0)
  const activity = accept({ id, follower: actor, follows: 'ines' })
  await queueAnswer(app, { sender: actorUrl('ines'), recipient: actor, inbox, activity }, 0)
})

const waiting = async () =>
  (await useApp()).selectFrom('fediverse_answers').select('attempts').execute()
const followed = async () =>
  (await (await useApp()).selectFrom('fediverse_followers').select('follows').execute()).map(
    row => row.follows,
  )

it('is sent once', async () => {
  expect(await sendAnswers(0)).toBe(1)
  expect(await sendAnswers(HOUR)).toBe(0)
  expect(far.got).toMatchObject([
    { kind: 'cavage', activity: { type: 'Accept', object: { type: 'Follow' } } },
  ])
  expect(far.violations).toEqual([])
})

it('is tried again later, as the same activity', async () => {
  far.mood = 'busy'
  expect(await sendAnswers(0)).toBe(0)
  expect(await waiting()).toEqual([{ attempts: 1 }])
  far.mood = 'well'
  expect(await sendAnswers(1000)).toBe(0)
  expect(await sendAnswers(HOUR)).toBe(1)
  expect(await followed()).toEqual(['ines', 'omar'])
})

it.each(['gone', 'busy'] as const)(
  'ends that follow where the server is %s for good, and no other',
  async mood => {
    far.mood = mood
    for (let day = 0; day < 9; day++) await sendAnswers(day * 25 * HOUR)
    expect(await waiting()).toEqual([])
    expect(await followed()).toEqual(['omar'])
  },
)
