/** A component in one of its states. */
export interface Scene {
  props?: Record<string, unknown>
  /** The elements that it needs around it, outermost first. */
  within?: string[]
  /** What the server answers. */
  answers?: Record<string, unknown>
  /** Opens what is folded away: pressed in this order. */
  press?: string[]
}

/** By the component that is shown, as a path in components/; what it shows inside is seen with it. */
export type Scenes = Record<string, Scene[]>
