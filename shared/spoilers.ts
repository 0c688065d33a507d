/** The word for a review that gives the story away: the same on pages, in lists and in feeds. */
export const SPOILERS = 'Contains spoilers'
