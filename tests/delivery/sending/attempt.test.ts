/** What an attempt makes of a part's errors. */
import { expect, it } from 'vitest'
import {
  defineReactor,
  type Delivery,
  Retry,
  Stopped,
} from '../../../server/delivery/contract/define-reactor'
import type { DeliveryRow } from '../../../server/delivery/ledger/delivery-row'
import { attempt } from '../../../server/delivery/sending/attempt'
import { systemClock } from '../../../server/kit/clock'

it.each(['', 'push.example'])(
  'a time that the far side named pauses everything to it, including to a network, whose origin has no name (%j)',
  async pause => {
    const now = 1_000
    const at = now + 60_000
    const reactor = defineReactor({
      name: 'far',
      label: 'Far',
      on: {
        ReviewPublished: async () => {
          throw new Retry('too many', { at, pause })
        },
      },
    })
    const row = { type: 'ReviewPublished', attempts: 0 } as DeliveryRow
    expect(
      await attempt(
        { reactor, clock: { ...systemClock, now: () => now }, underWay: new Set() },
        row,
        {} as Delivery<unknown, unknown>,
        async () => undefined,
      ),
    ).toMatchObject({ state: 'retry', pause: { origin: pause, until: at }, origin: undefined })
  },
)

it('our keys are crossed out of what a far side says before anybody reads it', async () => {
  const settings = {
    url: 'https://graph.example',
    userId: '17841400008460056',
    token: 'IGAA-a-secret-token',
    apiKey: '',
  }
  const reactor = defineReactor({
    name: 'far',
    label: 'Far',
    on: {
      ReviewPublished: async () => {
        throw new Stopped(
          'Far answered 400: Malformed access token IGAA-a-secret-token for 17841400008460056',
        )
      },
    },
  })
  const { reason, stopped } = await attempt(
    { reactor, clock: systemClock, underWay: new Set() },
    { type: 'ReviewPublished', attempts: 0 } as DeliveryRow,
    { settings } as unknown as Delivery<unknown, unknown>,
    async () => undefined,
  )
  expect([reason, stopped]).toEqual(
    Array(2).fill('Far answered 400: Malformed access token … for 17841400008460056'),
  )
})
