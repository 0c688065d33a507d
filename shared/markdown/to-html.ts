/** A tree as HTML text for feeds and emails: what the review page shows, without its end mark. */
import { escapeHtml } from '../escape-html'
import { elementsOf, type Node } from './elements'
import type { Block } from './tree'

/** With a `siteUrl` (no trailing slash), links within the site become absolute. */
export const toHtml = (tree: Block[], siteUrl = ''): string =>
  elementsOf(tree)
    .map(node => write(node, siteUrl))
    .join('')

const VOID = ['br', 'hr']

function write(node: Node, siteUrl: string): string {
  if (typeof node === 'string') return escapeHtml(node)
  const attributes = Object.entries(node.attributes)
    .map(
      ([name, value]) =>
        ` ${name}="${escapeHtml(name === 'href' ? absolute(String(value), siteUrl) : String(value))}"`,
    )
    .join('')
  return (
    `<${node.tag}${attributes}>` +
    (VOID.includes(node.tag)
      ? ''
      : `${node.children.map(child => write(child, siteUrl)).join('')}</${node.tag}>`)
  )
}

const absolute = (href: string, siteUrl: string) => (href.startsWith('/') ? siteUrl + href : href)
