/** The picture shown where a page is shared that is about no film: our name on a lit frame. */
import type { Scene } from './scene'

/** 1,200 × 630. */
export function siteScene(): Scene {
  const width = 1200
  const height = 630
  return {
    width,
    height,
    label: 'MyMovies: film reviews that answer one question, should I go?',
    boxes: [
      { x: 0, y: 0, width, height, fill: 'frame' },
      { x: (width - 180) / 2, y: 120, width: 180, height: 72, fill: 'lamp' },
    ],
    words: [
      {
        text: 'MyMovies',
        x: width / 2,
        y: 395,
        size: 190,
        anchor: 'middle',
        face: 'title',
        tracking: -0.02,
        fill: 'on-frame',
      },
      {
        text: 'Film reviews that answer one question: should I go?',
        x: width / 2,
        y: 505,
        size: 38,
        anchor: 'middle',
        face: 'hands',
        fill: 'tint-silver',
      },
    ],
  }
}
