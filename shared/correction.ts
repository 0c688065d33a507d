/** A correction as readers see it: what was wrong, what is right, and whether the rating changed. */
import { figure } from './rating'
import type { Correction } from './types/review'

/** "The zither is by Karas. The rating was 3 and is now 3½." */
export const correctionWords = ({ note, rating }: Correction) =>
  `${/[\p{L}\p{N}]$/u.test(note) ? `${note}.` : note} ${rating ? `The rating was ${figure(rating.was)} and is now ${figure(rating.is)}.` : 'The rating stands.'}`
