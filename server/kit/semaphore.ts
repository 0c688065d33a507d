/** A number of places; who comes when all are taken waits in line. */
export class Semaphore {
  private taken = 0
  private line: (() => void)[] = []

  constructor(private size: number) {}

  /** Resolves with the way out; calling it twice does nothing more. */
  async enter(): Promise<() => void> {
    if (this.taken >= this.size) await new Promise<void>(resolve => this.line.push(resolve))
    else this.taken++
    let left = false
    return () => {
      if (left) return
      left = true
      const next = this.line.shift()
      if (next) next()
      else this.taken--
    }
  }
}
