/** Looks every minute whether a part's credential must be renewed. */
import type { Clock } from '../../kit/clock'
import type { PartCredential } from './credential'
import type { Sleeper } from './sleeper'

const LOOK_EVERY_MS = 60_000

export async function credentialLoop(
  credential: PartCredential,
  { clock, sleeper }: { clock: Clock; sleeper: Sleeper },
  isOver: () => boolean,
) {
  while (!isOver()) {
    await credential.renewIfDue(clock.now())
    await sleeper.sleep(LOOK_EVERY_MS)
  }
}
