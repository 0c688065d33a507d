/** What a send of several steps has done so far: saved before each step, and found again by the next attempt. */
import type { Delivery } from '../delivery/contract/define-reactor'

export interface ProgressOf<Progress> {
  now: () => Partial<Progress>
  save: (news: Partial<Progress>) => Promise<void>
}

/** `now()` is all that was saved; `save` adds to it, and undefined takes away. */
export function progressOf<Progress extends object>({
  progress,
  saveProgress,
}: Pick<Delivery, 'progress' | 'saveProgress'>): ProgressOf<Progress> {
  let saved = (progress ?? {}) as Partial<Progress>
  return {
    now: () => saved,
    save: (news: Partial<Progress>) => saveProgress((saved = { ...saved, ...news })),
  }
}
