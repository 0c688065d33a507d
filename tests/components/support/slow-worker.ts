/** A stand-in for Worker, which happy-dom lacks: it answers when the test says so. */
import { nextTick } from 'vue'

export class SlowWorker {
  static newest: SlowWorker
  asked: string[] = []
  ended = false
  onmessage?: (message: { data: object }) => void
  constructor() {
    SlowWorker.newest = this
  }
  postMessage(markdown: string) {
    this.asked.push(markdown)
  }
  terminate() {
    this.ended = true
  }
  async answer(data: object) {
    this.onmessage!({ data })
    await nextTick()
  }
}
