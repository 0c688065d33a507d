/** Starts parts and waits until each of them is at work. */
import type { Reactor } from '../../server/delivery/contract/define-reactor'
import { ReactorLoop } from '../../server/delivery/sending/reactor-loop'

export type Around = ConstructorParameters<typeof ReactorLoop>[1]

export const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

/** Returns the function that stops them. */
export async function begin(around: Around, reactors: Reactor[]): Promise<() => Promise<unknown>> {
  const loops = reactors.map(reactor => new ReactorLoop(reactor, around))
  for (const loop of loops) loop.start()
  const atWork = () =>
    around.app
      .selectFrom('consumers')
      .select('name')
      .where(
        'name',
        'in',
        reactors.map(({ name }) => name),
      )
      .where('lease_owner', 'is not', null)
      .execute()
  while ((await atWork()).length < loops.length) await pause(10)
  return () => Promise.all(loops.map(loop => loop.stop()))
}
