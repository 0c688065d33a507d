/**
 * The Discord part against a channel that behaves as Discord's documentation says and does not drop
 * repeats.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  Dead,
  type Delivery,
  type Reactor,
  type Receipt,
  Retry,
  Stopped,
  Suppressed,
} from '../../server/delivery/contract/define-reactor'
import { canSendWith } from '../../server/delivery/contract/part-settings'
import discord from '../../server/reactors/discord'
import { deliver, type Given } from '../support/delivery'
import { Discord, limited, type Misbehaviour, TOKEN } from '../support/discord'
import { sampleReview } from '../support/sample-review'
import { type FixedAnswer, type Mood, reactorContract } from './contract'

let channel: Discord
beforeEach(async () => {
  channel = await Discord.start()
})
afterEach(() => channel.close())

/** The part with its own ledger: what a delivery saves is given to its next attempt. */
function part(): Reactor {
  const ledger = new Map<string, unknown>()
  const on = Object.entries(discord.on).map(([type, handle]) => [
    type,
    (delivery: Delivery) =>
      handle({
        ...delivery,
        progress: ledger.get(delivery.key),
        saveProgress: async (saved: unknown) => {
          ledger.set(delivery.key, JSON.parse(JSON.stringify(saved)))
        },
      } as never),
  ])
  return { ...discord, on: Object.fromEntries(on) } as never
}
const attempt = (given?: Given, reactor = part()) =>
  deliver(reactor, { settings: { url: channel.url }, ...given }) as Promise<Receipt | undefined>
const failure = (given?: Given, reactor = part()) =>
  attempt(given, reactor).then(
    () => {
      throw new Error('accepted')
    },
    (error: Error) => error,
  )
/** As Discord shows them: a backslash before a sign is not shown. */
const said = () => channel.messages.map(({ content }) => content.replaceAll(/\\([^\w\s]|_)/g, '$1'))
const soon = () => ({ changes: { signal: AbortSignal.timeout(300) } })
const corrected = (note: string, more = {}) =>
  sampleReview({ corrections: [{ at: '2026-11-24T08:00:00.000Z', note }], ...more })
const show = (text?: string, review = sampleReview()) =>
  discord.render!(review, {
    settings: { url: channel.url },
    siteUrl: 'https://mymovies.example',
    text,
  })

const MOODS: Record<Mood, Misbehaviour | undefined> = {
  well: undefined,
  down: undefined,
  refuse: undefined,
  busy: limited(0.4),
  hang: { hang: true },
}

reactorContract(
  'discord',
  async () => {
    await channel.close()
    channel = await Discord.start()
    const set = async (mood: Mood) => {
      channel.misbehaviour = MOODS[mood]
      channel.token = mood === 'refuse' ? 'another' : TOKEN
      await (mood === 'down' ? channel.down() : channel.up())
    }
    const answer = (told: FixedAnswer) => {
      channel.misbehaviour = told
    }
    return {
      reactor: discord as never,
      given: { settings: { url: channel.url } },
      far: { set, answer, seen: said },
    }
  },
  { keyless: true, secrets: [TOKEN] },
)

describe('what it says', () => {
  it('is title, line, film and verdict, and link; the receipt is the id of the message', async () => {
    const receipt = await attempt()
    expect(said()).toEqual([
      `Everyone in Vienna is selling something

Carol Reed tilts the city until the honest man slides off it.

The Third Man (1949): 5 of 5. Go twice.
https://mymovies.example/reviews/everyone-in-vienna`,
    ])
    expect(receipt).toEqual({ id: channel.messages[0]!.id })
  })

  it('warns if the review has spoilers', async () => {
    await attempt({ review: sampleReview({ spoiler: true }) })
    expect(said()[0]).toContain('\n\nThis one gives the story away.\n\n')
  })

  it("is what the panel shows, and the critic's own line if there is one", async () => {
    for (const text of [undefined, 'Go twice, and stay for the zither.']) {
      const { say, ...more } = await show(text)
      await attempt({ position: text ? 2 : 1, changes: { text } })
      expect(said().at(-1)).toBe(say)
      expect(more).toEqual({
        line: text ?? sampleReview().summary,
        length: say!.length,
        limit: 2000,
        problem: undefined,
      })
    }
    expect(said()[1]).not.toContain(sampleReview().summary)
  })

  it("fits however long everything is; a critic's line that does not is refused in the panel", async () => {
    const long = (n: number) => 'words and '.repeat(n / 10)
    const big = corrected(long(5000), {
      spoiler: true,
      title: long(1000),
      summary: long(3000),
      movie: { ...sampleReview().movie, title: long(1000) },
    })
    await attempt({ review: big })
    expect(said()[0]!.length).toBeGreaterThan(1900)
    const room = 2001 - (await show('x')).length!
    expect((await show('x'.repeat(room))).problem).toBeUndefined()
    expect((await show('x'.repeat(room + 12))).problem).toBe('is 12 characters too long')
  })

  it('mentions nobody, neither at first nor after an edit', async () => {
    const loud = sampleReview({
      title: '@everyone, @here, <@80351110224678912> and <@&165511591545143296>',
    })
    const receipt = await attempt({ review: loud })
    expect(channel.messages[0]!.pings).toEqual([])
    await attempt({ type: 'ReviewFixed', position: 2, review: loud, changes: { receipt } })
    expect(channel.messages).toMatchObject([{ edits: 1, pings: [] }])
  })
})

