/**
 * The rules for every reactor, whatever it talks to: `reactorContract` checks them with a reactor
 * and its far side.
 */
import { beforeEach, describe, expect, it } from 'vitest'
import {
  Dead,
  type Preview,
  type Reactor,
  type Receipt,
  Stopped,
  Suppressed,
} from '../../server/delivery/contract/define-reactor'
import { REVIEW_EVENT_TYPES } from '../../server/review/events'
import { deliver, type Given } from '../support/delivery'
import { sampleReview } from '../support/sample-review'
import { networkContract } from './network-contract'

/**
 * How the network (or push service, or partner) behaves from now on. `refuse` is its answer to
 * wrong credentials; `hang` takes what is sent and never answers.
 */
export type Mood = 'well' | 'down' | 'busy' | 'refuse' | 'hang'

/** Given to every call, whatever it is. */
export interface FixedAnswer {
  status: number
  headers?: Record<string, string>
  body: string
}

export interface FarSide {
  set: (mood: Mood) => void | Promise<void>
  /**
   * What a person on the far side sees now, one text per post: a repeat that the far side dropped
   * or replaced counts once.
   */
  seen: () => string[] | Promise<string[]>
  /** Every call gets this answer from now on, until the mood is set. Only networks have it. */
  answer?: (answer: FixedAnswer) => void
}

export interface Trial {
  reactor: Reactor
  far: FarSide
  /** The recipient and the settings. */
  given?: Given
}

/** What a reactor can and cannot do; everything is optional. */
export interface Abilities {
  /**
   * For reactors that talk to a network over HTTP with their own settings: the `far` can `answer`,
   * and these settings must never come back in its words.
   */
  secrets?: string[]
  /**
   * How the panel's preview reads over there; by default its `say`. False if the panel describes
   * rather than quotes.
   */
  shows?: false | ((preview: Preview) => string)
  /**
   * How many posts there are after a correction, for networks where it is a second post instead of
   * an edit; default 1.
   */
  afterCorrection?: number
  /** For networks where only a person can delete: the receipt says so and still links there. */
  byHand?: true
  /**
   * For networks that take no key and cannot be asked: after an attempt without an answer, the next
   * one is dead and a person has to look.
   */
  keyless?: true
}

/** One attempt and its result. `saved` is given to the next attempt. */
export interface Outcome {
  receipt?: Receipt
  error?: Error
  saved: unknown
  quotas: unknown[]
}
/** What the checks work with. */
export interface Bench {
  trial: () => Trial
  attempt: (given?: Given) => Promise<Outcome>
  /** The receipt of an attempt that must work. */
  accepted: (given?: Given) => Promise<Receipt | undefined>
  /** What the panel shows. */
  preview: (given?: Given) => Promise<Preview | undefined>
}

