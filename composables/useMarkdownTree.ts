/** Parses a review's Markdown into the tree that readers will see, and says what they will not; in a worker, one text at a time and always the newest next. */
import { type LeftOut, leftOutWords } from '~/shared/markdown/left-out'
import type { Block } from '~/shared/markdown/tree'

const PAUSE_MS = 200

interface Answer {
  tree?: Block[]
  leftOut?: LeftOut[]
  problem?: string
}

export function useMarkdownTree(markdown: () => string) {
  const tree = shallowRef<Block[]>([])
  const problem = ref('')
  const leftOut = shallowRef<string[]>([])
  let worker: Worker | undefined
  let busy = false
  let waiting = false
  let timer: ReturnType<typeof setTimeout> | undefined
  function parse() {
    if (!worker) return
    if (busy) {
      waiting = true
      return
    }
    busy = true
    worker.postMessage(markdown())
  }
  onMounted(() => {
    worker = new Worker(new URL('../workers/markdown.ts', import.meta.url), { type: 'module' })
    worker.onmessage = ({ data }: MessageEvent<Answer>) => {
      busy = false
      if (data.tree) tree.value = data.tree
      problem.value = data.problem ?? ''
      leftOut.value = leftOutWords(data.leftOut ?? [])
      if (waiting) {
        waiting = false
        parse()
      }
    }
    parse()
  })
  watch(markdown, () => {
    clearTimeout(timer)
    timer = setTimeout(parse, PAUSE_MS)
  })
  onBeforeUnmount(() => {
    clearTimeout(timer)
    worker?.terminate()
  })
  return { tree, problem, leftOut }
}