describe('later', () => {
  it('a fix edits the message, a correction edits it and says so, archiving deletes it', async () => {
    const receipt = await attempt()
    await attempt({
      type: 'ReviewFixed',
      position: 2,
      review: sampleReview({ title: 'Everybody in Vienna sells' }),
      changes: { receipt },
    })
    expect(said()).toEqual([expect.stringMatching(/^Everybody in Vienna sells\n/)])
    expect(
      await attempt({
        type: 'ReviewCorrected',
        position: 3,
        review: corrected('The year was wrong'),
        changes: { receipt },
      }),
    ).toEqual(receipt)
    expect(said()).toEqual([expect.stringMatching(/\n\nCorrected: The year was wrong\.$/)])
    expect(await attempt({ type: 'ReviewArchived', position: 4, changes: { receipt } })).toEqual({
      ...receipt,
      gone: true,
    })
    expect(said()).toEqual([])
    expect(channel.calls).toEqual([
      'POST ?wait=true',
      `PATCH /messages/${receipt!.id}`,
      `PATCH /messages/${receipt!.id}`,
      `DELETE /messages/${receipt!.id}`,
    ])
  })

  it('a line that filled the message makes room for the note', async () => {
    const text = 'x'.repeat(2001 - (await show('x')).length!)
    const receipt = await attempt({ changes: { text } })
    await attempt({
      type: 'ReviewCorrected',
      position: 2,
      review: corrected('The year was wrong.'),
      changes: { receipt, text },
    })
    expect(said()).toEqual([expect.stringContaining('Corrected: The year was wrong.')])
  })

  it('a thread in the address is kept', async () => {
    channel.url += '?thread_id=197038439483310086'
    const receipt = await attempt()
    await attempt({ type: 'ReviewFixed', position: 2, changes: { receipt } })
    expect(channel.messages).toMatchObject([{ thread: '197038439483310086', edits: 1 }])
    expect(
      await attempt({ type: 'ReviewArchived', position: 3, changes: { receipt } }),
    ).toMatchObject({ gone: true })
    expect(said()).toEqual([])
  })

  it.each([
    ['was never posted', undefined, 'nothing was posted'],
    [
      'went with the archived review',
      { id: '1', gone: true },
      'the message was deleted when the review was archived',
    ],
    ['was deleted there by hand', { id: '1' }, 'the message is no longer there'],
    [
      'may be there, but nobody knows which it is,',
      { byHand: 'look' },
      'Discord never said which message it is',
    ],
  ])('what %s is not edited', async (_, receipt, reason) => {
    expect(await failure({ type: 'ReviewFixed', changes: { receipt } })).toEqual(
      new Suppressed(reason),
    )
  })

  it('what was never posted is not deleted', async () => {
    expect(await failure({ type: 'ReviewArchived' })).toEqual(new Suppressed('nothing was posted'))
    expect(channel.calls).toEqual([])
  })
})

describe('a publish whose answer was lost', () => {
  it.each<[string, Misbehaviour]>([
    ['after it was taken', { hang: true }],
    ['when the connection broke', { take: true, cut: true }],
  ])(
    '%s is not sent again by itself: a person looks, and may send it again',
    async (_, misbehaviour) => {
      const reactor = part()
      channel.misbehaviour = misbehaviour
      await failure(soon(), reactor)
      channel.misbehaviour = undefined
      expect(await failure({ attempt: 2 }, reactor)).toEqual(
        new Dead(
          'Discord did not answer, and cannot be asked: look in the channel, then send it again or skip it',
        ),
      )
      expect(channel.calls).toHaveLength(1)
      const receipt = {
        byHand: 'Discord did not answer: look for the message in the channel and remove it by hand',
      }
      expect(
        await attempt({ type: 'ReviewArchived', position: 2, changes: { receipt } }, reactor),
      ).toEqual(receipt)
      expect(await attempt({}, reactor)).toEqual({ id: channel.messages.at(-1)!.id })
      expect(channel.calls).toHaveLength(2)
    },
  )

  it('is not sent again if we stopped between its answer and our ledger, and its id is known', async () => {
    const reactor = part()
    const receipt = await attempt({}, reactor)
    expect(await attempt({ attempt: 2 }, reactor)).toEqual(receipt)
    expect(channel.calls).toHaveLength(1)
  })
})