/** `begin` makes a fresh far side for each test. Call it once in `tests/reactors/NAME.test.ts`. */
export function reactorContract(
  name: string,
  begin: () => Promise<Trial>,
  abilities: Abilities = {},
) {
  const { shows = ({ say }) => say!, afterCorrection = 1, byHand, keyless, secrets } = abilities
  describe(`${name} as a reactor`, () => {
    let trial: Trial
    const kept = new Map<string, unknown>()
    beforeEach(async () => {
      trial = await begin()
      kept.clear()
    })
    const bench = benchOf(() => trial, kept)
    const { attempt, accepted, preview } = bench

    it('has the name of its file and a name for people, and listens to events that exist', () => {
      expect(trial.reactor.name).toBe(name)
      expect(trial.reactor.label).toMatch(/^\S(?:.*\S)?$/)
      expect(Object.keys(trial.reactor.on).length).toBeGreaterThan(0)
      for (const type of Object.keys(trial.reactor.on)) expect(REVIEW_EVENT_TYPES).toContain(type)
    })

    it('the same key twice makes one post', async () => {
      await accepted()
      await accepted({ attempt: 2 })
      expect(await trial.far.seen()).toHaveLength(1)
    })

    it('a post says which review it is about', async () => {
      await accepted()
      expect((await trial.far.seen())[0]).toContain('The Third Man')
    })

    it.each(['down', 'busy', 'hang'] as const)(
      '%s: is tried again, and makes one post in the end',
      async mood => {
        await trial.far.set(mood)
        const signal = AbortSignal.timeout(mood === 'hang' ? 300 : 10_000)
        const { error } = await attempt({ changes: { signal } })
        expect(error).toBeInstanceOf(Error)
        for (const end of [Dead, Suppressed, Stopped]) expect(error).not.toBeInstanceOf(end)
        await trial.far.set('well')
        if (keyless && mood === 'hang')
          expect((await attempt({ attempt: 2 })).error).toBeInstanceOf(Dead)
        else await accepted({ attempt: 2 })
        expect(await trial.far.seen()).toHaveLength(1)
      },
    )

    it('wrong credentials use up no attempt', async () => {
      await trial.far.set('refuse')
      const { error } = await attempt()
      expect(error).toBeInstanceOf(Error)
      for (const end of [Dead, Suppressed]) expect(error).not.toBeInstanceOf(end)
      expect(await trial.far.seen()).toEqual([])
    })

    it('a fix or a correction of a post does not disturb anybody twice', async () => {
      const receipt = await accepted()
      for (const [i, type] of (['ReviewFixed', 'ReviewCorrected'] as const).entries()) {
        if (!trial.reactor.on[type]) continue
        await accepted({ type, position: i + 2, changes: { receipt } })
        expect(await trial.far.seen()).toHaveLength(
          type === 'ReviewCorrected' ? afterCorrection : 1,
        )
      }
    })

    it('what is archived is removed there too, however often it is tried', async () => {
      if (!trial.reactor.on.ReviewArchived) return
      const receipt = await accepted()
      for (const attempts of [1, 2]) {
        const left = await accepted({
          type: 'ReviewArchived',
          position: 2,
          attempt: attempts,
          changes: { receipt },
        })
        if (byHand)
          expect(left).toMatchObject({
            url: receipt!.url,
            byHand: expect.stringMatching(/\bby hand\b/),
          })
      }
      expect(await trial.far.seen()).toHaveLength(byHand ? 1 : 0)
    })

    it.each(
      shows
        ? [
            ['a review', {}],
            ['one with spoilers', { spoiler: true }],
            [
              'one that was corrected before',
              { corrections: [{ at: '', note: 'A year was wrong.' }] },
            ],
          ]
        : [],
    )('the panel shows the words that are sent: %s', async (_, more) => {
      const review = sampleReview({ ...trial.given?.review, ...more })
      const shown = await preview({ review })
      await accepted({ review })
      const said = [shows && shows(shown!), shown!.reply].filter(Boolean)
      expect(await trial.far.seen()).toEqual(said)
    })

    if (secrets) networkContract(bench, { afterCorrection, byHand, secrets })
  })
}

/** Attempts as the runner makes them: what a delivery saves is given to its next attempt. */
function benchOf(trial: () => Trial, kept: Map<string, unknown>): Bench {
  const attempt = async ({ changes, ...more }: Given = {}): Promise<Outcome> => {
    const key = `${more.type} ${more.position}`
    const quotas: unknown[] = []
    const outcome = await deliver(trial().reactor, {
      ...trial().given,
      ...more,
      changes: {
        progress: kept.get(key),
        saveProgress: async progress => {
          kept.set(key, structuredClone(progress))
        },
        quota: quota => quotas.push(quota),
        ...trial().given?.changes,
        ...changes,
      },
    }).then(
      receipt => ({ receipt }),
      (error: Error) => ({ error }),
    )
    return { ...outcome, saved: kept.get(key), quotas }
  }
  return {
    trial,
    attempt,
    accepted: async given => {
      const { receipt, error } = await attempt(given)
      if (error) throw error
      return receipt
    },
    preview: async ({ review, changes } = {}) =>
      trial().reactor.render?.(review ?? trial().given?.review ?? sampleReview(), {
        settings: trial().given?.settings ?? {},
        siteUrl: 'https://mymovies.example',
        text: changes?.text,
      }),
  }
}
