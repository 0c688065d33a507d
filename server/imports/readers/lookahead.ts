/** Reads from a stream with the choice to give back what turns out to be somebody else's. */

export class Lookahead<T> {
  readonly #ahead: T[] = []
  constructor(private readonly source: AsyncIterator<T>) {}

  giveBack(items: T[]) {
    this.#ahead.unshift(...items)
  }

  async next(): Promise<T | undefined> {
    if (this.#ahead.length) return this.#ahead.shift()
    const { done, value } = await this.source.next()
    return done ? undefined : (value as T)
  }
}