describe('bad weather', () => {
  it.each<[string, Misbehaviour, number]>([
    ['the field, to the millisecond', limited(64.57), 64_570],
    [
      'the header alone',
      { ...limited(65), body: '{"message":"You are being rate limited."}' },
      65_000,
    ],
    [
      'the header if the field is absurd',
      { ...limited(65), body: '{"retry_after":1e999}' },
      65_000,
    ],
  ])('429: waits as long as it says: %s', async (_, misbehaviour, ms) => {
    channel.misbehaviour = misbehaviour
    const before = Date.now()
    const error = await failure()
    const { at, pause } = (error as Retry).options
    expect(error).toBeInstanceOf(Retry)
    expect(at! - before).toBeGreaterThanOrEqual(ms)
    expect(at! - Date.now()).toBeLessThanOrEqual(ms)
    expect(pause).toBe('')
  })

  it.each([
    [
      'a forum without a thread',
      '{"message":"Webhooks posted to forum channels must have a thread_name or thread_id","code":220001}',
    ],
    ['a forum that wants a tag', '{"message":"A tag is required","code":40067}'],
    ['a locked thread', '{"message":"Thread is locked","code":160005}'],
    ['a thread that was archived', '{"message":"Thread is archived","code":50083}'],
    [
      'a thread id that is none',
      '{"message":"Invalid Form Body","code":50035,"errors":{"thread_id":{"_errors":[{"code":"NUMBER_TYPE_COERCE"}]}}}',
    ],
  ])('%s stops the part in its words, and burns no review', async (_, body) => {
    channel.misbehaviour = { status: 400, body }
    const error = await failure()
    expect(error).toBeInstanceOf(Stopped)
    expect(error.message).toContain(JSON.parse(body).message)
  })

  it.each(['ReviewPublished', 'ReviewFixed', 'ReviewArchived'] as const)(
    'a deleted webhook stops the part, and no %s uses up an attempt',
    async type => {
      channel.exists = false
      expect(await failure({ type, changes: { receipt: { id: '1' } } })).toEqual(
        new Stopped('Discord answered 404: Unknown Webhook'),
      )
    },
  )

  it.each<[string, Misbehaviour, new (...args: never[]) => Error]>([
    [
      '401',
      { status: 401, body: `{"message":"Invalid Webhook Token ${TOKEN}","code":50027}` },
      Stopped,
    ],
    [
      '400',
      { status: 400, body: `{"message":"Invalid Form Body at /webhooks/1/${TOKEN}","code":50035}` },
      Dead,
    ],
    ['502', { status: 502, body: '{"message":"no gateway"}' }, Retry],
    [
      'a page with 404, as from another server',
      { status: 404, headers: { 'content-type': 'text/html' }, body: `<h1>${TOKEN}</h1>` },
      Stopped,
    ],
    [
      'a redirect inside',
      { status: 302, headers: { location: 'http://169.254.169.254/latest/meta-data' } },
      Retry,
    ],
    ['10 MB', { status: 200, body: `"${'x'.repeat(10_000_000)}"` }, Error],
    ['a broken connection', { cut: true }, Error],
  ])('%s is bounded, in words, and without the secret', async (_, misbehaviour, kind) => {
    channel.misbehaviour = misbehaviour
    const error = await failure()
    expect(error).toBeInstanceOf(kind)
    expect(error.message.length).toBeLessThan(400)
    expect(
      `${error.stack} ${JSON.stringify(error)} ${String(error.cause)} ${JSON.stringify(error.cause)}`,
    ).not.toContain(TOKEN)
  })

  it.each(['{}', '{"id":"../../1"}', '{"id":{"a":1}}', 'null', '<h1>Hello</h1>', ''])(
    'an answer without an id, %j, is a message that a person must look for',
    async body => {
      channel.misbehaviour = { status: 200, body }
      expect(await attempt()).toEqual({ byHand: expect.stringMatching(/\bby hand\b/) })
    },
  )
})

const NONE = 'NUXT_DISCORD_URL must be the address of a webhook at discord.com'
it.each<[string, true | string]>([
  ['', 'Not set up'],
  ...[
    'discord',
    'https://discord.com/channels/1/2',
    `https://discord.example/api/webhooks/1/${TOKEN}`,
    `https://discord.com.example/api/webhooks/1/${TOKEN}`,
    `http://discord.com/api/webhooks/1/${TOKEN}`,
  ].map((url): [string, string] => [url, NONE]),
  ...[
    `https://discord.com/api/webhooks/1/${TOKEN}?thread_id=2`,
    `https://canary.discord.com/api/v10/webhooks/1/${TOKEN}`,
    `http://127.0.0.1:9/api/webhooks/1/${TOKEN}`,
  ].map((url): [string, true] => [url, true]),
])('%j: %s', (url, answer) => {
  expect(canSendWith(discord as never, { url }, '')).toBe(answer)
})
