/**
 * Tracks what a send with several steps has done so far: saved before each step, and there for the
 * next attempt.
 */
import type { Delivery } from '../delivery/contract/define-reactor'

export interface ProgressOf<Progress> {
  now: () => Partial<Progress>
  save: (news: Partial<Progress>) => Promise<void>
}

/** `now()` is everything saved so far; `save` adds to it, and removes what is undefined. */
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
