/** The text of a review, ending with the closed frame. Its slot above the text is for correction notes. */
import { elementsOf, type Node } from '~/shared/markdown/elements'
import type { Block } from '~/shared/markdown/tree'
import { defineComponent, h, type PropType, type VNode } from 'vue'

export default defineComponent({
  props: { tree: { type: Array as PropType<Block[]>, required: true } },
  setup:
    (props, { slots }) =>
    () =>
      h('div', { class: 'prose' }, [
        ...(slots.default?.() ?? []),
        ...withEnd(props.tree).map(draw),
      ]),
})

const draw = (node: Node): VNode | string =>
  typeof node === 'string'
    ? node
    : h(
        node.tag,
        { ...node.attributes, ...(BLOCKS.has(node.tag) && { dir: 'auto' }) },
        node.children.map(draw),
      )

/** Each block runs in the direction of its own text. */
const BLOCKS = new Set(['p', 'h2', 'h3', 'h4', 'ul', 'ol', 'li', 'blockquote', 'th', 'td'])

/** The end mark follows the last word of a final paragraph; after anything else it gets its own paragraph. */
function withEnd(tree: Block[]): Node[] {
  const end = { tag: 'span', attributes: { class: 'end', 'aria-hidden': 'true' }, children: [] }
  const elements = elementsOf(tree)
  const last = elements.at(-1)
  if (last?.tag === 'p')
    return [...elements.slice(0, -1), { ...last, children: [...last.children, end] }]
  return [...elements, { tag: 'p', attributes: { class: 'closing' }, children: [end] }]
}
