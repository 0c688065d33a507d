/** The callers that wait for the log to grow. */
export class Waiters {
  #waiting = new Set<{ position: number; answer: (head: number) => void }>()

  get anybody() {
    return this.#waiting.size > 0
  }

  /** Resolves with the first head beyond `position`, or with `now()` after `timeout` ms. */
  wait(position: number, timeout: number, now: () => number): Promise<number> {
    return new Promise((resolve, reject) => {
      const waiter = { position, answer: (head: number) => leave(() => resolve(head)) }
      const leave = (end: () => void) => {
        clearTimeout(timer)
        this.#waiting.delete(waiter)
        try {
          end()
        } catch (error) {
          reject(error as Error)
        }
      }
      const timer = setTimeout(leave, timeout, () => resolve(now()))
      this.#waiting.add(waiter)
    })
  }

  wake(head: number) {
    for (const { position, answer } of this.#waiting) if (head > position) answer(head)
  }

  /** Answers every waiter. */
  end(head: number) {
    for (const { answer } of this.#waiting) answer(head)
  }
}
