/** Reads a note as its author's server wrote it (Activity Vocabulary, 3.3). */
import type { Block } from '../../../../shared/markdown/tree'
import { PUBLIC } from '../documents/context'
import { htmlToTree } from '../replies/html-to-tree'
import { contextLoader, noLoader } from './loaders'
import type { Posted } from './read-activity'

/** `isPublic`: anybody may read it, listed or not. `publishedAt` in ms. */
export interface NoteOf {
  id: string
  author?: string
  repliesTo?: string
  url: string
  tree: Block[]
  publishedAt: number
  isPublic: boolean
}

/** Undefined where the activity brings no note of its own host. */
export async function noteIn({ json, object }: Posted): Promise<NoteOf | undefined> {
  const { Activity, Note, Article } = await import('@fedify/vocab')
  const loaders = { documentLoader: noLoader, contextLoader }
  const activity = await Activity.fromJsonLd(json, loaders).catch(() => undefined)
  const note = await activity?.getObject({ ...loaders, suppressError: true })
  if (!(note instanceof Note || note instanceof Article) || note.id?.href !== object)
    return undefined
  const audience = [...note.toIds, ...note.ccIds].map(id => id.href)
  const page = note.url instanceof URL && note.url.protocol === 'https:' ? note.url : note.id
  return {
    id: note.id!.href,
    author: note.attributionId?.href,
    repliesTo: note.replyTargetId?.href,
    url: page!.href,
    tree: htmlToTree(String(note.content ?? '')),
    publishedAt: Math.min(note.published?.epochMilliseconds ?? Date.now(), Date.now()),
    isPublic: audience.includes(PUBLIC),
  }
}
