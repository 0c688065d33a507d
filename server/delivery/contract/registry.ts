/**
 * The parts in this build. The folder `reactors/` is the list; only `app/` reads it, and registers
 * them here.
 */
import type { Reactor } from './define-reactor'

let registered: Reactor[] = []

export const registerReactors = (reactors: Reactor[]) => {
  registered = reactors
}

export const everyReactor = (): Reactor[] => registered
