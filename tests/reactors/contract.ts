/** What every reactor must hold, whatever it speaks to: `reactorContract` runs it against a reactor and its far side. */
import { beforeEach, describe, expect, it } from 'vitest'
import {
  Dead,
  type Reactor,
  type Receipt,
  Stopped,
  Suppressed,
} from '../../server/delivery/contract/define-reactor'
import { REVIEW_EVENT_TYPES } from '../../server/review/events'
import { deliver, type Given } from '../support/delivery'

/** How the network (or push service, or partner) behaves from now on. `refuse` is its answer to wrong credentials; `hang` takes what is sent and never answers. */
export type Mood = 'well' | 'down' | 'busy' | 'refuse' | 'hang'

export interface FarSide {
  set: (mood: Mood) => void | Promise<void>
  /** What a person on the far side sees now, one text per post: a repeat that the far side dropped or replaced counts once. */
  seen: () => string[] | Promise<string[]>
}

export interface Trial {
  reactor: Reactor
  far: FarSide
  /** To whom; empty for a network. */
  given?: Given
  /** Posts that are seen after a correction, for networks that answer with a second one instead of editing; default 1. */
  afterCorrection?: number
  /** For networks where only a person can delete: the receipt says so and still leads there. */
  byHand?: true
  /** For networks that take no key and cannot be asked: after an attempt without an answer the next one is dead, and a person looks. */
  keyless?: true
}

/** `begin` makes a fresh far side for each test. Call it once in `tests/reactors/NAME.test.ts`. */
export function reactorContract(name: string, begin: () => Promise<Trial>) {
  describe(`${name} as a reactor`, () => {
    let trial: Trial
    /** What a delivery saved is what its next attempt is given. */
    const kept = new Map<string, unknown>()
    beforeEach(async () => {
      trial = await begin()
      kept.clear()
    })
    const attempt = ({ changes, ...more }: Given = {}) => {
      const key = `${more.type} ${more.position}`
      const saveProgress = async (progress: unknown) => {
        kept.set(key, structuredClone(progress))
      }
      return deliver(trial.reactor, {
        ...trial.given,
        ...more,
        changes: { progress: kept.get(key), saveProgress, ...trial.given?.changes, ...changes },
      }) as Promise<Receipt | undefined>
    }
    const failure = (more: Given = {}) =>
      attempt(more).then(
        () => 'accepted' as const,
        error => error as Error,
      )

    it('is called like its file, has a name for people and listens to events that exist', () => {
      expect(trial.reactor.name).toBe(name)
      expect(trial.reactor.label).toMatch(/^\S(?:.*\S)?$/)
      expect(Object.keys(trial.reactor.on).length).toBeGreaterThan(0)
      for (const type of Object.keys(trial.reactor.on)) expect(REVIEW_EVENT_TYPES).toContain(type)
    })

    it('the same key twice gives one post', async () => {
      await attempt()
      await attempt({ attempt: 2 })
      expect(await trial.far.seen()).toHaveLength(1)
    })

    it('a post says which review it is about', async () => {
      await attempt()
      expect((await trial.far.seen())[0]).toContain('The Third Man')
    })

    it.each(['down', 'busy', 'hang'] as const)(
      '%s: is tried again, and gives one post when all is well',
      async mood => {
        await trial.far.set(mood)
        const error = await failure({
          changes: { signal: AbortSignal.timeout(mood === 'hang' ? 300 : 10_000) },
        })
        expect(error).toBeInstanceOf(Error)
        for (const end of [Dead, Suppressed, Stopped]) expect(error).not.toBeInstanceOf(end)
        await trial.far.set('well')
        if (trial.keyless && mood === 'hang')
          expect(await failure({ attempt: 2 })).toBeInstanceOf(Dead)
        else await attempt({ attempt: 2 })
        expect(await trial.far.seen()).toHaveLength(1)
      },
    )

    it('wrong credentials burn no delivery', async () => {
      await trial.far.set('refuse')
      const error = await failure()
      expect(error).toBeInstanceOf(Error)
      for (const end of [Dead, Suppressed]) expect(error).not.toBeInstanceOf(end)
      expect(await trial.far.seen()).toEqual([])
    })

    it('a fix or a correction of what was posted makes no second noise', async () => {
      const receipt = await attempt()
      for (const [i, type] of (['ReviewFixed', 'ReviewCorrected'] as const).entries()) {
        if (!trial.reactor.on[type]) continue
        await attempt({ type, position: i + 2, changes: { receipt } })
        expect(await trial.far.seen()).toHaveLength(
          type === 'ReviewCorrected' ? (trial.afterCorrection ?? 1) : 1,
        )
      }
    })

    it('what is withdrawn is withdrawn there too, once or twice', async () => {
      if (!trial.reactor.on.ReviewArchived) return
      const receipt = await attempt()
      for (const attempts of [1, 2]) {
        const left = await attempt({
          type: 'ReviewArchived',
          position: 2,
          attempt: attempts,
          changes: { receipt },
        })
        if (trial.byHand)
          expect(left).toMatchObject({
            url: receipt!.url,
            byHand: expect.stringMatching(/\bby hand\b/),
          })
      }
      expect(await trial.far.seen()).toHaveLength(trial.byHand ? 1 : 0)
    })

    it('says in words when it is not set up', () => {
      if (!trial.reactor.ready || !trial.reactor.settings) return
      const empty = Object.fromEntries(
        Object.keys(trial.reactor.settings).map(setting => [setting, '']),
      )
      expect(trial.reactor.ready(empty, { siteUrl: 'https://mymovies.example' })).toEqual(
        expect.stringMatching(/\w/),
      )
    })
  })
}
