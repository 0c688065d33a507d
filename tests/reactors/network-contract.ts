/**
 * More rules for reactors that talk to a network over HTTP with their own settings. Used by
 * `reactorContract`.
 */
import { describe, expect, it } from 'vitest'
import { type Reactor, Retry, Stopped } from '../../server/delivery/contract/define-reactor'
import {
  defaultOf,
  fillSettings,
  judgeSettings,
  type SettingsSchema,
  variableOf,
} from '../../server/delivery/contract/settings-rules'
import { sampleReview } from '../support/sample-review'
import type { Bench, Outcome } from './contract'

const LINE = 'Go twice, and stay for the zither.'
const LATER = ['ReviewFixed', 'ReviewCorrected', 'ReviewArchived'] as const

export function networkContract(
  { trial, attempt, accepted, preview }: Bench,
  {
    afterCorrection,
    byHand,
    secrets,
  }: { afterCorrection: number; byHand?: boolean; secrets: string[] },
) {
  const review = (more = {}) => sampleReview({ ...trial().given?.review, ...more })

  describe("the critic's own line", () => {
    it('is sent as the panel shows it, and ours is not', async () => {
      const shown = await preview({ changes: { text: LINE } })
      await accepted({ changes: { text: LINE } })
      expect(shown!.line).toBe(LINE)
      expect(await trial().far.seen()).toEqual([shown!.say])
      expect(shown!.say).toContain(LINE)
      expect(shown!.say).not.toContain(review().summary)
    })

    it.each(['ReviewFixed', 'ReviewCorrected'] as const)('is kept by a %s', async type => {
      if (!trial().reactor.on[type]) return
      const receipt = await accepted({ changes: { text: LINE } })
      const edited = review({
        title: 'Everybody in Vienna sells',
        ...(type === 'ReviewCorrected' && { corrections: [{ at: '', note: 'A year was wrong.' }] }),
      })
      const changes = { receipt, text: LINE }
      await accepted({ type, position: 2, review: edited, changes })
      const seen = await trial().far.seen()
      expect(seen).toHaveLength(type === 'ReviewCorrected' ? afterCorrection : 1)
      expect(seen[0]).toContain(LINE)
      expect(seen.join()).not.toContain(edited.summary)
      // If posts can be edited, an edit reads as the panel shows it, too.
      if (trial().reactor.on.ReviewFixed)
        expect(seen).toEqual([(await preview({ review: edited, changes }))!.say])
    })
  })

  describe('a secret that the far side repeats', () => {
    const echo = secrets.join(' ')
    /** Puts the secret everywhere a network may put words, with plausible ids and an address. */
    const body = JSON.stringify({
      id: '1234567',
      uri: `at://did/${echo}`,
      cid: echo,
      url: `https://far.example/${secrets[0]}`,
      permalink: `https://far.example/${secrets[0]}`,
      content: echo,
      data: { id: '1234567', deleted: true },
      status_code: 'FINISHED',
      message: echo,
      detail: echo,
      title: echo,
      error_description: echo,
      errors: [{ message: echo }],
    })
    const asError = JSON.stringify({ error: { message: echo, error_user_msg: echo } })
    const answers = [200, 302, 400, 401, 403, 404, 429, 500].flatMap(status =>
      [body, asError, `<p>${echo}</p>`].map(text => ({ status, body: text })),
    )

    it.each(['ReviewPublished', ...LATER] as const)('is shown to nobody: %s', async type => {
      if (!trial().reactor.on[type]) return
      const receipt = type === 'ReviewPublished' ? undefined : await accepted()
      for (const [n, answer] of answers.entries()) {
        trial().far.answer!(answer)
        const outcome = await attempt({ type, position: n + 10, changes: { receipt } })
        for (const secret of secrets)
          expect(wordsOf(outcome), `${answer.status} ${answer.body}`).not.toContain(secret)
      }
    })
  })

  it.each([429, 503])('%i: waits as long as Retry-After says', async status => {
    trial().far.answer!({ status, headers: { 'retry-after': '120' }, body: '{}' })
    const { error } = await attempt()
    expect(error).toBeInstanceOf(Retry)
    const wait = (error as Retry).options.at! - Date.now()
    expect(wait).toBeGreaterThan(110_000)
    expect(wait).toBeLessThanOrEqual(120_000)
  })

  describe('a wrong setup', () => {
    it.each([401, 403])('%i stops the part, and the review is posted later', async status => {
      trial().far.answer!({ status, body: '{}' })
      expect((await attempt()).error).toBeInstanceOf(Stopped)
      await trial().far.set('well')
      await accepted({ attempt: 2 })
      expect(await trial().far.seen()).toHaveLength(1)
    })

    it.each([301, 404, 405])(
      'a page with %i, as from another server, stops it and burns nothing',
      async status => {
        trial().far.answer!({ status, headers: { location: '/' }, body: '<h1>Welcome</h1>' })
        expect((await attempt()).error).toBeInstanceOf(Stopped)
        await trial().far.set('well')
        await accepted({ attempt: 2 })
        expect(await trial().far.seen()).toHaveLength(1)
      },
    )

    it('stops it on a later event too', async () => {
      const receipt = await accepted()
      trial().far.answer!({ status: 401, body: '{}' })
      for (const [n, type] of LATER.entries()) {
        // If only a person can delete, there is no call that could be refused.
        if (!trial().reactor.on[type] || (byHand && type === 'ReviewArchived')) continue
        const { error } = await attempt({ type, position: n + 2, changes: { receipt } })
        expect(error, type).toBeInstanceOf(Stopped)
      }
    })
  })

  describe('its settings', () => {
    it('all have a line of documentation, and those that sound secret are secret', () => {
      for (const [name, setting] of Object.entries(schemaOf(trial().reactor).shape)) {
        expect(setting.description, name).toMatch(/\S/)
        if (/token|secret|key|password/i.test(name))
          expect(setting.meta(), name).toMatchObject({ secret: true })
      }
    })

    it('without any it is not set up; with some, it says which are missing', () => {
      const { name } = trial().reactor
      const schema = schemaOf(trial().reactor)
      const none = fillSettings(schema, () => undefined)
      expect(judgeSettings(name, schema, none)).toBe('Not set up')
      const given = trial().given!.settings!
      expect(judgeSettings(name, schema, given)).toBe(true)
      const needed = Object.keys(schema.shape).filter(
        each => defaultOf(schema.shape[each]!) === undefined,
      )
      for (const each of needed.length > 1 ? needed : [])
        expect(judgeSettings(name, schema, { ...given, [each]: '' })).toBe(
          `${variableOf(name, each)} must be set too`,
        )
    })
  })
}

const schemaOf = ({ settings }: Reactor): SettingsSchema => settings!

/** Everything about it that editors, operators or a log might be shown. */
const wordsOf = ({ receipt, error, saved, quotas }: Outcome) =>
  JSON.stringify([receipt, saved, quotas, error?.message, error?.stack, error?.cause, error])
