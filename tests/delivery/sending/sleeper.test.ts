/** A part sleeps no longer than it must, and misses nothing that comes in. */
import { expect, it } from 'vitest'
import { Sleeper } from '../../../server/delivery/sending/sleeper'
import { FakeClock } from '../../support/fake-clock'

/** Whether a sleep has ended after a turn of the event loop. */
async function stateOf(sleep: Promise<void>) {
  const turn = new Promise(resolve => setImmediate(resolve, 'asleep'))
  return Promise.race([sleep.then(() => 'awake'), turn])
}

it('ends when its time is up, and not before', async () => {
  const clock = new FakeClock()
  const sleep = new Sleeper(clock).sleepUntilWoken(1000)
  await clock.pass(990)
  expect(await stateOf(sleep)).toBe('asleep')
  await clock.pass(10)
  expect(await stateOf(sleep)).toBe('awake')
})

it('is ended by a call to wake up, if it may be', async () => {
  const sleeper = new Sleeper(new FakeClock())
  const [wakeable, firm] = [sleeper.sleepUntilWoken(1000), sleeper.sleep(1000)]
  sleeper.wake()
  expect([await stateOf(wakeable), await stateOf(firm)]).toEqual(['awake', 'asleep'])
})

it('does not begin if the call came during the search for work', async () => {
  const sleeper = new Sleeper(new FakeClock())
  sleeper.forgetWakes()
  sleeper.wake()
  expect(await stateOf(sleeper.sleepUntilWoken(1000))).toBe('awake')
  sleeper.forgetWakes()
  expect(await stateOf(sleeper.sleepUntilWoken(1000))).toBe('asleep')
})

it('is ended by a stop, after which none begins', async () => {
  const sleeper = new Sleeper(new FakeClock())
  const firm = sleeper.sleep(1000)
  sleeper.stop()
  expect([await stateOf(firm), await stateOf(sleeper.sleep(1000))]).toEqual(['awake', 'awake'])
})
