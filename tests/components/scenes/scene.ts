/** A scene is a component in one of its states. */
export interface Scene {
  props?: Record<string, unknown>
  /** The elements that it needs around it, outermost first. */
  within?: string[]
  /** What the server answers. */
  answers?: Record<string, unknown>
  /** Buttons to press, in this order, to open what is collapsed. */
  press?: string[]
}

/** Keyed by the component's path in components/; nested components are checked with it. */
export type Scenes = Record<string, Scene[]>
