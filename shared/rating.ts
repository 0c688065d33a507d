/** A rating as people read it: halves are written ½, and each step answers "should I go?". */
const ADVICE = [
  'Leave',
  'Stay home',
  'Stay home',
  'If you must',
  'If you must',
  'Wait for a wet Sunday',
  'See it',
  'See it',
  'Go tonight',
  'Go tonight',
  'Go twice',
] as const

/** 4.5 → "4½", 0.5 → "½", 0 → "0". */
export const figure = (rating: number) =>
  rating === 0.5 ? '½' : `${Math.floor(rating)}${rating % 1 ? '½' : ''}`

/** 5 → "Go twice". `rating` is 0 to 5 in halves. */
export const advice = (rating: number) => ADVICE[rating * 2] ?? ''

/** As the least rating that a reader wants to hear about, 0 means any. */
export const leastRating = (rating: number) => (rating ? figure(rating) : 'any')
