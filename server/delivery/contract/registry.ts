/** The parts that this build has. The folder `reactors/` is the list; only `app/` reads it, and hands it over here. */
import type { Reactor } from './define-reactor'

let registered: Reactor[] = []

export const registerReactors = (reactors: Reactor[]) => {
  registered = reactors
}

export const everyReactor = (): Reactor[] => registered
