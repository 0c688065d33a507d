/** A limited number of places; when all are taken, callers wait in line. */
export class Semaphore {
  private taken = 0
  private line: (() => void)[] = []

  constructor(private size: number) {}

  /** Resolves with the function that leaves again; calling it twice does nothing more. */
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
