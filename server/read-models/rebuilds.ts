/** The rebuilds of one process: which are under way, how far they are, and why one failed. */
import type { Projection } from './define-projection'

/** `error` is why it ended before its time. */
export interface Progress {
  position: number
  until: number
  error?: string
}

type Rebuild = (projection: Projection, progress: Progress) => Promise<unknown>

export class Rebuilds {
  /** Of those under way and those that failed, by the name of the read model. */
  readonly progress = new Map<string, Progress>()
  private underWay = new Map<string, Promise<void>>()

  /** `rebuild` keeps `progress` up to date. */
  constructor(private rebuild: Rebuild) {}

  isUnderWay = (name: string) => this.underWay.has(name)

  /** Never rejects. A second call while the first is under way waits for it. */
  start(projection: Projection): Promise<void> {
    const { name } = projection
    const before = this.underWay.get(name)
    if (before) return before
    const under = this.run(projection).finally(() => this.underWay.delete(name))
    this.underWay.set(name, under)
    return under
  }

  /** Resolves once none is under way. */
  async done() {
    while (this.underWay.size) await Promise.all(this.underWay.values())
  }

  private async run(projection: Projection) {
    const { name } = projection
    const progress: Progress = { position: 0, until: 0 }
    this.progress.set(name, progress)
    try {
      await this.rebuild(projection, progress)
      this.progress.delete(name)
    } catch (error) {
      progress.error = (error as Error).message
      console.error(`[projections] ${name} was not rebuilt: ${progress.error}`)
    }
  }
}
