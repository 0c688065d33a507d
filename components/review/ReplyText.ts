/** The text of a reply from the fediverse: the same few elements as a review, with links that vouch for nothing. */
import { elementsOf, type Node } from '~/shared/markdown/elements'
import type { Block } from '~/shared/markdown/tree'
import { defineComponent, h, type PropType, type VNode } from 'vue'

export default defineComponent({
  props: { tree: { type: Array as PropType<Block[]>, required: true } },
  setup: props => () => h('div', { class: 'said', dir: 'auto' }, elementsOf(props.tree).map(draw)),
})

const draw = (node: Node): VNode | string =>
  typeof node === 'string'
    ? node
    : h(
        node.tag,
        { ...node.attributes, ...(node.tag === 'a' && { rel: 'nofollow ugc noopener' }) },
        node.children.map(draw),
      )
